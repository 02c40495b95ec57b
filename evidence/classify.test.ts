import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFinished } from '../domain/intercept/deadline.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import { apply } from '../domain/intercept/machine.ts';
import { recordAfterEnd } from '../domain/intercept/record.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import {
  isLateDamage,
  judgeEvidence,
  type KnownScan,
  noticeAfterEnd,
  resultEvidence,
  returnScansBehind,
  scanEvidence,
} from './classify.ts';
import { INITIATED_AT, newCase } from './test-cases.ts';

const evidence = (kind: CarrierEvidence['kind'], over: Partial<CarrierEvidence> = {}): CarrierEvidence => ({
  key: `${kind}:${over.occurredAt ?? 0}`,
  kind,
  occurredAt: INITIATED_AT + HOUR_MS,
  receivedAt: INITIATED_AT + HOUR_MS,
  code: null,
  message: '',
  ...over,
});
/** A case that was initiated the moment its facts were gathered. */
const record = (state: InterceptState) => ({ state, evidenceFrom: state.input.initiatedAt, scansJudgedAt: state.input.initiatedAt });
const told = (state: InterceptState, ...pieces: CarrierEvidence[]): InterceptState =>
  pieces.reduce((before, piece) => apply(before, { type: 'EVIDENCE', at: piece.receivedAt, evidence: piece }).state, state);

describe('evidence of a pending intercept', () => {
  test.each([
    'RESULT_SUCCEEDED',
    'RESULT_FAILED',
    'RESULT_REFUSED',
    'ACCEPTED',
    'RETURNING',
    'SIGNED',
    'RETURN_SIGNED',
    'OUT_FOR_DELIVERY',
    'AWAITING_PICKUP',
    'LOST',
    'DAMAGED',
  ] as const)('%s is decisive', (kind) => expect(judgeEvidence(evidence(kind), record(newCase()), [])).toBe('DECISIVE'));

  test('any other scan goes to the track table alone', () => {
    expect(judgeEvidence(evidence('SCAN'), record(newCase()), [])).toBe('NOT_DECISIVE');
  });

  const gathered = (state: InterceptState) => ({ state, evidenceFrom: INITIATED_AT - 2_000, scansJudgedAt: INITIATED_AT - 1_000 });

  test.each([
    [INITIATED_AT - 1_001, 'BEFORE_INITIATION'],
    [INITIATED_AT - 1_000, 'DECISIVE'],
    [INITIATED_AT + 1, 'DECISIVE'],
  ] as const)('a scan counts unless the create had read it: received at %d is %s, whenever it happened', (receivedAt, bearing) => {
    for (const kind of ['RETURNING', 'SIGNED', 'RETURN_SIGNED', 'OUT_FOR_DELIVERY', 'AWAITING_PICKUP', 'LOST', 'DAMAGED'] as const) {
      expect(judgeEvidence(evidence(kind, { receivedAt, occurredAt: INITIATED_AT - HOUR_MS }), gathered(newCase()), [])).toBe(bearing);
    }
  });

  test.each([
    [INITIATED_AT - 2_000, 'BEFORE_INITIATION'],
    [INITIATED_AT - 1_999, 'DECISIVE'],
  ] as const)('a word on the intercept counts from when the facts began to be gathered: received at %d is %s', (receivedAt, bearing) => {
    for (const kind of ['RESULT_SUCCEEDED', 'RESULT_FAILED', 'RESULT_REFUSED'] as const) {
      expect(judgeEvidence(evidence(kind, { receivedAt }), gathered(newCase()), [])).toBe(bearing);
    }
  });

  test('what is older than the pick-up belongs to another parcel', () => {
    const state = newCase({ pickedUpAt: INITIATED_AT - DAY_MS });
    expect(judgeEvidence(evidence('SIGNED', { occurredAt: INITIATED_AT - DAY_MS - 1 }), record(state), [])).toBe('EARLIER_PARCEL');
    expect(judgeEvidence(evidence('SIGNED', { occurredAt: INITIATED_AT - DAY_MS }), record(state), [])).toBe('DECISIVE');
  });
});

test('a follower hears what its leader may not have recorded yet', () => {
  const follower = { state: newCase(), evidenceFrom: INITIATED_AT - HOUR_MS, scansJudgedAt: INITIATED_AT - HOUR_MS };
  expect(judgeEvidence(evidence('RETURNING', { receivedAt: INITIATED_AT - 1 }), follower, [])).toBe('DECISIVE');
  expect(judgeEvidence(evidence('RETURNING', { receivedAt: INITIATED_AT - HOUR_MS - 1 }), follower, [])).toBe('BEFORE_INITIATION');
});

