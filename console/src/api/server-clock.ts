/**
 * The server's clock as this page knows it. The PC's clock is never read: instants run on `performance.now()` from the
 * last word of the server, so a wrong or changed PC clock moves no countdown.
 */
export interface ClockReading {
  /** Server time, epoch ms, at `atMs` of the monotonic clock. */
  serverMs: number;
  atMs: number;
}

/** Server time at a monotonic instant. */
export function serverTimeAt(reading: ClockReading, nowMs: number): number {
  return reading.serverMs + (nowMs - reading.atMs);
}

/**
 * Checks a reading against a `Date` header, which names the second in which an answer was made, somewhere between
 * sending and receiving. A reading inside that window stays (it knows milliseconds); one outside is moved to the
 * window's nearest edge: after a laptop slept its monotonic clock may have stood still.
 */
export function adjustReading(reading: ClockReading | null, headerMs: number, sentAtMs: number, receivedAtMs: number): ClockReading {
  const earliest = headerMs;
  const latest = headerMs + 999 + (receivedAtMs - sentAtMs);
  const middle = Math.round((earliest + latest) / 2);
  if (reading === null) return { serverMs: middle, atMs: receivedAtMs };
  const believed = serverTimeAt(reading, receivedAtMs);
  if (believed < earliest) return { serverMs: earliest, atMs: receivedAtMs };
  if (believed > latest) return { serverMs: latest, atMs: receivedAtMs };
  return reading;
}

let reading: ClockReading | null = null;

/** Takes an exact server time (`serverTime` of the session). */
export function noteServerTime(iso: string): void {
  const serverMs = Date.parse(iso);
  if (Number.isFinite(serverMs)) reading = { serverMs, atMs: performance.now() };
}

/** Takes the `Date` header of an answer. */
export function noteDateHeader(header: string | null, sentAtMs: number): void {
  const headerMs = Date.parse(header ?? '');
  if (Number.isFinite(headerMs)) reading = adjustReading(reading, headerMs, sentAtMs, performance.now());
}

/** Server time now, epoch ms; null before the first answer. */
export function serverNow(): number | null {
  return reading === null ? null : serverTimeAt(reading, performance.now());
}
