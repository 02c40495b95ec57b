import { md5Base64 } from '../digest.ts';

/** `x-dataDigest` of a call and `data_digest` of a push: Base64(MD5(body + appSecret)) over exactly the bytes sent. */
export function signZto(body: string | Buffer, appSecret: string): string {
  return md5Base64(body, appSecret);
}
