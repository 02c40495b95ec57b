import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { cancelRequest, readInterceptAnswer } from './intercept.ts';

const reply = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const ok = (data: unknown) => ({ code: 0, success: true, msg: '成功', data, requestId: 'x' });
const refused = (code: number | string, msg: string) => reply({ code, success: false, msg });

test('the request: by contract, back to the sender, a reason JD has room for', () => {
  const request = cancelRequest({ waybillNo: 'JDVA1', requestId: 'r', reason: '退'.repeat(40) }, '010K1');
  expect(request).toEqual({
    waybillCode: 'JDVA1',
    orderOrigin: 1,
    customerCode: '010K1',
    cancelReason: '退'.repeat(30),
    cancelReasonCode: '1',
    cancelType: 1,
  });
});

describe('the answer', () => {
  test.each([0, 1, 4, '1', '4'])('resultType %j is accepted; the track tells whether it turns round', (resultType) => {
    expect(readInterceptAnswer(reply(ok({ waybillCode: 'JDVA1', resultType })))).toEqual({ kind: 'ACCEPTED', reference: null });
  });

  test('success alone is accepted, also as the SDK wraps it', () => {
    expect(readInterceptAnswer(reply(ok(null)))).toEqual({ kind: 'ACCEPTED', reference: null });
    expect(readInterceptAnswer(reply({ response: { content: ok({ resultType: 4 }), code: 0 } })).kind).toBe('ACCEPTED');
  });

  test.each([
    [2, '取消失败'],
    [3, '拦截失败'],
  ])('resultType %i is a refusal', (resultType, message) => {
    expect(readInterceptAnswer(reply(ok({ resultType })))).toEqual({
      kind: 'REFUSED',
      code: `resultType ${resultType}`,
      message,
      perhapsOurs: undefined,
    });
  });

  test('a refusal, code and words verbatim', () => {
    expect(readInterceptAnswer(refused(3004, '运单已妥投，不能取消'))).toMatchObject({
      kind: 'REFUSED',
      code: '3004',
      message: '运单已妥投，不能取消',
      perhapsOurs: undefined,
    });
    expect(readInterceptAnswer(reply({ code: 1, msg: '失败', subMsg: '运单不存在' }))).toMatchObject({ message: '失败 运单不存在' });
  });

  test('there already is one; cancelled already may be our own doing', () => {
    expect(readInterceptAnswer(refused(3002, '该运单已发起拦截，请勿重复拦截')).kind).toBe('EXISTS');
    for (const message of ['订单已取消', '运单已经被取消', '请勿重复提交'])
      expect(readInterceptAnswer(refused(108, message))).toMatchObject({ kind: 'REFUSED', perhapsOurs: true });
  });

  test.each([
    ['a resultType of which nothing is known', ok({ resultType: 9 }), 200],
    ['HTML', '<html></html>', 200],
    ['an empty object', {}, 200],
    ['a cut body', '{"code":0,"succ', 200],
    ['success under a 4xx', ok({ resultType: 4 }), 400],
    ['an error of the gateway of which nothing is known', { error_response: { code: 50, zh_desc: '服务不可用' } }, 200],
  ])('%s is no answer', (_what, body, status) => {
    expect(readInterceptAnswer(reply(body, status))).toMatchObject({ kind: 'UNKNOWN', sent: true, accessFault: undefined });
  });

  test.each([
    [{ error_response: { code: 12, zh_desc: '无效签名', en_desc: 'Invalid Signature' } }, '12'],
    [{ error_response: { code: 62, zh_desc: '入参格式错误' } }, '62'],
    [{ error_response: { code: 19, zh_desc: 'access_token已过期' } }, '19'],
    [{ code: 1001, success: false, msg: '验签失败' }, '1001'],
  ])('%j is our own access', (body, code) => {
    expect(readInterceptAnswer(reply(body))).toMatchObject({ kind: 'UNKNOWN', sent: false, accessFault: { code } });
  });
});
