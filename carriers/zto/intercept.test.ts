import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { readInterceptAnswer, readInterceptStatus } from './intercept.ts';

const reply = (body: unknown, status = 200): CarrierReply => ({
  kind: 'REPLY',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const refusal = (statusCode: string | null, message: string) => reply({ status: false, statusCode, message, data: null });

describe('answer of createIntercept', () => {
  test.each([
    [{ status: true, statusCode: 'SYS000', message: '操作成功', data: { centerBizNo: 'LJ1' } }, 'LJ1'],
    [{ status: 'true', statusCode: '0000', message: '成功', result: { centerBizNo: 88001 } }, '88001'],
    [{ status: true, message: '成功', data: null, result: { centerBizNo: 'LJ2' } }, 'LJ2'],
    [{ statusCode: 'SYS000', data: { centerBizNo: 'LJ3' } }, 'LJ3'],
    [{ status: true, statusCode: 'SYS000', message: '请求成功' }, null],
    [{ status: true, data: 'LJ4' }, null],
  ])('%j is accepted', (body, reference) => {
    expect(readInterceptAnswer(reply(body))).toEqual({ kind: 'ACCEPTED', reference });
  });

  test.each([
    'E23101',
    'E23102',
    'E23108',
    'E23110',
    'E23111',
    'E23112',
    'E23113',
    'E23114',
    'E23115',
    'E23118',
    'E23119',
    'E23120',
    'E23122',
    'E23124',
    'E23130',
    'E23131',
    'E23135',
    'E23136',
    'E23137',
    'E23138',
    'E23139',
    'E23140',
    'E23141',
    'E23144',
    'E23146',
    'E23148',
    'E23149',
    'E23150',
    'E23153',
    'E23154',
    'E23160',
    'E416',
    'X1',
  ])('%s is refused, code and text verbatim', (code) => {
    expect(readInterceptAnswer(refusal(code, '有派件扫描不允许拦截'))).toEqual({ kind: 'REFUSED', code, message: '有派件扫描不允许拦截' });
  });

  test.each(['E23121', 'E23127', 'E23151', 'E23157'])('%s says it already exists', (code) => {
    expect(readInterceptAnswer(refusal(code, '已经有相同诉求,不允许再次发起'))).toEqual({
      kind: 'EXISTS',
      code,
      message: '已经有相同诉求,不允许再次发起',
    });
  });

  test.each(['E23116', 'E23123'])('%s is a refusal, unless an earlier request of ours stands in the way', (code) => {
    expect(readInterceptAnswer(refusal(code, '存在退改件信息不允许拦截'))).toEqual({
      kind: 'REFUSED',
      code,
      message: '存在退改件信息不允许拦截',
      perhapsOurs: true,
    });
  });

  test.each(['S207', 'S208', 'S210', 'S211', 'S212', 'S214', 'E404', 'E409', 'E413', 'E418'])(
    '%s refuses our account, not the parcel: not processed, to be asked again',
    (code) => {
      expect(readInterceptAnswer(refusal(code, '无权限访问'))).toEqual({
        kind: 'UNKNOWN',
        sent: false,
        reason: `${code} 无权限访问`,
        accessFault: { code, message: '无权限访问', remedy: expect.any(String) },
      });
    },
  );

  test('words alone are no "already exists": ZTO has codes for it', () => {
    expect(readInterceptAnswer(refusal('E23160', '已存在外部平台发起的拦截，不允许发起')).kind).toBe('REFUSED');
  });

  test.each(['S200', 'S202', 'S203'])('%s tells nothing of what became of the call', (code) => {
    expect(readInterceptAnswer(refusal(code, '服务异常'))).toEqual({ kind: 'UNKNOWN', sent: true, reason: `${code} 服务异常` });
  });

  test.each(['S206', 'S221'])('%s turned the call away unprocessed', (code) => {
    expect(readInterceptAnswer(refusal(code, '超限'))).toEqual({ kind: 'UNKNOWN', sent: false, reason: `${code} 超限` });
  });

  test('a refusal without a code or a status has none', () => {
    expect(readInterceptAnswer(refusal(null, '失败'))).toEqual({ kind: 'REFUSED', code: null, message: '失败' });
    expect(readInterceptAnswer(reply({ statusCode: 'E416', message: '不符合' }, 401))).toEqual({
      kind: 'REFUSED',
      code: 'E416',
      message: '不符合',
    });
    expect(readInterceptAnswer(reply({ status: 'false' }))).toEqual({ kind: 'REFUSED', code: null, message: '' });
  });

  test.each([
    ['', 200],
    ['<html>502</html>', 200],
    ['[]', 200],
    ['null', 200],
    ['{}', 200],
    ['{"status":1}', 200],
    ['{"status":true', 200],
    ['{"status":true}', 404],
    ['', 302],
  ])('%p with HTTP %i is no answer', (text, status) => {
    expect(readInterceptAnswer(reply(text, status))).toMatchObject({ kind: 'UNKNOWN', sent: true });
  });

  test('a call that failed stays what it was', () => {
    expect(readInterceptAnswer({ kind: 'FAILED', sent: false, reason: 'ECONNREFUSED' })).toEqual({
      kind: 'UNKNOWN',
      sent: false,
      reason: 'ECONNREFUSED',
    });
  });
});

describe('answer of queryInterceptAndReturnStatus', () => {
  const status = (code: string) =>
    reply({ status: true, statusCode: 'SYS000', data: { billCode: '73', serviceCode: 'LJ1', status: code, statusName: '名' } });

  test.each([
    ['INTERCEPTING', 'INTERCEPTING'],
    ['INTERCEPT_SUCCESS', 'SUCCEEDED'],
    ['PACKAGE_DELIVERYING', 'SUCCEEDED'],
    ['INTERCEPT_FAIL', 'FAILED'],
    ['INTERCEPT_CANCEL', 'FAILED'],
  ])('%s is %s', (code, kind) => {
    expect(readInterceptStatus(status(code), '73')).toEqual({ kind, code, message: '名', reference: null });
  });

  test.each(['INTERCEPT_DISCONTINUE', 'SOMETHING_NEW'])('%s decides nothing', (code) => {
    expect(readInterceptStatus(status(code), '73')).toEqual({ kind: 'UNKNOWN', reason: `status ${code} 名` });
  });

  test('no intercept of this parcel', () => {
    const none = { kind: 'NONE', reference: null };
    expect(readInterceptStatus(reply({ status: true, data: null }), '73')).toMatchObject(none);
    expect(readInterceptStatus(reply({ status: true, data: { billCode: '73', status: '' } }), '73')).toMatchObject(none);
    expect(readInterceptStatus(refusal('E23102', '订单信息不存在'), '73')).toMatchObject({ ...none, code: 'E23102' });
    expect(readInterceptStatus(refusal('E1', '未查询到拦截信息'), '73')).toMatchObject(none);
  });

  test('the own parcel of several, never another one', () => {
    const records = [
      { billCode: '99', status: 'INTERCEPT_SUCCESS' },
      { billCode: '73', status: 'INTERCEPT_FAIL' },
    ];
    expect(readInterceptStatus(reply({ status: true, result: records }), '73')).toMatchObject({ kind: 'FAILED' });
    expect(readInterceptStatus(reply({ status: true, result: records }), '11')).toMatchObject({ kind: 'UNKNOWN' });
  });

  test('no answer', () => {
    expect(readInterceptStatus(refusal('S211', '签名错误'), '73')).toMatchObject({
      kind: 'UNKNOWN',
      reason: 'S211 签名错误',
      accessFault: { code: 'S211' },
    });
    expect(readInterceptStatus(refusal('S203', '不可用'), '73')).toMatchObject({ kind: 'UNKNOWN' });
    expect(readInterceptStatus({ kind: 'FAILED', sent: true, reason: 'HTTP 503' }, '73')).toMatchObject({
      kind: 'UNKNOWN',
      reason: 'HTTP 503',
    });
    expect(readInterceptStatus(reply({ status: false }), '73')).toMatchObject({ kind: 'UNKNOWN' });
  });
});
