import { createHash } from 'node:crypto';
import { KEY_BYTES, openBytes, sealBytes } from '../sealing/aes-gcm.ts';

interface Key {
  id: string;
  key: Buffer;
}

/** `DATA_KEY` ready for use: what seals, and the former keys that still open. `id` names a key in what it sealed, without revealing it. */
export interface DataKey extends Key {
  former: readonly Key[];
}

/** What a sealed text is bound to: it opens only for the same shop and purpose. */
export interface SealedFor {
  shopId: string;
  purpose: string;
}

/** `DATA_KEY` (Base64 of 32 bytes; former keys after commas) as keys; throws when it is anything else. */
export function readDataKey(text: string): DataKey {
  const [present, ...former] = text.split(',').map((base64) => readKey(base64.trim()));
  if (present === undefined) throw new Error('DATA_KEY is empty');
  return { ...present, former };
}

function readKey(base64: string): Key {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')) {
    throw new Error('DATA_KEY must be the Base64 of 32 bytes');
  }
  return { id: createHash('sha256').update('refund-intercept data key').update(key).digest('hex').slice(0, 8), key };
}

/** AES-256-GCM with a fresh nonce: `v1.{keyId}.{Base64url of nonce, ciphertext, tag}`. */
export function seal({ id, key }: DataKey, plain: string, sealedFor: SealedFor): string {
  return `${sealedWith(id)}${sealBytes(key, Buffer.from(plain), associated(id, sealedFor)).toString('base64url')}`;
}

/** How every text begins that a key sealed. */
export function sealedWith(keyId: string): string {
  return `v1.${keyId}.`;
}

/** What `seal` was given; throws when no key of the ring sealed it, or the shop, the purpose or a single bit differs. */
export function openSealed(dataKey: DataKey, sealed: string, sealedFor: SealedFor): string {
  const [version, keyId, body] = sealed.split('.');
  const what = `${sealedFor.purpose} of shop ${sealedFor.shopId}`;
  if (version !== 'v1' || keyId === undefined || body === undefined) throw new Error(`${what}: not a sealed text`);
  const ring = [dataKey, ...dataKey.former];
  const found = ring.find(({ id }) => id === keyId);
  if (found === undefined) {
    const held = ring.map(({ id }) => id).join(', ');
    throw new Error(`${what}: sealed with key ${keyId}, but DATA_KEY is ${held}: add the DATA_KEY it was sealed with`);
  }
  try {
    return openBytes(found.key, Buffer.from(body, 'base64url'), associated(keyId, sealedFor)).toString('utf8');
  } catch (error) {
    throw new Error(`${what}: sealed text was changed or cut short, or belongs to another shop or purpose`, { cause: error });
  }
}

/** The same text sealed with the key that seals now. */
export function reseal(dataKey: DataKey, sealed: string, sealedFor: SealedFor): string {
  return sealed.startsWith(sealedWith(dataKey.id)) ? sealed : seal(dataKey, openSealed(dataKey, sealed, sealedFor), sealedFor);
}

function associated(keyId: string, { shopId, purpose }: SealedFor): Buffer {
  return Buffer.from(JSON.stringify([keyId, shopId, purpose]));
}
