import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../../domain/time.ts';

/** The three headers of Standard Webhooks, each with every occurrence as it came. */
export interface SignatureHeaders {
  id: readonly string[];
  timestamp: readonly string[];
  signature: readonly string[];
}

/** How far a sender's clock and the way here may be off, to either side. */
export const SIGNATURE_WINDOW_MS = 300_000;
const MOST_SIGNATURES = 10;
const DIGEST_BYTES = 32;

/**
 * Whether a body carries a right signature of Standard Webhooks (`v1`, HMAC-SHA256 over `id.timestamp.body`), computed
 * over the raw bytes. The grammar is strict, because a lax one lets two readings share a signature: each header exactly
 * once, an id without dots, a timestamp of exactly ten digits, digests in canonical Base64. Several `v1,` signatures
 * may be given while a secret is being changed; other versions are passed over. `now` is the receiver's clock; the
 * window holds to both sides.
 */
export function isSigned(secret: string, headers: SignatureHeaders, body: Buffer, now: EpochMs): boolean {
  const id = only(headers.id, /^[A-Za-z0-9_-]{1,128}$/);
  const timestamp = only(headers.timestamp, /^[0-9]{10}$/);
  const signatures = only(headers.signature, /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/)?.split(' ');
  if (id === null || timestamp === null || !signatures || signatures.length > MOST_SIGNATURES) return false;
  if (Math.abs(now - Number(timestamp) * 1_000) > SIGNATURE_WINDOW_MS) return false;
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.map((signature) => matches(signature, expected)).includes(true);
}

/** The key inside a `whsec_…` secret, or an error that says what is wrong with it. */
export function keyOf(secret: string): Buffer {
  const key = secret.startsWith('whsec_') ? readBase64(secret.slice('whsec_'.length)) : null;
  if (key === null || key.length < 24 || key.length > 64) {
    throw new Error('a Standard Webhooks secret is "whsec_" and the Base64 of 24 to 64 bytes');
  }
  return key;
}

function only(values: readonly string[], grammar: RegExp): string | null {
  const [value] = values;
  return values.length === 1 && value !== undefined && grammar.test(value) ? value : null;
}

function matches(signature: string, expected: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false;
  const digest = readBase64(signature.slice('v1,'.length));
  return digest !== null && digest.length === DIGEST_BYTES && timingSafeEqual(digest, expected);
}

/** Canonical Base64 only: the text must be the very one that its bytes encode to. */
function readBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
