import type { CarrierCode } from '../domain/carrier.ts';
import type { RecordWrite } from '../domain/intercept/record.ts';
import { CURRENT_RULES } from '../domain/intercept/rules.ts';
import type { ForeignReason, InterceptInput, InterceptState } from '../domain/intercept/state.ts';
import { addNews, announceChange } from './case-writing.ts';
import { type Db, holdLock, inTransaction, now, type Trx } from './db.ts';
import { reviveQuarantined, reviveSettled } from './inbox.ts';
import { type InterceptRecord, newInterceptRow, RECORD_COLUMNS, recordOf } from './intercept-row.ts';
import { holdReturnAddress } from './return-addresses.ts';
import { releaseReservation, takeReservation } from './rule-judgements.ts';
import { forgetSubscription, wantSubscription } from './track-subscriptions.ts';
import { clockBound } from './values.ts';
import type { Waybill } from './waybill-marks.ts';

/** Facts of a new case; number, instant and leader are found in the transaction, the rules are today's. */
export type InterceptDraft = Omit<InterceptInput, 'interceptId' | 'attempt' | 'initiatedAt' | 'follows' | 'rules' | 'returnAddressVersion'>;

/**
 * Makes the first record of a new case: the rules, which do not live here. The run writes its own of the same version later, whose
 * lines and events begin with the same ones; those are kept once.
 */
export type FirstRecord = (input: InterceptInput) => RecordWrite;

/** What a create was judged on, and when: see the columns of the same names. */
export interface JudgedFacts extends Pick<InterceptRecord, 'evidenceFrom' | 'scansJudgedAt'> {
  /** The intercept that led the parcel then, null when none did. */
  sharedWith: string | null;
}

export type Opening =
  /** Inserted as STARTING; its run is still to be started with this input. */
  | { kind: 'CREATED'; input: InterceptInput; follows: InterceptInput['follows']; state: InterceptState }
  /** This refund has an attempt that was not refused. */
  | { kind: 'EXISTING'; interceptId: string; record: InterceptRecord }
  /**
   * Another intercept leads the parcel than the one it was judged with, a rule has judged the refund again, or the return address is gone:
   * nothing was written, the facts have to be gathered again.
   */
  | { kind: 'FACTS_CHANGED' }
  /** Its attempts were refused too often (Q27); the last refusal, verbatim. */
  | { kind: 'REFUSED_TOO_OFTEN'; attempts: number; lastInterceptId: string; refusal: ForeignReason | null };

const REFUSED_ATTEMPTS_AT_MOST = 5;

/**
 * The one transaction of a create (design §2.2). Creates of one refund run one after another; those of one waybill meet at its parcel
 * row: the first leads, a later one follows while the leader is unfinished, in the leader's recorded status. `initiatedAt` is
 * PostgreSQL's clock. Evidence that waited for this waybill becomes due; it counts from when the facts were gathered, without them
 * from the initiation. Throws when the refund has attempts of another shop.
 */
export function openIntercept(db: Db, draft: InterceptDraft, firstRecord: FirstRecord, judged?: JudgedFacts): Promise<Opening> {
  return inTransaction(db, async (trx): Promise<Opening> => {
    await holdLock(trx, `refund:${draft.refundId}`);
    const attempts = await attemptsOf(trx, draft);
    const last = attempts.at(-1);
    if (last && last.state.interceptStatus !== 'REJECTED_BY_CARRIER')
      return { kind: 'EXISTING', interceptId: last.interceptId, record: last };
    if (last && attempts.length >= REFUSED_ATTEMPTS_AT_MOST) {
      const { carrierRefusal } = last.state;
      return { kind: 'REFUSED_TOO_OFTEN', attempts: attempts.length, lastInterceptId: last.interceptId, refusal: carrierRefusal };
    }
    const attempt = (last?.state.input.attempt ?? 0) + 1;
    return insertIntercept(trx, draft, attempt, firstRecord, judged);
  });
}

async function attemptsOf(trx: Trx, draft: InterceptDraft): Promise<InterceptRecord[]> {
  const rows = await trx
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where('refund_id', '=', draft.refundId)
    .orderBy('attempt')
    .execute();
  const foreign = rows.find((row) => row.shop_id !== draft.shopId);
  if (foreign)
    throw new Error(`refund ${draft.refundId} has intercept ${foreign.intercept_id} of another shop: shop ${draft.shopId} cannot open one`);
  return rows.map(recordOf);
}

