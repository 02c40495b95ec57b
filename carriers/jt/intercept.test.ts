import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { readInterceptAnswer } from './intercept.ts';

const reply = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('answer of waybill/intercept', () => {
  test.each([[{ code: '1', msg: 'success', data: null, requestId: 'r' }], [{ code: 1 }]])('%j is accepted', (body) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'ACCEPTED', reference: null });
  });

  test.each([
    [{ code: '145003050', msg: '非法参数' }, '145003050', '非法参数'],
    [{ code: '999001030', msg: '数据不存在' }, '999001030', '数据不存在'],
    [{ code: '0' }, '0', ''],
  ])('%j is refused, code and text verbatim', (body, code, message) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'REFUSED', code, message });
  });

  test.each([
    [{ code: 145003030, msg: 'headers signature failed' }, '145003030'],
    [{ code: '145003012', msg: 'no permissions' }, '145003012'],
    [{ code: '7', msg: 'Invalid signature: sign verification failed' }, '7'],
  ])('%j refuses our account, not the parcel', (body, code) => {
    expect(readInterceptAnswer(reply(body))).toMatchObject({ kind: 'UNKNOWN', sent: false, accessFault: { code, message: body.msg } });
  });

  test.each(['运单已有拦截', '拦截件已存在', '请勿重复拦截'])('%s says it already exists', (msg) => {
    expect(readInterceptAnswer(reply({ code: '1500', msg }))).toEqual({ kind: 'EXISTS', code: '1500', message: msg });
  });

  test.each(['145003040', '145005000'])('%s may be asked again', (code) => {
    expect(readInterceptAnswer(reply({ code, msg: '系统异常' }))).toEqual({ kind: 'UNKNOWN', sent: true, reason: `${code} 系统异常` });
  });

  test.each([
    ['', 200],
    ['[]', 200],
    ['{}', 200],
    ['{"msg":"success"}', 200],
    ['<x><code>1</code></x>', 200],
    ['{"code":"1"}', 302],
  ])('%p with HTTP %i is no answer', (text, status) => {
    expect(readInterceptAnswer(reply(text, status))).toMatchObject({ kind: 'UNKNOWN', sent: true });
  });

  test('a call that failed stays what it was', () => {
    expect(readInterceptAnswer({ kind: 'FAILED', sent: true, reason: 'HTTP 503' })).toEqual({
      kind: 'UNKNOWN',
      sent: true,
      reason: 'HTTP 503',
    });
  });
});
