import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tetheredProgram } from './tether.ts';

const TETHER = join(import.meta.dirname, 'tether.ts');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process nobody has waited for yet still has its number.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .startsWith('Z');
  } catch {
    return false;
  }
}

async function until(wanted: () => boolean): Promise<void> {
  const limit = AbortSignal.timeout(20_000);
  while (!wanted()) {
    limit.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** A Node program that starts something, prints its process id, and waits to be killed. */
async function starter(code: string): Promise<{ child: ChildProcess; pid: number }> {
  const script = `import { spawn } from 'node:child_process'; ${code}; setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  return { child, pid };
}

test('a server ends, and its folder goes, when the run is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tether-test-'));
  const { child, pid } = await starter(`
    import { tetherServer } from ${JSON.stringify(TETHER)};
    const server = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    tetherServer(server.pid, ${JSON.stringify(folder)});
    console.log(server.pid)`);
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await until(() => !isAlive(pid) && !existsSync(folder));
});

test('a program started through its tether is the program itself, and ends with its starter', async () => {
  const program = tetheredProgram('/bin/sleep');
  const { child, pid } = await starter(`
    const server = spawn(${JSON.stringify(program)}, ['300'], { detached: true, stdio: 'ignore' });
    console.log(server.pid)`);
  await until(() => execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim() === '/bin/sleep 300');
  child.kill('SIGKILL');
  await until(() => !isAlive(pid));
});
