import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { EpochMs } from '../domain/time.ts';
import { OPEN_CLAIM } from './claims.ts';
import { type Db, holdLock } from './db.ts';
import type { RecordStanding } from './intercept-watch.ts';
import { clock, clockBound, instant, isOfSandbox } from './values.ts';

/** Open claims whose run was started, by id, after the one given; those written within `settledForMs` are left out. */
export async function openClaims(db: Db, page: { afterId: string | null; limit: number; settledForMs: number }): Promise<string[]> {
  let query = db
    .selectFrom('claims')
    .select('claim_id')
    .where('status', 'in', OPEN_CLAIM)
    .where('run_started_at', '<', clockBound(-page.settledForMs))
    .where('updated_at', '<', clockBound(-page.settledForMs));
  if (page.afterId !== null) query = query.where('claim_id', '>', page.afterId);
  return (await query.orderBy('claim_id').limit(page.limit).execute()).map((row) => row.claim_id);
}

/** Claims without a verdict, and those written since an instant. */
export async function claimStandings(db: Db, since: EpochMs): Promise<RecordStanding[]> {
  return db
    .selectFrom('claims')
    .select((eb) => ['claim_id as id', eb('status', 'in', OPEN_CLAIM).as('isOpen'), eb('updated_at', '>=', instant(since)).as('isRecent')])
    .where((eb) => eb.or([eb('status', 'in', OPEN_CLAIM), eb('updated_at', '>=', instant(since))]))
    .orderBy('created_at')
    .$castTo<RecordStanding>()
    .execute();
}

/** Notes that Temporal has no run for an open claim; the first time counts. */
export async function noteClaimRunMissing(db: Db, claimId: string): Promise<void> {
  await db
    .updateTable('claims')
    .set({ run_missing_since: clock() })
    .where('claim_id', '=', claimId)
    .where('status', 'in', OPEN_CLAIM)
    .where('run_missing_since', 'is', null)
    .execute();
}

/** Notes that Temporal has a run after all. */
export async function noteClaimRunSeen(db: Db, claimId: string): Promise<void> {
  await db
    .updateTable('claims')
    .set({ run_missing_since: null })
    .where('claim_id', '=', claimId)
    .where('run_missing_since', 'is not', null)
    .execute();
}

/** Open claims known to have no run. */
export async function missingClaimRunCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('claims')
    .where('status', 'in', OPEN_CLAIM)
    .where('run_missing_since', 'is not', null)
    .where(sql<boolean>`not ${isOfSandbox()}`)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/**
 * Whether a work order that the carrier showed for the waybill is this claim's, which then keeps its number. Carriers find work
 * orders by waybill, and a parcel may have several claims: not one that carries another number, not a number that another claim
 * carries, and none as long as another claim at this carrier does not know its own.
 */
export function adoptWorkOrder(
  db: Db,
  claim: { claimId: string; carrier: CarrierCode; waybillNo: string },
  reference: string | null,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await holdLock(trx, `work-orders:${claim.carrier}:${claim.waybillNo}`);
    const claims = await trx
      .selectFrom('claims')
      .select(['claim_id', 'carrier_reference', 'state'])
      .where('carrier', '=', claim.carrier)
      .where('waybill_no', '=', claim.waybillNo)
      .execute();
    const own = claims.find((row) => row.claim_id === claim.claimId)?.carrier_reference ?? null;
    if (own !== null) return reference === null || reference === own;
    const others = claims.filter((row) => row.claim_id !== claim.claimId && row.state.channel === 'CARRIER_API');
    if (others.some(({ carrier_reference: number }) => number === null || number === reference)) return false;
    if (reference === null) return others.length === 0;
    await trx.updateTable('claims').set({ carrier_reference: reference }).where('claim_id', '=', claim.claimId).execute();
    return true;
  });
}
