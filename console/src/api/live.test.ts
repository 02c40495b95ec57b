import { expect, test } from '@jest/globals';
import { readChange, readHello } from './live.ts';

test.each([
  ['{"interceptId":"2260718200000012-1","version":7}', { interceptId: '2260718200000012-1', version: 7 }],
  ['{"interceptId":"2260718200000012-1"}', { interceptId: '2260718200000012-1', version: 0 }],
  ['{"version":7}', null],
  ['null', null],
  ['', null],
  ['<b>', null],
])('reads %s', (data, change) => expect(readChange(data)).toEqual(change));

test('the first event tells the server time', () => {
  expect(readHello('{"serverTime":"2026-11-20T08:30:00.000Z"}')).toBe('2026-11-20T08:30:00.000Z');
  expect(readHello('{"serverTime":5}')).toBeNull();
  expect(readHello('nonsense')).toBeNull();
});
