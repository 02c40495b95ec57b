import { expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../console/src/i18n/en-US.ts';
import { zh } from '../../console/src/i18n/zh-CN.ts';

const SOURCE = join(import.meta.dirname, '../../console/src');

/** All keys of a catalogue, and what kind of word each is. */
function shapeOf(words: object, prefix = ''): string[] {
  return Object.entries(words)
    .flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? shapeOf(value, `${prefix}${key}.`) : [`${prefix}${key}: ${typeof value}`],
    )
    .toSorted();
}

/** All finished sentences of a catalogue. */
function textsOf(words: object): string[] {
  return Object.values(words).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsOf(value) : [],
  );
}

test('both languages have the same words', () => {
  expect(shapeOf(en)).toEqual(shapeOf(zh));
});

test('English is English but for the name of the other language, and nothing is empty', () => {
  expect(textsOf(en).filter((words) => /\p{Script=Han}/u.test(words))).toEqual(['中文', '中文 (switch language)']);
  expect([...textsOf(en), ...textsOf(zh)].filter((words) => words.trim() === '')).toEqual([]);
});

test('no Chinese stands outside the catalogues', async () => {
  const files = (await readdir(SOURCE, { recursive: true })).filter(
    (name) => /\.tsx?$/.test(name) && !/^i18n\/|\.test\.ts$|schema\.d\.ts$/.test(name),
  );
  expect(files.length).toBeGreaterThan(40);
  const offenders: string[] = [];
  for (const name of files) {
    const code = (await readFile(join(SOURCE, name), 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    if (/\p{Script=Han}/u.test(code)) offenders.push(name);
  }
  expect(offenders).toEqual([]);
});
