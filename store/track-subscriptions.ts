import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { LogLine } from '../domain/intercept/event.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { announceChange } from './case-writing.ts';
import { type Db, now, type Trx } from './db.ts';
import { addLogLines } from './intercept-log.ts';
import { openInterceptsOf } from './intercept-reading.ts';
import { clock, clockBound, clockPlus, isOfSandbox, storableText } from './values.ts';
import type { Waybill } from './waybill-marks.ts';

/** A waybill whose scans are still to be subscribed at its carrier. */
export interface DueSubscription extends Waybill {
  phoneTail: string | null;
  /** Tries so far. */
  attempts: number;
}

/** How a carrier answered a subscription for good. */
export type SettledSubscription = { status: 'SUBSCRIBED' } | { status: 'REFUSED'; code: string | null; message: string };

/** Place in a case's log, behind whatever its own version wrote. */
const SUBSCRIPTION_N = 950;
/** So many tries without an answer are a fault somebody should look at. */
const FAILING_FROM = 3;

/** Has the waybill of a new case subscribed, in the transaction that creates the case. A refused one is asked for again. */
export async function wantSubscription(trx: Trx, state: InterceptState): Promise<void> {
  const { carrier, waybillNo } = state.input;
  const { status } = await trx
    .insertInto('track_subscriptions')
    .values({ carrier, waybill_no: waybillNo })
    .onConflict((conflict) =>
      conflict.columns(['carrier', 'waybill_no']).doUpdateSet({
        status: sql`case track_subscriptions.status when 'REFUSED' then 'PENDING' else track_subscriptions.status end`,
        attempts: 0,
        next_attempt_at: clock(),
      }),
    )
    .returning('status')
    .executeTakeFirstOrThrow();
  if (status === 'SUBSCRIBED') await addLine(trx, state, { status });
}

/** Keeps the four digits by which the carrier may know a party of the parcel; forgotten with the last case of the waybill. */
export async function keepPhoneTail(db: Db, { carrier, waybillNo }: Waybill, phoneTail: string): Promise<void> {
  await db
    .updateTable('track_subscriptions')
    .set({ phone_tail: phoneTail })
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .execute();
}

/** The digits kept for a waybill, null when there are none. */
export async function phoneTailOf(db: Db, { carrier, waybillNo }: Waybill): Promise<string | null> {
  const row = await db
    .selectFrom('track_subscriptions')
    .select('phone_tail')
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .executeTakeFirst();
  return row?.phone_tail ?? null;
}

/** Waybills of unended cases at this carrier whose next try is due, the longest due first. */
export async function dueSubscriptions(db: Db, carrier: CarrierCode, limit: number): Promise<DueSubscription[]> {
  const rows = await db
    .selectFrom('track_subscriptions as s')
    .select(['s.waybill_no', 's.phone_tail', 's.attempts'])
    .where('s.carrier', '=', carrier)
    .where('s.status', '=', 'PENDING')
    .where('s.next_attempt_at', '<=', clockBound())
    .where(hasOpenCase)
    .orderBy('s.next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ carrier, waybillNo: row.waybill_no, phoneTail: row.phone_tail, attempts: row.attempts }));
}

const hasOpenCase = sql<boolean>`exists (
  select from intercepts i where i.carrier = s.carrier and i.waybill_no = s.waybill_no and i.phase <> 'ENDED')`;

/** Notes the carrier's answer, with a line in the log of every open case of the waybill. Settled already, it changes nothing. */
export async function settleSubscription(db: Db, { carrier, waybillNo }: Waybill, settled: SettledSubscription): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('track_subscriptions')
      .set({
        status: settled.status,
        settled_at: clock(),
        last_error: settled.status === 'REFUSED' ? storableText(`${settled.code ?? ''} ${settled.message}`.trim()) : null,
      })
      .where('carrier', '=', carrier)
      .where('waybill_no', '=', waybillNo)
      .where('status', '=', 'PENDING')
      .returning('status')
      .executeTakeFirst();
    if (row === undefined) return;
    for (const { state } of await openInterceptsOf(trx, carrier, waybillNo)) await addLine(trx, state, settled);
  });
}

async function addLine(trx: Trx, { input, version }: InterceptState, settled: SettledSubscription): Promise<void> {
  const { interceptId, initiatedAt, carrier, shopId } = input;
  const line: LogLine = {
    at: await now(trx),
    actorKind: 'CARRIER',
    actor: carrier,
    what: settled.status === 'SUBSCRIBED' ? 'TRACK_SUBSCRIBED' : 'TRACK_SUBSCRIPTION_REFUSED',
    before: {},
    after: settled.status === 'SUBSCRIBED' ? {} : { message: settled.message },
    reference: settled.status === 'SUBSCRIBED' ? null : settled.code,
  };
  await addLogLines(trx, { interceptId, initiatedAt, version, firstN: SUBSCRIPTION_N }, [line]);
  await announceChange(trx, { interceptId, shopId, version });
}

/** Notes a try without an answer; the next one is due after `waitMs`. */
export async function noteSubscriptionFailed(db: Db, { carrier, waybillNo }: Waybill, reason: string, waitMs: number): Promise<void> {
  await db
    .updateTable('track_subscriptions')
    .set({ attempts: sql<number>`attempts + 1`, next_attempt_at: clockPlus(waitMs), last_error: storableText(reason) })
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .where('status', '=', 'PENDING')
    .execute();
}

/** Waybills of unended cases of the real world that are not subscribed after several tries. */
export async function failingSubscriptionCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('track_subscriptions as s')
    .where('s.status', '=', 'PENDING')
    .where('s.attempts', '>=', FAILING_FROM)
    .where(sql<boolean>`not ${isOfSandbox('s.carrier')}`)
    .where(hasOpenCase)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Forgets a waybill, digits included, once no case of it is open any more. The caller holds the parcel. */
export async function forgetSubscription(trx: Trx, { carrier, waybillNo }: Waybill): Promise<void> {
  await sql`
    delete from track_subscriptions s
    where s.carrier = ${carrier} and s.waybill_no = ${waybillNo} and not ${hasOpenCase}`.execute(trx);
}
