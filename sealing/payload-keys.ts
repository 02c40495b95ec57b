import { KEY_BYTES } from './aes-gcm.ts';

/** One key of `TEMPORAL_PAYLOAD_KEYS`; its id stands beside what it sealed, in clear. */
export interface PayloadKey {
  id: string;
  key: Uint8Array;
}

const FORM = 'write id:key, the key 32 bytes in Base64, and further ones after a comma';

/** The keys of `TEMPORAL_PAYLOAD_KEYS` (`2026a:Base64,2025b:Base64`), the one that seals first; none of none. The error never holds a key. */
export function readPayloadKeys(text: string | undefined): PayloadKey[] {
  if (text === undefined) return [];
  const keys = text.split(',').map((entry, index) => {
    const [, id = '', base64 = ''] = /^([\w.-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(entry.trim()) ?? [];
    const key = Buffer.from(base64, 'base64');
    if (key.length !== KEY_BYTES || key.toString('base64') !== base64) throw new Error(`entry ${index + 1} is no key with its id: ${FORM}`);
    return { id, key };
  });
  const twice = keys.find(({ id }, index) => keys.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new Error(`two keys have the id ${twice.id}: give each its own`);
  return keys;
}
