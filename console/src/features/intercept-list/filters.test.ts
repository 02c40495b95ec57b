import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CaseFilters, readFilters, toQuery, writeFilters } from './filters.ts';

const date = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2039-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const digits = fc.integer({ min: 1 }).map(String);
const filters = fc.record(
  {
    interceptStatus: fc.constantFrom('REQUESTED', 'INTERCEPTING', 'SUCCEEDED', 'FAILED', 'REJECTED_BY_CARRIER'),
    refundStatus: fc.constantFrom('OPEN', 'REFUNDING', 'REFUNDED', 'REJECTED', 'UNDER_ARBITRATION', 'CLOSED', 'RELEASED'),
    returnStatus: fc.constantFrom('WAITING_RETURN', 'RETURNING', 'RETURN_SIGNED', 'RETURN_FAILED'),
    carrier: fc.constantFrom('ZTO', 'YTO', 'STO', 'JT', 'JD'),
    outletCode: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    waybillNo: fc.stringMatching(/^[A-Za-z0-9]{6,40}$/),
    refundId: digits,
    orderId: digits,
    initiatedFrom: date,
    initiatedTo: date,
    updatedFrom: date,
    autoRefundBefore: date.map((day) => `${day} 08:30:15`),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<CaseFilters>;

describe('filters in the address', () => {
  test('what is written reads back the same', () => {
    fc.assert(fc.property(filters, (wanted) => expect(readFilters(writeFilters(wanted))).toEqual(wanted)));
  });

  test('other parameters of the address stay, emptied filters go', () => {
    expect(writeFilters({ carrier: 'ZTO' }, '?tab=all&refundStatus=OPEN')).toBe('tab=all&carrier=ZTO');
  });

  test('what the API would refuse is never taken from an address', () => {
    expect(
      readFilters('?carrier=SF&refundId=1%20or%201&outletCode=<b>&initiatedFrom=2026-13-45&waybillNo=12&autoRefundBefore=now'),
    ).toEqual({});
  });
});

describe('what the API is asked', () => {
  test('days of Shanghai, the last one whole', () => {
    expect(toQuery({ initiatedFrom: '2026-11-20', initiatedTo: '2026-11-20', carrier: 'YTO' })).toEqual({
      carrier: 'YTO',
      initiatedFrom: '2026-11-19T16:00:00.000Z',
      initiatedTo: '2026-11-20T16:00:00.000Z',
    });
  });

  test('nothing more than what is set', () => expect(toQuery({})).toEqual({}));
});
