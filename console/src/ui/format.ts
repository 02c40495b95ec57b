/** What stands where nothing is known. */
export const EMPTY = '-';

const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Fen as yuan: `¥1,234.50`, `-¥0.05`; `-` for null. Digits only, no floating point. */
export function formatFen(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return EMPTY;
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${yuan}.${digits.slice(-2)}`;
}

/** Yuan as people type them (`3.5`, `1,234.50`) to fen; null when it is no amount with at most two decimals. */
export function parseYuan(typed: string): number | null {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(typed.trim().replace(/^¥/, '').replaceAll(',', ''));
  if (!match) return null;
  const fen = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return Number.isSafeInteger(fen) ? fen : null;
}

/** An instant (RFC 3339 or epoch ms) as `YYYY-MM-DD HH:mm:ss` in Shanghai; `-` for null. */
export function formatInstant(instant: string | number | null | undefined): string {
  if (instant === null || instant === undefined) return EMPTY;
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  if (!Number.isFinite(ms)) return EMPTY;
  const part = Object.fromEntries(SHANGHAI.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}:${part['second']}`;
}

/** A Shanghai wall time `YYYY-MM-DD HH:mm:ss` (or a date: its start) as an instant on the wire. China has one zone without summer time. */
export function shanghaiInstant(wall: string): string {
  const withTime = wall.length === 10 ? `${wall} 00:00:00` : wall;
  return new Date(`${withTime.replace(' ', 'T')}+08:00`).toISOString();
}

/** What is there, or `-`. */
export function orEmpty(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? EMPTY : String(value);
}

/** Who did something, as people call them: of somebody who signed in the name alone, of a key its label. */
export function formatActor(actor: string): string {
  return actor.replace(/^staff:/, '');
}

/** Parts of a remaining time, never negative, rounded up to the second: it shows 0 only when it is over. */
export function remainingParts(remainingMs: number): { days: number; clock: string } {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3_600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return { days: Math.floor(seconds / 86_400), clock };
}
