import { describe, expect, test } from '@jest/globals';
import { parseExactJson } from './exact-json.ts';
import { readRefund } from './refund.ts';

const refund = (over: string) =>
  readRefund(parseExactJson(`{"refundId":1001,"oid":2002,"refundFee":900,"status":10,"handlingWay":10,"updateTime":1674873600000${over}}`));

describe('field case 17: a refund whose members flip their types', () => {
  test('ids beyond 2^53 keep their digits, amounts and times may be text, a parcel may be missing', () => {
    const text =
      '{"refundId":9223372036854770001,"oid":"9223372036854770002","refundFee":"900","status":"10","handlingWay":10,"updateTime":"1674873600000","logisticsInfo":null}';
    expect(readRefund(parseExactJson(text))).toMatchObject({
      refundId: '9223372036854770001',
      orderId: '9223372036854770002',
      refundFeeFen: 900,
      status: 10,
      updatedAt: 1_674_873_600_000,
      waybillNo: null,
    });
  });

  test.each([
    ['an id in scientific notation', ',"refundId":"2.4e16"'],
    ['an id that a double has rounded', ',"refundId":2.4e16'],
    ['no id', ',"oid":0'],
    ['a broken amount', ',"refundFee":"9.00"'],
    ['a time of 32 bits', ',"updateTime":-1'],
  ])('%s is no refund', (_what, over) => {
    expect(refund(over)).toBeNull();
    expect(refund('')).not.toBeNull();
  });
});
