import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** The package as `npm pack` makes it, in a project outside that has installed it. */
const ROOT = join(import.meta.dirname, '../..');
const COMPILER = join(ROOT, 'node_modules/typescript7/bin/tsc');
const NEEDED = ['openapi-fetch', 'openapi-typescript-helpers', 'standardwebhooks', '@stablelib', 'fast-sha256', '@types', 'undici-types'];
/** The strictest that a user may have; libraries are checked too. */
const STRICT = {
  target: 'es2024',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
  types: ['node'],
};
const run = promisify(execFile);

let home: string;
let project: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'refund-intercept-client-'));
  project = join(home, 'project');
  const installed = join(project, 'node_modules/refund-intercept-client');
  await mkdir(installed, { recursive: true });
  // A copy, for packing compiles beside the sources.
  await cp(join(ROOT, 'client'), join(home, 'client'), { recursive: true, filter: (source) => !source.endsWith('/dist') });
  await cp(join(ROOT, 'tsconfig.json'), join(home, 'tsconfig.json'));
  await cp(join(ROOT, 'LICENSE'), join(home, 'LICENSE'));
  await symlink(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', home], { cwd: join(home, 'client') });
  await run('tar', ['-xzf', join(home, stdout.trim().split('\n').at(-1) ?? ''), '--strip-components=1', '-C', installed]);
  for (const name of NEEDED) await symlink(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, include: ['*.ts'] }));
}, 60_000);
afterAll(() => rm(home, { recursive: true, force: true }));

/** What the compiler says of the project. */
const faults = (): Promise<string> =>
  run(process.execPath, [COMPILER, '-p', project, '--pretty', 'false']).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );

test('brings what it needs and nothing else', async () => {
  const installed = join(project, 'node_modules/refund-intercept-client');
  const files = await readdir(installed, { recursive: true });
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']));
  expect(files.filter((file) => /test|recipes|\.tsx?$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
});

test('every recipe of the docs compiles there', async () => {
  const page = await readFile(join(ROOT, 'docs/recipes.md'), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThan(7);
  for (const [n, code] of blocks.entries()) await writeFile(join(project, `recipe-${n}.ts`), `${code}\nexport {};\n`);
  // The only fault found, or none would be.
  await writeFile(join(project, 'wrong.ts'), `${blocks[1] ?? ''}\norderNote(1);\n`);
  expect(await faults()).toMatch(/^\S*wrong\.ts\(.*error TS2345: .*\n$/);
});

test('runs there, imported and required', async () => {
  const look = "new Problem(503, null).retryable, typeof connect({ baseUrl: 'http://127.0.0.1:1', key: 'k' }).GET";
  await writeFile(join(project, 'app.js'), `import { connect, Problem } from 'refund-intercept-client';\nconsole.log(${look});\n`);
  await writeFile(join(project, 'app.cjs'), `const { connect, Problem } = require('refund-intercept-client');\nconsole.log(${look});\n`);
  for (const app of ['app.js', 'app.cjs']) {
    const { stdout } = await run(process.execPath, [join(project, app)], { env: { ...process.env, NODE_OPTIONS: '' } });
    expect([app, stdout]).toEqual([app, 'true function\n']);
  }
});
