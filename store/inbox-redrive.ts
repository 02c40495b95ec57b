import { type RawBuilder, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { UNKNOWN_WAYBILL } from './inbox.ts';
import { instant } from './values.ts';

/** Which events are to be due again. */
export interface Redriven {
  carrier?: CarrierCode;
  /** Received since then. */
  since?: EpochMs;
  /** Set aside for this reason alone; without one, all that waits or is set aside but for an unknown waybill. */
  reason?: string | undefined;
}

const ROWS_A_BATCH = 1_000;
const BATCH_EVERY_MS = 1_000;

/** The parts of the inbox an operator may want again, each as its index has it. */
const PENDING = sql<boolean>`status = 'PENDING'`;
const SET_ASIDE = sql<boolean>`status = 'QUARANTINED' and reason is distinct from ${sql.lit(UNKNOWN_WAYBILL)}`;
const UNKNOWN = sql<boolean>`status = 'QUARANTINED' and reason = ${sql.lit(UNKNOWN_WAYBILL)}`;

/**
 * Makes waiting and quarantined events due again, and forgets their failures; how many. They are taken batch by batch, and due
 * at 1,000 a second, so that fresh evidence never waits behind them. Those of unknown waybills, perhaps millions, only when their
 * reason is named: whoever creates an intercept revives its own.
 */
export async function redrive(db: Db, which: Redriven): Promise<number> {
  const parts = which.reason === undefined ? [PENDING, SET_ASIDE] : [which.reason === UNKNOWN_WAYBILL ? UNKNOWN : SET_ASIDE];
  let count = 0;
  for (const part of parts) count += await redrivePart(db, part, which, count);
  return count;
}

async function redrivePart(db: Db, part: RawBuilder<boolean>, which: Redriven, before: number): Promise<number> {
  let count = 0;
  let after: { receivedAt: EpochMs; inboxId: number } | null = null;
  for (;;) {
    let page = db.selectFrom('inbox').select(['inbox_id', 'received_at']).where(part);
    if (which.carrier !== undefined) page = page.where('carrier', '=', which.carrier);
    if (which.since !== undefined) page = page.where('received_at', '>=', instant(which.since));
    if (which.reason !== undefined) page = page.where('reason', '=', which.reason);
    if (after !== null) page = page.where(sql<boolean>`(received_at, inbox_id) > (${instant(after.receivedAt)}, ${after.inboxId})`);
    const rows = await page.orderBy('received_at').orderBy('inbox_id').limit(ROWS_A_BATCH).execute();
    const last = rows.at(-1);
    if (last === undefined) return count;
    count += await makeDue(
      db,
      part,
      rows.map((row) => row.inbox_id),
      Math.floor((before + count) / ROWS_A_BATCH) * BATCH_EVERY_MS,
    );
    after = { receivedAt: last.received_at, inboxId: last.inbox_id };
  }
}

async function makeDue(db: Db, part: RawBuilder<boolean>, inboxIds: number[], inMs: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update inbox set status = 'PENDING', reason = null, attempts = 0, settled_at = null,
      next_attempt_at = clock_ms() + ${inMs} * interval '1 millisecond'
    where inbox_id = any(${inboxIds}::bigint[]) and ${part}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Makes due again what open cases were told since an instant, by a Temporal that may have forgotten it; how many. Heard twice it changes nothing. */
export async function tellAgain(db: Db, since: EpochMs): Promise<number> {
  const { numAffectedRows } = await sql`
    with told as (
      delete from inbox_deliveries d using intercepts i
      where i.intercept_id = d.intercept_id and i.phase <> 'ENDED' and d.delivered_at >= ${instant(since)}
      returning d.inbox_id)
    update inbox set status = 'PENDING', reason = null, settled_at = null, next_attempt_at = clock_ms()
    where status = 'DELIVERED' and inbox_id in (select inbox_id from told)`.execute(db);
  return Number(numAffectedRows ?? 0);
}
