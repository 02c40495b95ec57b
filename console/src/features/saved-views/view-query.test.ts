import { expect, test } from '@jest/globals';
import { isSameList, whyNotKept } from './view-query.ts';

test('a list is the same whatever the order of what it asks for', () => {
  expect(isSameList('tab=failed&carrier=ZTO', 'carrier=ZTO&tab=failed')).toBe(true);
  expect(isSameList('q=1+2', 'q=1%202')).toBe(true);
  expect(isSameList('tab=failed&carrier=ZTO', 'tab=failed')).toBe(false);
});

test('what asks for nothing, or for more than is kept, is no view', () => {
  expect(['', 'tab=failed', `q=${'1'.repeat(1_998)}`, `q=${'1'.repeat(1_999)}`].map(whyNotKept)).toEqual(['plain', null, null, 'long']);
});
