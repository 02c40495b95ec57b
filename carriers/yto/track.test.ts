import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { NOW } from '../testing/pushes.ts';
import { readTrackAnswer } from './track.ts';

const WAYBILL = 'YT0000000000001';
const answer = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const read = (body: unknown, status = 200) => readTrackAnswer(answer(body, status), WAYBILL, NOW);
const scan = (over: object = {}) => ({
  waybill_No: WAYBILL,
  upload_Time: '2023-01-28 10:40:00',
  infoContent: 'GOT',
  processInfo: '您的快件被【浙江省金华市示例公司】揽收',
  city: '金华市',
  district: '义乌市',
  weight: 0.68,
  ...over,
});
const eventsOf = (body: unknown) => {
  const reading = read(body);
  return reading.kind === 'SCANS' ? reading.scans.map((one) => one.event) : reading.kind;
};

describe('track query', () => {
  test('reads a history; the outlet is a name from the text, never a code', () => {
    const returned = scan({ upload_Time: '2023-01-29 03:12:00', infoContent: 'TMS_RETURN', processInfo: '退回', city: '杭州市' });
    expect(read([returned, scan()])).toEqual({
      kind: 'SCANS',
      scans: [
        {
          carrier: 'YTO',
          waybillNo: WAYBILL,
          event: 'PICKED_UP',
          occurredAt: Date.UTC(2023, 0, 28, 2, 40),
          outletCode: null,
          outletName: '浙江省金华市示例公司',
          text: '您的快件被【浙江省金华市示例公司】揽收',
          raw: scan(),
        },
        {
          carrier: 'YTO',
          waybillNo: WAYBILL,
          event: 'RETURNING',
          occurredAt: Date.UTC(2023, 0, 28, 19, 12),
          outletCode: null,
          outletName: '杭州市',
          text: '退回',
          raw: returned,
        },
      ],
    });
  });

  test.each([
    ['ACCEPT', 'OTHER'],
    ['ORDER_BOOKING', 'OTHER'],
    ['NOT_SEND', 'OTHER'],
    ['PACKAGE', 'OTHER'],
    ['GOT', 'PICKED_UP'],
    ['DEPARTURE', 'DEPARTED'],
    ['AIRSEND', 'DEPARTED'],
    ['ARRIVAL', 'ARRIVED'],
    ['AIRPICK', 'ARRIVED'],
    ['SENT_SCAN', 'OUT_FOR_DELIVERY'],
    ['INBOUND', 'AWAITING_PICKUP'],
    ['SIGNED', 'SIGNED'],
    ['FAILED', 'DELIVERY_FAILED'],
    ['TMS_RETURN', 'RETURNING'],
    ['FORWARDING', 'REDIRECTED'],
    ['NEW_WORD', 'OTHER'],
    ['', 'OTHER'],
  ])('infoContent %s is %s', (infoContent, event) => {
    expect(eventsOf([scan({ infoContent })])).toEqual([event]);
  });

  test('a signature of a shop is not the buyer’s', () => {
    expect(eventsOf([scan({ infoContent: 'SIGNED', processInfo: '快件已由【菜鸟驿站】代签收' })])).toEqual(['AWAITING_PICKUP']);
    expect(eventsOf([scan({ infoContent: 'SIGNED', processInfo: '客户签收人: 本人 已签收' })])).toEqual(['SIGNED']);
  });

  test('the story of a returned parcel: a gateway’s text flags, an empty map, the return and its signature', () => {
    expect(read({ map: { [WAYBILL]: [] }, code: '1001', success: 'true' })).toEqual({ kind: 'NO_TRACK' });
    const story = [
      scan(),
      scan({ infoContent: 'TMS_RETURN', upload_Time: '2023-01-29 03:12:00' }),
      scan({ infoContent: 'SIGNED', upload_Time: '2023-01-29 10:00:00' }),
    ];
    expect(eventsOf(story)).toEqual(['PICKED_UP', 'RETURNING', 'RETURN_SIGNED']);
    for (const guessed of ['RETURN', 'REJECT', 'RETENTION']) expect(eventsOf([scan({ infoContent: guessed })])).toEqual(['OTHER']);
  });

  test('SIGNED after TMS_RETURN is the signed return', () => {
    expect(eventsOf([scan({ infoContent: 'TMS_RETURN' }), scan({ infoContent: 'SIGNED', upload_Time: '2023-01-29 10:00:00' })])).toEqual([
      'RETURNING',
      'RETURN_SIGNED',
    ]);
  });

  test('a failed delivery that says the parcel is lost or broken', () => {
    expect(eventsOf([scan({ infoContent: 'FAILED', processInfo: '快件遗失' })])).toEqual(['LOST']);
    expect(eventsOf([scan({ infoContent: 'FAILED', processInfo: '外包装破损' })])).toEqual(['DAMAGED']);
    expect(eventsOf([scan({ infoContent: 'FAILED', processInfo: '疑似遗失' })])).toEqual(['DELIVERY_FAILED']);
    expect(eventsOf([scan({ infoContent: 'FAILED', processInfo: '客户要求防破损加固' })])).toEqual(['DELIVERY_FAILED']);
  });

  test.each([
    [[]],
    [{ map: { [WAYBILL]: [] }, code: '1001', success: 'true', message: '查询结果为空。' }],
    [{ map: {}, success: true }],
    [{ map: { [WAYBILL]: null } }],
    [{ code: '1001', success: 'true', message: '查询结果为空。' }],
  ])('%j is no track', (body) => {
    expect(read(body)).toEqual({ kind: 'NO_TRACK' });
  });

  test('scans inside the map', () => {
    expect(eventsOf({ map: { yt0000000000001: [scan()] }, success: 'true' })).toEqual(['PICKED_UP']);
  });

  test('no answer', () => {
    expect(read({ success: false, code: 401, reason: '请求加密校验失败' })).toMatchObject({
      kind: 'UNAVAILABLE',
      reason: '401 请求加密校验失败',
      accessFault: { code: '401' },
    });
    expect(read({ success: false, map: {} })).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read('<Response><success>false</success><reason>S01</reason></Response>')).toEqual({ kind: 'UNAVAILABLE', reason: 'S01' });
    for (const body of ['', 'x', 'null', '{}', '{"success":true}']) expect(read(body)).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read([], 404)).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read([scan({ upload_Time: '' })])).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read([scan({ waybill_No: 'YT9' })])).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(readTrackAnswer({ kind: 'FAILED', sent: true, reason: 'HTTP 500' }, WAYBILL, NOW)).toEqual({
      kind: 'UNAVAILABLE',
      reason: 'HTTP 500',
    });
  });
});
