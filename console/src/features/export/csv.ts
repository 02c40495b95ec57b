/** A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers with a minus stay numbers. */
function safeCell(cell: string): string {
  const harmless = /^-?\d+(\.\d+)?$/.test(cell) ? cell : cell.replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows as CSV for Chinese Excel: UTF-8 with byte order mark, CRLF, no cell that runs as a formula. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(safeCell).join(',')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, content: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
