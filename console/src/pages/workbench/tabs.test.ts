import { expect, test } from '@jest/globals';
import { readTab, TABS, WORK } from './tabs.ts';

test('an address names a tab or means the open requests', () => {
  expect(readTab('?tab=failed')).toBe('failed');
  expect(readTab('?tab=<b>')).toBe('open');
  expect(readTab('')).toBe('open');
});

test('what is counted is listed by the service, each once', () => {
  expect(TABS.filter((tab) => WORK[tab] === undefined)).toEqual(['open', 'all']);
  const works = Object.values(WORK);
  expect([new Set(works.map(({ list }) => list)).size, new Set(works.map(({ counter }) => counter)).size]).toEqual([6, 6]);
});
