import { type RawBuilder, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import { OPEN_CLAIM } from './claims.ts';
import type { Db, Trx } from './db.ts';
import { notePersonalData, type PersonalDataEntry } from './personal-data-log.ts';
import { onlyRow } from './values.ts';
import { holdWaybill } from './waybill-lock.ts';

/** How many rows lost something. */
export type ErasedCounts = Record<(typeof ERASED_PARTS)[number][0] | 'judgements' | 'staff', number>;

export type Erasure =
  | { kind: 'ERASED'; counts: Partial<ErasedCounts> }
  /** Nothing was erased: these need it still. */
  | { kind: 'IN_USE'; cases: string[]; claims: string[]; evidence: number }
  | { kind: 'UNKNOWN_SHOP' }
  | { kind: 'SHOP_OPERATING' };

/** Orders of a shop in one transaction. */
const ORDERS_A_STEP = 200;
/** Rows of a shop in one statement. */
const ROWS_A_STEP = 2_000;

/** The cases of orders, whose they are, and their refunds and parcels. */
interface Scope {
  shopIds: string[];
  interceptIds: string[];
  refundIds: string[];
  carriers: string[];
  waybillNos: string[];
}

const OF_PARCEL = (row: RawBuilder<unknown>, { carriers, waybillNos }: Scope) =>
  sql`exists (select from unnest(${carriers}::text[], ${waybillNos}::text[]) p (carrier, waybill_no)
    where p.waybill_no = ${row}.waybill_no and p.carrier = ${row}.carrier)`;

/** The identity of such a scan has its sentence in it (domain/track.ts, scanKey). */
const KEY_HAS_SENTENCE = sql`t.event in ('OTHER', 'PROBLEM')`;
const ERASED_KEY = sql`'erased:' || t.track_id`;

/**
 * What is personal of orders, table by table. Money, ledger, statuses, instants, codes and ids stay: they are what was decided and
 * on what. Each statement leaves alone what has nothing left to lose, so that a repetition counts nothing.
 */
const ERASED_PARTS = [
  [
    'cases',
    ({ interceptIds }) => sql`
      update intercepts set state = without_words(state), start_input = without_words(start_input)
      where intercept_id = any(${interceptIds}) and (state <> without_words(state) or start_input <> without_words(start_input))`,
  ],
  [
    'log',
    ({ interceptIds }) => sql`
      update intercept_log set before = without_words(before), after = without_words(after)
      where intercept_id = any(${interceptIds}) and (before <> without_words(before) or after <> without_words(after))`,
  ],
  [
    'inbox',
    // The rows stay as long as they are kept: a pushed scan is evidence as well.
    ({ carriers, waybillNos, refundIds }) => sql`
      update inbox e set payload = '{}', raw_body = null, last_error = null, event_key = coalesce(
        (select ${ERASED_KEY} from track_events t where t.scan_key = e.event_key and ${KEY_HAS_SENTENCE}), e.event_key)
      where e.inbox_id in (
        select i.inbox_id from unnest(${carriers}::text[], ${waybillNos}::text[]) p (carrier, waybill_no)
        join inbox i on i.waybill_no = p.waybill_no and i.carrier = p.carrier
        union select inbox_id from inbox where refund_id = any(${refundIds}))
        and (payload <> '{}' or raw_body is not null or last_error is not null)`,
  ],
  [
    'scans',
    (scope) => sql`
      update track_events t set text = '', raw = 'null', scan_key = case when ${KEY_HAS_SENTENCE} then ${ERASED_KEY} else scan_key end
      where ${OF_PARCEL(sql`t`, scope)} and (text <> '' or raw <> 'null')`,
  ],
  ['subscriptions', (scope) => sql`delete from track_subscriptions s where ${OF_PARCEL(sql`s`, scope)}`],
  [
    'files',
    ({ interceptIds }) => sql`
      delete from files f using claims k
      where k.intercept_id = any(${interceptIds}) and f.shop_id = k.shop_id and f.file_id = any(k.evidence)
        and not exists (select from claims o where o.shop_id = f.shop_id and f.file_id = any(o.evidence) and o.intercept_id <> all(${interceptIds}))`,
  ],
  [
    'claims',
    ({ interceptIds }) => sql`
      update claims set contact_phone = '', description = '', state = without_words(state)
      where intercept_id = any(${interceptIds}) and (contact_phone <> '' or description <> '' or state <> without_words(state))`,
  ],
  [
    'claimEvents',
    ({ interceptIds }) => sql`
      update claim_events e set detail = without_words(detail) from claims k
      where k.intercept_id = any(${interceptIds}) and e.claim_id = k.claim_id and detail <> without_words(detail)`,
  ],
  [
    'notices',
    ({ interceptIds }) => sql`
      update notices set detail = without_words(detail) where intercept_id = any(${interceptIds}) and detail <> without_words(detail)`,
  ],
  [
    'events',
    ({ interceptIds }) => sql`
      update outbox set payload = without_words(payload) where intercept_id = any(${interceptIds}) and payload <> without_words(payload)`,
  ],
  [
    'deliveries',
    ({ interceptIds }) => sql`
      update webhook_deliveries d set body = without_words(d.body::jsonb)::text from outbox o
      where o.intercept_id = any(${interceptIds}) and d.outbox_id = o.outbox_id and d.body::jsonb <> without_words(d.body::jsonb)`,
  ],
] as const satisfies readonly (readonly [string, (scope: Scope) => RawBuilder<unknown>])[];

/**
 * Erases what is personal of an order: sentences of the carriers, phones, photos, the buyer's key. Nothing while a case or claim of it, or
 * of another order in the same parcel, is open. Repeated, it finds nothing more.
 */
export async function eraseOrder(db: Db, orderId: string, actor: string): Promise<Erasure> {
  return db.transaction().execute(async (trx) => {
    const scope = await scopeOf(trx, [orderId]);
    const hindrance = await inUse(trx, scope);
    if (hindrance !== null) return hindrance;
    const counts = await erase(trx, scope);
    const shopIds = scope.shopIds.length > 0 ? scope.shopIds : await everyShop(trx);
    for (const shopId of shopIds) {
      const judgements = await count(trx, eraseJudgements(sql`shop_id = ${shopId} and facts ->> 'orderId' = ${orderId}`));
      if (judgements > 0) add(counts, { judgements });
      if (judgements > 0 || scope.shopIds.includes(shopId))
        await noteErasure(trx, { shopId, actor, what: 'ORDER_ERASED', about: orderId }, counts);
    }
    return { kind: 'ERASED', counts };
  });
}

/**
 * Erases what is personal of a suspended shop: every order as `eraseOrder` does, files that no claim names, its people and their
 * sessions, its keys and platform tokens. Nothing while a case or claim of it is open. Repeated, it goes on where it stopped.
 */
export async function eraseShop(db: Db, shopId: string, actor: string): Promise<Erasure> {
  const shop = await db.selectFrom('shops').select('status').where('shop_id', '=', shopId).executeTakeFirst();
  if (shop === undefined) return { kind: 'UNKNOWN_SHOP' };
  if (shop.status === 'OPERATING') return { kind: 'SHOP_OPERATING' };
  const hindrance = await openOfShop(db, shopId);
  if (hindrance !== null) return hindrance;
  const counts: Partial<ErasedCounts> = {};
  for (let after = ''; ; ) {
    const orderIds = await nextOrders(db, shopId, after);
    const last = orderIds.at(-1);
    if (last === undefined) break;
    const step = await db.transaction().execute(async (trx): Promise<Erasure> => {
      const scope = await scopeOf(trx, orderIds);
      return (await inUse(trx, scope)) ?? { kind: 'ERASED', counts: await erase(trx, scope) };
    });
    if (step.kind !== 'ERASED') return step;
    add(counts, step.counts);
    after = last;
  }
  add(counts, await eraseRest(db, shopId));
  await db.transaction().execute(async (trx) => {
    add(counts, await erasePeople(trx, shopId));
    await noteErasure(trx, { shopId, actor, what: 'SHOP_ERASED', about: shopId }, counts);
  });
  return { kind: 'ERASED', counts };
}

async function nextOrders(db: Db, shopId: string, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('intercepts')
    .select('order_id')
    .distinct()
    .where('shop_id', '=', shopId)
    .where('order_id', '>', after)
    .orderBy('order_id')
    .limit(ORDERS_A_STEP)
    .execute();
  return rows.map(({ order_id }) => order_id);
}

async function scopeOf(trx: Trx, orderIds: string[]): Promise<Scope> {
  const { rows } = await sql<{ shop_id: string; intercept_id: string; refund_id: string; carrier: CarrierCode; waybill_no: string }>`
    select i.shop_id, i.intercept_id, i.refund_id, i.carrier, i.waybill_no
    from shops s join intercepts i on i.shop_id = s.shop_id and i.order_id = any(${orderIds})
    order by i.carrier, i.waybill_no`.execute(trx);
  for (const { carrier, waybill_no } of rows) await holdWaybill(trx, carrier, waybill_no);
  return {
    shopIds: [...new Set(rows.map(({ shop_id }) => shop_id))],
    interceptIds: rows.map(({ intercept_id }) => intercept_id),
    refundIds: [...new Set(rows.map(({ refund_id }) => refund_id))],
    carriers: rows.map(({ carrier }) => carrier),
    waybillNos: rows.map(({ waybill_no }) => waybill_no),
  };
}

async function everyShop(trx: Trx): Promise<string[]> {
  return (await trx.selectFrom('shops').select('shop_id').execute()).map(({ shop_id }) => shop_id);
}

/** What still needs what would be erased: open cases of the orders or their parcels, open claims, evidence on its way. */
async function inUse(trx: Trx, scope: Scope): Promise<Erasure | null> {
  const { rows } = await sql<{ cases: string[]; claims: string[]; evidence: number }>`
    select
      array(select intercept_id from intercepts c
        where c.phase <> 'ENDED' and (c.intercept_id = any(${scope.interceptIds}) or ${OF_PARCEL(sql`c`, scope)}) order by 1) as cases,
      array(select claim_id from claims where intercept_id = any(${scope.interceptIds}) and status = any(${OPEN_CLAIM}) order by 1) as claims,
      (select count(*) from inbox i
        where i.status = 'PENDING' and (i.refund_id = any(${scope.refundIds}) or ${OF_PARCEL(sql`i`, scope)})) as evidence`.execute(trx);
  const found = onlyRow(rows, 'open work');
  return found.cases.length + found.claims.length + found.evidence === 0 ? null : { kind: 'IN_USE', ...found };
}

async function openOfShop(db: Db, shopId: string): Promise<Erasure | null> {
  const { rows } = await sql<{ cases: string[]; claims: string[] }>`
    select
      array(select intercept_id from intercepts where shop_id = ${shopId} and phase <> 'ENDED' order by 1 limit 20) as cases,
      array(select claim_id from claims where shop_id = ${shopId} and status = any(${OPEN_CLAIM}) order by 1 limit 20) as claims`.execute(
    db,
  );
  const found = onlyRow(rows, 'open work');
  return found.cases.length + found.claims.length === 0 ? null : { kind: 'IN_USE', ...found, evidence: 0 };
}

async function erase(trx: Trx, scope: Scope): Promise<Partial<ErasedCounts>> {
  const counts: Partial<ErasedCounts> = {};
  for (const [part, statement] of ERASED_PARTS) {
    const rows = await count(trx, statement(scope));
    if (rows > 0) counts[part] = rows;
  }
  return counts;
}

async function count(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(db)).numAffectedRows ?? 0);
}

