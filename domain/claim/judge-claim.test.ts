import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReturnFailure, ReturnStatus } from '../intercept/state.ts';
import { NO_EVIDENCE } from '../intercept/parcel.ts';
import { goodsValueFen } from './claim.ts';
import { type ClaimedParcel, type ClaimWish, judgeClaim } from './judge-claim.ts';

const parcel = (returnStatus: ReturnStatus, returnFailure: ReturnFailure | null = null, damaged = false): ClaimedParcel => ({
  interceptStatus: 'SUCCEEDED',
  returnStatus,
  returnFailure,
  parcel: { ...NO_EVIDENCE, damaged },
});
const wish = (over: Partial<ClaimWish> = {}): ClaimWish => ({
  kind: 'DAMAGE',
  goods: [{ name: '连衣裙', quantity: 2, specification: '红色 M', valueFen: 20_000 }],
  claimedFen: 20_000,
  evidence: ['f1'],
  knownFiles: new Set(['f1']),
  ...over,
});
const loss = (over: Partial<ClaimWish> = {}) => wish({ kind: 'LOSS', evidence: [], ...over });

describe('whether a claim may be opened (Q32)', () => {
  test.each([
    ['signed back', parcel('RETURN_SIGNED'), []],
    ['signed back damaged', parcel('RETURN_SIGNED', 'DAMAGED', true), []],
    ['damage reported on the way', parcel('RETURNING', 'DAMAGED', true), []],
    ['on its way, nothing seen', parcel('RETURNING'), ['DAMAGE_NOT_SEEN']],
    ['stalled', parcel('RETURN_FAILED', 'STALLED'), ['DAMAGE_NOT_SEEN']],
  ] as const)('damage: %s', (_name, seen, reasons) => expect(judgeClaim(seen, wish())).toEqual(reasons));

  test.each([
    ['lost', parcel('RETURN_FAILED', 'LOST'), []],
    ['delivered to the buyer', parcel('RETURN_FAILED', 'DELIVERED_TO_BUYER'), []],
    ['stalled', parcel('RETURN_FAILED', 'STALLED'), []],
    ['overdue', parcel('RETURN_FAILED', 'OVERDUE'), []],
    ['not signed back', parcel('RETURNING'), []],
    ['signed back', parcel('RETURN_SIGNED'), ['PARCEL_SIGNED_BACK']],
  ] as const)('loss: %s', (_name, seen, reasons) => expect(judgeClaim(seen, loss())).toEqual(reasons));

  test('every reason at once, with or without a photo', () => {
    expect(judgeClaim(parcel('RETURNING'), wish({ evidence: [], claimedFen: 20_001 }))).toEqual([
      'DAMAGE_NOT_SEEN',
      'EVIDENCE_REQUIRED',
      'CLAIMED_ABOVE_GOODS_VALUE',
    ]);
    expect(judgeClaim(parcel('RETURN_SIGNED'), wish({ evidence: ['f1', 'f2'] }))).toEqual(['EVIDENCE_NOT_FOUND']);
  });

  test('the claimed amount never exceeds the stated value', () => {
    const goods = fc.array(
      fc.record({
        name: fc.string(),
        quantity: fc.integer({ min: 1, max: 99 }),
        specification: fc.string(),
        valueFen: fc.integer({ min: 1, max: 1_000_000 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(goods, fc.integer({ min: 1, max: 20_000_000 }), (stated, claimedFen) => {
        const refused = judgeClaim(parcel('RETURN_FAILED', 'LOST'), loss({ goods: stated, claimedFen })).includes(
          'CLAIMED_ABOVE_GOODS_VALUE',
        );
        expect(refused).toBe(claimedFen > goodsValueFen(stated));
      }),
    );
  });
});
