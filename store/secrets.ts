import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** `DATA_KEY` ready for use; `id` names it in what it sealed, without revealing it. */
export interface DataKey {
  id: string;
  key: Buffer;
}

/** What a sealed text is bound to: it opens only for the same shop and purpose. */
export interface SealedFor {
  shopId: string;
  purpose: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `DATA_KEY` (Base64 of 32 bytes) as a key; throws when it is anything else. */
export function readDataKey(base64: string): DataKey {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32 || key.toString('base64').replace(/=+$/, '') !== base64.trim().replace(/=+$/, '')) {
    throw new Error('DATA_KEY must be the Base64 of 32 bytes');
  }
  return { id: createHash('sha256').update('refund-intercept data key').update(key).digest('hex').slice(0, 8), key };
}

/** AES-256-GCM with a fresh nonce: `v1.{keyId}.{Base64url of nonce, ciphertext, tag}`. */
export function seal(dataKey: DataKey, plain: string, sealedFor: SealedFor): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', dataKey.key, nonce).setAAD(associated(dataKey.id, sealedFor));
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${dataKey.id}.${sealed.toString('base64url')}`;
}

/** What `seal` was given; throws when the key, the shop, the purpose or a single bit differs. */
export function openSealed(dataKey: DataKey, sealed: string, sealedFor: SealedFor): string {
  const [version, keyId, body] = sealed.split('.');
  const what = `${sealedFor.purpose} of shop ${sealedFor.shopId}`;
  if (version !== 'v1' || keyId === undefined || body === undefined) throw new Error(`${what}: not a sealed text`);
  if (keyId !== dataKey.id)
    throw new Error(`${what}: sealed with key ${keyId}, but DATA_KEY is ${dataKey.id}: start with the DATA_KEY it was sealed with`);
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error(`${what}: sealed text is cut short`);
  const decipher = createDecipheriv('aes-256-gcm', dataKey.key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(associated(dataKey.id, sealedFor))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Error(`${what}: sealed text was changed, or belongs to another shop or purpose`, { cause: error });
  }
}

function associated(keyId: string, { shopId, purpose }: SealedFor): Buffer {
  return Buffer.from(JSON.stringify([keyId, shopId, purpose]));
}
