/** The value below which the given share (0–1) of the values lies; the nearest rank, so always one of them. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** `p50 / p95 / max` in whole milliseconds. */
export function spread(valuesMs: readonly number[]): string {
  return [0.5, 0.95, 1].map((share) => `${Math.round(quantile(valuesMs, share))}`).join(' / ');
}

/** A table in Markdown, columns as wide as their longest cell. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n');
}
