import { expect, test } from '@jest/globals';
import { counterOf, readTab, TABS, WORK_LIST } from './tabs.ts';

test('an address names a tab or means the open requests', () => {
  expect(readTab('?tab=failed')).toBe('failed');
  expect(readTab('?tab=<b>')).toBe('open');
  expect(readTab('')).toBe('open');
});

test('what is counted is listed by the service', () => {
  for (const tab of TABS) expect([tab, WORK_LIST[tab] !== undefined]).toEqual([tab, counterOf(tab) !== null]);
});
