const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss` on the clock of Asia/Shanghai, the form every carrier writes. */
export function toShanghaiText(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Carriers record whole seconds: the instant without its milliseconds. */
export function toWholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
