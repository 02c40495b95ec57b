import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const OURS = { cwd: ROOT, exclude: ['node_modules', 'dist', '.data', 'console/dist'] };
const PAGES = globSync('**/*.md', OURS).toSorted();
const SOURCES = globSync('**/*.{ts,tsx,mts,mjs}', OURS).toSorted();
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const NPM_OWN = ['ci', 'sbom', 'pack', 'init', 'install'];
/** What the build makes of a source. */
const sourceOf = (file: string): string => file.replace(/^dist\/(.*)\.js$/, '$1.ts');
/** TypeScript given to `node`: npm scripts run on Node 24, a shell on whatever Node is there, and 20 cannot read it. */
const TYPESCRIPT = /\bnode (?:[\w.-]+\/)*[\w-]+\.m?tsx?\b/g;

/** What a page sets as code: fenced blocks, and spans within a line. */
function codeOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, code = '']) => code);
  const spans = [...page.replaceAll(/^```.*?^```/gms, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...spans];
}

/** The commands of a page that would not work from the project's folder. */
function brokenCommands(page: string): string[] {
  return codeOf(page).flatMap((code) => [
    ...[...code.matchAll(TYPESCRIPT)].map(([command]) => `${command}: not for the Node on PATH`),
    ...[...code.matchAll(/\bnpm (run )?(?:--silent )?([a-z][\w:-]*)/g)]
      .filter(([, run, name = '']) => !(name in scripts || (run === undefined && NPM_OWN.includes(name))))
      .map(([command]) => `${command}: no such script`),
    ...[...code.matchAll(/\bnpm test -- ((?:[\w./-]+ ?)+)/g)]
      .flatMap(([, words = '']) => words.trim().split(' '))
      .filter((word) => !word.startsWith('-') && !SOURCES.some((file) => file.includes('.test.ts') && file.includes(word)))
      .map((word) => `npm test -- ${word}: no such tests`),
    ...[...code.matchAll(/(?:^|[\s;&|])(?:(?:node|sh|bash|source) )?((?:\.?[\w-]+\/)+[\w-]+\.(?:mjs|js|sh)|\.ci\/\w+)/gm)]
      .filter(([, file = '']) => !existsSync(join(ROOT, sourceOf(file))))
      .map(([, file]) => `${file}: no such file`),
  ]);
}

describe('the commands that are told', () => {
  test.each(PAGES)('in %s work', (page) => {
    expect(brokenCommands(readFileSync(join(ROOT, page), 'utf8'))).toEqual([]);
  });

  test('in comments and messages of the code work', () => {
    const told = SOURCES.filter((file) => file !== 'docs/commands.test.ts').flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(TYPESCRIPT)].map(([command]) => `${file}: ${command}`),
    );
    expect(told).toEqual([]);
  });

  test('as npm scripts name files that exist', () => {
    const files = Object.values(scripts).flatMap((script) => script.match(/\S+\.(?:ts|mjs)\b/g) ?? []);
    expect(files).toContain('dev/main.ts');
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('are looked at', () => {
    expect(PAGES).toContain('README.md');
    const page = [
      'Run `npm run nowhere -- --shop 1`, `npm start`, `npm explore`; `npm test -- domain nowhere` and `node bench/cases.ts --due 1`, not npm run prose.',
      '```sh',
      'npm ci && npm run check && node dev/nowhere.mjs',
      'DATA_DIR=/tmp/x .ci/nowhere; node dev/on-node-24.mjs dev/main.ts; node -p 1; get "/refunds.js"',
      '```',
    ].join('\n');
    expect(brokenCommands(page).toSorted()).toEqual([
      '.ci/nowhere: no such file',
      'dev/nowhere.mjs: no such file',
      'node bench/cases.ts: not for the Node on PATH',
      'npm explore: no such script',
      'npm run nowhere: no such script',
      'npm test -- nowhere: no such tests',
    ]);
  });
});
