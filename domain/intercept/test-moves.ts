import fc from 'fast-check';
import { DAY_MS } from '../time.ts';
import { nextDeadline } from './deadline.ts';
import {
  type CarrierEvidence,
  type Effect,
  EVIDENCE_KINDS,
  type InterceptEvent,
  type MerchantCommand,
  type MoneyOutcome,
} from './event.ts';
import { apply, begin } from './machine.ts';
import { INITIATED_AT, sampleEvidence, sampleInput, sampleRefund } from './sample-case.ts';
import type { InterceptState } from './state.ts';

/** One thing that may happen to a case next. */
export type Move =
  | { do: 'evidence'; kind: CarrierEvidence['kind']; agoMs: number }
  | { do: 'answer'; accepted: boolean }
  | { do: 'command'; kind: MerchantCommand['kind']; agreedFen: number | null }
  | { do: 'money'; kind: MoneyOutcome['kind']; sent: boolean; status: number }
  | { do: 'read'; status: number; negotiateStatus: number; feeFen: number; waybillNo: string }
  | { do: 'wait'; ms: number }
  | { do: 'deadline'; offsetMs: number };

const STATUSES = [10, 11, 12, 20, 30, 50, 60, 70];
/** Any of them. */
export const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant('evidence' as const),
    kind: fc.constantFrom(...EVIDENCE_KINDS),
    agoMs: fc.integer({ min: 0, max: 2 * DAY_MS }),
  }),
  fc.record({ do: fc.constant('answer' as const), accepted: fc.boolean() }),
  fc.record({
    do: fc.constant('command' as const),
    kind: fc.constantFrom('APPROVE' as const, 'REJECT' as const, 'ARBITRATE' as const),
    agreedFen: fc.option(fc.integer({ min: 1, max: 20_000 })),
  }),
  fc.record({
    do: fc.constant('money' as const),
    kind: fc.constantFrom(
      'DONE' as const,
      'NOT_SENT' as const,
      'REFUSED' as const,
      'WITHDRAWN' as const,
      'AMOUNT_CHANGED' as const,
      'CANCELLED' as const,
    ),
    sent: fc.boolean(),
    status: fc.constantFrom(...STATUSES),
  }),
  fc.record({
    do: fc.constant('read' as const),
    status: fc.constantFrom(...STATUSES),
    negotiateStatus: fc.constantFrom(1, 3),
    feeFen: fc.constantFrom(5_000, 9_900, 12_000),
    waybillNo: fc.constantFrom(sampleRefund().waybillNo ?? '', sampleRefund().waybillNo ?? '', 'YT9999999999999'),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 3 * DAY_MS }) }),
  fc.record({ do: fc.constant('deadline' as const), offsetMs: fc.constantFrom(-1, 0, 1) }),
);

/** Turns a move into an event the workflow could really produce now; null when it could not. */
export function toEvent(state: InterceptState, chosen: Move, now: number): InterceptEvent | null {
  switch (chosen.do) {
    case 'evidence':
      return { type: 'EVIDENCE', at: now, evidence: sampleEvidence(chosen.kind, now - chosen.agoMs) };
    case 'answer':
      if (state.acceptedAt !== null || state.carrierRefusal !== null) return null;
      return {
        type: 'CARRIER_ANSWERED',
        at: now,
        answer: chosen.accepted ? { kind: 'ACCEPTED', reference: null } : { kind: 'REFUSED', code: 'E1', message: 'x' },
      };
    case 'command': {
      const actor = 'a';
      const command: MerchantCommand =
        chosen.kind === 'APPROVE'
          ? { kind: 'APPROVE', actor, agreedFen: chosen.agreedFen }
          : chosen.kind === 'REJECT'
            ? { kind: 'REJECT', actor, reason: '1', description: '', images: [] }
            : { kind: 'ARBITRATE', actor, description: 'd', pictures: [] };
      return { type: 'COMMAND', at: now, command };
    }
    case 'money': {
      const command = state.command;
      if (command === null) return null;
      const isPay = command.kind === 'PAY';
      const status = chosen.kind === 'DONE' && isPay ? (chosen.status === 70 ? 70 : chosen.status === 50 ? 50 : 60) : chosen.status;
      // An automatic payment that read the refund open would have paid it: it never answers "not sent" then.
      if (isPay && chosen.kind === 'NOT_SENT' && status === 10) return null;
      if (isPay && (chosen.kind === 'CANCELLED' || (chosen.kind === 'REFUSED' && command.cause !== 'MANUAL_APPROVAL'))) return null;
      const refundFeeFen = chosen.kind === 'AMOUNT_CHANGED' ? 12_000 : 9_900;
      if (chosen.kind === 'AMOUNT_CHANGED' && !isPay) return null;
      const refund = sampleRefund({ status: chosen.kind === 'AMOUNT_CHANGED' ? 10 : status, refundFeeFen, updatedAt: now });
      const outcome: MoneyOutcome = {
        kind: chosen.kind,
        sent: isPay && (chosen.kind === 'DONE' || chosen.sent),
        refund: chosen.kind === 'CANCELLED' || chosen.kind === 'WITHDRAWN' ? null : refund,
        refusal: { code: '1', message: 'x' },
      };
      return { type: 'MONEY_ANSWERED', at: now, sequence: command.sequence, outcome };
    }
    case 'read':
      return {
        type: 'REFUND_READ',
        at: now,
        refund: sampleRefund({
          status: chosen.status,
          negotiateStatus: chosen.negotiateStatus,
          refundFeeFen: chosen.feeFen,
          waybillNo: chosen.waybillNo,
          updatedAt: now,
        }),
      };
    case 'wait':
    case 'deadline':
      return { type: 'TIME_PASSED', at: now };
  }
}

/** Where a played case stands. */
export interface Trace {
  state: InterceptState;
  now: number;
}

/** Plays moves from the start of a case; `look` sees every step. */
export function play(
  moves: Move[],
  look: (before: InterceptState, event: InterceptEvent, after: InterceptState, effects: Effect[]) => void = () => {},
): Trace {
  let { state } = begin(sampleInput());
  let now = INITIATED_AT;
  for (const chosen of moves) {
    if (chosen.do === 'wait') now += chosen.ms;
    else if (chosen.do === 'deadline') now = Math.max(now, (nextDeadline(state)?.at ?? now) + chosen.offsetMs);
    else now += 1;
    const event = toEvent(state, chosen, now);
    if (event === null) continue;
    const before = state;
    const step = apply(state, event);
    state = step.state;
    look(before, event, state, step.effects);
  }
  return { state, now };
}
