import { expect, test } from '@jest/globals';
import { createInterceptContent } from './intercept.ts';
import { signSto } from './signature.ts';
import { queryTrackContent } from './track.ts';

test('the digests known for our own contents', () => {
  const intercept = createInterceptContent({ waybillNo: '770000000000001', requestId: 'r', reason: '买家申请仅退款' });
  expect(intercept).toBe('{"waybillNo":"770000000000001","interceptForAct":"DEFAULT"}');
  expect(signSto(intercept, 'test-secret')).toBe('h+oGKTtEoCwC9DVxaVB76g==');
  expect(signSto(queryTrackContent('770000000000001'), 'test-secret')).toBe('G1wRNjKcUdbtJf1YpwO26g==');
});
