import { describe, expect, test } from '@jest/globals';
import { summariseTrack } from '../../domain/eligibility/track-summary.ts';
import { scanKey } from '../../domain/track.ts';
import { formPush, NOW } from '../testing/pushes.ts';
import { readZtoPush } from './push.ts';
import { signZto } from './signature.ts';

const SECRET = 'zto-push-secret';
const RECORD = {
  billCode: '73100000000001',
  action: 'GOT',
  actionTime: '2023-01-28 10:40:00',
  desc: '【上海示例】已揽收',
  facilityCode: '02100',
  facilityName: '上海示例',
};
const pushOf = (data: string, over: Record<string, string> = {}) =>
  formPush({ data, data_digest: signZto(data, SECRET), msg_type: 'Traces', company_id: 'app-key', ...over });
const read = (record: unknown) => readZtoPush(pushOf(JSON.stringify(record)), SECRET, NOW);

describe('track push', () => {
  test('reads a scan and answers as ZTO wants it', () => {
    const reading = read(RECORD);
    expect(reading).toMatchObject({
      kind: 'VERIFIED',
      unreadable: null,
      scans: [
        {
          carrier: 'ZTO',
          waybillNo: '73100000000001',
          event: 'PICKED_UP',
          occurredAt: Date.UTC(2023, 0, 28, 2, 40, 0),
          outletCode: '02100',
          outletName: '上海示例',
          text: '【上海示例】已揽收',
          raw: RECORD,
        },
      ],
    });
    expect(reading.reply).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(reading.reply.body)).toMatchObject({ status: true, statusCode: '0000' });
  });

  test.each([
    ['GOT', 'PICKED_UP'],
    ['DEPARTURE', 'DEPARTED'],
    ['ARRIVAL', 'ARRIVED'],
    ['DISPATCH', 'OUT_FOR_DELIVERY'],
    ['INBOUND', 'AWAITING_PICKUP'],
    ['SIGNED', 'SIGNED'],
    ['HANDOVERSCAN_SIGNED', 'AWAITING_PICKUP'],
    ['DEPARTURE_SIGNED', 'SIGNED'],
    ['PROBLEM', 'PROBLEM'],
    ['RETURN_SCAN', 'RETURNING'],
    ['RETURN_SIGNED', 'RETURN_SIGNED'],
    ['BRAND_NEW', 'OTHER'],
  ])('action %s is %s', (action, event) => {
    expect(read({ ...RECORD, action })).toMatchObject({ scans: [{ event }] });
  });

  test.each([
    [{}, 'RETURNING'],
    [{ returnType: '', returnUpdateType: '' }, 'RETURNING'],
    [{ returnType: 'T9' }, 'RETURNING'],
    [{ returnUpdateType: '返回收件网点' }, 'RETURNING'],
    [{ returnUpdateType: '退回指定地址' }, 'RETURNING'],
    [{ returnType: '改地址' }, 'REDIRECTED'],
    [{ returnUpdateType: '改址' }, 'REDIRECTED'],
    [{ returnUpdateType: 'edit_delivery_address' }, 'REDIRECTED'],
    [{ returnType: '改地址', returnUpdateType: '退回' }, 'RETURNING'],
    [{ returnType: '退回', returnUpdateType: 'T9' }, 'RETURNING'],
    [{ returnType: 'T9', desc: '快件改地址，发往新地址' }, 'REDIRECTED'],
    [{ desc: '快件退回中' }, 'RETURNING'],
    [{ desc: '应客户要求更改派送地址，不再退回' }, 'REDIRECTED'],
    [{ returnType: 'cancel_return' }, 'PROBLEM'],
    [{ desc: '应客户要求取消退件，继续派送' }, 'PROBLEM'],
  ])('RETURN_SCAN with %j is %s', (over, event) => {
    expect(read({ ...RECORD, action: 'RETURN_SCAN', ...over })).toMatchObject({ scans: [{ event }] });
  });

  test.each([
    [{ desc: '快件丢失' }, 'LOST'],
    [{ desc: '', remark: '包裹遗失' }, 'LOST'],
    [{ desc: '【杭州市】【杭州转运中心】登记问题件：快件遗失' }, 'LOST'],
    [{ desc: '快件丢失', remark: '已找回' }, 'PROBLEM'],
    [{ desc: '快件丢失', remark: '理赔中' }, 'LOST'],
    [{ desc: '疑似丢失，正在核实' }, 'PROBLEM'],
    [{ desc: '为避免丢失暂存网点' }, 'PROBLEM'],
    [{ desc: '外包装破损' }, 'DAMAGED'],
    [{ desc: '客户拒收' }, 'PROBLEM'],
    [{ desc: '快件在网点登记为问题件', problemCode: '遗失' }, 'LOST'],
    [{ desc: '快件丢失', problemCode: 'P17' }, 'PROBLEM'],
    [{ desc: '快件丢失', problemCode: '客户不在' }, 'PROBLEM'],
  ])('PROBLEM with %j is %s', (over, event) => {
    expect(read({ ...RECORD, action: 'PROBLEM', ...over })).toMatchObject({ scans: [{ event }] });
  });

  test.each([
    [{ action: 'SIGNED', expressSigner: '王五', desc: '快件已由【王五】签收，签收网点：【上海示例】' }, 'SIGNED'],
    [{ action: 'SIGNED', expressSigner: '菜鸟驿站', desc: '快件已由【菜鸟驿站】签收' }, 'AWAITING_PICKUP'],
    [{ action: 'HANDOVERSCAN_SIGNED', desc: '快件已投递【示例路商铺2_10店】，如有问题请电联' }, 'AWAITING_PICKUP'],
    [{ action: 'HANDOVERSCAN_SIGNED', desc: '快件已由【王五】签收' }, 'AWAITING_PICKUP'],
    [{ action: 'HANDOVERSCAN_SIGNED', desc: '已签收，签收人凭取货码签收' }, 'SIGNED'],
    [{ action: 'DEPARTURE_SIGNED', desc: '【上海市】已签收，签收人凭取货码签收' }, 'SIGNED'],
  ])('put into a shop is not signed: %j is %s', (over, event) => {
    expect(read({ ...RECORD, ...over })).toMatchObject({ scans: [{ event }] });
  });

  test('a day of a parcel pushed in no order, with equal instants and empty fields, says the same in any order', () => {
    const at = (time: string, action: string, over: object = {}) => ({ ...RECORD, actionTime: `2023-01-28 ${time}`, action, ...over });
    const shop = { facilityCode: undefined, facilityName: '示例路商铺2_10店', comName: '菜鸟', courier: '', token: '' };
    const day = [
      at('15:09:54', 'SIGNED', { expressSigner: '王五' }),
      at('15:08:53', 'INBOUND', { ...shop, desc: '快件已被【示例路商铺2_10店】代收' }),
      at('15:08:53', 'HANDOVERSCAN_SIGNED', { ...shop, desc: '快件已投递【示例路商铺2_10店】' }),
      at('15:08:47', 'DISPATCH'),
      at('15:08:27', 'DEPARTURE_SIGNED', { ...shop, desc: '已签收，签收人凭取货码签收' }),
      at('15:07:46', 'ARRIVAL'),
      at('15:06:35', 'GOT'),
      at('15:07:35', 'GOT'),
      at('15:07:42', 'DEPARTURE'),
    ];
    const scansOf = (records: unknown[]) =>
      records.flatMap((record) => {
        const reading = read(record);
        return reading.kind === 'VERIFIED' ? reading.scans : [];
      });
    const orders = [day, [...day].reverse(), day.toSorted((a, b) => (a.actionTime < b.actionTime ? -1 : 1))];
    for (const order of orders) {
      const scans = scansOf(order);
      // The shop's two pushes of one instant say the same and are one scan.
      expect(new Set(scans.map(scanKey)).size).toBe(8);
      expect(summariseTrack(scans)).toMatchObject({ state: 'SIGNED', latest: { event: 'SIGNED' } });
    }
    expect(summariseTrack(scansOf(day.slice(1, 4)))).toMatchObject({ state: 'AWAITING_PICKUP' });
  });

  test('several records in one push', () => {
    expect(read([{ ...RECORD, action: 'SIGNED', actionTime: '2023-01-29 10:00:00' }, RECORD])).toMatchObject({
      scans: [{ event: 'PICKED_UP' }, { event: 'SIGNED' }],
    });
  });
});

