import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** AES-256-GCM with a fresh nonce: nonce, ciphertext and tag in one piece. `associated` has to be given again to open it. */
export function sealBytes(key: Uint8Array, plain: Uint8Array, associated: Uint8Array = new Uint8Array()): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What `sealBytes` was given; throws when the key, what is associated or a single bit differs, or a byte is missing. */
export function openBytes(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array = new Uint8Array()): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error('cut short');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(associated)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
