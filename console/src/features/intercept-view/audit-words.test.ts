import { expect, test } from '@jest/globals';
import { changesOf } from './audit-words.ts';

test('a line of the log says what changed, and of what is new only what it is', () => {
  expect(changesOf({ before: { interceptStatus: 'INTERCEPTING' }, after: { interceptStatus: 'FAILED' } })).toEqual([
    '物流拦截中 → 拦截失败',
  ]);
  expect(changesOf({ before: {}, after: { refundFeeFen: 2_345 } })).toEqual(['¥23.45']);
  expect(changesOf({ before: {}, after: { returnTo: 'OUTLET' } })).toEqual(['退回收件网点']);
  expect(changesOf({ before: { failure: 'x' }, after: { failure: null } })).toEqual(['x → -']);
  expect(changesOf({ before: {}, after: { failure: '' } })).toEqual([]);
});
