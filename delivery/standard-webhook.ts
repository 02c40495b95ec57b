import { createHmac, randomBytes } from 'node:crypto';
import { type EpochMs, SECOND_MS } from '../domain/time.ts';

const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** A new secret of an endpoint: `whsec_` and the Base64 of 32 random bytes. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** One message as it is signed. */
export interface SignedParts {
  messageId: string;
  /** When this attempt leaves. */
  at: EpochMs;
  body: string;
}

/**
 * The headers of Standard Webhooks: `v1` signatures, HMAC-SHA256 over `id.timestamp.body`, one for each secret, newest first,
 * so that a receiver may change secrets without losing a message.
 */
export function signedHeaders(secrets: readonly string[], { messageId, at, body }: SignedParts): Record<string, string> {
  const timestamp = String(Math.floor(at / SECOND_MS));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
