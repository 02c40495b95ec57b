import { createHash, timingSafeEqual } from 'node:crypto';

/** Base64(MD5(parts one after the other)), the form ZTO, YTO, STO and J&T sign in. Text counts as UTF-8 bytes. */
export function md5Base64(...parts: (string | Buffer)[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
}

/**
 * Whether a received digest is the expected one, compared in constant time. Anything that is not one text of the right
 * length is simply wrong. A `+` that a sender forgot to escape arrives as a blank and counts as `+`.
 */
export function isDigest(expected: string, received: unknown): boolean {
  if (typeof received !== 'string') return false;
  const left = Buffer.from(expected);
  const right = Buffer.from(received.trim().replaceAll(' ', '+'));
  return left.length === right.length && timingSafeEqual(left, right);
}
