import type { RawPush } from '../port.ts';

/** A form push as it comes in over HTTP. */
export function formPush(fields: Record<string, string>, headers: RawPush['headers'] = {}): RawPush {
  return {
    body: Buffer.from(new URLSearchParams(fields).toString()),
    contentType: 'application/x-www-form-urlencoded',
    headers,
  };
}

/** The moment the tests of pushes and queries live in: 2023-01-30 12:00 in China. */
export const NOW = Date.UTC(2023, 0, 30, 4, 0, 0);