async function insertIntercept(
  trx: Trx,
  draft: InterceptDraft,
  attempt: number,
  firstRecord: FirstRecord,
  judged: JudgedFacts | undefined,
): Promise<Opening> {
  const interceptId = `${draft.refundId}-${attempt}`;
  const leader = await lockParcel(trx, draft);
  if (judged && judged.sharedWith !== (leader?.interceptId ?? null)) return { kind: 'FACTS_CHANGED' };
  const { returnTo: _wanted, ...facts } = draft;
  const destination = leader ? destinationOf(leader.state.input) : await chooseDestination(trx, draft);
  if (destination === null) return { kind: 'FACTS_CHANGED' };
  // With the case, or not at all: what a rule starts never costs more than its budgets hold.
  if (draft.rule && !(await takeReservation(trx, draft.refundId, draft.rule.judgementId))) return { kind: 'FACTS_CHANGED' };
  if (!leader) await lead(trx, draft, interceptId);
  // Read after the parcel's lock: a follower is never older than the leader's record it copies.
  const initiatedAt = await now(trx);
  const follows = leader ? followingOf(leader) : null;
  const input: InterceptInput = {
    ...facts,
    ...destination,
    interceptId,
    attempt,
    rules: CURRENT_RULES,
    initiatedAt,
    follows,
  };
  const write = firstRecord(input);
  const { state } = write;
  const { evidenceFrom, scansJudgedAt } = leader ?? judged ?? { evidenceFrom: initiatedAt, scansJudgedAt: initiatedAt };
  await trx
    .insertInto('intercepts')
    .values(newInterceptRow(state, 'STARTING', { evidenceFrom, scansJudgedAt }))
    .execute();
  await addNews(trx, write, state.notices, true);
  await wantSubscription(trx, state);
  await reviveQuarantined(trx, draft.carrier, draft.waybillNo);
  // What was settled for earlier cases, or told a leader that has not recorded it yet, is news to this one.
  await reviveSettled(trx, draft.carrier, draft.waybillNo, evidenceFrom);
  await announceChange(trx, { interceptId, shopId: draft.shopId, version: state.version });
  return { kind: 'CREATED', input, follows: input.follows, state };
}

type Destination = Pick<InterceptInput, 'returnTo' | 'returnAddressVersion'>;

/** One parcel, one call: a follower goes where its leader's call sends it. */
function destinationOf({ returnTo, returnAddressVersion }: Destination): Destination {
  return { ...(returnTo && { returnTo }), ...(returnAddressVersion && { returnAddressVersion }) };
}

/** Where a leader's parcel is to go; null when the shop's return address was deleted since it was chosen. */
async function chooseDestination(trx: Trx, { shopId, returnTo }: InterceptDraft): Promise<Destination | null> {
  if (returnTo !== 'ADDRESS') return destinationOf({ returnTo });
  const returnAddressVersion = await holdReturnAddress(trx, shopId);
  return returnAddressVersion === null ? null : { returnTo, returnAddressVersion };
}

/** Locks the parcel's row, made if need be, and answers who leads it. */
async function lockParcel(trx: Trx, { carrier, waybillNo }: Waybill): Promise<InterceptRecord | null> {
  await trx
    .insertInto('parcels')
    .values({ carrier, waybill_no: waybillNo, leader_intercept_id: null })
    .onConflict((conflict) => conflict.columns(['carrier', 'waybill_no']).doNothing())
    .execute();
  await trx
    .selectFrom('parcels')
    .select('leader_intercept_id')
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .forUpdate()
    .execute();
  return leaderOf(trx, carrier, waybillNo);
}

/** The intercept that leads the parcel: the one whose carrier call serves all of its unfinished ones; null when none does. */
export async function leaderOf(db: Db, carrier: CarrierCode, waybillNo: string): Promise<InterceptRecord | null> {
  const leader = await db
    .selectFrom('parcels')
    .innerJoin('intercepts', 'intercepts.intercept_id', 'parcels.leader_intercept_id')
    .select(RECORD_COLUMNS.map((column) => `intercepts.${column}` as const))
    .where('parcels.carrier', '=', carrier)
    .where('parcels.waybill_no', '=', waybillNo)
    .where('phase', '<>', 'ENDED')
    .where('intercept_status', '<>', 'REJECTED_BY_CARRIER')
    .executeTakeFirst();
  return leader ? recordOf(leader) : null;
}

