import { md5Base64 } from '../digest.ts';

/** Version of every method used here, part of the path and of the signed text. */
export const YTO_VERSION = 'v1';

/** `sign` of a call: Base64(MD5(param + method + version + secret)) (the document's own vector). */
export function signYto(param: string, method: string, secret: string): string {
  return md5Base64(param, method, YTO_VERSION, secret);
}

/** `data_digest` of a track push: Base64(MD5(logistics_interface + secret)) over the bytes received. */
export function signYtoPush(logisticsInterface: string | Buffer, secret: string): string {
  return md5Base64(logisticsInterface, secret);
}
