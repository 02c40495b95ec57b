import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PLANTS } from './plants.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
/** Worlds are short-lived: nearly nothing of one outlives it. */
const YOUNG_SPACE = '--max-semi-space-size=64';
const PROOF = readFileSync(join(import.meta.dirname, '../../docs/proof.md'), 'utf8');

/** Runs the simulation as `npm run simulate` does, in a process of its own: it puts its clock in place of the machine's. */
function simulate(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [YOUNG_SPACE, MAIN, ...args], { maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: `${stdout}${stderr}` });
    });
  });
}

/** What 2,000 worlds must have come to, or they prove little. */
const REACHED = [
  ['SUCCEEDED', 'FAILED', 'INTERCEPTING'].flatMap((status) => [`${status} REFUNDED`, `${status} REJECTED`, `${status} CLOSED`]),
  ['REJECTED_BY_CARRIER RELEASED', 'RETURN_SIGNED', 'RETURN_FAILED'],
  ['INTERCEPT_SUCCEEDED', 'DEADLINE_PASSED', 'MANUAL_APPROVAL', 'ARBITRATION', 'BUYER_WITHDREW', 'SETTLED_ELSEWHERE'],
  ['LATE_SUCCESS_AFTER_REJECTION', 'PARCEL_RETURNS_AFTER_REFUSAL', 'PARCEL_RETURNS_AFTER_WITHDRAWAL', 'REFUND_AMOUNT_RAISED'],
  [
    'REFUND_PAYMENT_FAILED',
    'REFUND_REOPENED',
    'REFUND_TYPE_CHANGED',
    'REFUND_UNCONFIRMED',
    'ACTION_REFUSED_BY_PLATFORM',
    'WAYBILL_CHANGED',
  ],
  ['APPROVE 200', 'APPROVE COMMAND_IN_PROGRESS', 'REJECT 200', 'REJECT ACTION_NOT_ALLOWED', 'REJECT EVIDENCE_PENDING', 'ARBITRATE 200'],
  ['APPROVE DONE, answer lost', 'APPROVE STALE', 'APPROVE WITHDRAWN', 'REJECT DONE, answer lost'],
  ['a follower', 'a second attempt', 'the worker died over a payment call'],
  ['inbox BEFORE_INITIATION', 'inbox EARLIER_PARCEL', 'inbox UNKNOWN_WAYBILL', 'inbox CASE_ENDED'],
  ['API', 'CARRIER', 'DATABASE', 'PLATFORM', 'REFUSING', 'TEMPORAL', 'WORKER'].map((part) => `trouble ${part}`),
].flat();

describe('the simulation', () => {
  test('one seed is one run', async () => {
    const [one, again] = [await simulate('--seed', '12'), await simulate('--seed', '12')];
    expect(one.said).toContain('record   ');
    expect(again).toEqual(one);
  }, 60_000);

  test('keeps every promise in 2,000 worlds, and comes everywhere in them', async () => {
    const { code, said } = await simulate('--seeds', '2000');
    expect(said).toContain('2000 worlds, seeds 1 to 2000');
    expect(said).toMatch(/every promise held\n$/);
    expect(REACHED.filter((what) => !new RegExp(`[:,] ${what} \\d+`).test(said))).toEqual([]);
    expect(code).toBe(0);
  }, 300_000);

  test('finds every planted fault', async () => {
    const { code, said } = await simulate('--plants');
    expect(said.split('\n').filter((line) => line.startsWith('MISSED'))).toEqual([]);
    expect(said.split('\n').filter((line) => line.startsWith('found'))).toHaveLength(PLANTS.length);
    expect(code).toBe(0);
  }, 300_000);

  test('has its planted faults told as they are', () => {
    const rows = PLANTS.map(({ name, what, breaks, seed }) => `| ${name} | ${what} | ${breaks} | ${seed} |`);
    expect(PROOF.split('\n').filter((line) => PLANTS.some(({ name }) => line.startsWith(`| ${name} |`)))).toEqual(rows);
  });
});
