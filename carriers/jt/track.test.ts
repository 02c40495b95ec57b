import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { NOW } from '../testing/pushes.ts';
import { readTrackAnswer } from './track.ts';

const WAYBILL = 'JT0000000000001';
const answer = (body: unknown): CarrierReply => ({
  kind: 'REPLY',
  status: 200,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const read = (body: unknown) => readTrackAnswer(answer(body), WAYBILL, NOW);
const ok = (data: unknown) => ({ code: '1', msg: 'success', data });

describe('track query', () => {
  test('turns newest first into the order things happened in', () => {
    const details = [
      { scanTime: '2023-01-29 20:00:00', scanType: '快件签收', desc: '已签收' },
      { scanTime: '2023-01-29 03:12:00', scanType: '退件扫描', desc: '快件退回', scanNetworkId: 33, scanNetworkName: '杭州示例网点' },
      { scanTime: '2023-01-28 10:40:00', scanType: '快件揽收', desc: '已取件', scanNetworkId: '1772' },
    ];
    const other = { billCode: 'JT9', details: [{ scanTime: '2023-01-28 10:40:00', scanType: '快件签收' }] };
    const reading = read(ok([other, { billCode: WAYBILL, details }]));
    expect(reading.kind === 'SCANS' && reading.scans.map((one) => [one.event, one.outletCode])).toEqual([
      ['PICKED_UP', '1772'],
      ['RETURNING', '33'],
      ['RETURN_SIGNED', null],
    ]);
  });

  const hour = (time: string, scanType: string) => ({ scanTime: `2023-01-28 ${time}:00:00`, scanType, desc: scanType });
  test.each([
    [
      'a registration is no return, and the signature is the buyer’s',
      ['退件登记', '退件撤销', '出仓扫描', '快件签收'],
      ['OTHER', 'PROBLEM', 'OUT_FOR_DELIVERY', 'SIGNED'],
    ],
    [
      'a return revoked in the same answer is none',
      ['退件扫描', '退件撤销', '出仓扫描', '快件签收'],
      ['PROBLEM', 'PROBLEM', 'OUT_FOR_DELIVERY', 'SIGNED'],
    ],
    [
      'a return scanned anew is one',
      ['退件扫描', '退件撤销', '退件扫描', '快件签收'],
      ['PROBLEM', 'PROBLEM', 'RETURNING', 'RETURN_SIGNED'],
    ],
    [
      'a registration that comes to its scan is one from the scan on',
      ['退件登记', '退件扫描', '快件签收'],
      ['OTHER', 'RETURNING', 'RETURN_SIGNED'],
    ],
    [
      'a revoked intercept leaves the parcel on its way',
      ['拦截件登记', '拦截件扫描', '拦截件撤销', '出仓扫描'],
      ['OTHER', 'OTHER', 'PROBLEM', 'OUT_FOR_DELIVERY'],
    ],
  ])('%s', (_what, words, expected) => {
    const details = words.map((word, index) => hour(String(8 + index).padStart(2, '0'), word));
    for (const order of [details, details.toReversed()]) {
      const reading = read(ok([{ billCode: WAYBILL, details: order }]));
      expect(reading.kind === 'SCANS' && reading.scans.map((one) => one.event)).toEqual(expected);
    }
  });

  test.each([
    [[]],
    [null],
    [[{ billCode: WAYBILL, details: [] }]],
    [[{ billCode: WAYBILL, details: null }]],
    [[{ billCode: 'JT9', details: [{}] }]],
    ['x'],
  ])('data %j is no track', (data) => {
    expect(read(ok(data))).toEqual({ kind: 'NO_TRACK' });
  });

  test('no answer', () => {
    expect(read({ code: '145003100', msg: '非法运单号' })).toEqual({ kind: 'UNAVAILABLE', reason: '145003100 非法运单号' });
    expect(read({ code: '145005000', msg: '系统异常' })).toEqual({ kind: 'UNAVAILABLE', reason: '145005000 系统异常' });
    expect(read('')).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read(ok([{ billCode: WAYBILL, details: [{}] }]))).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(readTrackAnswer({ kind: 'FAILED', sent: false, reason: 'refused' }, WAYBILL, NOW)).toEqual({
      kind: 'UNAVAILABLE',
      reason: 'refused',
    });
  });
});
