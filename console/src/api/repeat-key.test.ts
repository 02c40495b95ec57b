import { expect, test } from '@jest/globals';
import { RepeatKey } from './repeat-key.ts';

test('a body keeps its key until it was answered; another body has another', () => {
  const keys = new RepeatKey();
  const first = keys.of({ interceptIds: ['1-1'] });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keys.of({ interceptIds: ['1-1'] })).toBe(first);
  const other = keys.of({ interceptIds: ['2-1'] });
  expect(other).not.toBe(first);
  keys.forget();
  expect(keys.of({ interceptIds: ['2-1'] })).not.toBe(other);
});
