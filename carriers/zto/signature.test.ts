import { expect, test } from '@jest/globals';
import { createInterceptBody } from './intercept.ts';
import { signZto } from './signature.ts';
import { queryTrackBody } from './track.ts';

test('the digests known for our own bodies', () => {
  const intercept = createInterceptBody({ waybillNo: '73100000000001', requestId: 'IR-0001', reason: '买家申请仅退款' });
  expect(intercept).toBe('{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":2}');
  expect(signZto(intercept, 'test-secret')).toBe('2F5a0ODb7gVuUrXcAbOA7w==');
  const toOutlet = createInterceptBody({ waybillNo: '73100000000001', requestId: 'IR-0001', reason: '买家申请仅退款', returnTo: 'OUTLET' });
  expect(toOutlet).toBe('{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":1}');
  expect(signZto(toOutlet, 'test-secret')).toBe('ffdOiOivz3bKo11wUNWKvA==');
  expect(signZto(queryTrackBody('73100000000001'), 'test-secret')).toBe('r8E7EKxzV8IRFIxkwdSqeA==');
});

test('text and its bytes sign alike', () => {
  expect(signZto(Buffer.from('{"desc":"退件"}'), 's')).toBe(signZto('{"desc":"退件"}', 's'));
});
