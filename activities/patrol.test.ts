import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import { firstRecord } from '../domain/intercept/record.ts';
import type { InterceptDraft } from '../store/intercept-opening.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import { renewTokens, tellExpiringAuthorisations } from '../evidence/authorisations.ts';
import type { Platform } from '../platforms/port.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { markStarted, openIntercept } from '../store/intercept-opening.ts';
import { findIntercept } from '../store/intercept-reading.ts';
import { missingRunCount, untoldOfExpiry } from '../store/intercept-watch.ts';
import { addShops, newDraft, OTHER_SHOP, SHOP } from '../store/test-cases.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { INTERCEPT_WORKFLOW, interceptWorkflowId, TASK_QUEUE } from '../workflows/messages.ts';
import { lostRunsRound } from './lost-runs.ts';
import { repairStarts } from './repair-starts.ts';

let fresh: FreshDatabase;
let database: Database;
let env: TestWorkflowEnvironment;
let complaints: string[];
let renewed: string[];

beforeAll(async () => {
  [fresh, env] = await Promise.all([freshDatabase(), createDevServerEnv()]);
  database = openDatabase(fresh.url, { max: 3, applicationName: 'patrol-test', onError: () => {} });
  await addShops(database.kysely);
});
beforeEach(() => {
  complaints = [];
  renewed = [];
});
afterAll(async () => {
  await env.teardown();
  await database.close();
  await fresh.drop();
});

const platform = {
  async refreshTokens(shopId: string) {
    renewed.push(shopId);
    if (shopId === OTHER_SHOP) throw new Error(`no tokens of shop ${shopId}`);
    return { authorisationExpiresAt: null };
  },
} as Partial<Platform> as Platform;

const tell = (_fields: object, words: string) => void complaints.push(words);
const deps = () => ({ db: database.kysely, client: env.client, platform, log: { info: () => {}, warn: tell, error: tell } });
/** A round with all the time it wants. */
const unhurried = new AbortController().signal;
const repair = () => repairStarts(deps(), unhurried);

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
    expect(await repair()).toBe(1);
    expect(await phaseOf(interceptId)).toBe('OPEN');
    expect(await repair()).toBe(0);
  });

  test('is left to whoever makes it for a minute, then taken back: the refund can be intercepted anew', async () => {
    const draft = { refundId: '81001' };
    const interceptId = await openCase(draft);
    expect(await repair()).toBe(0);
    await age(interceptId, 'initiated_at', 61_000);
    expect(await repair()).toBe(1);
    expect(await phaseOf(interceptId)).toBeNull();
    expect(await phaseOf(await openCase(draft))).toBe('STARTING');
  });

  test('is made after all when others wait for its carrier’s answer', async () => {
    const waybillNo = '73100000081002';
    const leader = await openCase({ refundId: '81002', waybillNo });
    const follower = await openCase({ refundId: '81003', waybillNo });
    await markStarted(database.kysely, follower);
    await age(leader, 'initiated_at', 61_000);
    expect(await repair()).toBe(1);
    expect(await phaseOf(leader)).toBe('OPEN');
    expect((await env.client.workflow.getHandle(interceptWorkflowId(leader)).describe()).status.name).toBe('RUNNING');
  });
});

