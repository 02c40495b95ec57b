import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { quickFolder } from '../support/quick-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The stories that a newcomer sees first. */
export function demoTests(): void {
  test.concurrent('npm run demo tells its six stories and ends with 0', async () => {
    const demo = spawn(process.execPath, ['dev/on-node-24.mjs', 'dev/demo.ts'], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: await quickFolder() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    demo.stdout.on('data', (data: Buffer) => {
      said += data.toString();
    });
    const [code] = (await once(demo, 'exit')) as [number | null];
    expect(said).toContain('6 of 6 stories ended as they must');
    expect(said).toContain('the database keeps every promise');
    expect(code).toBe(0);
  }, 240_000);
}
