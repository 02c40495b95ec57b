import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { NOW } from '../testing/pushes.ts';
import { reverseWaybillIn } from './reverse.ts';
import { readTraceAnswer, reverseWaybillOf, withWayBack } from './track.ts';
import { JD_WORDS } from './words.ts';

const reply = (body: unknown): CarrierReply => ({ kind: 'REPLY', status: 200, text: JSON.stringify(body) });
const answer = (traceDetails: unknown) => reply({ code: 0, success: true, msg: '成功', data: { traceDetails } });
const detail = (state: number | string, hour: number, operationRemark = '', waybillCode = 'JDVA1') => ({
  waybillCode,
  state,
  operationTime: `2023-01-29 ${String(hour).padStart(2, '0')}:00:00`,
  operationRemark,
  operationTitle: JD_WORDS.get(String(state))?.zh ?? '其他',
  operateSiteId: '579601',
});
const read = (...details: unknown[]) => readTraceAnswer(answer(details), 'JDVA1', NOW);
const eventsIn = (...details: unknown[]) => {
  const reading = read(...details);
  return reading.kind === 'SCANS' ? reading.scans.map(({ event }) => event) : reading;
};
const NEW_LABEL = detail(200020, 5, '您的快件已换单打印，新运单号JDVC24498388029');

test('each state of the table, in numbers or digits', () => {
  for (const [state, { event }] of JD_WORDS) {
    const expected = state === '200020' ? 'OTHER' : event;
    expect(eventsIn(detail(Number(state), 1))).toEqual([expected]);
    expect(eventsIn(detail(state, 1))).toEqual([expected]);
  }
  expect(eventsIn(detail(999999, 1), detail('__proto__', 2))).toEqual(['OTHER', 'OTHER']);
});

test('a trace of JD’s sandbox, sorted, with where and in JD’s own words', () => {
  const reading = read(
    { ...detail(10034, 9, '您的快件已由【客户指定地点】代收，感谢您使用京东物流，期待再次为您服务。'), operateSite: '石景山营业部' },
    detail(200001, 1, '京东快递 已收取快件'),
    detail(11000, 8, '您的快件正在派送中，请您准备签收'),
  );
  expect(reading).toMatchObject({
    kind: 'SCANS',
    scans: [
      { carrier: 'JD', waybillNo: 'JDVA1', event: 'PICKED_UP', text: '京东快递 已收取快件', outletCode: '579601', outletName: null },
      { event: 'OUT_FOR_DELIVERY' },
      { event: 'SIGNED', outletName: '石景山营业部', raw: { state: 10034 } },
    ],
  });
});

test('a parcel put into a locker is not signed', () => {
  expect(eventsIn(detail(10034, 9, '您的快件已投放至【丰巢智能柜】'))).toEqual(['AWAITING_PICKUP']);
});

describe('a new label', () => {
  test('is the turn round where its remark names the new waybill', () => {
    expect(eventsIn(detail(200001, 1), NEW_LABEL)).toEqual(['PICKED_UP', 'RETURNING']);
    expect(reverseWaybillOf(read(NEW_LABEL))).toBe('JDVC24498388029');
  });

  test.each([
    '换单打印',
    '面单破损，新运单号JDVC24498388029',
    '收件人修改了地址，新运单号JDVC24498388029',
    '三无件换单，新运单号：JDVC24498388029',
    '改址换单，新单号JDVC24498388029',
    '原运单号JDVA00000000001',
    '新运单号123',
  ])('is none with the remark %s', (remark) => {
    expect(eventsIn(detail(200020, 5, remark))).toEqual(['OTHER']);
    expect(reverseWaybillOf(read(detail(200020, 5, remark)))).toBeNull();
  });

  test.each(['新运单号JDVC24498388029', '退回商家，新运单号：JDVC24498388029。', '新单号【jdvc24498388029】'])('%s', (remark) => {
    expect(reverseWaybillIn(remark)).toBe('JDVC24498388029');
  });
});

describe('the way back under its own waybill', () => {
  const forward = read(detail(200001, 1), detail(11000, 4), NEW_LABEL);
  const back = (...details: unknown[]) => readTraceAnswer(answer(details), 'JDVC24498388029', NOW);
  const underNew = (state: number, hour: number) => detail(state, hour, '', 'JDVC24498388029');

  test('is told under the number asked for, and ends with the sender’s signature', () => {
    const whole = withWayBack(forward, back(underNew(200001, 6), underNew(200076, 7), underNew(10034, 10)));
    expect(whole).toMatchObject({ kind: 'SCANS' });
    const scans = whole.kind === 'SCANS' ? whole.scans : [];
    expect(scans.map(({ event }) => event)).toEqual(['PICKED_UP', 'OUT_FOR_DELIVERY', 'RETURNING', 'DEPARTED', 'RETURN_SIGNED']);
    expect(new Set(scans.map(({ waybillNo }) => waybillNo))).toEqual(new Set(['JDVA1']));
    expect(scans.at(-1)?.raw).toMatchObject({ waybillCode: 'JDVC24498388029' });
  });

  test('that is not told leaves what is known', () => {
    expect(withWayBack(forward, { kind: 'NO_TRACK' })).toEqual(forward);
    expect(withWayBack(forward, { kind: 'UNAVAILABLE', reason: 'HTTP 503' })).toEqual(forward);
  });
});

test('no trace is an answer, everything else is the lack of one', () => {
  expect(read()).toEqual({ kind: 'NO_TRACK' });
  expect(readTraceAnswer(reply({ code: 0, data: null }), 'JDVA1', NOW)).toEqual({ kind: 'NO_TRACK' });
  expect(readTraceAnswer(reply({ code: 3001, success: false, msg: '运单不存在' }), 'JDVA1', NOW)).toEqual({
    kind: 'UNAVAILABLE',
    reason: '3001 运单不存在',
  });
  expect(read(detail(200001, 1, '', 'JDVA2')).kind).toBe('UNAVAILABLE');
  expect(read({ ...detail(200001, 1), operationTime: 'soon' }, { operationTime: '2023-01-29 01:00:00' }).kind).toBe('UNAVAILABLE');
});