describe('2.7 open cases without a run', () => {
  const missing = () => missingRunCount(database.kysely);
  const COMPLAINT = (interceptId: string) => `an open case has no open run: npm run redrive -- --intercept ${interceptId}`;

  test('are counted and named with their remedy once, until they run again', async () => {
    const interceptId = await openCase({ refundId: '81004' });
    const handle = await run(interceptId);
    await markStarted(database.kysely, interceptId);
    await age(interceptId, 'recorded_at', 10_000);
    const round = lostRunsRound(deps());
    await round(unhurried);
    const others = await missing();
    complaints = [];
    await handle.terminate('by mistake');
    await untilListed(env.client, interceptId, false);
    expect(await lostRunsRound(deps())(unhurried)).toBe(1);
    expect(await missing()).toBe(others + 1);
    expect(complaints).toEqual([COMPLAINT(interceptId)]);
    expect(await lostRunsRound(deps())(unhurried)).toBe(0);
    await run(interceptId);
    await round(unhurried);
    expect(await missing()).toBe(others);
  });

  test('are looked for by comparing two counts; ids are compared only when they differ, or a few minutes after the last time', async () => {
    const interceptId = await openCase({ refundId: '81006' });
    const handle = await run(interceptId);
    await markStarted(database.kysely, interceptId);
    await sql`update intercepts set recorded_at = recorded_at - interval '10 seconds'`.execute(database.kysely);
    await lostRunsRound(deps())(unhurried);
    const asked: string[] = [];
    const noted = <K extends 'count' | 'list'>(name: K) => ({
      value: (...args: never[]) => (asked.push(name), Reflect.apply(env.client.workflow[name], env.client.workflow, args)),
    });
    const workflow = Object.create(env.client.workflow, { count: noted('count'), list: noted('list') });
    const client: Client = Object.create(env.client, { workflow: { value: workflow } });
    const round = lostRunsRound({ ...deps(), client });
    await round(unhurried);
    expect(asked).toEqual(['count', 'list']);
    await round(unhurried);
    expect(asked).toEqual(['count', 'list', 'count']);
    await handle.terminate('by mistake');
    await untilListed(env.client, interceptId, false);
    expect(await round(unhurried)).toBe(1);
    expect(asked).toEqual(['count', 'list', 'count', 'count', 'list']);
  });
});

describe('2.7 authorisations', () => {
  test('that end within a week are told to every open case of their shop that does not know it, and to no other', async () => {
    const told = await openCase({ refundId: '81005' });
    const knows = await openCase({ refundId: '81007' });
    for (const interceptId of [told, knows]) await markStarted(database.kysely, interceptId);
    const handles = [await run(told), await run(knows)];
    await sql`update intercepts set state = jsonb_set(state, '{notices}', '["PLATFORM_AUTHORISATION_EXPIRING"]') where intercept_id = ${knows}`.execute(
      database.kysely,
    );
    const signals = async () =>
      Promise.all(
        handles.map(
          async (handle) =>
            ((await handle.fetchHistory()).events ?? []).filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal).length,
        ),
      );
    const expires = (inMs: number) =>
      sql`update shops set authorisation_expires_at = clock_ms() + ${inMs} * interval '1 millisecond' where shop_id = ${SHOP}`.execute(
        database.kysely,
      );
    await expires(7 * DAY_MS + HOUR_MS);
    expect(await tellExpiringAuthorisations(deps(), unhurried)).toBe(0);
    await expires(7 * DAY_MS);
    expect(await tellExpiringAuthorisations(deps(), unhurried)).toBeGreaterThan(0);
    expect(await signals()).toEqual([1, 0]);
  });

  test('reach every case of a shop that has hundreds open', async () => {
    const first = await openCase({ refundId: '81008' });
    await markStarted(database.kysely, first);
    await sql`
      insert into intercepts select (jsonb_populate_record(i, jsonb_build_object('intercept_id', '9' || n || '-1', 'refund_id', '9' || n))).*
      from intercepts i cross join generate_series(1, 300) n where intercept_id = ${first}`.execute(database.kysely);
    await sql`update shops set authorisation_expires_at = clock_ms() where shop_id = ${SHOP}`.execute(database.kysely);
    const untold = await untoldOfExpiry(database.kysely, 7 * DAY_MS, 1_000);
    expect(untold.length).toBeGreaterThanOrEqual(301);
    await sql`delete from intercepts where intercept_id like '9%'`.execute(database.kysely);
  });

  test('are renewed shop by shop; one shop’s trouble is logged and not the others’', async () => {
    expect(await renewTokens(deps(), unhurried)).toBe(1);
    expect(renewed.sort()).toEqual([SHOP, OTHER_SHOP].sort());
    expect(complaints).toEqual(['the patrol could not finish a round for this shop']);
    expect(await renewTokens(deps(), unhurried)).toBe(0);
  });
});

/** Waits until Temporal's list of open runs has, or no longer has, the case's. */
async function untilListed(client: Client, interceptId: string, isListed: boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 15_000; ; ) {
    const { count } = await client.workflow.count(`WorkflowId = '${interceptWorkflowId(interceptId)}' AND ExecutionStatus = 'Running'`);
    if (count > 0 === isListed) return;
    if (Date.now() > giveUpAt) throw new Error('the list of runs did not change');
  }
}
