import { expect, test } from '@jest/globals';
import { createInterceptContent } from './intercept.ts';
import { signJt } from './signature.ts';
import { queryTrackContent } from './track.ts';

test('the digests known for our own contents', () => {
  const intercept = createInterceptContent({ waybillNo: 'JT0000000000001', requestId: 'r', reason: '买家申请仅退款' });
  expect(intercept).toBe('{"mailNo":"JT0000000000001","applyTypeCode":4}');
  expect(signJt(intercept, 'test-secret')).toBe('/ErrtxC0jntLBQFnxjtB4w==');
  expect(signJt(queryTrackContent('JT0000000000001'), 'test-secret')).toBe('17rqmogD6d5167aEPrnJ2Q==');
});
