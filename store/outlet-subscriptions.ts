import { type Selectable, sql, type UpdateObject } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import { type Db, holdLock, inTransaction } from './db.ts';
import { insertOutbox } from './outbox.ts';
import type { SubscriptionSource, SubscriptionStatus, Tables } from './tables.ts';
import { clock, instant, newId } from './values.ts';

/** A shop's order of the service at one outlet (订购服务, R9, R10). */
export interface OutletSubscription {
  subscriptionId: string;
  shopId: string;
  carrier: CarrierCode;
  outletCode: string;
  outletName: string;
  status: SubscriptionStatus;
  source: SubscriptionSource;
  /** The outlet's reason for a rejection. */
  reason: string | null;
  createdAt: EpochMs;
  remindedAt: EpochMs | null;
  reviewedAt: EpochMs | null;
  reviewedBy: string | null;
  closedAt: EpochMs | null;
}

export interface NewSubscription {
  shopId: string;
  carrier: CarrierCode;
  outletCode: string;
  outletName: string;
  /** `DEFAULT` is active at once (R10: YTO), `MERCHANT` waits for the outlet's review. */
  source: SubscriptionSource;
}

/** The live subscription of that outlet, made if there is none; a rejected or closed one may be followed by a new one (Q25). */
export function subscribeOutlet(db: Db, wanted: NewSubscription): Promise<{ created: boolean; subscription: OutletSubscription }> {
  return inTransaction(db, async (trx) => {
    // The same lock as closing the service: none slips in behind it.
    await holdLock(trx, `service:${wanted.shopId}`);
    const live = await outletSubscription(trx, wanted.shopId, wanted.carrier, wanted.outletCode);
    if (live && (live.status === 'PENDING' || live.status === 'ACTIVE')) return { created: false, subscription: live };
    const row = await trx
      .insertInto('outlet_subscriptions')
      .values({
        subscription_id: newId('sub'),
        shop_id: wanted.shopId,
        carrier: wanted.carrier,
        outlet_code: wanted.outletCode,
        outlet_name: wanted.outletName,
        status: wanted.source === 'DEFAULT' ? 'ACTIVE' : 'PENDING',
        source: wanted.source,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { created: true, subscription: subscriptionOf(row) };
  });
}

/** The subscription that counts for an outlet: the live one, else the latest, else null. */
export async function outletSubscription(
  db: Db,
  shopId: string,
  carrier: CarrierCode,
  outletCode: string,
): Promise<OutletSubscription | null> {
  const row = await db
    .selectFrom('outlet_subscriptions')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('carrier', '=', carrier)
    .where('outlet_code', '=', outletCode)
    .orderBy(sql`status in ('PENDING', 'ACTIVE')`, 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('subscription_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? subscriptionOf(row) : null;
}

export async function findSubscription(db: Db, shopId: string, subscriptionId: string): Promise<OutletSubscription | null> {
  const row = await db
    .selectFrom('outlet_subscriptions')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('subscription_id', '=', subscriptionId)
    .executeTakeFirst();
  return row ? subscriptionOf(row) : null;
}

export interface SubscriptionFilter {
  shopId: string;
  carrier?: CarrierCode | undefined;
  outletCode?: string | undefined;
  status?: SubscriptionStatus | undefined;
}

/** Newest first. Throws `BadCursor`. */
export async function listSubscriptions(db: Db, filter: SubscriptionFilter, page: PageRequest): Promise<Page<OutletSubscription>> {
  const key = { list: 'subscriptions', ...filter };
  const start = pageStart(page, key);
  let query = db.selectFrom('outlet_subscriptions').selectAll().where('shop_id', '=', filter.shopId);
  if (filter.carrier !== undefined) query = query.where('carrier', '=', filter.carrier);
  if (filter.outletCode !== undefined) query = query.where('outlet_code', '=', filter.outletCode);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (start) query = query.where(sql<boolean>`(created_at, subscription_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('subscription_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.created_at, id: row.subscription_id }), subscriptionOf);
}

/** Notes a reminder to a pending outlet (R11); null when it is not pending or not the shop's. */
export function remindSubscription(db: Db, shopId: string, subscriptionId: string): Promise<OutletSubscription | null> {
  return change(db, shopId, subscriptionId, ['PENDING'], { reminded_at: clock() });
}

/** Closes one subscription; null when it is closed already or not the shop's. */
export function closeSubscription(db: Db, shopId: string, subscriptionId: string): Promise<OutletSubscription | null> {
  return change(db, shopId, subscriptionId, ['PENDING', 'ACTIVE', 'REJECTED'], { status: 'CLOSED', closed_at: clock() });
}

export interface SubscriptionReview {
  shopId: string;
  subscriptionId: string;
  decision: 'APPROVE' | 'REJECT';
  reason: string | null;
  reviewedBy: string;
}

/**
 * The outlet's decision on a pending subscription; null when it is not pending or not the shop's. The event
 * `subscription.reviewed` with what `payloadOf` makes of it leaves in the same transaction.
 */
export function reviewSubscription(
  db: Db,
  review: SubscriptionReview,
  payloadOf: (subscription: OutletSubscription) => unknown,
): Promise<OutletSubscription | null> {
  return inTransaction(db, async (trx) => {
    const subscription = await change(trx, review.shopId, review.subscriptionId, ['PENDING'], {
      status: review.decision === 'APPROVE' ? 'ACTIVE' : 'REJECTED',
      reason: review.reason,
      reviewed_at: clock(),
      reviewed_by: review.reviewedBy,
    });
    if (subscription === null) return null;
    await insertOutbox(trx, {
      eventKey: `${subscription.subscriptionId}:reviewed`,
      shopId: review.shopId,
      interceptId: null,
      sequence: null,
      type: 'subscription.reviewed',
      payload: payloadOf(subscription),
      occurredAt: subscription.reviewedAt ?? subscription.createdAt,
    });
    return subscription;
  });
}

type Change = UpdateObject<Tables, 'outlet_subscriptions'>;

async function change(
  db: Db,
  shopId: string,
  subscriptionId: string,
  from: SubscriptionStatus[],
  to: Change,
): Promise<OutletSubscription | null> {
  const row = await db
    .updateTable('outlet_subscriptions')
    .set(to)
    .where('shop_id', '=', shopId)
    .where('subscription_id', '=', subscriptionId)
    .where('status', 'in', from)
    .returningAll()
    .executeTakeFirst();
  return row ? subscriptionOf(row) : null;
}

function subscriptionOf(row: Selectable<Tables['outlet_subscriptions']>): OutletSubscription {
  return {
    subscriptionId: row.subscription_id,
    shopId: row.shop_id,
    carrier: row.carrier,
    outletCode: row.outlet_code,
    outletName: row.outlet_name,
    status: row.status,
    source: row.source,
    reason: row.reason,
    createdAt: row.created_at,
    remindedAt: row.reminded_at,
    reviewedAt: row.reviewed_at,
    reviewedBy: row.reviewed_by,
    closedAt: row.closed_at,
  };
}
