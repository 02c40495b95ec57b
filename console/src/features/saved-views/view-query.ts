/** The service keeps no longer one. */
const MOST_QUERY = 2_000;

/** A query with its parameters in one order, as two are compared. */
function inOrder(query: string): string {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
}

/** Whether two queries ask for the same list. */
export function isSameList(one: string, other: string): boolean {
  return inOrder(one) === inOrder(other);
}

/** Why a list cannot be kept as a view: nothing was chosen in it, or more than is kept; null when it can. */
export function whyNotKept(query: string): 'plain' | 'long' | null {
  if (query === '') return 'plain';
  return query.length > MOST_QUERY ? 'long' : null;
}
