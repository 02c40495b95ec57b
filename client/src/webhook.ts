import { Webhook } from 'standardwebhooks';
import type { components } from './schema.ts';

/** What an endpoint receives. `data` is the snapshot at that instant; `sequence` orders the events of one case. */
export interface WebhookEvent {
  /** More may come: pass over one that is not known. */
  type: components['schemas']['WebhookDelivery']['type'];
  timestamp: string;
  data: Record<string, unknown> & { sequence: number | null; apiVersion: string; partial?: true };
}

/**
 * The event of a delivery whose signature (Standard Webhooks) one of the endpoint's secrets made within five minutes; throws otherwise.
 * `body` is the text as it was received: parsed and written anew it has another signature.
 */
export function verifyWebhook(secret: string, headers: Record<string, string>, body: string): WebhookEvent {
  return new Webhook(secret).verify(body, headers) as WebhookEvent;
}
