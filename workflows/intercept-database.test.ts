import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tsToMs } from '@temporalio/common/lib/time.js';
import pg from 'pg';
import { type EmbeddedPostgres, startPostgres } from '../dev/postgres.ts';
import { sampleInput } from '../domain/intercept/sample-case.ts';
import { waitFor } from '../dev/waiting.ts';
import { migrate } from '../store/migrate.ts';
import { CaseWorld } from '../test/support/case-world.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { quickFolder } from '../test/support/quick-folder.ts';

const AUTO_REFUND_AFTER_MS = 10_000;
const UNLOCK_AFTER_MS = 1_500;
/** How long after the deadline PostgreSQL comes back. */
const DOWN_AFTER_MS = 6_000;

let dataDir: string;
let postgres: EmbeddedPostgres;
let world: CaseWorld;
beforeAll(async () => {
  dataDir = await mkdtemp(join(await quickFolder(), 'refund-intercept-outage-'));
  // As root the server runs under another account, which has to get in.
  await chmod(dataDir, 0o755);
  postgres = await start();
  await migrate(postgres.url);
  world = await CaseWorld.open(await createDevServerEnv(), { databaseUrl: postgres.url });
}, 60_000);
afterAll(async () => {
  await world.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

/** The same files on the same port each time, as after an outage. */
function start(): Promise<EmbeddedPostgres> {
  return startPostgres({ dataDir, port: postgres?.port, durable: false, log: () => {} });
}

test('a record that is not written for a while makes a deadline late by one try of it at most', async () => {
  const durations = { ...sampleInput().durations, rejectUnlockAfterMs: UNLOCK_AFTER_MS, autoRefundAfterMs: AUTO_REFUND_AFTER_MS };
  const seeded = await world.seed({}, { durations });
  const { handle } = await world.start(seeded);
  const dueAt = seeded.input.initiatedAt + AUTO_REFUND_AFTER_MS;
  const session = new pg.Client({ connectionString: postgres.url });
  await session.connect();
  // The unlocking cannot be written: neither an answer nor a failure comes.
  await session.query('begin');
  await session.query('lock table intercepts in exclusive mode');
  const timers = async () =>
    ((await handle.fetchHistory()).events ?? []).flatMap((event) => (event.timerStartedEventAttributes ? [event] : []));
  await waitFor(async () => (await timers()).length > 1, AUTO_REFUND_AFTER_MS);
  await session.end();
  const last = (await timers()).at(-1);
  const endsAt = tsToMs(last?.eventTime) + tsToMs(last?.timerStartedEventAttributes?.startToFireTimeout);
  expect(endsAt - dueAt).toBeLessThan(1_500);
}, 60_000);

test('2.9 PostgreSQL stopped across a deadline: paid at most 5 s late, once, in at most 60 events; the record catches up', async () => {
  const durations = { ...sampleInput().durations, rejectUnlockAfterMs: UNLOCK_AFTER_MS, autoRefundAfterMs: AUTO_REFUND_AFTER_MS };
  const seeded = await world.seed({}, { durations });
  const { input, refundId } = seeded;
  const { handle, view } = await world.start(seeded);
  expect(view.interceptStatus).toBe('INTERCEPTING');
  await world.untilRecorded(input.interceptId, (seen) => seen.version > view.version);
  // The shop's token is in this process's memory, as the patrol keeps it there; a process that never had it can pay nobody without PostgreSQL.
  await world.platform.readRefund(input.shopId, refundId);
  await postgres.stop();
  const dueAt = input.initiatedAt + AUTO_REFUND_AFTER_MS;
  expect(Date.now()).toBeLessThan(dueAt - 1_000);

  await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED', AUTO_REFUND_AFTER_MS + 10_000);
  const applied = (await world.payments(refundId)).filter((payment) => payment.applied);
  expect(applied).toHaveLength(1);
  const lateMs = (applied[0]?.at ?? 0) - dueAt;
  process.stdout.write(`PostgreSQL stopped across the deadline: paid ${lateMs} ms late\n`);
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThanOrEqual(5_000);

  await world.sleepUntil(dueAt + DOWN_AFTER_MS);
  postgres = await start();
  const recorded = await world.untilRecorded(input.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 70_000);
  expect(recorded.refundCause).toBe('DEADLINE_PASSED');
  await world.signal(handle, 'RETURNING');
  await world.signal(handle, 'RETURN_SIGNED');
  expect(await handle.result()).toMatchObject({ returnStatus: 'RETURN_SIGNED', refundCause: 'DEADLINE_PASSED' });
  const { events } = await handle.fetchHistory();
  process.stdout.write(`the whole life with the outage took ${events?.length} events\n`);
  expect(events?.length).toBeLessThanOrEqual(60);
  expect((await world.payments(refundId)).filter((payment) => payment.applied)).toHaveLength(1);
}, 120_000);
