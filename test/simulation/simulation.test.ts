import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CRASH_PLANTS } from './crash-plants.ts';
import { PLANTS } from './plants.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const MATRIX = join(import.meta.dirname, 'matrix.ts');
/** Worlds are short-lived: nearly nothing of one outlives it. */
const YOUNG_SPACE = '--max-semi-space-size=64';
const PROOF = readFileSync(join(import.meta.dirname, '../../docs/proof.md'), 'utf8');

const simulate = (...args: string[]) => run(MAIN, args);
const crashPoints = (...args: string[]) => run(MATRIX, args);

/** Runs it as its npm script does, in a process of its own: it puts its clock in place of the machine's. */
function run(program: string, args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [YOUNG_SPACE, program, ...args], { maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: `${stdout}${stderr}` });
    });
  });
}

/** What these worlds must have come to, or they prove little. */
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

/** Points without the names of statements, which are the store's to choose: `npm run crash-points -- --write` tells them as they are. */
function whoAndWhom(points: readonly string[]): string[] {
  return [
    ...new Set(
      points.map((point) =>
        point
          .split(' | ')
          .slice(0, 3)
          .join(' | ')
          .replace(/ \(.*\)$/, ''),
      ),
    ),
  ].toSorted();
}

describe('the simulation', () => {
  test('one seed is one run', async () => {
    const [one, again] = [await simulate('--seed', '12'), await simulate('--seed', '12')];
    expect(one.said).toContain('record   ');
    expect(again).toEqual(one);
  }, 60_000);

  test('keeps every promise in 1,500 worlds, and comes everywhere in them', async () => {
    const { code, said } = await simulate('--seeds', '1500');
    expect(said).toContain('1500 worlds, seeds 1 to 1500');
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

  test('lists the crash points that the table has, and holds at those of a payment, of a claim and of a delivery', async () => {
    const listed = (await crashPoints('--list')).said.trimEnd().split('\n');
    const told = PROOF.split('\n').filter((line) => /^\| (api|worker) \|/.test(line));
    expect(listed.length).toBeGreaterThan(50);
    expect(whoAndWhom(told.map((row) => row.slice(2)))).toEqual(whoAndWhom(listed));
    const parts = ['payRefund', 'openWorkOrder', 'attemptWebhook'];
    const { code, said } = await crashPoints(...parts.flatMap((part) => ['--only', part]));
    expect(said).toMatch(/\d+ points, \d{3,} kills in 12 endings, \d+ s: every promise held\n$/);
    for (const part of parts) expect(said).toContain(`| worker | ${part} |`);
    expect(code).toBe(0);
  }, 300_000);

  test('finds every planted fault that only a death brings out', async () => {
    const { code, said } = await crashPoints('--plants');
    expect(said.split('\n').filter((line) => line.startsWith('MISSED'))).toEqual([]);
    expect(said.split('\n').filter((line) => line.startsWith('found'))).toHaveLength(CRASH_PLANTS.length);
    expect(code).toBe(0);
  }, 300_000);

  test('has its planted faults told as they are', () => {
    const rows = [
      ...PLANTS.map(({ name, what, breaks, seed }) => `| ${name} | ${what} | ${breaks} | ${seed} |`),
      ...CRASH_PLANTS.map(({ name, what, breaks, ending }) => `| ${name} | ${what} | ${breaks} | ${ending} |`),
    ];
    const isRow = (line: string) => [...PLANTS, ...CRASH_PLANTS].some(({ name }) => line.startsWith(`| ${name} |`));
    expect(PROOF.split('\n').filter(isRow)).toEqual(rows);
  });
});
