import { md5Base64 } from '../digest.ts';

/** `data_digest` of calls and pushes alike: Base64(MD5(content + secretKey)) over exactly the bytes sent. */
export function signSto(content: string | Buffer, secret: string): string {
  return md5Base64(content, secret);
}
