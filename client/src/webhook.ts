import { Webhook } from 'standardwebhooks';
import type { webhooks } from './schema.ts';

/** The body of an event by its type. */
export type WebhookEvents = { [Type in keyof webhooks]: webhooks[Type]['post']['requestBody']['content']['application/json'] };

/**
 * What an endpoint receives: `type` says what `data` is. `data` is the snapshot at that instant; `sequence` orders the events of one
 * case. More fields and types may come: pass over what is not known.
 */
export type WebhookEvent = WebhookEvents[keyof WebhookEvents];

/**
 * The event of a delivery whose signature (Standard Webhooks) one of the endpoint's secrets made within five minutes; throws otherwise.
 * `body` is what was received, byte for byte: parsed and written anew it has another signature. `headers` as `fetch` or Node have them.
 */
export function verifyWebhook(
  secret: string,
  headers: Headers | Record<string, string | string[] | undefined>,
  body: string | Uint8Array,
): WebhookEvent {
  const told = headers instanceof Headers ? [...headers] : Object.entries(headers);
  const single = Object.fromEntries(told.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  return new Webhook(secret).verify(typeof body === 'string' ? body : new TextDecoder().decode(body), single) as WebhookEvent;
}
