/**
 * A query as texts: a repeated parameter becomes an array, which no schema of this API accepts, so it is a 400.
 * Percent escapes that are not UTF-8 become U+FFFD. The object has no prototype: `__proto__` is only a name.
 */
export function parseQueryString(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(text)) {
    const present = query[name];
    query[name] = present === undefined ? value : [...(Array.isArray(present) ? present : [present]), value];
  }
  return query;
}
