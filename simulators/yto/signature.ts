import { createHash } from 'node:crypto';

/** Base64 of the MD5 of a text and the secret: the form of the track push (`data_digest`). */
export function signYtoPush(text: string, secret: string): string {
  return createHash('md5')
    .update(text + secret, 'utf8')
    .digest('base64');
}

/** The gateway's `sign`: parameter, method and version are all part of the signed text. */
export function signYtoCall(param: string, method: string, version: string, secret: string): string {
  return signYtoPush(param + method + version, secret);
}
