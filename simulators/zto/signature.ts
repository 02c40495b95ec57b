import { createHash } from 'node:crypto';

/** ZTO's digest: Base64 of the MD5 of the signed text followed by the secret (`x-dataDigest`, `data_digest`). */
export function signZto(text: string | Buffer, secret: string): string {
  return createHash('md5').update(text).update(secret, 'utf8').digest('base64');
}
