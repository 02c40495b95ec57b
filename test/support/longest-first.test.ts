import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { LONG_FILES, LONGEST_FILES } from './long-files.ts';

const FILES = [...LONGEST_FILES, ...LONG_FILES];

test('the long test files that come first are there', () => {
  expect(FILES.filter((file) => !existsSync(join(import.meta.dirname, '../..', file)))).toEqual([]);
  expect(new Set(FILES).size).toBe(FILES.length);
});
