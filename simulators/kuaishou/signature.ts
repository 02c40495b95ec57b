import { createHash, createHmac } from 'node:crypto';

/** The text both methods sign: every parameter but `sign`, sorted by name, then the sign secret. */
function signedText(parameters: URLSearchParams, signSecret: string): string {
  const pairs = [...parameters].filter(([name]) => name !== 'sign').sort(([a], [b]) => (a < b ? -1 : 1));
  return `${pairs.map(([name, value]) => `${name}=${value}`).join('&')}&signSecret=${signSecret}`;
}

/** The platform's signature by `signMethod`: HMAC_SHA256 in Base64 or MD5 in hex; null for any other method. */
export function signKuaishou(parameters: URLSearchParams, signSecret: string): string | null {
  const text = signedText(parameters, signSecret);
  switch (parameters.get('signMethod')) {
    case 'HMAC_SHA256':
      return createHmac('sha256', signSecret).update(text, 'utf8').digest('base64');
    case 'MD5':
      return createHash('md5').update(text, 'utf8').digest('hex');
    default:
      return null;
  }
}
