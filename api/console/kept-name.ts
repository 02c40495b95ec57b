/** The one form in which such a name is kept and compared. */
export function keptName(typed: string): string {
  return typed.normalize('NFC').trim();
}
