import { publishedExamples } from '../carriers/index.ts';

/** Secrets of this project's own simulators and of published documents, which anybody can look up. */
const PUBLISHED = new Set([
  ...publishedExamples,
  'sim-zto-secret',
  'sim-yto-secret',
  'sim-sto-secret',
  'sim-jt-private-key',
  'sim-kuaishou-app-secret',
  'sim-kuaishou-sign-secret',
  'c2ltLWt1YWlzaG91LWtleQ==',
  // Standard Webhooks' documentation and test vectors.
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
]);

/** Whether a secret is known to everybody, or a key whose bytes are all the same (S86). */
export function isPublishedExample(secret: string): boolean {
  if (PUBLISHED.has(secret)) return true;
  const bytes = Buffer.from(secret, 'base64');
  return bytes.length >= 16 && bytes.toString('base64') === secret && bytes.every((byte) => byte === bytes[0]);
}
