import type { ToldEvent } from '../domain/intercept/event.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { insertOutbox, type NewOutboxEvent } from '../store/outbox.ts';
import { readDataKey } from '../store/secrets.ts';
import { upsertShop } from '../store/shops.ts';
import { newId } from '../store/values.ts';
import { insertEndpoint, type WebhookEndpoint } from '../store/webhook-endpoints.ts';
import { freshDatabase } from '../test/support/database.ts';
import type { DeliveryDeps } from './deps.ts';
import { sealSecret } from './endpoint-secrets.ts';
import { createWebhookSender } from './send.ts';
import { newWebhookSecret } from './standard-webhook.ts';

export const SHOP = '1001';
export const OTHER_SHOP = '1002';

/** A database with two shops, and a sender that may call this machine. */
export interface DeliveryWorld {
  database: Database;
  deps: DeliveryDeps;
  /** Registers an address; its secret beside. */
  endpoint(url: string, types: ToldEvent[], shopId?: string): Promise<WebhookEndpoint & { secret: string }>;
  /** Writes an event as a case does. */
  tell(type: ToldEvent, over?: Partial<NewOutboxEvent>): Promise<void>;
  /** Every delivery with its attempts' errors, oldest first. */
  deliveries(): Promise<
    { deliveryId: string; messageId: string; status: string; failure: string | null; attempts: number; handedOver: boolean }[]
  >;
  close(): Promise<void>;
}

export async function openDeliveryWorld(): Promise<DeliveryWorld> {
  const home = await freshDatabase();
  const database = openDatabase(home.url, { max: 10, applicationName: 'delivery test', onError: () => undefined });
  const db = database.kysely;
  const dataKey = readDataKey(Buffer.alloc(32, 5).toString('base64'));
  for (const shopId of [SHOP, OTHER_SHOP]) await upsertShop(db, { shopId, platform: 'KUAISHOU', name: shopId });
  const sender = createWebhookSender({ allowLoopback: true, timeoutMs: 5_000 });
  const deps: DeliveryDeps = { db, dataKey, sender, clock: Date.now, random: () => 0.5 };
  let events = 0;
  return {
    database,
    deps,
    async endpoint(url, types, shopId = SHOP) {
      const owner = { shopId, endpointId: newId('whe') };
      const secret = newWebhookSecret();
      const made = await insertEndpoint(db, { ...owner, url, types, secretSealed: sealSecret(dataKey, owner, secret) }, 100);
      if (made === null) throw new Error('too many endpoints');
      return { ...made, secret };
    },
    async tell(type, over = {}) {
      events += 1;
      const payload = { interceptId: '2260718200000012-1', version: events };
      await insertOutbox(db, {
        eventKey: `event-${events}`,
        shopId: SHOP,
        interceptId: '2260718200000012-1',
        sequence: events * 1_000,
        type,
        payload,
        occurredAt: Date.now(),
        ...over,
      });
    },
    async deliveries() {
      const rows = await db.selectFrom('webhook_deliveries').selectAll().orderBy('outbox_id').orderBy('endpoint_id').execute();
      return rows.map((row) => ({
        deliveryId: row.delivery_id,
        messageId: row.message_id,
        status: row.status,
        failure: row.failure,
        attempts: row.attempts,
        handedOver: row.handed_over_at !== null,
      }));
    },
    async close() {
      await sender.close();
      await database.close();
      await home.drop();
    },
  };
}

/** Asks until the condition holds, or throws with what it saw last. */
export async function eventually<T>(look: () => Promise<T> | T, holds: (seen: T) => boolean, limitMs = 8_000): Promise<T> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > giveUpAt) throw new Error(`it never came to that: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
