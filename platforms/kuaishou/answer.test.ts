import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from './answer.ts';

const answered = (body: unknown, status = 200) =>
  readAnswer({ kind: 'ANSWER', status, text: typeof body === 'string' ? body : JSON.stringify(body) });

describe('what an answer means', () => {
  test('success carries its data', () => {
    expect(answered('{"result":1,"data":{"refundId":9007199254740993}}')).toEqual({ kind: 'OK', data: { refundId: '9007199254740993' } });
    expect(answered({ result: 1 })).toEqual({ kind: 'OK', data: undefined });
    expect(answered({ code: '1', msg: 'SUCCESS', data: [] })).toEqual({ kind: 'OK', data: [] });
  });
  test.each([
    [{ result: 300013, error_msg: '买家取消退款' }, '300013', '买家取消退款'],
    [{ result: 0, code: '0', sub_code: '300014', sub_msg: '退款单状态已更新，请刷新重试' }, '300014', '退款单状态已更新，请刷新重试'],
    [{ result: 300010, code: '500', error_msg: 'internal' }, '300010', 'internal'],
    [{ result: 21, error_msg: '参数错误' }, '21', '参数错误'],
  ])('%j is a refusal', (body, code, message) => expect(answered(body)).toEqual({ kind: 'REFUSED', code, message }));
  test.each([
    { result: 100200102, error: 'access_denied', error_msg: 'invalid token' },
    { result: 100200108, error_msg: 'expired' },
    { result: 24, error_msg: '鉴权失败' },
    { result: 28, error_msg: 'TOKEN过期' },
    { result: 28, error_msg: 'access_token is invalid' },
  ])('%j is about the token', (body) => expect(answered(body).kind).toBe('TOKEN'));
  test.each([
    { result: 11, error_msg: 'Exceed qps limit, KEY [apiId:open.order.detail;appkey:ks1], MAX_QPS [300.0]' },
    { result: 11, error_msg: 'Exceed quota limit, KEY [appkey:ks1]' },
    { result: 1017, error_msg: '[1017] exceed quota limit' },
    { result: 9, error_msg: '触发限流' },
    { result: 15, error_msg: '接口QPS超过限制，请稍后重试' },
  ])('%j is a limit', (body) => expect(answered(body).kind).toBe('QUOTA'));
  test.each([
    { result: 100200500, error: 'server_error' },
    { result: 500, error_msg: '' },
    { result: 2, error_msg: '系统繁忙，请稍后再试' },
    { result: 2, error_msg: 'request timed out' },
  ])('%j says nothing of what was done', (body) => expect(answered(body)).toMatchObject({ kind: 'UNKNOWN', sent: true }));
  test.each([
    { result: 30, error_msg: '验签失败' },
    { result: 31, error_msg: 'token中无scope权限' },
    { result: 32, error_msg: 'IP不在白名单' },
    { result: 100200101, error: 'unauthorized_client' },
  ])('%j is our access, never the refund', (body) => expect(answered(body)).toMatchObject({ kind: 'UNKNOWN', sent: false }));
  test.each([500, 502, 503])('HTTP %i may have been carried out, whatever it says', (status) => {
    expect(answered({ result: 1 }, status)).toMatchObject({ kind: 'UNKNOWN', sent: true });
  });
  test('HTTP 429 and 401 were not carried out', () => {
    expect(answered('slow down', 429).kind).toBe('QUOTA');
    expect(answered('who are you', 401).kind).toBe('TOKEN');
  });
  test.each(['', '<html>', '[]', 'null', '{}', '{"data":{}}', '{"result":{}}'])('the body %j cannot be read', (body) => {
    expect(answered(body)).toMatchObject({ kind: 'UNKNOWN', sent: true });
  });
  test('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 100, max: 599 }), (text, status) => void readAnswer({ kind: 'ANSWER', status, text })),
    );
    const anyEnvelope = fc.record({ result: fc.jsonValue(), code: fc.jsonValue(), error_msg: fc.jsonValue(), sub_msg: fc.jsonValue() });
    fc.assert(fc.property(anyEnvelope, (body) => void answered(body)));
  });
});
