import type { EpochMs } from '../time.ts';
import type { CarrierEvidence, Effect, LogLine, ToldEvent } from './event.ts';
import { applyAll, begin, stamp } from './machine.ts';
import type { InterceptInput, InterceptState } from './state.ts';
import { type InterceptView, viewIntercept } from './view.ts';

/** One write of a case's record: everything that changed together, keyed by (interceptId, version). */
export interface RecordWrite {
  state: InterceptState;
  view: InterceptView;
  lines: LogLine[];
  told: { event: ToldEvent; at: EpochMs }[];
  /** The intercept fee became due with this version (Q31). */
  feeDueAt: EpochMs | null;
  /** The carrier's answer became known with this version: other intercepts of the waybill share it. */
  answer: 'ACCEPTED' | 'REFUSED' | null;
  /** The run ends with this version. */
  ended: boolean;
}

/** Version 1 of a case, as the create transaction stores it and as the run begins: the same pure functions make both. */
export function firstRecord(input: InterceptInput): RecordWrite {
  const { state, effects } = begin(input);
  return buildRecord(null, stamp(state, input.initiatedAt), effects, input.initiatedAt, false);
}

/** Gathers what one step wants recorded; `before` is the state the step began with, null at the very start. */
export function buildRecord(
  before: InterceptState | null,
  state: InterceptState,
  effects: Effect[],
  now: EpochMs,
  ended: boolean,
): RecordWrite {
  const write: RecordWrite = {
    state,
    view: viewIntercept(state, now),
    lines: [],
    told: [],
    feeDueAt: null,
    answer: before === null ? null : readAnswer(before, state),
    ended,
  };
  for (const effect of effects) {
    if (effect.type === 'LOG') write.lines.push(effect.line);
    else if (effect.type === 'TELL') write.told.push({ event: effect.event, at: effect.at });
    else if (effect.type === 'FEE_DUE') write.feeDueAt = effect.at;
  }
  return write;
}

/**
 * The version after the last of a case whose run has ended, with evidence that came only then, oldest first: what the run would have
 * recorded and told. For evidence that moves no money (`isLateDamage`).
 */
export function recordAfterEnd(last: InterceptState, evidence: readonly CarrierEvidence[]): RecordWrite {
  const { state, effects } = applyAll(
    last,
    evidence.map((piece) => ({ type: 'EVIDENCE', at: piece.receivedAt, evidence: piece })),
  );
  const at = Math.max(...evidence.map(({ receivedAt }) => receivedAt));
  return buildRecord(last, stamp(state, at), effects, at, true);
}

function readAnswer(before: InterceptState, state: InterceptState): RecordWrite['answer'] {
  if (state.input.follows !== null) return null;
  if (before.carrierRefusal === null && state.carrierRefusal !== null) return 'REFUSED';
  return before.acceptedAt === null && state.acceptedAt !== null ? 'ACCEPTED' : null;
}

/** Name of one version of one life of a case. */
export function versionKey({ input, version }: InterceptState): string {
  return `${input.interceptId}:${input.initiatedAt}:${version}`;
}

/** Places of one version among the numbers that order what a case tells. */
const PLACES_A_VERSION = 1_000;

/** The number by which receivers order the events of a case: grows with its version, and within one with the place. */
export function toldSequence(version: number, place: number): number {
  return version * PLACES_A_VERSION + place;
}

/** What a case can tell once in its life. */
const TOLD_ONCE: readonly ToldEvent[] = [
  'intercept.requested',
  'intercept.accepted',
  'intercept.refused',
  'intercept.succeeded',
  'intercept.failed',
  'refund.reject_unlocked',
  'refund.refunded',
  'refund.closed',
  'return.signed',
];

/**
 * Name of the n-th thing a write tells. The same turn has the same name also when the workflow task that first wrote it was lost
 * and the next one, which saw more, came to it in another version; and two turns never share one.
 */
export function toldKey({ state, told }: RecordWrite, n: number): string {
  const { input } = state;
  const event = told[n]?.event;
  if (event !== undefined && TOLD_ONCE.includes(event)) return `${input.interceptId}:${input.initiatedAt}:${event}`;
  const earlier = told.slice(0, n).filter((one) => one.event === event).length;
  return `${versionKey(state)}:${event}:${earlier}`;
}
