import { createHash } from 'node:crypto';

/** J&T's `digest` header: Base64 of the MD5 of `bizContent` followed by the private key. */
export function signJt(bizContent: string, privateKey: string): string {
  return createHash('md5')
    .update(bizContent + privateKey, 'utf8')
    .digest('base64');
}
