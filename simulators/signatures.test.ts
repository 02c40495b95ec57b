import { describe, expect, test } from '@jest/globals';
import { signJd } from './jd/signature.ts';
import { signJt } from './jt/signature.ts';
import { signKuaishou } from './kuaishou/signature.ts';
import { signSto } from './sto/signature.ts';
import { signYtoCall, signYtoPush } from './yto/signature.ts';
import { signZto } from './zto/signature.ts';

const SECRET = 'test-secret';

describe('digests that were computed elsewhere', () => {
  test.each([
    ['{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":2}', '2F5a0ODb7gVuUrXcAbOA7w=='],
    ['{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":1}', 'ffdOiOivz3bKo11wUNWKvA=='],
    ['{"billCode":"73100000000001"}', 'r8E7EKxzV8IRFIxkwdSqeA=='],
  ])('ZTO %s', (text, digest) => {
    expect(signZto(text, SECRET)).toBe(digest);
    expect(signZto(Buffer.from(text), SECRET)).toBe(digest);
  });

  test.each([
    [
      '{"waybillNo":"YT0000000000001","wantedDesc":"买家申请仅退款，拦截退回"}',
      'wanted_report_adapter',
      SECRET,
      'UX3DpHUTTDJJqS5yFa3qGQ==',
    ],
    ['{"NUMBER":"YT0000000000001"}', 'track_query_adapter', SECRET, '1SGXJxS0LtZ2AUT1m24v3Q=='],
    ['{"NUMBER":"YT2600227881409"}', 'track_query_adapter', '123456', 'uhSL6hg8txxadZi26YPYPg=='],
  ])('YTO %s of %s', (param, method, secret, digest) => {
    expect(signYtoCall(param, method, 'v1', secret)).toBe(digest);
  });

  test("YTO's own vector", () => {
    expect(signYtoPush('opentest', '123456')).toBe('YLstCNa3x8ijQx16e/jqOA==');
  });

  test.each([
    ['{"waybillNo":"770000000000001","interceptForAct":"DEFAULT"}', 'h+oGKTtEoCwC9DVxaVB76g=='],
    ['{"order":"asc","waybillNoList":["770000000000001"]}', 'G1wRNjKcUdbtJf1YpwO26g=='],
  ])('STO %s', (content, digest) => {
    expect(signSto(content, SECRET)).toBe(digest);
  });

  test.each([
    ['{"mailNo":"JT0000000000001","applyTypeCode":4}', '/ErrtxC0jntLBQFnxjtB4w=='],
    ['{"billCodes":"JT0000000000001"}', '17rqmogD6d5167aEPrnJ2Q=='],
  ])('J&T %s', (content, digest) => {
    expect(signJt(content, SECRET)).toBe(digest);
  });

  test('JD, as two public clients compute it', () => {
    const parameters = {
      v: '2.0',
      timestamp: '2026-11-28 12:00:00',
      param_json: '[{"waybillCode":"JDVA00000000001","orderOrigin":1,"customerCode":"010K000001"}]',
      method: '/ecap/v1/orders/trace/query',
      app_key: 'jd-test',
      access_token: 'at-test',
    };
    expect(signJd(parameters, SECRET)).toBe('19ffac4b46abe597f3781dd3863292ed');
  });

  test.each([
    ['HMAC_SHA256', 'WTtE1bNcdAc/cQwbo5JNmqw0zmObZGf0FdXW9VlSlIg='],
    ['MD5', '4335f589cc1e2e3a5c71498ac2d123ba'],
  ])('platform, %s', (signMethod, sign) => {
    const parameters = new URLSearchParams({
      version: '1',
      timestamp: '1674873600000',
      signMethod,
      param: '{"refundId":1001}',
      method: 'open.seller.order.refund.detail',
      appkey: 'ks-test',
      access_token: 'at-test',
      sign: 'left out of the signed text',
    });
    expect(signKuaishou(parameters, SECRET)).toBe(sign);
  });

  test('platform, a method that does not exist', () => {
    expect(signKuaishou(new URLSearchParams({ signMethod: 'NONE' }), SECRET)).toBeNull();
  });
});
