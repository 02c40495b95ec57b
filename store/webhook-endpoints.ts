import { type Selectable, sql } from 'kysely';
import type { ToldEvent } from '../domain/intercept/event.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import { type Db, holdLock, inTransaction, type Trx } from './db.ts';
import { insertNotices } from './notices.ts';
import type { Tables } from './tables.ts';
import { clock, instant } from './values.ts';

/** Why an endpoint gets nothing any more: it answered 410, or failed for a whole schedule. */
export type DisabledReason = 'GONE' | 'FAILING';

/** An address of a shop that is told events. */
export interface WebhookEndpoint {
  endpointId: string;
  shopId: string;
  url: string;
  types: ToldEvent[];
  enabled: boolean;
  disabledReason: DisabledReason | null;
  /** First failure since its last success. */
  failingSince: EpochMs | null;
  createdAt: EpochMs;
}

export interface NewEndpoint {
  endpointId: string;
  shopId: string;
  url: string;
  types: ToldEvent[];
  secretSealed: string;
}

/** The new endpoint; null when the shop has `most` already. */
export function insertEndpoint(db: Db, endpoint: NewEndpoint, most: number): Promise<WebhookEndpoint | null> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `webhook-endpoints:${endpoint.shopId}`);
    const present = await live(trx, endpoint.shopId)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (present.count >= most) return null;
    const row = await trx
      .insertInto('webhook_endpoints')
      .values({
        endpoint_id: endpoint.endpointId,
        shop_id: endpoint.shopId,
        url: endpoint.url,
        types: endpoint.types,
        secrets_sealed: [endpoint.secretSealed],
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return endpointOf(row);
  });
}

/** Null when it is not the shop's or was deleted. */
export async function findEndpoint(db: Db, shopId: string, endpointId: string): Promise<WebhookEndpoint | null> {
  const row = await live(db, shopId).selectAll().where('endpoint_id', '=', endpointId).executeTakeFirst();
  return row ? endpointOf(row) : null;
}

/** Newest first. Throws `BadCursor`. */
export async function listEndpoints(db: Db, shopId: string, page: PageRequest): Promise<Page<WebhookEndpoint>> {
  const key = { list: 'webhook-endpoints', shopId };
  const start = pageStart(page, key);
  let query = live(db, shopId).selectAll();
  if (start) query = query.where(sql<boolean>`(created_at, endpoint_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('endpoint_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.created_at, id: row.endpoint_id }), endpointOf);
}

/** Takes an endpoint away; what was still to be delivered to it is given up. False when the shop has none of that id. */
export function deleteEndpoint(db: Db, shopId: string, endpointId: string): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const row = await trx
      .updateTable('webhook_endpoints')
      .set({ deleted_at: clock(), enabled: false })
      .where('shop_id', '=', shopId)
      .where('endpoint_id', '=', endpointId)
      .where('deleted_at', 'is', null)
      .returning('endpoint_id')
      .executeTakeFirst();
    if (!row) return false;
    await trx
      .updateTable('webhook_deliveries')
      .set({ status: 'FAILED', failure: 'ENDPOINT_DELETED', settled_at: clock(), next_attempt_at: null })
      .where('endpoint_id', '=', endpointId)
      .where('status', '=', 'PENDING')
      .execute();
    return true;
  });
}

/** Makes a disabled endpoint get events again; null when the shop has none of that id. Doing it again changes nothing. */
export async function enableEndpoint(db: Db, shopId: string, endpointId: string): Promise<WebhookEndpoint | null> {
  const row = await db
    .updateTable('webhook_endpoints')
    .set({
      enabled: true,
      disabled_reason: null,
      failing_since: sql<EpochMs | null>`case when enabled then failing_since end`,
    })
    .where('shop_id', '=', shopId)
    .where('endpoint_id', '=', endpointId)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ? endpointOf(row) : null;
}

/**
 * Stops telling an endpoint and puts that on the shop's notice list, once for each time it was enabled. Called in the
 * transaction of the attempt that decided it.
 */
export async function disableEndpoint(trx: Trx, endpointId: string, reason: DisabledReason, at: EpochMs): Promise<void> {
  const row = await trx
    .updateTable('webhook_endpoints')
    .set({ enabled: false, disabled_reason: reason })
    .where('endpoint_id', '=', endpointId)
    .where('enabled', '=', true)
    .returning(['shop_id'])
    .executeTakeFirst();
  if (!row) return;
  await insertNotices(trx, [
    {
      eventKey: `webhook-endpoint:${endpointId}:disabled:${at}`,
      shopId: row.shop_id,
      interceptId: null,
      at,
      kind: 'NOTICE',
      code: 'WEBHOOK_ENDPOINT_DISABLED',
      reference: endpointId,
      detail: { reason },
    },
  ]);
}

/**
 * Replaces the sealed secrets by what `change` makes of them, newest first, while nobody else does; null when the shop has
 * no such endpoint.
 */
export function changeSecrets(
  db: Db,
  shopId: string,
  endpointId: string,
  change: (sealed: readonly string[]) => string[],
): Promise<WebhookEndpoint | null> {
  return inTransaction(db, async (trx) => {
    const row = await live(trx, shopId).select('secrets_sealed').where('endpoint_id', '=', endpointId).forUpdate().executeTakeFirst();
    if (!row) return null;
    const changed = await trx
      .updateTable('webhook_endpoints')
      .set({ secrets_sealed: change(row.secrets_sealed) })
      .where('endpoint_id', '=', endpointId)
      .returningAll()
      .executeTakeFirstOrThrow();
    return endpointOf(changed);
  });
}

function live(db: Db, shopId: string) {
  return db.selectFrom('webhook_endpoints').where('shop_id', '=', shopId).where('deleted_at', 'is', null);
}

function endpointOf(row: Selectable<Tables['webhook_endpoints']>): WebhookEndpoint {
  return {
    endpointId: row.endpoint_id,
    shopId: row.shop_id,
    url: row.url,
    types: row.types as ToldEvent[],
    enabled: row.enabled,
    disabledReason: row.disabled_reason as DisabledReason | null,
    failingSince: row.failing_since,
    createdAt: row.created_at,
  };
}

/** Changes the sealed secrets of up to `limit` endpoints that hold one without that beginning; answers how many there were. */
export function changeSecretsNotSealedWith(
  db: Db,
  beginning: string,
  limit: number,
  change: (endpoint: { shopId: string; endpointId: string }, sealed: readonly string[]) => string[],
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const rows = await trx
      .selectFrom('webhook_endpoints')
      .select(['shop_id', 'endpoint_id', 'secrets_sealed'])
      .where(sql<boolean>`exists (select from unnest(secrets_sealed) as one where not starts_with(one, ${beginning}))`)
      .limit(limit)
      .forUpdate()
      .execute();
    for (const { shop_id: shopId, endpoint_id: endpointId, secrets_sealed: sealed } of rows)
      await trx
        .updateTable('webhook_endpoints')
        .set({ secrets_sealed: change({ shopId, endpointId }, sealed) })
        .where('endpoint_id', '=', endpointId)
        .execute();
    return rows.length;
  });
}
