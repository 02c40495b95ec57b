import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import { firstRecord } from '../domain/intercept/record.ts';
import type { InterceptDraft } from '../store/intercept-opening.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import type { Platform } from '../platforms/port.ts';
import { type Database, now, openDatabase } from '../store/db.ts';
import { markStarted, openIntercept } from '../store/intercept-opening.ts';
import { findIntercept } from '../store/intercept-reading.ts';
import { missingRunCount } from '../store/intercept-watch.ts';
import { addShops, newDraft, OTHER_SHOP, SHOP } from '../store/test-cases.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { INTERCEPT_WORKFLOW, interceptWorkflowId, TASK_QUEUE } from '../workflows/messages.ts';
import { createPatrolActivities } from './patrol.ts';

let fresh: FreshDatabase;
let database: Database;
let env: TestWorkflowEnvironment;
let complaints: string[];
/** When each shop's authorisation at the platform ends; a shop that is not named makes the platform fail. */
const authorisations = new Map<string, number | null>();

beforeAll(async () => {
  [fresh, env] = await Promise.all([freshDatabase(), createDevServerEnv()]);
  database = openDatabase(fresh.url, { max: 3, applicationName: 'patrol-test', onError: () => {} });
  await addShops(database.kysely);
});
beforeEach(() => {
  complaints = [];
  authorisations.clear();
});
afterAll(async () => {
  await env.teardown();
  await database.close();
  await fresh.drop();
});

const platform = {
  async refreshTokens(shopId: string) {
    const authorisationExpiresAt = authorisations.get(shopId);
    if (authorisationExpiresAt === undefined) throw new Error(`no tokens of shop ${shopId}`);
    return { authorisationExpiresAt };
  },
} as Partial<Platform> as Platform;

const tell = (_fields: object, words: string) => void complaints.push(words);
const patrol = () =>
  createPatrolActivities(
    { db: database.kysely, client: env.client, platform, carriers: new Map(), log: { info: () => {}, warn: tell, error: tell } },
    HOUR_MS,
  );

async function openCase(over: Partial<InterceptDraft> = {}): Promise<string> {
  const opening = await openIntercept(database.kysely, newDraft(over), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new case, not ${opening.kind}`);
  return opening.input.interceptId;
}

/** A run without a worker: it is there, and waits. */
const run = (interceptId: string) =>
  env.client.workflow.start(INTERCEPT_WORKFLOW, { workflowId: interceptWorkflowId(interceptId), taskQueue: TASK_QUEUE, args: [{}] });

const phaseOf = async (interceptId: string) => (await findIntercept(database.kysely, SHOP, interceptId))?.phase ?? null;
const age = (interceptId: string, column: 'initiated_at' | 'recorded_at', ms: number) =>
  sql`update intercepts set ${sql.ref(column)} = clock_ms() - ${ms} * interval '1 millisecond' where intercept_id = ${interceptId}`.execute(
    database.kysely,
  );

describe('2.7 a start that nobody finished', () => {
  test('is adopted when its run is there', async () => {
    const interceptId = await openCase();
    await run(interceptId);
    await age(interceptId, 'initiated_at', 61_000);
    expect(await patrol().repairStarts()).toBe(1);
    expect(await phaseOf(interceptId)).toBe('OPEN');
    expect(await patrol().repairStarts()).toBe(0);
  });

  test('is left to whoever makes it for a minute, then taken back: the refund can be intercepted anew', async () => {
    const draft = { refundId: '81001' };
    const interceptId = await openCase(draft);
    expect(await patrol().repairStarts()).toBe(0);
    await age(interceptId, 'initiated_at', 61_000);
    expect(await patrol().repairStarts()).toBe(1);
    expect(await phaseOf(interceptId)).toBeNull();
    expect(await phaseOf(await openCase(draft))).toBe('STARTING');
  });

  test('is made after all when others wait for its carrier’s answer', async () => {
    const waybillNo = '73100000081002';
    const leader = await openCase({ refundId: '81002', waybillNo });
    const follower = await openCase({ refundId: '81003', waybillNo });
    await markStarted(database.kysely, follower);
    await age(leader, 'initiated_at', 61_000);
    expect(await patrol().repairStarts()).toBe(1);
    expect(await phaseOf(leader)).toBe('OPEN');
    expect((await env.client.workflow.getHandle(interceptWorkflowId(leader)).describe()).status.name).toBe('RUNNING');
  });
});

test('2.7 an open case whose run was terminated is counted and named with its remedy, until it runs again', async () => {
  const interceptId = await openCase({ refundId: '81004' });
  const handle = await run(interceptId);
  await markStarted(database.kysely, interceptId);
  await age(interceptId, 'recorded_at', 10_000);
  const others = await missingRunCount(database.kysely);
  await patrol().findLostRuns();
  expect(await missingRunCount(database.kysely)).toBe(others);
  await handle.terminate('by mistake');
  complaints = [];
  await patrol().findLostRuns();
  expect(await missingRunCount(database.kysely)).toBe(others + 1);
  expect(complaints).toContain(`an open case has no open run: npm run redrive -- --intercept ${interceptId}`);
  await run(interceptId);
  await patrol().findLostRuns();
  expect(await missingRunCount(database.kysely)).toBe(others);
});

test('2.7 an authorisation that ends within a week is told to every open case of that shop; one shop’s trouble is not the others’', async () => {
  const interceptId = await openCase({ refundId: '81005' });
  const handle = await run(interceptId);
  await markStarted(database.kysely, interceptId);
  const signals = async () =>
    ((await handle.fetchHistory()).events ?? []).filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal).length;
  const at = await now(database.kysely);
  authorisations.set(SHOP, at + 7 * DAY_MS + HOUR_MS);
  expect(await patrol().refreshTokens()).toBe(0);
  expect(complaints).toEqual(['the patrol could not finish a round for this shop']);
  expect(await signals()).toBe(0);
  authorisations.set(SHOP, at + 7 * DAY_MS).set(OTHER_SHOP, null);
  expect(await patrol().refreshTokens()).toBeGreaterThan(0);
  expect(await signals()).toBe(1);
});
