import { createHash } from 'node:crypto';

/** STO's `data_digest`: Base64 of the MD5 of `content` followed by the secret. */
export function signSto(content: string, secret: string): string {
  return createHash('md5')
    .update(content + secret, 'utf8')
    .digest('base64');
}
