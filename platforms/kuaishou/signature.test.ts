import { describe, expect, test } from '@jest/globals';
import { signParameters } from './signature.ts';

const parameters = {
  version: '1',
  timestamp: '1674873600000',
  param: '{"refundId":1001}',
  method: 'open.seller.order.refund.detail',
  appkey: 'ks-test',
  access_token: 'at-test',
};

describe('known answers', () => {
  test('HMAC-SHA256 in Base64', () => {
    expect(signParameters({ ...parameters, signMethod: 'HMAC_SHA256' }, 'test-secret', 'HMAC_SHA256')).toBe(
      'WTtE1bNcdAc/cQwbo5JNmqw0zmObZGf0FdXW9VlSlIg=',
    );
  });
  test('MD5 in hex', () => {
    expect(signParameters({ ...parameters, signMethod: 'MD5' }, 'test-secret', 'MD5')).toBe('4335f589cc1e2e3a5c71498ac2d123ba');
  });
  test('neither the order of the parameters nor anything but their bytes matters', () => {
    const reversed = Object.fromEntries(Object.entries(parameters).reverse());
    expect(signParameters(reversed, 's', 'MD5')).toBe(signParameters(parameters, 's', 'MD5'));
    expect(signParameters({ ...parameters, param: '{"desc":"仅退款"}' }, 's', 'MD5')).not.toBe(signParameters(parameters, 's', 'MD5'));
  });
});