describe('what cannot change anything is not signalled', () => {
  const returning = told(newCase(), evidence('RETURNING'));
  const returnSigned = told(returning, evidence('RETURN_SIGNED', { occurredAt: INITIATED_AT + 2 * HOUR_MS }));

  test('a further return scan of a parcel on its way back', () => {
    expect(judgeEvidence(evidence('RETURNING', { occurredAt: INITIATED_AT + 5 * HOUR_MS }), record(returning), [])).toBe('NO_CHANGE');
  });

  test('but an older one is, and one that answers a loss on record', () => {
    expect(judgeEvidence(evidence('RETURNING', { occurredAt: INITIATED_AT }), record(returning), [])).toBe('DECISIVE');
    const loss: KnownScan = {
      event: 'LOST',
      occurredAt: INITIATED_AT + 2 * HOUR_MS,
      receivedAt: INITIATED_AT + 2 * HOUR_MS,
      text: '',
      scanKey: 'l',
    };
    expect(judgeEvidence(evidence('RETURNING', { occurredAt: INITIATED_AT + 5 * HOUR_MS }), record(returning), [loss])).toBe('DECISIVE');
  });

  test('a second success, a late warning, a second damage', () => {
    const succeeded = told(newCase(), evidence('RESULT_SUCCEEDED'));
    expect(judgeEvidence(evidence('RESULT_SUCCEEDED'), record(succeeded), [])).toBe('NO_CHANGE');
    expect(judgeEvidence(evidence('OUT_FOR_DELIVERY'), record(succeeded), [])).toBe('NOT_DECISIVE');
    expect(judgeEvidence(evidence('DAMAGED'), record(told(succeeded, evidence('DAMAGED'))), [])).toBe('NO_CHANGE');
  });

  test('the signed return is told until it is on record', () => {
    expect(judgeEvidence(evidence('RETURN_SIGNED'), record(returning), [])).toBe('DECISIVE');
    expect(judgeEvidence(evidence('RETURN_SIGNED'), record(told(newCase(), evidence('SIGNED'))), [])).toBe('DECISIVE');
    expect(judgeEvidence(evidence('RETURN_SIGNED'), record(returnSigned), [])).toBe('NO_CHANGE');
  });
});

test('any newer scan takes up a stalled or overdue return', () => {
  const stalled: InterceptState = {
    ...told(newCase(), evidence('RESULT_SUCCEEDED'), evidence('RETURNING')),
    quiet: 'STALLED',
    returnStatus: 'RETURN_FAILED',
    returnFailure: 'STALLED',
  };
  expect(judgeEvidence(evidence('SCAN', { occurredAt: INITIATED_AT + 2 * HOUR_MS }), record(stalled), [])).toBe('DECISIVE');
  expect(judgeEvidence(evidence('SCAN'), record(stalled), [])).toBe('NOT_DECISIVE');
  expect(
    judgeEvidence(evidence('RETURNING', { occurredAt: INITIATED_AT + 2 * HOUR_MS }), record({ ...stalled, quiet: 'OVERDUE' }), []),
  ).toBe('DECISIVE');
});

test('scans become evidence without their sentence, which may name a person; results keep code and text verbatim', () => {
  expect(scanEvidence({ event: 'ARRIVED', occurredAt: 7, text: '签收人：王某某' }, 'k', 9)).toEqual({
    key: 'k',
    kind: 'SCAN',
    occurredAt: 7,
    receivedAt: 9,
    code: null,
    message: '',
  });
  expect(resultEvidence({ result: 'FAILED', occurredAt: 7, code: 'E9', message: '失败' }, 'k', 9)).toEqual({
    key: 'k',
    kind: 'RESULT_FAILED',
    occurredAt: 7,
    receivedAt: 9,
    code: 'E9',
    message: '失败',
  });
});

