import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { readInterceptAnswer } from './intercept.ts';

const reply = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('answer of wanted_report_adapter', () => {
  test.each([
    [{ statusCode: 0, statusMessage: '成功' }],
    [{ statusCode: '0' }],
    [{ statusCode: 0, success: 'true' }],
    [{ success: true }],
    [{ success: 'true' }],
  ])('%j is accepted', (body) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'ACCEPTED', reference: null });
  });

  test.each([
    [{ statusCode: 1, statusMessage: '已有有效拦截件，不能重复发起拦截' }, '1', '已有有效拦截件，不能重复发起拦截'],
    [{ statusCode: '1', statusMessage: '拦截件已存在' }, '1', '拦截件已存在'],
    [{ success: 'false', code: 500, reason: '拦截件处理中' }, '500', '拦截件处理中'],
  ])('%j says it already exists', (body, code, message) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'EXISTS', code, message });
  });

  test.each([
    [{ statusCode: 1, statusMessage: '运单已签收' }, '1', '运单已签收'],
    [{ statusCode: '-1', statusMessage: '' }, '-1', ''],
    [{ success: 'false', message: '无权限' }, null, '无权限'],
    ['<Response><success>false</success><reason>no such waybill</reason></Response>', null, 'no such waybill'],
    [{ statusCode: 1, statusMessage: '签名签收失败' }, '1', '签名签收失败'],
  ])('%j is refused, code and text verbatim', (body, code, message) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'REFUSED', code, message });
  });

  test.each([
    [{ success: false, code: 401, reason: '请求加密校验失败' }, '401'],
    [{ code: '401', message: '请求加密校验失败' }, '401'],
    ['<Response><success>false</success><reason>illegal sign</reason></Response>', null],
  ])('%j refuses our account, not the parcel', (body, code) => {
    expect(readInterceptAnswer(reply(body))).toMatchObject({ kind: 'UNKNOWN', sent: false, accessFault: { code } });
  });

  test.each([401, 403, 404, 407])('HTTP %i in no form of YTO’s is no verdict: perhaps our access', (status) => {
    expect(readInterceptAnswer(reply('<html>denied</html>', status))).toMatchObject({
      kind: 'UNKNOWN',
      sent: true,
      accessFault: { code: `HTTP ${status}`, remedy: null },
    });
  });

  test.each([
    ['', 200],
    ['[]', 200],
    ['{}', 200],
    ['{"success":1}', 200],
    ['<html><body>x</body></html>', 200],
    ['{"statusCode":0}', 404],
    ['not json', 200],
  ])('%p with HTTP %i is no answer', (text, status) => {
    expect(readInterceptAnswer(reply(text, status))).toMatchObject({ kind: 'UNKNOWN', sent: true });
  });

  test('a statusCode that is no number is not success', () => {
    expect(readInterceptAnswer(reply({ statusCode: 'x', statusMessage: '?' }))).toMatchObject({ kind: 'REFUSED', code: 'x' });
  });

  test('a call that failed stays what it was', () => {
    expect(readInterceptAnswer({ kind: 'FAILED', sent: false, reason: 'refused' })).toEqual({
      kind: 'UNKNOWN',
      sent: false,
      reason: 'refused',
    });
  });
});
