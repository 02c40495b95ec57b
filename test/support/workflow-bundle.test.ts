import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { INTERCEPT_WORKFLOW, PATROL_WORKFLOW } from '../../workflows/messages.ts';
import { workflowBundle } from './workflow-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the bundle is made once for its content, by several test files at a time too, and one of other sources goes', async () => {
  writeFileSync(join(folder, 'workflow-bundle-0123456789abcdef.js'), '');
  const [one, other] = await Promise.all([workflowBundle(folder), workflowBundle(folder)]);
  expect(other).toEqual(one);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([one.codePath]);
  const code = readFileSync(one.codePath, 'utf8');
  for (const name of [INTERCEPT_WORKFLOW, PATROL_WORKFLOW]) expect(code).toContain(`async function ${name}(`);
  // What a workflow may not reach must not be in it either.
  for (const stranger of ['node_modules/pg/', 'node_modules/kysely/', 'node_modules/undici/', 'node_modules/pino/'])
    expect(code).not.toContain(stranger);
});

test('no module of the bundle keeps anything that changes: the cases of a thread share it', () => {
  const root = join(import.meta.dirname, '../..');
  const files = globSync(['workflows/**/*.ts', 'domain/**/*.ts'], { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  expect(files).toContain(join('workflows', 'intercept-case.ts'));
  const kept = /^(export )?(let|var) |^(export )?const [^=]+= (new (Map|Set|WeakMap|WeakSet)\b|\[\];|\{\};)/m;
  for (const file of files) expect([file, kept.exec(readFileSync(join(root, file), 'utf8'))]).toEqual([file, null]);
});
