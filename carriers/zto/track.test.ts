import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { NOW } from '../testing/pushes.ts';
import { ZTO_PUSH_WORDS } from './push.ts';
import { readTrackAnswer, ZTO_QUERY_WORDS } from './track.ts';

const WAYBILL = '73100000000001';
const answer = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const read = (result: unknown) =>
  readTrackAnswer(answer({ status: true, statusCode: 'SYS000', message: '请求成功', result }), WAYBILL, NOW);
const scan = (over: object) => ({
  billCode: WAYBILL,
  scanType: '收件',
  scanDate: 1674873600000,
  desc: '【上海示例】已揽收',
  scanSite: { id: 101, siteId: 101, code: '02100', name: '上海示例' },
  ...over,
});
const eventsOf = (result: unknown) => {
  const reading = read(result);
  return reading.kind === 'SCANS' ? reading.scans.map((one) => one.event) : reading.kind;
};

describe('track query', () => {
  test('reads a history, sorted, with the record verbatim', () => {
    const returned = scan({
      scanType: '退件',
      scanDate: 1674960000000,
      desc: '快件退回中',
      returnType: '',
      scanSite: { code: '57100', name: '杭州示例' },
    });
    expect(read([returned, scan({})])).toEqual({
      kind: 'SCANS',
      scans: [
        {
          carrier: 'ZTO',
          waybillNo: WAYBILL,
          event: 'PICKED_UP',
          occurredAt: 1674873600000,
          outletCode: '02100',
          outletName: '上海示例',
          text: '【上海示例】已揽收',
          raw: scan({}),
        },
        {
          carrier: 'ZTO',
          waybillNo: WAYBILL,
          event: 'RETURNING',
          occurredAt: 1674960000000,
          outletCode: '57100',
          outletName: '杭州示例',
          text: '快件退回中',
          raw: returned,
        },
      ],
    });
  });

  test.each([
    ['收件', 'PICKED_UP'],
    ['1', 'PICKED_UP'],
    ['发件', 'DEPARTED'],
    ['2', 'DEPARTED'],
    ['到件', 'ARRIVED'],
    ['3', 'ARRIVED'],
    ['派件', 'OUT_FOR_DELIVERY'],
    ['4', 'OUT_FOR_DELIVERY'],
    ['DELIVERY', 'OUT_FOR_DELIVERY'],
    ['ARRIVAL', 'AWAITING_PICKUP'],
    ['44', 'AWAITING_PICKUP'],
    ['签收', 'SIGNED'],
    ['5', 'SIGNED'],
    ['第三方签收', 'AWAITING_PICKUP'],
    ['7', 'AWAITING_PICKUP'],
    ['SIGNED', 'SIGNED'],
    ['DEPARTURE', 'OTHER'],
    ['45', 'OTHER'],
    ['问题件', 'PROBLEM'],
    ['退件', 'RETURNING'],
    ['8', 'RETURNING'],
    ['退件签收', 'RETURN_SIGNED'],
    ['转单', 'OTHER'],
    ['9', 'OTHER'],
    ['事件', 'OTHER'],
    ['安检', 'OTHER'],
    ['从未见过', 'OTHER'],
    ['', 'OTHER'],
  ])('scanType %s is %s', (scanType, event) => {
    expect(eventsOf([scan({ scanType })])).toEqual([event]);
  });

  test('a number as scanType', () => {
    expect(eventsOf([scan({ scanType: 4 })])).toEqual(['OUT_FOR_DELIVERY']);
  });

  test('ARRIVAL and DEPARTURE are locker events here and hub events in the push', () => {
    const both = (word: string) => [ZTO_QUERY_WORDS.get(word)?.event, ZTO_PUSH_WORDS.get(word)?.event];
    expect(both('ARRIVAL')).toEqual(['AWAITING_PICKUP', 'ARRIVED']);
    expect(both('DEPARTURE')).toEqual(['OTHER', 'DEPARTED']);
  });

  test('a locker’s code is not taken for an outlet', () => {
    expect(read([scan({ scanType: 'ARRIVAL' })])).toMatchObject({ scans: [{ outletCode: null, outletName: '上海示例' }] });
  });

  test.each([
    ['签收', 'RETURN_SIGNED'],
    ['退件签收', 'RETURN_SIGNED'],
  ])('%s after 退件 is the signed return', (scanType, event) => {
    expect(eventsOf([scan({ scanType: '退件' }), scan({ scanType, scanDate: 1674960000000 })])).toEqual(['RETURNING', event]);
  });

  test.each([
    [{ returnType: '改地址' }, 'REDIRECTED'],
    [{ returnUpdateType: '修改派送地址' }, 'REDIRECTED'],
    [{ returnType: '转寄' }, 'REDIRECTED'],
    [{ returnType: '', returnUpdateType: null }, 'RETURNING'],
    [{ returnType: '17' }, 'RETURNING'],
    [{ desc: '快件改地址' }, 'REDIRECTED'],
    [{ returnType: '退回', desc: '原为改地址' }, 'RETURNING'],
  ])('退件 with %j is %s', (over, event) => {
    expect(eventsOf([scan({ scanType: '退件', ...over })])).toEqual([event]);
  });

  test.each([
    [{ scanType: '签收', signMan: '本人' }, 'SIGNED'],
    [{ scanType: '签收', signMan: '兔喜生活' }, 'AWAITING_PICKUP'],
    [{ scanType: '5', desc: '快件已由【菜鸟驿站】签收' }, 'AWAITING_PICKUP'],
    [{ scanType: '第三方签收', desc: '您的快递已签收, 签收人在【丰巢】领取' }, 'SIGNED'],
    [{ scanType: '45', desc: '快递员已从【丰巢】取出' }, 'OTHER'],
    [{ scanType: '45', desc: '已签收，签收人凭取件码签收' }, 'SIGNED'],
    [{ scanType: 'DEPARTURE', desc: '签收人凭取件码签收' }, 'OTHER'],
  ])('put into a shop is not signed: %j is %s', (over, event) => {
    expect(eventsOf([scan(over)])).toEqual([event]);
  });

  test.each([
    ['快件遗失', 'LOST'],
    ['疑似遗失，查找中', 'PROBLEM'],
    ['快件遗失，现已找回', 'PROBLEM'],
    ['外包装破损', 'DAMAGED'],
    ['客户拒收', 'PROBLEM'],
  ])('问题件 saying %s is %s', (desc, event) => {
    expect(eventsOf([scan({ scanType: '问题件', desc })])).toEqual([event]);
  });

  test.each([[1674873600000], ['1674873600000'], ['2023-01-28 10:40:00']])('scanDate %j', (scanDate) => {
    expect(read([scan({ scanDate })])).toMatchObject({ scans: [{ occurredAt: 1674873600000 }] });
  });

  test('no scans', () => {
    expect(read([])).toEqual({ kind: 'NO_TRACK' });
    expect(read(null)).toEqual({ kind: 'NO_TRACK' });
    expect(read(undefined)).toEqual({ kind: 'NO_TRACK' });
  });

  test('scans that cannot be read, or of another parcel, are no statement about this one', () => {
    expect(read([scan({ scanDate: 'soon' })])).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read([scan({ billCode: '73100000000009' })])).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(eventsOf([scan({ billCode: '73100000000009', scanType: '签收' }), scan({})])).toEqual(['PICKED_UP']);
  });

  test('no answer', () => {
    const refused = answer({ status: false, statusCode: 'E413', message: '需要手机号后四位', result: null });
    expect(readTrackAnswer(refused, WAYBILL, NOW)).toMatchObject({
      kind: 'UNAVAILABLE',
      reason: 'E413 需要手机号后四位',
      accessFault: { code: 'E413' },
    });
    expect(readTrackAnswer(answer({ status: false, statusCode: 'S221' }), WAYBILL, NOW)).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(readTrackAnswer(answer('<html/>'), WAYBILL, NOW)).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(readTrackAnswer({ kind: 'FAILED', sent: true, reason: 'HTTP 500' }, WAYBILL, NOW)).toEqual({
      kind: 'UNAVAILABLE',
      reason: 'HTTP 500',
    });
  });
});
