import { md5Base64 } from '../digest.ts';

/** Header `digest` of calls and pushes alike: Base64(MD5(bizContent + privateKey)) over exactly the bytes sent. */
export function signJt(bizContent: string | Buffer, privateKey: string): string {
  return md5Base64(bizContent, privateKey);
}
