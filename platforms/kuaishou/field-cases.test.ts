import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { judgePayment } from '../../domain/intercept/payment.ts';
import { readPlatformStatus } from '../../domain/intercept/refund-axis.ts';
import type { PlatformRefund } from '../../domain/refund.ts';
import { parseExactJson } from './exact-json.ts';
import { settingsFor, startFakePlatform, storeTokens, tokensOf } from './fake-platform.ts';
import { connectKuaishou } from './kuaishou.ts';
import { readRefund } from './refund.ts';

/** What went wrong for others who read this platform, each with what is right for us. */

const NOW = 1_674_873_600_000;
const SHOP = '2788410001';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const platform of open.splice(0)) await platform.close();
});

function refundOf(change: Record<string, unknown>): PlatformRefund | null {
  return readRefund({ refundId: '9007199254740993', oid: 5, refundFee: 900, status: 10, handlingWay: 10, updateTime: NOW, ...change });
}

describe('field case 19: signs, Chinese and emoji in free text', () => {
  test('a reject description is signed as the platform computes it from what arrives', async () => {
    const fake = await startFakePlatform(() => ({ text: '{"result":1}' }));
    open.push(fake);
    const platform = connectKuaishou(settingsFor(fake.url), storeTokens({ [SHOP]: tokensOf('at-test') }).store, () => NOW);
    const description = '已签收😀 & = + ~ * \' " # % < > 100%\\n';
    const refund = refundOf({});
    if (refund === null) throw new Error('no refund');
    expect(await platform.rejectRefund(SHOP, refund.refundId, refund, { reason: '1002', description, images: [] })).toEqual({
      kind: 'DONE',
    });
    const { sign, ...arrived } = fake.received[0]?.parameters ?? {};
    // As a server does it: sorted, joined, the secret last, over the decoded values.
    const text = Object.keys(arrived)
      .sort()
      .map((key) => `${key}=${arrived[key]}`)
      .concat('signSecret=test-secret')
      .join('&');
    expect(sign).toBe(createHmac('sha256', 'test-secret').update(text, 'utf8').digest('base64'));
    expect(parseExactJson(arrived['param'] ?? '')).toMatchObject({ sellerDisagreeDesc: description });
  });
});

describe('field case 20: every status and every way of handling', () => {
  const STATUSES = [0, 10, 11, 12, 20, 21, 22, 23, 30, 40, 45, 50, 60, 70, 80];
  /** 1 退货退款, 10 仅退款, 3 换货, 4 补寄, 5 维修. */
  const WAYS = [1, 3, 4, 5, 10];

  test('only an open refund-only request may be paid', () => {
    const payable = STATUSES.flatMap((status) =>
      WAYS.filter((handlingWay) => {
        const refund = refundOf({ status, handlingWay, negotiateStatus: 1 });
        return refund !== null && judgePayment(refund, { agreedFen: null, maxFen: 900, waybillNo: '73100000000001' }) === 'PAY';
      }).map((handlingWay) => [status, handlingWay]),
    );
    expect(payable).toEqual([[10, 10]]);
  });

  test.each([
    [0, null],
    [10, 'OPEN'],
    [11, 'TYPE_CHANGED'],
    [12, 'REJECTED'],
    [20, 'UNDER_ARBITRATION'],
    [21, 'TYPE_CHANGED'],
    [22, 'TYPE_CHANGED'],
    [23, 'TYPE_CHANGED'],
    [30, 'TYPE_CHANGED'],
    [40, 'TYPE_CHANGED'],
    [45, 'TYPE_CHANGED'],
    [50, 'PAYING'],
    [60, 'PAID'],
    [70, 'CLOSED'],
    [80, null],
  ])('status %i of a refund-only request reads %s', (status, reading) => {
    const refund = refundOf({ status, negotiateStatus: 1 });
    expect(refund && readPlatformStatus(refund)).toBe(reading);
  });

  test.each([1, 3, 4, 5])('way %i is another kind of request', (handlingWay) => {
    const refund = refundOf({ handlingWay });
    expect(refund && readPlatformStatus(refund)).toBe('TYPE_CHANGED');
  });
});
