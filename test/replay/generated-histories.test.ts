import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { InjectedSinks } from '@temporalio/worker';
import { CURRENT_RULES } from '../../domain/intercept/rules.ts';
import { sampleEvidence, sampleRefund } from '../../domain/intercept/sample-case.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { bundleAt, workflowBundle } from '../support/workflow-bundle.ts';
import type { CommandSinks, IssuedCommand } from './command-recorder.ts';
import { HistoryBuilder } from './history-builder.ts';
import { openReplayer, type Replayer } from './replay.ts';
import { readSaved } from './saved-history.ts';

const REJECTION = { actor: 'tester', reason: '1002', description: '', images: [] };
const UNLOCK_MS = 72 * HOUR_MS;
const REFUND_MS = 120 * HOUR_MS;

let folder: string;
/** Of the workflows as they are, and of those that tell what they command. */
let replayer: Replayer;
let recorder: Replayer;
let issued: IssuedCommand[];
const sinks: InjectedSinks<CommandSinks> = {
  commands: { issued: { fn: (_info, command) => void issued.push(command), callDuringReplay: true } },
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refund-intercept-recorder-'));
  const telling = await bundleAt(join(folder, 'bundle.js'), undefined, [join(import.meta.dirname, 'command-recorder.ts')]);
  recorder = openReplayer({ workflowBundle: telling, sinks });
  replayer = openReplayer({ workflowBundle: await workflowBundle() });
});
afterAll(async () => {
  await Promise.all([recorder.close(), replayer.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** What the workflow commands from the instant on at which the last workflow task began. */
async function commandsOf(builder: HistoryBuilder, from: number): Promise<IssuedCommand[]> {
  issued = [];
  await recorder.run(builder.history);
  // The replayer carries no local activity out, so the case goes on to its other way of writing the record.
  return issued.filter(({ at, kind, name }) => at >= from && !(kind === 'ACTIVITY' && name === 'saveRecords'));
}

/** The commands in short: activities and refused updates by name, timers by length, records by what they tell. */
function inShort(commands: IssuedCommand[]): string[] {
  return commands.map(({ kind, name, value }) => {
    if (kind === 'TIMER') return `timer ${value as number}`;
    if (kind === 'UPDATE_REFUSED') return `refused ${name}`;
    if (kind === 'CONTINUE_AS_NEW') return 'new run';
    if (kind === 'ACTIVITY') return name;
    return (value as { told: { event: string }[] }[]).flatMap(({ told }) => told.map(({ event }) => `told ${event}`)).join() || 'recorded';
  });
}

const waiting = async (): Promise<HistoryBuilder> => new HistoryBuilder(await readSaved('intercept-waiting'));
const unlocked = async (): Promise<HistoryBuilder> => new HistoryBuilder(await readSaved('intercept-unlocked'));

describe('2.5.2 the boundaries, to the millisecond', () => {
  test.each([
    [-1, ['timer 1']],
    [0, ['told refund.reject_unlocked', `timer ${48 * HOUR_MS}`]],
    [1, ['told refund.reject_unlocked', `timer ${48 * HOUR_MS - 1}`]],
  ])('2.5.2 the timer of 72 h wakes the case %i ms after the hour', async (lateMs, expected) => {
    const builder = await waiting();
    const at = builder.input.initiatedAt + UNLOCK_MS + lateMs;
    builder.timerFired(at).taskStarted(at);
    expect(inShort(await commandsOf(builder, at))).toEqual(expected);
  });

  test.each([
    [-1, ['timer 1']],
    [0, ['payRefund']],
    [1, ['payRefund']],
  ])('2.5.2 the timer of 120 h wakes the case %i ms after the hour', async (lateMs, expected) => {
    const builder = await unlocked();
    const at = builder.input.initiatedAt + REFUND_MS + lateMs;
    builder.timerFired(at).taskStarted(at);
    const commands = await commandsOf(builder, at);
    expect(inShort(commands)).toEqual(expected);
    if (lateMs >= 0)
      expect(commands[0]?.value).toMatchObject({
        cause: 'DEADLINE_PASSED',
        notBefore: builder.input.initiatedAt + REFUND_MS,
        agreedFen: null,
        attended: false,
      });
  });

  test.each([
    [-1, ['refused ACTION_NOT_ALLOWED']],
    [0, ['rejectRefund']],
    [1, ['rejectRefund']],
  ])('2.5.2 (R31, F51) a rejection %i ms after 72 h', async (lateMs, expected) => {
    const builder = await waiting();
    const at = builder.input.initiatedAt + UNLOCK_MS + lateMs;
    builder.taskStarted(at).taskCompleted(at).updateAccepted(at, 'rejectRefund', REJECTION);
    expect(inShort(await commandsOf(builder, at))).toEqual(expect.arrayContaining(expected));
    expect(inShort(await commandsOf(builder, at)).includes('rejectRefund')).toBe(lateMs >= 0);
  });

  test.each([
    ['rejectRefund', REJECTION],
    ['approveRefund', { actor: 'tester', refundFeeFen: null }],
    ['requestArbitration', { actor: 'tester', description: '', pictures: [] }],
  ])('2.5.4 (F50) %s 1 ms before 120 h is carried out, at 120 h and later refused for the deadline', async (name, value) => {
    const outcomes = [];
    for (const lateMs of [-1, 0, 1]) {
      const builder = await unlocked();
      const at = builder.input.initiatedAt + REFUND_MS + lateMs;
      builder.taskStarted(at).taskCompleted(at).updateAccepted(at, name, value);
      const commands = await commandsOf(builder, at);
      const money = commands.filter((command) => ['payRefund', 'rejectRefund', 'requestArbitration'].includes(command.name));
      outcomes.push(money.map((command) => [command.name, (command.value as { cause?: string }).cause]));
      expect(commands.some(({ kind }) => kind === 'UPDATE_REFUSED')).toBe(lateMs >= 0);
    }
    const carriedOut = name === 'approveRefund' ? ['payRefund', 'MANUAL_APPROVAL'] : [name, undefined];
    expect(outcomes[0]).toEqual([carriedOut]);
    expect(
      outcomes
        .slice(1)
        .flat()
        .every(([activity, cause]) => activity === 'payRefund' && cause === 'DEADLINE_PASSED'),
    ).toBe(true);
  });
});

describe('2.1 (M1, F49) success and deadline in one workflow task', () => {
  const due = { before: -1, at: 0, after: 1 } as const;
  test.each([
    { received: 'before', first: 'timer', cause: 'INTERCEPT_SUCCEEDED' },
    { received: 'before', first: 'signal', cause: 'INTERCEPT_SUCCEEDED' },
    { received: 'at', first: 'timer', cause: 'DEADLINE_PASSED' },
    { received: 'at', first: 'signal', cause: 'DEADLINE_PASSED' },
    { received: 'after', first: 'timer', cause: 'DEADLINE_PASSED' },
    { received: 'after', first: 'signal', cause: 'DEADLINE_PASSED' },
  ] as const)(
    '2.1 received $received the hour, the $first first in the history: one payment, $cause',
    async ({ received, first, cause }) => {
      const builder = await unlocked();
      const dueAt = builder.input.initiatedAt + REFUND_MS;
      const evidence = [sampleEvidence('RETURNING', dueAt - HOUR_MS, { receivedAt: dueAt + due[received] })];
      const at = dueAt + 50;
      if (first === 'timer') builder.timerFired(dueAt).signaled(at, 'carrierEvidence', { evidence });
      else builder.signaled(dueAt, 'carrierEvidence', { evidence }).timerFired(at);
      builder.taskStarted(at);
      const paid = (await commandsOf(builder, at)).filter(({ kind }) => kind === 'ACTIVITY');
      expect(paid).toMatchObject([{ name: 'payRefund', value: { cause } }]);
    },
  );
});

describe('S2 a run that grows long', () => {
  /** The waiting case after so many signals that told it nothing, each with its workflow task. */
  async function told(signals: number): Promise<IssuedCommand[]> {
    const builder = await waiting();
    const at = builder.input.initiatedAt + HOUR_MS;
    for (let sent = 0; sent < signals; sent += 1) builder.signaled(at, 'refundChanged', {}).taskStarted(at).taskCompleted(at);
    const last = at + 1;
    const refund = sampleRefund({ refundId: builder.input.refundId, waybillNo: builder.input.waybillNo });
    builder.signaled(last, 'refundChanged', { notice: null, refund, readAt: last }).taskStarted(last);
    return commandsOf(builder, last);
  }

  test('goes on as a new one before replaying it takes longer than a workflow task may', async () => {
    expect(inShort(await told(20))).toEqual([]);
    const commands = await told(250);
    expect(inShort(commands)).toEqual(['new run']);
    expect(commands[0]?.value).toMatchObject({ resume: { rules: CURRENT_RULES, interceptStatus: 'INTERCEPTING' } });
  });
});

describe('2.9 the replayer holds the commands against the history', () => {
  /** Local activities are counted too: one request and two records went before. */
  const NEXT_ACTIVITY = '4';

  /** The history in which the deadline's workflow task was followed by these events. */
  async function afterDeadline(follow: (builder: HistoryBuilder, at: number) => HistoryBuilder): Promise<string | null> {
    const builder = await unlocked();
    const at = builder.input.initiatedAt + REFUND_MS;
    follow(builder.timerFired(at).taskStarted(at).taskCompleted(at), at);
    return replayer.replay(builder.taskStarted(at + 1).taskCompleted(at + 1).history);
  }

  test('2.9 the payment the workflow asks for replays clean', async () => {
    expect(await afterDeadline((builder, at) => builder.activityScheduled(at, NEXT_ACTIVITY, 'payRefund', {}))).toBeNull();
  });

  test.each([
    ['a rejection', (builder: HistoryBuilder, at: number) => builder.activityScheduled(at, NEXT_ACTIVITY, 'rejectRefund', {})],
    ['a timer', (builder: HistoryBuilder, at: number) => builder.timerStarted(at, '2', 1)],
  ])('2.9 %s in its place is a determinism violation', async (_what, follow) => {
    expect(await afterDeadline(follow)).toMatch(/DeterminismViolationError/);
  });
});
