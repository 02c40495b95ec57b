import { giveUpAt } from '../domain/intercept/deadline.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import type { InterceptState, Notice } from '../domain/intercept/state.ts';
import type { EpochMs } from '../domain/time.ts';
import type { TrackEvent, TrackScan } from '../domain/track.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';

/** A carrier's own word on an intercept, from the result push or a status query. */
export interface CarrierResult {
  result: ResultWord;
  occurredAt: EpochMs;
  code: string | null;
  message: string;
}
export const RESULT_WORDS = ['SUCCEEDED', 'FAILED', 'REFUSED', 'LOST', 'DAMAGED'] as const;
export type ResultWord = (typeof RESULT_WORDS)[number];

/** A scan of the track table as far as it matters here. */
export interface KnownScan {
  event: TrackEvent;
  occurredAt: EpochMs;
  receivedAt: EpochMs;
  text: string;
  scanKey: string;
}

const SCAN_KINDS: Partial<Record<TrackEvent, CarrierEvidence['kind']>> = {
  RETURNING: 'RETURNING',
  SIGNED: 'SIGNED',
  RETURN_SIGNED: 'RETURN_SIGNED',
  OUT_FOR_DELIVERY: 'OUT_FOR_DELIVERY',
  AWAITING_PICKUP: 'AWAITING_PICKUP',
  LOST: 'LOST',
  DAMAGED: 'DAMAGED',
};

/**
 * A scan as evidence; one that says nothing by itself is `SCAN` and only counts for a quiet return. Its sentence stays in the
 * track: it may name whoever signed, and what reaches a run stays in its history.
 */
export function scanEvidence(scan: Pick<TrackScan, 'event' | 'occurredAt' | 'text'>, key: string, receivedAt: EpochMs): CarrierEvidence {
  const kind = SCAN_KINDS[scan.event] ?? 'SCAN';
  return { key, kind, occurredAt: scan.occurredAt, receivedAt, code: null, message: '' };
}

const RESULT_KINDS: Record<ResultWord, CarrierEvidence['kind']> = {
  SUCCEEDED: 'RESULT_SUCCEEDED',
  FAILED: 'RESULT_FAILED',
  REFUSED: 'RESULT_REFUSED',
  LOST: 'LOST',
  DAMAGED: 'DAMAGED',
};

/** A carrier's own word as evidence, code and text verbatim. */
export function resultEvidence(result: CarrierResult, key: string, receivedAt: EpochMs): CarrierEvidence {
  return {
    key,
    kind: RESULT_KINDS[result.result],
    occurredAt: result.occurredAt,
    receivedAt,
    code: result.code,
    message: result.message,
  };
}

/** A case's record, as far as evidence is judged against it. */
export type JudgedCase = Pick<InterceptRecord, 'state' | 'evidenceFrom' | 'scansJudgedAt'>;

/** A carrier's words on an intercept, which are no scans of a parcel. */
const WORDS_ON_INTERCEPT: readonly CarrierEvidence['kind'][] = ['RESULT_SUCCEEDED', 'RESULT_FAILED', 'RESULT_REFUSED', 'ACCEPTED'];

/**
 * Whether evidence counts for the case by when it was received: from the moment on when gathering the facts of its create
 * began, but no scan that was among those facts. So each scan is judged once, by the create or by the case.
 */
export function countsFor(evidence: CarrierEvidence, { evidenceFrom, scansJudgedAt }: JudgedCase): boolean {
  if (WORDS_ON_INTERCEPT.includes(evidence.kind)) return evidence.receivedAt > evidenceFrom;
  return evidence.receivedAt >= scansJudgedAt;
}

/** Whether it tells of another parcel that had the number before. */
export function isOfEarlierParcel({ occurredAt }: CarrierEvidence, { state }: JudgedCase): boolean {
  return state.input.pickedUpAt !== null && occurredAt < state.input.pickedUpAt;
}

/** What one piece of evidence is worth to one case. */
export type Bearing = 'DECISIVE' | 'NO_CHANGE' | 'NOT_DECISIVE' | 'BEFORE_INITIATION' | 'EARLIER_PARCEL';

/**
 * Whether evidence must reach a case, judged against its record (design §2.3). The record may lag behind the run, so
 * `NO_CHANGE` is only said where nothing the run may know more can make it matter: evidence only ever grows.
 * `scans` are the waybill's stored scans: a return scan is left out only while no loss is on record that it would answer.
 */
export function judgeEvidence(evidence: CarrierEvidence, record: JudgedCase, scans: readonly KnownScan[]): Bearing {
  const { state } = record;
  if (!countsFor(evidence, record)) return 'BEFORE_INITIATION';
  if (isOfEarlierParcel(evidence, record)) return 'EARLIER_PARCEL';
  if (endsQuiet(evidence, state)) return 'DECISIVE';
  switch (evidence.kind) {
    case 'RESULT_SUCCEEDED':
      return changes(!(state.interceptStatus === 'SUCCEEDED' && state.parcel.caught));
    case 'RESULT_FAILED':
    case 'RESULT_REFUSED':
      return 'DECISIVE';
    case 'ACCEPTED':
      return changes(state.acceptedAt === null && state.interceptStatus !== 'REJECTED_BY_CARRIER');
    case 'RETURNING':
      return changes(!isReturnSigned(state) && returningMatters(evidence, state, scans));
    case 'SIGNED':
      return changes(!isReturnSigned(state) && isNewer(evidence.occurredAt, state.parcel.lastSignedAt));
    case 'RETURN_SIGNED':
      return changes(!isReturnSigned(state));
    case 'LOST':
      return changes(!isReturnSigned(state) && isNewer(evidence.occurredAt, state.parcel.lastLostAt));
    case 'DAMAGED':
      return changes(!state.parcel.damaged);
    case 'OUT_FOR_DELIVERY':
    case 'AWAITING_PICKUP':
      return isAwaitingResult(state) ? 'DECISIVE' : 'NOT_DECISIVE';
    case 'SCAN':
      return 'NOT_DECISIVE';
  }
}

