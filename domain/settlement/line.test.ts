import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fen } from '../money.ts';
import {
  allowedLineActions,
  judgeLineAction,
  type LineActionName,
  type LineMatter,
  type LineStatus,
  lineStatus,
  type LineWish,
} from './line.ts';

const matter = (lastAction: LineActionName | null, over: Partial<LineMatter> = {}): LineMatter => ({
  line: { kind: 'FEE', amountFen: 350, correctsLineId: null },
  lastAction,
  standsAtFen: 350,
  isPriced: true,
  ...over,
});
const unpriced = (lastAction: LineActionName | null = null) =>
  matter(lastAction, { line: { kind: 'FEE', amountFen: null, correctsLineId: null }, standsAtFen: 0, isPriced: false });
const wish = (action: LineActionName, reason: string | null = '原因', amountFen: Fen | null = null): LineWish => ({
  action,
  reason,
  amountFen,
});

describe('the status of a line', () => {
  test.each([
    [350, null, 'DUE'],
    [null, null, 'PRICE_MISSING'],
    [0, null, 'DUE'],
    [null, 'PRICE', 'DUE'],
    [350, 'CONFIRM', 'CONFIRMED'],
    [350, 'DISPUTE', 'DISPUTED'],
    [350, 'WAIVE', 'WAIVED'],
    [350, 'SETTLE', 'SETTLED'],
  ] as const)('%p after %p is %s', (amountFen, last, status) => expect(lineStatus(amountFen, last)).toBe(status));
});

describe('what may be done', () => {
  const after: Record<LineStatus, LineMatter> = {
    PRICE_MISSING: unpriced(),
    DUE: matter(null),
    CONFIRMED: matter('CONFIRM'),
    DISPUTED: matter('DISPUTE'),
    WAIVED: matter('WAIVE', { standsAtFen: 0 }),
    SETTLED: matter('SETTLE'),
  };
  const allowed: Record<LineStatus, LineActionName[]> = {
    PRICE_MISSING: ['DISPUTE', 'WAIVE', 'PRICE'],
    DUE: ['CONFIRM', 'DISPUTE', 'WAIVE', 'PRICE'],
    CONFIRMED: ['DISPUTE', 'WAIVE', 'SETTLE'],
    DISPUTED: ['CONFIRM', 'WAIVE', 'PRICE'],
    WAIVED: [],
    SETTLED: [],
  };
  const actions: LineActionName[] = ['CONFIRM', 'DISPUTE', 'WAIVE', 'SETTLE', 'PRICE'];
  test.each(Object.keys(after) as LineStatus[])('%s', (status) => {
    const taken = actions.filter((action) => judgeLineAction(after[status], wish(action, '原因', 100)).kind === 'TAKEN');
    expect(taken).toEqual(allowed[status]);
    expect(allowedLineActions(after[status]).toSorted()).toEqual(taken.toSorted());
  });

  test('the same again is already so', () => {
    expect(judgeLineAction(matter('CONFIRM'), wish('CONFIRM'))).toEqual({ kind: 'ALREADY' });
    expect(judgeLineAction(matter('WAIVE'), wish('WAIVE', null))).toEqual({ kind: 'ALREADY' });
  });

  test('disputing and waiving need a reason, pricing an amount of the right sign', () => {
    expect(judgeLineAction(matter(null), wish('DISPUTE', null))).toMatchObject({ refusal: 'REASON_REQUIRED' });
    expect(judgeLineAction(matter(null), wish('WAIVE', null))).toMatchObject({ refusal: 'REASON_REQUIRED' });
    expect(judgeLineAction(matter(null), wish('PRICE'))).toMatchObject({ refusal: 'AMOUNT_REQUIRED' });
    expect(judgeLineAction(matter(null), wish('PRICE', null, -1))).toMatchObject({ refusal: 'AMOUNT_OF_WRONG_SIGN' });
    const award = matter(null, { line: { kind: 'CLAIM', amountFen: -900, correctsLineId: null }, standsAtFen: -900 });
    expect(judgeLineAction(award, wish('PRICE', null, 1))).toMatchObject({ refusal: 'AMOUNT_OF_WRONG_SIGN' });
    expect(judgeLineAction(award, wish('PRICE', null, -500))).toEqual({ kind: 'TAKEN', correctionFen: 400 });
  });

  test('a dispute about a line without a price cannot be confirmed away', () => {
    expect(judgeLineAction(unpriced('DISPUTE'), wish('CONFIRM'))).toMatchObject({ kind: 'REFUSED' });
    expect(allowedLineActions(unpriced('DISPUTE'))).toEqual(['WAIVE', 'PRICE']);
    expect(judgeLineAction({ ...unpriced('DISPUTE'), standsAtFen: 300, isPriced: true }, wish('CONFIRM'))).toEqual({
      kind: 'TAKEN',
      correctionFen: null,
    });
  });

  test('a correction is acted on through the line it corrects', () => {
    const correction = matter(null, { line: { kind: 'ADJUSTMENT', amountFen: -350, correctsLineId: 'x-fee' } });
    expect(judgeLineAction(correction, wish('CONFIRM'))).toMatchObject({ refusal: 'LINE_IS_A_CORRECTION' });
    expect(allowedLineActions(correction)).toEqual([]);
  });
});

test('whatever is done, the corrections bring a line to what was agreed, and a waived one to nothing', () => {
  const anyWish = fc.record({
    action: fc.constantFrom<LineActionName>('CONFIRM', 'DISPUTE', 'WAIVE', 'SETTLE', 'PRICE'),
    amountFen: fc.integer({ min: 0, max: 5_000 }),
  });
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 0, max: 5_000 })), fc.array(anyWish, { maxLength: 12 }), (ownFen, wishes) => {
      let current: LineMatter = {
        line: { kind: 'FEE', amountFen: ownFen, correctsLineId: null },
        lastAction: null,
        standsAtFen: ownFen ?? 0,
        isPriced: ownFen !== null,
      };
      let agreed = ownFen ?? 0;
      for (const { action, amountFen } of wishes) {
        const judged = judgeLineAction(current, { action, amountFen, reason: 'r' });
        if (judged.kind !== 'TAKEN') continue;
        if (action === 'PRICE') agreed = amountFen;
        if (action === 'WAIVE') agreed = 0;
        current = {
          ...current,
          lastAction: action,
          standsAtFen: current.standsAtFen + (judged.correctionFen ?? 0),
          isPriced: current.isPriced || action === 'PRICE',
        };
        expect(current.standsAtFen).toBe(agreed);
      }
    }),
  );
});
