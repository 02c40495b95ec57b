import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const ROWS = readFileSync(join(import.meta.dirname, 'reliability.md'), 'utf8')
  .split('\n')
  .flatMap((line) => [...line.matchAll(/^\| ([FS]\d+) \| .+? \| (.+) \|$/g)])
  .map(([, id = '', shown = '']) => ({ id, shown }));

/** Names as they are read, not as a source escapes them. */
const plain = (text: string): string =>
  text.replaceAll(String.raw`\'`, "'").replaceAll(String.raw`\u2019`, '’').replaceAll(String.raw`\|`, '|');

test('each of the 161 faults and 90 checks has a row', () => {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`);
  expect(ROWS.map(({ id }) => id)).toEqual([...numbered('F', 161), ...numbered('S', 90)]);
});

test('each row names a test that there is, or says why not', () => {
  const wrong = ROWS.flatMap(({ id, shown }) =>
    shown.split('<br>').flatMap((part) => {
      if (part.startsWith('— ')) return [];
      const [, file = '', name = ''] = /^`([^`]+)` › (.+)$/.exec(part) ?? [];
      const path = join(ROOT, file);
      const isThere = file !== '' && existsSync(path) && plain(readFileSync(path, 'utf8')).includes(plain(name));
      return isThere ? [] : [`${id}: ${part}`];
    }),
  );
  expect(wrong).toEqual([]);
});