/** Whether a case must be told of this evidence. */
export function isDecisive(evidence: CarrierEvidence, record: JudgedCase, scans: readonly KnownScan[] = []): boolean {
  return judgeEvidence(evidence, record, scans) === 'DECISIVE';
}

/**
 * Return scans that were left out as repeats and have to go with a loss: whether a parcel is lost or found again
 * depends on which of the two came last (any order of the same scans ends in the same state).
 */
export function returnScansBehind(evidence: CarrierEvidence, record: JudgedCase, scans: readonly KnownScan[]): CarrierEvidence[] {
  if (evidence.kind !== 'LOST') return [];
  return scans
    .filter((scan) => scan.event === 'RETURNING' && isNewer(scan.occurredAt, record.state.parcel.lastReturningAt))
    .map((scan) => scanEvidence(scan, scan.scanKey, scan.receivedAt))
    .filter((scan) => countsFor(scan, record) && !isOfEarlierParcel(scan, record));
}

/**
 * What a person should know when evidence comes for a case whose run has ended: the parcel comes back although the
 * carrier refused, the buyer withdrew, or the merchant rejected the refund (Q9, Q11). Null when it is no news.
 */
export function noticeAfterEnd(evidence: CarrierEvidence, record: JudgedCase): Notice | null {
  const { state } = record;
  const comesBack = ['RESULT_SUCCEEDED', 'RETURNING', 'RETURN_SIGNED'].includes(evidence.kind);
  if (!comesBack || state.interceptStatus === 'SUCCEEDED' || !countsWithinWatch(evidence, record)) return null;
  if (state.interceptStatus === 'REJECTED_BY_CARRIER') return 'PARCEL_RETURNS_AFTER_REFUSAL';
  if (state.refundStatus === 'CLOSED' && state.refundCause === 'BUYER_WITHDREW') return 'PARCEL_RETURNS_AFTER_WITHDRAWAL';
  if (state.refundStatus === 'REJECTED') return 'LATE_SUCCESS_AFTER_REJECTION';
  return null;
}

/**
 * Whether a case must hear of this damage although its run may have ended: that ends as soon as the return is signed and the refund
 * settled, and a carrier may tell the damage after that (any order of the same scans ends in the same state).
 */
export function isLateDamage(evidence: CarrierEvidence, record: JudgedCase): boolean {
  const { state } = record;
  return evidence.kind === 'DAMAGED' && isReturnSigned(state) && state.returnFailure === null && countsWithinWatch(evidence, record);
}

/** Evidence about this very parcel, received before the watch of a case would be given up. */
function countsWithinWatch(evidence: CarrierEvidence, record: JudgedCase): boolean {
  return countsFor(evidence, record) && !isOfEarlierParcel(evidence, record) && evidence.receivedAt <= giveUpAt(record.state);
}

function changes(yes: boolean): Bearing {
  return yes ? 'DECISIVE' : 'NO_CHANGE';
}

function isNewer(at: EpochMs, than: EpochMs | null): boolean {
  return than === null || at > than;
}

function isAwaitingResult(state: InterceptState): boolean {
  return state.interceptStatus === 'REQUESTED' || state.interceptStatus === 'INTERCEPTING';
}

/** Final: no later scan takes a signed return back. */
function isReturnSigned(state: InterceptState): boolean {
  return state.interceptStatus === 'SUCCEEDED' && state.returnStatus === 'RETURN_SIGNED';
}

/** A stalled or overdue return is taken up again by any scan newer than all it knew. */
function endsQuiet(evidence: CarrierEvidence, state: InterceptState): boolean {
  if (state.quiet === null) return false;
  if (['RESULT_SUCCEEDED', 'RESULT_FAILED', 'RESULT_REFUSED', 'ACCEPTED'].includes(evidence.kind)) return false;
  return isNewer(evidence.occurredAt, state.parcel.lastScanAt);
}

/** A further return scan of a parcel on its way back only repeats, unless it is the oldest yet or answers a loss. */
function returningMatters(evidence: CarrierEvidence, state: InterceptState, scans: readonly KnownScan[]): boolean {
  const { firstReturningAt, lastReturningAt } = state.parcel;
  if (state.interceptStatus !== 'SUCCEEDED' || state.returnStatus !== 'RETURNING') return true;
  if (firstReturningAt === null || lastReturningAt === null || evidence.occurredAt < firstReturningAt) return true;
  if (evidence.occurredAt <= lastReturningAt) return false;
  return scans.some((scan) => scan.event === 'LOST' && scan.occurredAt >= lastReturningAt);
}
