/** An amount of Chinese money in whole fen (分, 1/100 yuan). Never a fraction, never yuan. */
export type Fen = number;

/** `123450` → `1234.50`. */
export function toYuanText(fen: Fen): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A whole number of fen that a double holds exactly, or throws naming the value. */
export function asFen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number of fen`);
  return value;
}