async function lead(trx: Trx, { carrier, waybillNo }: Waybill, interceptId: string): Promise<void> {
  await trx
    .updateTable('parcels')
    .set({ leader_intercept_id: interceptId })
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .execute();
}

function followingOf({ interceptId, state }: InterceptRecord): NonNullable<InterceptInput['follows']> {
  const { attempt, initiatedAt } = state.input;
  return {
    interceptId,
    interceptStatus: state.interceptStatus,
    accepted: state.acceptedAt !== null,
    carrierReference: state.carrierReference,
    failure: state.failure,
    parcel: state.parcel,
    asked: { attempt, initiatedAt },
  };
}

/**
 * For an open record made from its run, in the transaction that makes it: the parcel has its leader again, its scans are subscribed, and what came
 * for the waybill while no case was known is due.
 */
export async function takeParcelUp(trx: Trx, state: InterceptState): Promise<void> {
  const { input, interceptStatus } = state;
  const leader = await lockParcel(trx, input);
  if (leader === null && input.follows === null && interceptStatus !== 'REJECTED_BY_CARRIER') await lead(trx, input, input.interceptId);
  await wantSubscription(trx, state);
  await reviveQuarantined(trx, input.carrier, input.waybillNo);
}

/** A run exists for the record: STARTING becomes OPEN. False when it was not STARTING. */
export async function markStarted(db: Db, interceptId: string): Promise<boolean> {
  const row = await db
    .updateTable('intercepts')
    .set({ phase: 'OPEN', run_missing_since: null })
    .where('intercept_id', '=', interceptId)
    .where('phase', '=', 'STARTING')
    .returning('intercept_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Records that have been STARTING for longer than that, oldest first: their runs are to be described, then adopted or removed. */
export async function staleStarting(db: Db, olderThanMs: number, limit = 100): Promise<InterceptRecord[]> {
  const rows = await db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where('phase', '=', 'STARTING')
    .where('initiated_at', '<', clockBound(-olderThanMs))
    .orderBy('initiated_at')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

export type Removal = 'REMOVED' | 'NOT_STARTING' | 'HAS_FOLLOWERS';

/**
 * Takes back a record whose run never started; its log lines stay. `HAS_FOLLOWERS`: others rely on its carrier call, so its run must
 * be started instead. The caller has made sure that no start is under way any more.
 */
export function removeStarting(db: Db, interceptId: string): Promise<Removal> {
  return db.transaction().execute(async (trx): Promise<Removal> => {
    const found = await trx
      .selectFrom('intercepts')
      .select(['carrier', 'waybill_no', 'refund_id'])
      .where('intercept_id', '=', interceptId)
      .executeTakeFirst();
    if (!found) return 'NOT_STARTING';
    // The parcel before the case, as everywhere: nobody becomes a follower meanwhile.
    await trx
      .selectFrom('parcels')
      .select('leader_intercept_id')
      .where('carrier', '=', found.carrier)
      .where('waybill_no', '=', found.waybill_no)
      .forUpdate()
      .execute();
    const follower = await trx
      .selectFrom('intercepts')
      .select('intercept_id')
      .where('follows_intercept_id', '=', interceptId)
      .where('phase', '<>', 'ENDED')
      .limit(1)
      .executeTakeFirst();
    if (follower) return 'HAS_FOLLOWERS';
    const removed = await trx
      .deleteFrom('intercepts')
      .where('intercept_id', '=', interceptId)
      .where('phase', '=', 'STARTING')
      .returning('intercept_id')
      .executeTakeFirst();
    if (!removed) return 'NOT_STARTING';
    await trx
      .updateTable('parcels')
      .set({ leader_intercept_id: null })
      .where('carrier', '=', found.carrier)
      .where('waybill_no', '=', found.waybill_no)
      .where('leader_intercept_id', '=', interceptId)
      .execute();
    await trx.deleteFrom('outbox').where('intercept_id', '=', interceptId).where('dispatched_at', 'is', null).execute();
    await releaseReservation(trx, found.refund_id, 'USED');
    await forgetSubscription(trx, { carrier: found.carrier, waybillNo: found.waybill_no });
    return 'REMOVED';
  });
}
