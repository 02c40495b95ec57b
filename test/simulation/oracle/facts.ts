import type { Books, PlatformCall, RefundMoment, Word } from '../outside/books.ts';

/** One version of a case as it was stored. */
export interface Step {
  version: number;
  at: number;
  intercept: string;
  refund: string;
  returned: string | null;
  ended: boolean;
}

/** A case as the service keeps it: its end, and every version on the way. */
export interface CaseFacts {
  interceptId: string;
  refundId: string;
  waybillNo: string;
  attempt: number;
  initiatedAt: number;
  follows: string | null;
  /** What the buyer asked at initiation. */
  askedFen: number;
  phase: string;
  endedAt: number | null;
  intercept: string;
  refund: string;
  cause: string | null;
  returned: string | null;
  /** It says that the parcel came back, or comes, damaged. */
  damaged: boolean;
  notices: string[];
  steps: Step[];
  /** How its last run ended, null when it never had one. */
  run: string | null;
}

/** A claim as the service keeps it: its end, and every version on the way. */
export interface ClaimFacts {
  claimId: string;
  interceptId: string;
  waybillNo: string;
  kind: string;
  claimedFen: number;
  createdAt: number;
  status: string;
  /** CARRIER_API: by a work order of the carrier's. */
  channel: string;
  awardedFen: number | null;
  steps: { version: number; at: number; status: string }[];
  /** How its last run ended, null when it never had one. */
  run: string | null;
}

/** Everything the judge may look at: what the world outside saw, and what the service has stored. */
export interface Facts {
  books: Books;
  cases: CaseFacts[];
  fees: { interceptId: string; waybillNo: string; amountFen: number | null }[];
  told: { interceptId: string | null; type: string; at: number; messageId: string }[];
  claims: ClaimFacts[];
  /** What the ledger has of claims; what comes in is negative. */
  awards: { claimId: string; amountFen: number }[];
  /** Events on their way to the shop's own system, as the service keeps them; the run is null where none was needed. */
  deliveries: { messageId: string; status: string; run: string | null }[];
  /** The shop wants to be told. */
  isTold: boolean;
  noticed: { interceptId: string | null; code: string; at: number }[];
  log: { interceptId: string; what: string; at: number }[];
  inbox: { eventKey: string; status: string; reason: string | null }[];
  /** Words the service has stored: waybill, word and instant. */
  stored: Set<string>;
  defects: string[];
  pickedUpAt: number;
  feeFen: number;
  /** The platform pays whatever it is asked. */
  careless: boolean;
  /** Single calls may fail: everything may be a little later. */
  callsFail: boolean;
}

export interface Violation {
  rule: string;
  about: string;
  what: string;
}

export const HOUR_MS = 3_600_000;
export const UNLOCK_MS = 72 * HOUR_MS;
export const DUE_MS = 120 * HOUR_MS;
/** What comes so long after initiation is certainly within the watch of a case. */
export const WATCHED_MS = 59 * 24 * HOUR_MS;

const SUCCESS = ['RETURNING', 'RETURN_SIGNED', 'RESULT_SUCCEEDED'];
const FAILURE = ['SIGNED', 'LOST', 'RESULT_FAILED'];

export function isSuccess({ word }: Word): boolean {
  return SUCCESS.includes(word);
}

export function isFailure({ word }: Word): boolean {
  return FAILURE.includes(word);
}

/** Words about this case's parcel; what happened before its pick-up was another parcel of the same number. */
export function wordsOf({ books, pickedUpAt }: Facts, { waybillNo }: { waybillNo: string }): Word[] {
  return books.words.filter((word) => word.waybillNo === waybillNo && word.occurredAt >= pickedUpAt);
}

/** The buyer asks for money only, and it is the merchant's turn. */
export function isOpen({ status, way, negotiate }: RefundMoment): boolean {
  return status === 10 && way === 10 && negotiate !== 3;
}

/** How the refund stood at an instant. */
export function momentAt({ books }: Facts, refundId: string, at: number): RefundMoment | null {
  return books.refunds.get(refundId)?.findLast((moment) => moment.at <= at) ?? null;
}

/** Every state the refund had from one instant to another, the first one included. */
export function momentsIn(facts: Facts, refundId: string, from: number, to: number): RefundMoment[] {
  const first = momentAt(facts, refundId, from);
  const later = (facts.books.refunds.get(refundId) ?? []).filter(({ at }) => at > from && at <= to);
  return first === null ? later : [first, ...later];
}

export function callsOf({ books }: Facts, refundId: string, call: PlatformCall['call']): PlatformCall[] {
  return books.calls.filter((one) => one.refundId === refundId && one.call === call);
}

/** The attempt in charge of a refund at an instant. */
export function caseAt({ cases }: Facts, refundId: string, at: number): CaseFacts | null {
  return cases.filter((one) => one.refundId === refundId && one.initiatedAt <= at).sort((a, b) => b.attempt - a.attempt)[0] ?? null;
}

export function stepAt({ steps }: CaseFacts, at: number): Step | null {
  return steps.findLast((step) => step.at <= at) ?? null;
}

/** Backing off, what was cut off mid-way is taken up again within so long after the trouble. */
const AFTER_TROUBLE_MS = 180_000;

/** From when on nothing more was out of order, as seen from an instant: that instant when all was well. */
export function calmFrom({ books }: Facts, at: number): number {
  let calm = at;
  for (;;) {
    const trouble = books.troubles.find(({ from, to }) => from <= calm + AFTER_TROUBLE_MS && to + AFTER_TROUBLE_MS > calm);
    if (trouble === undefined) return calm;
    calm = trouble.to + AFTER_TROUBLE_MS;
  }
}

/** By when something due at an instant must have happened, when the usual time for it is `usualMs`. */
export function limitOf(facts: Facts, dueAt: number, usualMs: number): number {
  const calm = calmFrom(facts, dueAt);
  const slackMs = facts.callsFail ? AFTER_TROUBLE_MS : 0;
  return calm + usualMs + slackMs;
}
