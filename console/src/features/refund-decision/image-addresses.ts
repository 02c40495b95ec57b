/** The addresses typed one a line; null when one of them is no http(s) address or there are too many. */
export function readAddresses(typed: string, max: number): string[] | null {
  const lines = typed
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > max) return null;
  return lines.every((line) => /^https?:\/\//.test(line) && URL.canParse(line) && line.length <= 1_000) ? lines : null;
}
