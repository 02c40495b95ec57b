import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { readInterceptAnswer } from './intercept.ts';

const reply = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('answer of INTERCEPT_CREATE_STANDARD', () => {
  test.each([
    [{ success: 'true', errorCode: '', errorMsg: '', needRetry: 'false', data: null }],
    [{ success: true }],
    ['<response><success>true</success></response>'],
  ])('%j is accepted', (body) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'ACCEPTED', reference: null });
  });

  test.each([
    [{ success: 'false', errorCode: '1010', errorMsg: '快件已签收' }, '1010', '快件已签收'],
    [{ success: false, errorCode: '', errorMsg: '无权限' }, null, '无权限'],
    [{ success: 'false', errorCode: '008', errorMsg: '参数错误', needRetry: 'false' }, '008', '参数错误'],
    [{ errorCode: '005', errorMsg: '运单号错误' }, '005', '运单号错误'],
    ['<response><success>false</success><errorCode>S05</errorCode><errorMsg>内容缺失</errorMsg></response>', 'S05', '内容缺失'],
  ])('%j is refused, code and text verbatim', (body, code, message) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'REFUSED', code, message });
  });

  test('a repeat of something may be our own earlier request', () => {
    expect(readInterceptAnswer(reply({ success: false, errorCode: '1', errorMsg: '请勿重复提交' }))).toMatchObject({
      kind: 'REFUSED',
      perhapsOurs: true,
    });
  });

  test.each([
    [{ success: 'false', errorCode: '007', errorMsg: '', expInfo: '签名错误' }, '007', '签名错误'],
    [{ errorCode: '006', errorMsg: '' }, '006', '无权限访问'],
    [{ success: false, errorCode: '007', errorMsg: '签名错误', needRetry: 'true' }, '007', '签名错误'],
    ['<response><success>false</success><errorMsg>签名校验失败</errorMsg></response>', null, '签名校验失败'],
    ['<response><success>false</success><errorCode>S01</errorCode><errorMsg>api不存在</errorMsg></response>', 'S01', 'api不存在'],
  ])('%j refuses our account, not the parcel', (body, code, message) => {
    expect(readInterceptAnswer(reply(body))).toMatchObject({ kind: 'UNKNOWN', sent: false, accessFault: { code, message } });
  });

  test.each(['已有拦截件', '拦截件已存在', '请勿重复拦截'])('%s says it already exists', (errorMsg) => {
    expect(readInterceptAnswer(reply({ success: 'false', errorCode: '1', errorMsg }))).toEqual({
      kind: 'EXISTS',
      code: '1',
      message: errorMsg,
    });
  });

  test.each([
    [{ success: 'false', errorCode: '009', errorMsg: '系统繁忙' }, '009 系统繁忙'],
    [{ success: 'false', errorCode: '', errorMsg: '', needRetry: 'true' }, 'needRetry'],
    [{ success: false, errorCode: '1', errorMsg: '重复', needRetry: true }, '1 重复'],
    ['<response><success>false</success><errorCode>009</errorCode></response>', '009'],
  ])('%j may be asked again', (body, reason) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'UNKNOWN', sent: true, reason });
  });

  test.each([
    ['', 200],
    ['[]', 200],
    ['{}', 200],
    ['{"errorMsg":"x"}', 200],
    ['<html><body>x</body></html>', 200],
    ['{"success":"true"}', 403],
  ])('%p with HTTP %i is no answer', (text, status) => {
    expect(readInterceptAnswer(reply(text, status))).toMatchObject({ kind: 'UNKNOWN', sent: true });
  });

  test('a call that failed stays what it was', () => {
    expect(readInterceptAnswer({ kind: 'FAILED', sent: false, reason: 'refused' })).toEqual({
      kind: 'UNKNOWN',
      sent: false,
      reason: 'refused',
    });
  });
});
