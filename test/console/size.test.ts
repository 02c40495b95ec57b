import { beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureConsoleBuilt } from '../../dev/console-build.ts';

const BUILT = join(import.meta.dirname, '../../dist/console');
const BUDGET_BYTES = 450_000;
const STYLES_BUDGET_BYTES = 115_000;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}
let manifest: Record<string, Chunk>;

beforeAll(async () => {
  await ensureConsoleBuilt(process.env, () => {});
  manifest = JSON.parse(await readFile(join(BUILT, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
}, 180_000);

/** Everything the browser loads for these entries before it can draw them. */
function closure(entries: string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of manifest[name]?.imports ?? []) visit(next);
  };
  for (const entry of entries) visit(entry);
  return seen;
}

async function gzipBytes(files: (string | undefined)[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(BUILT, file ?? ''))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const bench = ['index.html', 'src/pages/workbench/workbench-page.tsx'];

test('the first load of the work bench takes at most 450 kB of scripts, gzipped, in at most 20 files', async () => {
  expect(closure(bench).size).toBeLessThanOrEqual(20);
  const bytes = await gzipBytes([...closure(bench)].map((name) => manifest[name]?.file));
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});

test('its styles take at most 115 kB, gzipped, in one file', async () => {
  const files = [...closure(bench)].flatMap((name) => manifest[name]?.css ?? []);
  expect(files).toHaveLength(1);
  const bytes = await gzipBytes(files);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(STYLES_BUDGET_BYTES);
});

test.each([
  'src/features/chart/chart-view.tsx',
  'src/pages/statistics/statistics-page.tsx',
  'src/pages/settings/settings-page.tsx',
  'src/i18n/en-US.ts',
])('%s is loaded only when it is needed', (name) => {
  expect(Object.keys(manifest)).toContain(name);
  expect([...closure(bench)]).not.toContain(name);
});

test('the page itself carries no inline script and no inline style', async () => {
  const html = await readFile(join(BUILT, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  expect(html).not.toMatch(/<style|\son\w+=|\sstyle=/);
});
