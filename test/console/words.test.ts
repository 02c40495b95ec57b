import { expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EVIDENCE_KINDS } from '../../domain/intercept/event.ts';
import { NOTICES } from '../../domain/intercept/state.ts';
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

test('everything a case may log has words', async () => {
  const kinds = [...EVIDENCE_KINDS.map((kind) => `CARRIER_SAYS_${kind}`), ...NOTICES];
  for (const command of ['APPROVE', 'REJECT', 'ARBITRATE']) kinds.push(`${command}_ASKED`, `${command}_NOT_ALLOWED`);
  for (const command of ['PAY', 'REJECT', 'ARBITRATE']) kinds.push(`${command}_REFUSED`, `${command}_OVERTAKEN`);
  const { interceptStatus, refundStatus, returnStatus, returnFailure } = zh.words;
  kinds.push(...Object.keys(interceptStatus).map((to) => `INTERCEPT_${to}`), ...Object.keys(refundStatus).map((to) => `REFUND_${to}`));
  kinds.push(...Object.keys({ ...returnStatus, ...returnFailure }).map((to) => `RETURN_${to}`));
  const rules = join(import.meta.dirname, '../../domain/intercept');
  for (const name of (await readdir(rules)).filter((file) => !file.endsWith('.test.ts'))) {
    const source = await readFile(join(rules, name), 'utf8');
    kinds.push(...[...source.matchAll(/what: '([A-Z_]+)'/g)].map(([, what]) => what ?? ''));
  }
  // Where every case begins and where none returns to.
  const never = ['INTERCEPT_REQUESTED'];
  const worded = { ...zh.words.audit, ...zh.words.notice };
  expect(kinds.filter((what) => !Object.hasOwn(worded, what))).toEqual(never);
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
