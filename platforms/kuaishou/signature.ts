import { createHash, createHmac } from 'node:crypto';

export type SignMethod = 'HMAC_SHA256' | 'MD5';

/**
 * Signs a call's parameters as the platform's 《API调用说明》 §4 says: sorted by key, joined `k=v&…`, then
 * `&signSecret=…`; HMAC-SHA256 (key: the sign secret) in Base64, MD5 in lower-case hex. The values are signed as they
 * are, before any URL encoding.
 */
export function signParameters(parameters: Record<string, string>, signSecret: string, method: SignMethod): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [...sorted, ['signSecret', signSecret]].map(([key, value]) => `${key}=${value}`).join('&');
  return method === 'MD5'
    ? createHash('md5').update(text, 'utf8').digest('hex')
    : createHmac('sha256', signSecret).update(text, 'utf8').digest('base64');
}