describe('signature', () => {
  const data = JSON.stringify(RECORD);

  test.each([
    ['wrong', formPush({ data, data_digest: signZto(data, 'other') })],
    ['of other data', formPush({ data, data_digest: signZto(`${data} `, SECRET) })],
    ['too short', formPush({ data, data_digest: 'x' })],
    ['missing', formPush({ data })],
    ['data missing', formPush({ data_digest: signZto('', SECRET) })],
    ['nothing at all', formPush({})],
    ['data twice', { ...formPush({}), body: Buffer.concat([pushOf(data).body, Buffer.from('&data=%7B%7D')]) }],
  ])('%s is refused in ZTO’s form', (_case, push) => {
    const reading = readZtoPush(push, SECRET, NOW);
    expect(reading.kind).toBe('BAD_SIGNATURE');
    expect(reading.reply.status).toBe(401);
    expect(JSON.parse(reading.reply.body)).toMatchObject({ status: false, statusCode: 'S211' });
  });

  test('covers the bytes, not their reading as UTF-8', () => {
    const gbk = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xcd, 0xcb, 0x22, 0x7d]);
    const escaped = [...gbk].map((byte) => `%${byte.toString(16)}`).join('');
    const body = Buffer.from(`data=${escaped}&data_digest=${encodeURIComponent(signZto(gbk, SECRET))}`);
    expect(readZtoPush({ body, contentType: '', headers: {} }, SECRET, NOW)).toMatchObject({ kind: 'VERIFIED', unreadable: 'no billCode' });
  });
});

describe('content that was not understood', () => {
  test.each([
    ['not JSON'],
    ['"text"'],
    ['[]'],
    ['null'],
    [JSON.stringify({ ...RECORD, billCode: '' })],
    [JSON.stringify({ ...RECORD, actionTime: '' })],
    [JSON.stringify({ ...RECORD, actionTime: '1970-01-01 00:00:00' })],
    [JSON.stringify({ ...RECORD, actionTime: '2099-01-01 00:00:00' })],
    [JSON.stringify({ ...RECORD, action: null })],
  ])('%s is acknowledged and unreadable', (data) => {
    const reading = readZtoPush(pushOf(data), SECRET, NOW);
    expect(reading).toMatchObject({ kind: 'VERIFIED', scans: [], unreadable: expect.any(String), reply: { status: 200 } });
  });

  test('one bad record does not hide a good one', () => {
    expect(read([{ billCode: '73' }, RECORD])).toMatchObject({
      kind: 'VERIFIED',
      scans: [{ event: 'PICKED_UP' }],
      unreadable: expect.any(String),
    });
  });
});
