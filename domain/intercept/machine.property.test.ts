import assert from 'node:assert/strict';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { autoRefundAt } from './action.ts';
import { isFinished } from './deadline.ts';
import { type CarrierEvidence, type Effect, EVIDENCE_KINDS, type InterceptEvent } from './event.ts';
import { apply, begin, judgeCommand } from './machine.ts';
import { isCaught } from './parcel.ts';
import { isRefundSettled } from './refund-axis.ts';
import { INITIATED_AT as T0, sampleEvidence, sampleInput, sampleRefund } from './sample-case.ts';
import type { InterceptState } from './state.ts';
import { move, play, toEvent } from './test-moves.ts';

const RUNS = 10_000;

const SCANS: CarrierEvidence['kind'][] = ['RETURNING', 'SIGNED', 'RETURN_SIGNED', 'OUT_FOR_DELIVERY', 'AWAITING_PICKUP', 'LOST', 'DAMAGED'];

const EDGES = new Set([
  'REQUESTED>INTERCEPTING',
  'REQUESTED>SUCCEEDED',
  'REQUESTED>FAILED',
  'REQUESTED>REJECTED_BY_CARRIER',
  'INTERCEPTING>SUCCEEDED',
  'INTERCEPTING>FAILED',
  'INTERCEPTING>REJECTED_BY_CARRIER',
  'FAILED>SUCCEEDED',
  'FAILED>REJECTED_BY_CARRIER',
]);

/** By Node's assertions: a million of Jest's would take most of the time of these tests. */
function check(before: InterceptState, event: InterceptEvent, after: InterceptState, effects: Effect[]): void {
  const started = effects.filter((effect) => effect.type === 'MONEY');
  assert.ok(started.length <= 1);
  if (started.length === 1) {
    const command = after.command;
    assert.notEqual(command, null);
    // Never two in flight: the earlier one has been answered in this very event.
    if (before.command !== null) {
      assert.equal(event.type, 'MONEY_ANSWERED');
      assert.equal(event.sequence, before.command.sequence);
    }
    // Never paid after a rejection, an end or under arbitration.
    if (command?.kind === 'PAY') {
      assert.equal(isRefundSettled(before.refundStatus), false);
      assert.ok(!['REJECTED', 'UNDER_ARBITRATION'].includes(after.refundStatus));
      if (event.type !== 'REFUND_READ' && event.type !== 'MONEY_ANSWERED') assert.equal(before.refundStatus, 'OPEN');
      if (command.cause === 'DEADLINE_PASSED') assert.ok(event.at >= autoRefundAt(after));
      else if (command.cause === 'INTERCEPT_SUCCEEDED') assert.equal(isCaught(after.parcel), true);
      else {
        assert.equal(event.type, 'COMMAND');
        assert.equal(event.command.kind, 'APPROVE');
      }
      if (command.actor === 'automatic') assert.ok(!after.notices.includes('WAYBILL_CHANGED'));
      if (command.actor === 'automatic') assert.ok(before.automaticRefund === 'ARMED' || after.automaticRefund === 'ARMED');
    }
  }
  // Intercept axis: only allowed edges.
  if (before.interceptStatus !== after.interceptStatus) {
    const edge = `${before.interceptStatus}>${after.interceptStatus}`;
    assert.ok(EDGES.has(edge), edge);
  }
  // Ends of the refund axis stay.
  if (isRefundSettled(before.refundStatus)) assert.equal(after.refundStatus, before.refundStatus);
  // A rejection of ours is undone by the platform alone.
  if (before.refundStatus === 'REJECTED' && after.refundStatus !== 'REJECTED') assert.equal(event.type, 'REFUND_READ');
  if (after.refundStatus === 'REFUNDED' && before.refundStatus !== 'REFUNDED')
    assert.ok(['REFUND_READ', 'MONEY_ANSWERED'].includes(event.type));
  // An armed case past its day is paying, never waiting.
  if (
    after.automaticRefund === 'ARMED' &&
    after.refundStatus === 'OPEN' &&
    event.at >= autoRefundAt(after) &&
    after.interceptStatus !== 'REJECTED_BY_CARRIER'
  ) {
    assert.notEqual(after.command, null);
  }
}

test('no sequence of events pays early, without a cause, twice at once, or after a rejection', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      play(moves, check);
    }),
    { numRuns: RUNS },
  );
});

test('a command the guard refuses changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(move, { maxLength: 15 }),
      fc.constantFrom('APPROVE' as const, 'REJECT' as const, 'ARBITRATE' as const),
      (moves, kind) => {
        const { state, now } = play(moves, check);
        if (judgeCommand(state, kind, now) === null) return;
        const event = toEvent(state, { do: 'command', kind, agreedFen: null }, now);
        if (event === null) return;
        const { state: after } = apply(state, event);
        expect(after.commandCount - state.commandCount).toBeLessThanOrEqual(after.command?.actor === 'automatic' ? 1 : 0);
      },
    ),
    { numRuns: RUNS },
  );
});

