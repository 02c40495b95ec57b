import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from './http.ts';
import * as jt from './jt/subscribe.ts';
import type { SubscribeAnswer } from './port.ts';
import * as sto from './sto/subscribe.ts';
import * as yto from './yto/subscribe.ts';
import * as zto from './zto/subscribe.ts';

const reply = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const SUBSCRIBED: SubscribeAnswer = { kind: 'SUBSCRIBED' };
const READERS: [string, (reply: CarrierReply) => SubscribeAnswer][] = [
  ['ZTO', zto.readSubscribeAnswer],
  ['YTO', yto.readSubscribeAnswer],
  ['STO', (answer) => sto.readSubscribeAnswer(answer, 'W1')],
  ['JT', (answer) => jt.readSubscribeAnswer(answer, 'W1')],
];

test('the wire forms', () => {
  expect(zto.subscribeBody('73', null)).toBe('{"billCode":"73"}');
  expect(zto.subscribeBody('73', '0000')).toBe('{"billCode":"73","mobilePhone":"0000"}');
  expect(yto.subscribeParam('K1', 'YT1')).toBe(
    '{"client_id":"K1","logistics_interface":"{\\"clientId\\":\\"K1\\",\\"waybillNo\\":\\"YT1\\"}","msg_type":"online"}',
  );
  expect(sto.subscribeContent('77')).toBe('{"subscribeInfoList":[{"waybillNo":"77"}]}');
  expect(jt.subscribeContent('178', 'JT1')).toBe(
    '{"id":"178","list":[{"traceNode":"1&2&3&4&5&6&7&8&9&10&11&12&13&14","waybillCode":"JT1"}]}',
  );
});

describe.each(READERS)('%s', (name, read) => {
  const accepted: Record<string, unknown> = {
    ZTO: { status: true, statusCode: 'SYS000', message: '操作成功' },
    YTO: { success: true, waybillNo: 'W1' },
    STO: { success: 'true', data: [{ waybillNo: 'w1', status: 'true', message: '' }] },
    JT: { code: '1', msg: 'success', data: { list: [{ waybillCode: 'W1', isSuccess: true }] } },
  };
  const refused = (message: string): unknown =>
    ({
      ZTO: { status: false, statusCode: 'E416', message },
      YTO: { success: 'false', code: 1001, reason: message },
      STO: { success: false, errorCode: '005', errorMsg: message },
      JT: { code: '145003100', msg: message },
    })[name];

  test('accepted, and subscribed before', () => {
    expect(read(reply(accepted[name]))).toEqual(SUBSCRIBED);
    for (const message of ['该运单已订阅', '重复订阅', 'already subscribed']) expect(read(reply(refused(message)))).toEqual(SUBSCRIBED);
  });

  test('refused, code and words verbatim', () => {
    for (const message of ['运单号不存在', '未订阅该服务', '已订阅数量超过上限']) {
      expect(read(reply(refused(message)))).toEqual({ kind: 'REFUSED', code: expect.any(String), message });
    }
  });

  test('no answer is asked for again; our own access is named', () => {
    for (const answer of [reply(''), reply('[]'), reply('<html>'), reply(accepted[name], 302)]) expect(read(answer).kind).toBe('UNKNOWN');
    expect(read({ kind: 'FAILED', sent: true, reason: 'HTTP 503' })).toMatchObject({ kind: 'UNKNOWN', reason: 'HTTP 503' });
    const codes: Record<string, unknown> = {
      ZTO: { status: false, statusCode: 'E413' },
      YTO: { code: 401, reason: '请求加密校验失败' },
      STO: { success: 'false', errorCode: '006' },
      JT: { code: '145003012', msg: '没有接口权限' },
    };
    expect(read(reply(codes[name]))).toMatchObject({ kind: 'UNKNOWN', accessFault: { remedy: expect.any(String) } });
  });
});

test('a verdict on the waybill stands over the one on the call (STO, J&T)', () => {
  expect(
    sto.readSubscribeAnswer(reply({ success: 'true', data: [{ waybillNo: 'W1', status: 'false', message: '运单号错误' }] }), 'W1'),
  ).toEqual({
    kind: 'REFUSED',
    code: null,
    message: '运单号错误',
  });
  expect(
    sto.readSubscribeAnswer(reply({ success: 'true', data: [{ waybillNo: 'W1', status: 'false', message: '重复订阅' }] }), 'W1'),
  ).toEqual(SUBSCRIBED);
  expect(sto.readSubscribeAnswer(reply({ success: 'true', data: null }), 'W1')).toEqual(SUBSCRIBED);
  for (const isSuccess of [false, 'false', '0', 0]) {
    expect(jt.readSubscribeAnswer(reply({ code: 1, data: { list: [{ waybillCode: 'W1', isSuccess }] } }), 'W1').kind).toBe('REFUSED');
  }
  expect(jt.readSubscribeAnswer(reply({ code: 1, data: { list: [{ waybillCode: 'other', isSuccess: false }] } }), 'W1')).toEqual(
    SUBSCRIBED,
  );
});