function add(counts: Partial<ErasedCounts>, more: Partial<ErasedCounts>): void {
  for (const [part, rows] of Object.entries(more) as [keyof ErasedCounts, number][]) counts[part] = (counts[part] ?? 0) + rows;
}

/** What had nothing to lose is no erasure. */
async function noteErasure(trx: Trx, entry: Omit<PersonalDataEntry, 'detail'>, counts: Partial<ErasedCounts>): Promise<void> {
  if (Object.keys(counts).length > 0) await notePersonalData(trx, { ...entry, detail: counts });
}

/** Who asked for the refund, from where and why; what it was judged by beside that stays. */
function eraseJudgements(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    update rule_judgements set buyer_key = null, facts = facts || '{"province": null, "reason": ""}'
    where judgement_id = any(array(
      select judgement_id from rule_judgements
      where ${which} and (buyer_key is not null or facts ->> 'province' is not null or facts ->> 'reason' <> '') limit ${ROWS_A_STEP}))`;
}

/** What no case leads to: judgements of refunds that were left alone, files that no claim names, messages of the platform. */
async function eraseRest(db: Db, shopId: string): Promise<Partial<ErasedCounts>> {
  const parts: [keyof ErasedCounts, RawBuilder<unknown>][] = [
    ['judgements', eraseJudgements(sql`shop_id = ${shopId}`)],
    ['files', sql`delete from files where file_id = any(array(select file_id from files where shop_id = ${shopId} limit ${ROWS_A_STEP}))`],
    [
      'inbox',
      sql`delete from inbox where inbox_id = any(array(
        select inbox_id from inbox where shop_id = ${shopId} and status <> 'PENDING' limit ${ROWS_A_STEP}))`,
    ],
  ];
  const counts: Partial<ErasedCounts> = {};
  for (const [part, statement] of parts) {
    for (let rows = await count(db, statement); rows > 0; rows = await count(db, statement)) add(counts, { [part]: rows });
  }
  return counts;
}

/** A person of the shop is a number from then on, who cannot sign in; what was decided under the name says so still. */
async function erasePeople(trx: Trx, shopId: string): Promise<Partial<ErasedCounts>> {
  for (const table of ['sessions', 'saved_views'])
    await sql`delete from ${sql.table(table)} where staff_id in (select staff_id from staff where shop_id = ${shopId})`.execute(trx);
  await sql`delete from sign_in_attempts where shop_id = ${shopId}`.execute(trx);
  await sql`delete from notice_channels where shop_id = ${shopId}`.execute(trx);
  await sql`update return_addresses set sealed = null where shop_id = ${shopId} and sealed is not null`.execute(trx);
  await sql`update api_keys set revoked_at = clock_ms() where shop_id = ${shopId} and revoked_at is null`.execute(trx);
  await sql`update shops set tokens_sealed = null where shop_id = ${shopId} and tokens_sealed is not null`.execute(trx);
  const staff = await count(
    trx,
    sql`
      update staff set name = staff_id, password_hash = '', disabled_at = coalesce(disabled_at, clock_ms())
      where shop_id = ${shopId} and name <> staff_id`,
  );
  return staff === 0 ? {} : { staff };
}