test.each([
  ['has paid', 60],
  ['closed the refund', 70],
])('whatever happened, once the platform %s and the watch is over the case ends', (_what, status) => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
      let { state, now } = play(moves, check);
      for (let round = 0; round < 6 && !isFinished(state, now); round += 1) {
        now += 61 * DAY_MS;
        const kind = status === 60 ? 'DONE' : 'NOT_SENT';
        const answer: InterceptEvent =
          state.command === null
            ? { type: 'REFUND_READ', at: now, refund: sampleRefund({ status, updatedAt: now }) }
            : {
                type: 'MONEY_ANSWERED',
                at: now,
                sequence: state.command.sequence,
                outcome: { kind, sent: state.command.kind === 'PAY', refund: sampleRefund({ status }), refusal: null },
              };
        state = apply(state, answer).state;
        if (state.acceptedAt === null && state.carrierRefusal === null) {
          state = apply(state, { type: 'CARRIER_ANSWERED', at: now, answer: { kind: 'ACCEPTED', reference: null } }).state;
        }
      }
      expect(isFinished(state, now)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

const scan = fc.record({ kind: fc.constantFrom(...SCANS), hour: fc.integer({ min: 1, max: 20 }) });

/** What a case shows of its parcel, without the instants of when it became known. */
function shown(state: InterceptState): object {
  const { interceptStatus, returnStatus, returnFailure, failure, parcel, refundStatus } = state;
  return { interceptStatus, returnStatus, returnFailure, failure, parcel, refundStatus };
}

type Happening = { happens: 'SCAN'; kind: CarrierEvidence['kind'] } | { happens: 'ANSWER'; accepted: boolean } | { happens: 'JOINS' };

/** What happens to a parcel in any order: scans, pushed results, one answer of the carrier, and a follower joining its leader. */
const happenings: fc.Arbitrary<Happening[]> = fc
  .tuple(
    fc.array(
      fc.record({ happens: fc.constant('SCAN' as const), kind: fc.constantFrom(...EVIDENCE_KINDS.filter((kind) => kind !== 'ACCEPTED')) }),
      {
        maxLength: 5,
      },
    ),
    fc.record({ happens: fc.constant('ANSWER' as const), accepted: fc.boolean() }),
  )
  .chain(([scans, answer]) => {
    const all: Happening[] = [...scans, answer, { happens: 'JOINS' }];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });

/** A case's next state, or the same once its run has ended. */
function live(state: InterceptState, event: InterceptEvent): InterceptState {
  return isFinished(state, event.at) ? state : apply(state, event).state;
}

test('a follower ends as its leader does, whatever happens in whatever order, and whenever it joined', () => {
  fc.assert(
    fc.property(happenings, (order) => {
      let leader = begin(sampleInput()).state;
      let follower: InterceptState | null = null;
      for (const [index, one] of order.entries()) {
        const at = T0 + (index + 1) * HOUR_MS;
        if (one.happens === 'JOINS') {
          if (leader.interceptStatus === 'REJECTED_BY_CARRIER' || isFinished(leader, at)) return;
          const { interceptStatus, acceptedAt, carrierReference, failure, parcel } = leader;
          const follows = { interceptId: 'leader-1', interceptStatus, accepted: acceptedAt !== null, carrierReference, failure, parcel };
          follower = begin(sampleInput({ initiatedAt: at, follows })).state;
          continue;
        }
        const told: CarrierEvidence =
          one.happens === 'SCAN'
            ? sampleEvidence(one.kind, at, { message: 'x' })
            : sampleEvidence(one.accepted ? 'ACCEPTED' : 'RESULT_REFUSED', at, { key: 'answer:leader-1:0:X', message: 'x' });
        if (follower !== null) follower = live(follower, { type: 'EVIDENCE', at, evidence: told });
        const answer =
          one.happens === 'ANSWER' &&
          (one.accepted ? ({ kind: 'ACCEPTED', reference: null } as const) : ({ kind: 'REFUSED', code: null, message: 'x' } as const));
        leader = live(leader, answer ? { type: 'CARRIER_ANSWERED', at, answer } : { type: 'EVIDENCE', at, evidence: told });
      }
      if (follower === null) return;
      const end = ({ interceptStatus, refundStatus, refundCause, returnStatus, acceptedAt }: InterceptState) => ({
        interceptStatus,
        refundStatus,
        refundCause,
        returnStatus,
        accepted: acceptedAt !== null,
      });
      const day5 = { type: 'TIME_PASSED', at: T0 + 200 * HOUR_MS } as const;
      expect(end(live(follower, day5))).toEqual(end(live(leader, day5)));
    }),
    { numRuns: RUNS },
  );
});

test('any order and repetition of the same scans ends in the same state', () => {
  fc.assert(
    fc.property(
      fc
        .array(scan, { minLength: 1, maxLength: 6 })
        .chain((scans) =>
          fc.tuple(
            fc.constant(scans),
            fc.shuffledSubarray(scans, { minLength: scans.length, maxLength: scans.length }),
            fc.array(fc.nat({ max: scans.length - 1 }), { maxLength: 4 }),
          ),
        ),
      ([inOrder, shuffled, repeats]) => {
        const run = (scans: { kind: CarrierEvidence['kind']; hour: number }[]) =>
          scans.reduce(
            (state, { kind, hour }, index) =>
              apply(state, { type: 'EVIDENCE', at: T0 + DAY_MS + index, evidence: sampleEvidence(kind, T0 + hour * HOUR_MS) }).state,
            apply(begin(sampleInput()).state, { type: 'CARRIER_ANSWERED', at: T0 + 1, answer: { kind: 'ACCEPTED', reference: null } })
              .state,
          );
        const again = repeats.map((index) => shuffled[index] as (typeof shuffled)[number]);
        expect(shown(run([...shuffled, ...again]))).toEqual(shown(run(inOrder)));
      },
    ),
    { numRuns: RUNS },
  );
});
