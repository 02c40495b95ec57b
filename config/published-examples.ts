import { publishedExamples } from '../carriers/index.ts';

/** Secrets of published documents, which anybody can look up. */
const PUBLISHED = new Set([
  ...publishedExamples,
  // Standard Webhooks' documentation and test vectors.
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
]);

/** Secrets of this project's own simulators begin so, their keys once decoded. */
const OF_THE_SIMULATORS = 'sim-';

/** Whether a secret is known to everybody, or a key whose bytes are all the same (S86). */
export function isPublishedExample(secret: string): boolean {
  if (PUBLISHED.has(secret) || secret.startsWith(OF_THE_SIMULATORS)) return true;
  const bytes = Buffer.from(secret, 'base64');
  if (bytes.toString('latin1').startsWith(OF_THE_SIMULATORS)) return true;
  return bytes.length >= 16 && bytes.toString('base64') === secret && bytes.every((byte) => byte === bytes[0]);
}
