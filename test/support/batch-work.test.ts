import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** Of sched(7). */
const SCHED_BATCH = 3;
const POLICY_FIELD = 41;

/** Whether this system can be told, and lets itself be. */
function knowsBatchWork(): boolean {
  try {
    execFileSync('chrt', ['--batch', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

(knowsBatchWork() ? test : test.skip)('the workers of a run are batch work where the system knows it', () => {
  // The name of the program stands second, in brackets, and may hold spaces.
  const [, afterName = ''] = readFileSync('/proc/self/stat', 'utf8').split(/\) (?=[^)]*$)/);
  expect(Number(afterName.split(' ')[POLICY_FIELD - 3])).toBe(SCHED_BATCH);
});
