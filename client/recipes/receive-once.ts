import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { verifyWebhook, type WebhookEvent } from '../src/index.ts';

/** What the shop keeps of its events, in one transaction of its own database each. */
export interface EventStore {
  /** Keeps an event under its id; false when it was there (`insert … on conflict do nothing`). */
  keep(id: string, event: WebhookEvent): Promise<boolean>;
  /** Where a thing stood when its newest event was applied (`interceptId` or `claimId`); -1 at first. */
  newest(thing: string): Promise<number>;
  apply(thing: string, order: number, event: WebhookEvent): Promise<void>;
}

/** What an event is about, and its place among the others about that. */
function placeOf(event: WebhookEvent): [thing: string, order: number] | null {
  switch (event.type) {
    case 'webhook.test':
      return null;
    case 'claim.updated':
      return [event.data.claimId, event.data.version];
    case 'subscription.reviewed':
      return [event.data.subscriptionId, 0];
    default:
      return [event.data.interceptId, event.data.sequence];
  }
}

/** Takes deliveries: each event is applied once, and none after a newer one of the same thing. */
export function receiver(secret: string, store: EventStore): Server {
  return createServer((request, response) => {
    void (async () => {
      const body = await buffer(request); // verified as received: parsed and written anew it has another signature
      let event: WebhookEvent;
      try {
        event = verifyWebhook(secret, request.headers, body);
      } catch {
        return void response.writeHead(401).end();
      }
      const isNew = await store.keep(String(request.headers['webhook-id']), event);
      response.writeHead(204).end(); // kept: it need not come again, whatever becomes of the work
      const place = isNew ? placeOf(event) : null;
      if (place !== null && place[1] > (await store.newest(place[0]))) await store.apply(...place, event);
    })().catch(() => response.headersSent || response.writeHead(500).end()); // not kept: it comes again
  });
}
