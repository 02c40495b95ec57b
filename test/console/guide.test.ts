import { expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../docs');

test('the guide shows exactly the pictures that the browser tests take', async () => {
  const guide = await readFile(join(DOCS, 'console.md'), 'utf8');
  const shown = [...guide.matchAll(/\]\(screenshots\/([a-z-]+)\.png\)/g)].map((match) => match[1]).toSorted();
  const kept = (await readdir(join(DOCS, 'screenshots'))).map((name) => name.replace(/\.png$/, '')).toSorted();
  const sources = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.ts') && !name.endsWith('guide.test.ts'));
  const code = (await Promise.all(sources.map((name) => readFile(join(import.meta.dirname, name), 'utf8')))).join('\n');
  const taken = [...code.matchAll(/(?:screenshot\([a-z.]*page, |shot: )'([a-z-]+)'/g)].map((match) => match[1]).toSorted();
  expect(kept).toEqual([...new Set(shown)]);
  expect(taken).toEqual(kept);
});
