import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from './db.ts';
import { notePersonalData } from './personal-data-log.ts';
import type { Tables } from './tables.ts';

/** A row of one of our tables as it stands, without what only the service may know. */
export interface ExportedRow {
  table: keyof Tables;
  row: Record<string, unknown>;
}

const OF_SHOP = sql`t.shop_id = shop`;
const OF_STAFF = sql`exists (select from staff s where s.shop_id = shop and s.staff_id = t.staff_id)`;
const OF_CASE = sql`exists (select from intercepts i where i.shop_id = shop and i.intercept_id = t.intercept_id)`;
const OF_PARCEL = sql`exists (select from intercepts i where i.shop_id = shop and i.waybill_no = t.waybill_no and i.carrier = t.carrier)`;
const OF_REFUND = sql`exists (select from intercepts i where i.shop_id = shop and i.refund_id = t.refund_id)`;
const OF_CLAIM = sql`exists (select from claims k where k.shop_id = shop and k.claim_id = t.claim_id)`;
const OF_LINE = sql`exists (select from ledger_lines l where l.shop_id = shop and l.line_id = t.line_id)`;
const OF_DELIVERY = sql`exists (select from webhook_deliveries d where d.shop_id = shop and d.delivery_id = t.delivery_id)`;

/** Which rows of a table are a shop's; null: none of them is anybody's, or all are the service's own housekeeping. */
const ROWS_OF_SHOP: Record<keyof Tables, RawBuilder<unknown> | null> = {
  shops: OF_SHOP,
  api_keys: OF_SHOP,
  staff: OF_SHOP,
  sessions: OF_STAFF,
  sign_in_attempts: OF_SHOP,
  service_agreements: OF_SHOP,
  outlet_subscriptions: OF_SHOP,
  outlet_prices: OF_SHOP,
  waybills: OF_SHOP,
  intercepts: OF_SHOP,
  intercept_log: OF_CASE,
  payment_calls: OF_CASE,
  track_events: OF_PARCEL,
  track_subscriptions: OF_PARCEL,
  inbox: sql`(t.shop_id = shop or t.waybill_no is not null and ${OF_PARCEL} or t.refund_id is not null and ${OF_REFUND})`,
  claims: OF_SHOP,
  claim_events: OF_CLAIM,
  files: OF_SHOP,
  ledger_lines: OF_SHOP,
  ledger_actions: OF_LINE,
  ledger_standings: OF_SHOP,
  rule_versions: OF_SHOP,
  rule_tasks: OF_SHOP,
  rule_judgements: OF_SHOP,
  rule_reservations: OF_SHOP,
  decision_settings: OF_SHOP,
  saved_views: OF_STAFF,
  return_addresses: OF_SHOP,
  notices: OF_SHOP,
  notice_reads: sql`exists (select from notices n where n.shop_id = shop and n.notice_id = t.notice_id)`,
  notice_marks: OF_SHOP,
  notice_channels: OF_SHOP,
  channel_notices: sql`exists (select from notice_channels c where c.shop_id = shop and c.channel_id = t.channel_id)`,
  outbox: OF_SHOP,
  webhook_endpoints: OF_SHOP,
  webhook_deliveries: OF_SHOP,
  webhook_attempts: OF_DELIVERY,
  idempotency_keys: sql`exists (select from api_keys a where a.shop_id = shop and a.key_id = t.key_id)`,
  personal_data_log: OF_SHOP,
  platform_cursors: null,
  price_protections: null,
  rate_limits: null,
  shop_rounds: null,
  inbox_deliveries: null,
  waybill_marks: null,
  parcels: null,
  refund_checks: null,
  carrier_access_faults: null,
  retention_sweeps: null,
};

/** Credentials, whole or as digests: of no use to a person, of much to a thief. */
const SECRETS = [
  'tokens_sealed',
  'secret_hash',
  'password_hash',
  'session_hash',
  'secrets_sealed',
  'target_sealed',
  'sealed',
  'fingerprint',
  'holder',
];

const ROWS_A_FETCH = 200;
/** A file has up to 5 MB. */
const FILES_A_FETCH = 1;

/**
 * All that is held of a shop, table after table, as it was at one instant; a few rows in memory at a time. That it was given out is
 * on record before the first row. Throws when there is no such shop.
 */
export async function* exportShop(db: Db, shopId: string, actor: string): AsyncGenerator<ExportedRow> {
  await notePersonalData(db, { shopId, actor, what: 'SHOP_EXPORTED', about: shopId, detail: {} });
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    for (const [table, which] of Object.entries(ROWS_OF_SHOP) as [keyof Tables, RawBuilder<unknown> | null][])
      if (which !== null) for await (const row of rowsOf(trx, table, which, shopId)) yield { table, row };
  } finally {
    await trx.rollback().execute();
  }
}

async function* rowsOf(trx: Trx, table: keyof Tables, which: RawBuilder<unknown>, shopId: string): AsyncGenerator<Record<string, unknown>> {
  const bytes = table === 'files' ? sql` || jsonb_build_object('bytes', translate(encode(bytes, 'base64'), E'\\n', ''))` : sql``;
  await sql`
    declare exported no scroll cursor for
    select to_jsonb(t) - ${sql.lit(`{${SECRETS.join(',')}}`)}::text[] ${bytes} as row
    from ${sql.table(table)} t, (select ${sql.lit(shopId)}::text as shop) s where ${which}`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      fetch ${sql.lit(table === 'files' ? FILES_A_FETCH : ROWS_A_FETCH)} from exported`.execute(trx);
    if (rows.length === 0) break;
    for (const { row } of rows) yield row;
  }
  await sql`close exported`.execute(trx);
}