describe('evidence after the end', () => {
  test.each([
    [{ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, 'PARCEL_RETURNS_AFTER_REFUSAL'],
    [{ interceptStatus: 'FAILED', refundStatus: 'CLOSED', refundCause: 'BUYER_WITHDREW' }, 'PARCEL_RETURNS_AFTER_WITHDRAWAL'],
    [{ interceptStatus: 'FAILED', refundStatus: 'REJECTED' }, 'LATE_SUCCESS_AFTER_REJECTION'],
    [{ interceptStatus: 'FAILED', refundStatus: 'REFUNDED' }, null],
    [{ interceptStatus: 'SUCCEEDED', refundStatus: 'REJECTED' }, null],
  ] as const)('%j: %s', (over, notice) => {
    const state: InterceptState = { ...newCase(), ...over };
    expect(noticeAfterEnd(evidence('RETURNING'), record(state))).toBe(notice);
    expect(noticeAfterEnd(evidence('RESULT_SUCCEEDED'), record(state))).toBe(notice);
    expect(noticeAfterEnd(evidence('SIGNED'), record(state))).toBeNull();
    expect(noticeAfterEnd(evidence('RETURNING', { receivedAt: INITIATED_AT - 1 }), record(state))).toBeNull();
    expect(noticeAfterEnd(evidence('RETURNING', { receivedAt: INITIATED_AT + 61 * DAY_MS }), record(state))).toBeNull();
  });
});

test('a return scan answers a loss of the very same instant that the record does not show yet', () => {
  const first = evidence('RETURNING', { key: 'e0', occurredAt: INITIATED_AT, receivedAt: INITIATED_AT + 1 });
  const loss = evidence('LOST', { key: 'e1', occurredAt: INITIATED_AT, receivedAt: INITIATED_AT + 2 });
  const second = evidence('RETURNING', { key: 'e2', occurredAt: INITIATED_AT + HOUR_MS, receivedAt: INITIATED_AT + 3 });
  const scans: KnownScan[] = [first, loss, second].map((one) => ({
    event: one.kind === 'LOST' ? 'LOST' : 'RETURNING',
    text: '',
    scanKey: one.key,
    ...one,
  }));
  expect(judgeEvidence(second, record(told(newCase(), first)), scans)).toBe('DECISIVE');
});

const axes = ({ interceptStatus, returnStatus, returnFailure }: InterceptState) => ({ interceptStatus, returnStatus, returnFailure });

test('telling only what is decisive ends where telling everything ends, in any order', () => {
  const piece = fc.record({
    kind: fc.constantFrom(
      'RESULT_SUCCEEDED',
      'RESULT_FAILED',
      'RETURNING',
      'SIGNED',
      'RETURN_SIGNED',
      'LOST',
      'DAMAGED',
      'OUT_FOR_DELIVERY',
      'SCAN',
    ),
    hour: fc.integer({ min: -3, max: 9 }),
    recorded: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const all = pieces.map(({ kind, hour }, index) =>
        evidence(kind as CarrierEvidence['kind'], {
          key: `e${index}`,
          occurredAt: INITIATED_AT + hour * HOUR_MS,
          receivedAt: INITIATED_AT + 1 + index,
        }),
      );
      let run = newCase();
      let known = run;
      const scans: KnownScan[] = [];
      for (const [index, one] of all.entries()) {
        if (one.kind === 'LOST' || one.kind === 'RETURNING') scans.push({ event: one.kind, text: '', scanKey: one.key, ...one });
        if (judgeEvidence(one, record(known), scans) === 'DECISIVE') run = told(run, ...returnScansBehind(one, record(known), scans), one);
        if (pieces[index]?.recorded) known = run;
      }
      expect(axes(run)).toEqual(axes(told(newCase(), ...all)));
    }),
    { numRuns: 2_000 },
  );
});

test('a run that ends once its return is signed and its refund paid ends as one that hears everything, in any order, and owes no more', () => {
  const kinds = fc.constantFrom('RETURNING' as const, 'SIGNED' as const, 'RETURN_SIGNED' as const, 'DAMAGED' as const, 'SCAN' as const);
  let late = 0;
  fc.assert(
    fc.property(fc.array(kinds, { minLength: 2, maxLength: 6 }), (order) => {
      const all = order.map((kind, index) =>
        evidence(kind, { key: `e${index}`, occurredAt: INITIATED_AT + index, receivedAt: INITIATED_AT + 1 + index }),
      );
      let run = newCase();
      for (const one of all) {
        const isOver = isFinished(run, one.receivedAt);
        if (isOver && isLateDamage(one, record(run))) {
          const { state, told: news, lines, feeDueAt, ended } = recordAfterEnd(run, [one]);
          const parcel = { ...run.parcel, damaged: true, lastScanAt: one.occurredAt };
          const stamped = { version: run.version + 1, updatedAt: one.receivedAt };
          expect(state).toEqual({ ...run, ...stamped, parcel, returnFailure: 'DAMAGED' });
          expect([news.map(({ event }) => event), lines.map(({ what }) => what), feeDueAt, ended]).toEqual([
            ['return.failed'],
            ['CARRIER_SAYS_DAMAGED', 'RETURN_DAMAGED'],
            null,
            true,
          ]);
          run = state;
          late += 1;
        } else if (!isOver && judgeEvidence(one, record(run), []) === 'DECISIVE') {
          run = told(run, one);
        }
        if (run.command !== null) run = { ...run, command: null, refundStatus: 'REFUNDED' };
      }
      expect(axes(run)).toEqual(axes(told(newCase(), ...all)));
    }),
    { numRuns: 2_000 },
  );
  expect(late).toBeGreaterThan(100);
});
