import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PLANTS } from './plants.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

/** Runs the simulation as `npm run simulate` does, in a process of its own: it puts its clock in place of the machine's. */
function simulate(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: `${stdout}${stderr}` });
    });
  });
}

describe('the simulation', () => {
  test('one seed is one run', async () => {
    const [one, again] = [await simulate('--seed', '12'), await simulate('--seed', '12')];
    expect(one.said).toContain('record   ');
    expect(again).toEqual(one);
  }, 60_000);

  test('finds every planted fault', async () => {
    const { code, said } = await simulate('--plants', '--known');
    expect(said.split('\n').filter((line) => line.startsWith('MISSED'))).toEqual([]);
    expect(said.split('\n').filter((line) => line.startsWith('found'))).toHaveLength(PLANTS.length);
    expect(code).toBe(0);
  }, 180_000);
});
