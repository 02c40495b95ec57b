/** The `code` of an error of Node (`ENOENT`), `undefined` when it has none. Works for errors of another realm too, as tests have them. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
