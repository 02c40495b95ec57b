import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { firstRecord } from '../../domain/intercept/record.ts';
import type { InterceptInput, InterceptState } from '../../domain/intercept/state.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { openCase } from '../../evidence/test-records.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { claimDue, settleEvents, storeEvents } from '../../store/inbox.ts';
import { delivered } from '../../store/inbox-settlement.ts';
import { markStarted } from '../../store/intercept-opening.ts';
import { saveRecord } from '../../store/intercept-record.ts';
import { upsertShop } from '../../store/shops.ts';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { type InterceptArgs, interceptWorkflowId } from '../../workflows/messages.ts';
import { AUTO_REFUND_AT } from '../../workflows/search-attributes.ts';
import { restartIntercept } from './restart-intercept.ts';

let fresh: FreshDatabase;
let database: Database;
let env: TestWorkflowEnvironment;
beforeAll(async () => {
  [fresh, env] = await Promise.all([freshDatabase(), createDevServerEnv()]);
  database = openDatabase(fresh.url, { max: 2, applicationName: 'test', onError: () => {} });
  await upsertShop(database.kysely, { shopId: '1001', platform: 'KUAISHOU', name: '一号店' });
});
afterAll(async () => {
  await env.teardown();
  await database.close();
  await fresh.drop();
});

const openInput = async (refundId: string): Promise<InterceptInput> =>
  (await openCase(database.kysely, { refundId, waybillNo: `731${refundId}` }, true)).input;

async function startedWith(runId: string, interceptId: string): Promise<InterceptArgs> {
  const { events } = await env.client.workflow.getHandle(interceptWorkflowId(interceptId), runId).fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return JSON.parse(Buffer.from(payload?.data ?? []).toString()) as InterceptArgs;
}

test('a terminated case goes on from its record, with its own deadlines, and hears its evidence again', async () => {
  const input = await openInput('2200000000001');
  const { interceptId } = input;
  const first = await restartIntercept(database.kysely, env.client, interceptId);
  expect(await startedWith(first.runId, interceptId)).toEqual({ input, resume: null });
  await expect(restartIntercept(database.kysely, env.client, interceptId)).rejects.toThrow(/has an open run/);

  const { state } = firstRecord(input);
  const recorded: InterceptState = { ...state, interceptStatus: 'INTERCEPTING', version: state.version + 1 };
  await saveRecord(database.kysely, { ...firstRecord(input), state: recorded, lines: [], told: [] });
  const [event] = await storeEvents(database.kysely, [
    { eventKey: 'scan', kind: 'TRACK', carrier: 'ZTO', waybillNo: input.waybillNo, refundId: null, shopId: null, payload: {} },
  ]);
  if (!event) throw new Error('the event was not stored');
  const [claimed = event] = await claimDue(database.kysely, 1);
  await settleEvents(database.kysely, [delivered(claimed, [interceptId])]);
  await env.client.workflow.getHandle(interceptWorkflowId(interceptId)).terminate('test');

  const again = await restartIntercept(database.kysely, env.client, interceptId);
  expect(again).toMatchObject({ workflowId: `intercept:${interceptId}`, evidence: 1 });
  expect(again.runId).not.toBe(first.runId);
  expect(await startedWith(again.runId, interceptId)).toEqual({ input, resume: recorded });
  const { typedSearchAttributes } = await env.client.workflow.getHandle(interceptWorkflowId(interceptId)).describe();
  expect(typedSearchAttributes.get(AUTO_REFUND_AT)).toEqual(new Date(input.initiatedAt + 120 * HOUR_MS));
  const inbox = await database.kysely.selectFrom('inbox').select(['status']).where('event_key', '=', 'scan').execute();
  expect(inbox).toEqual([{ status: 'PENDING' }]);
  expect(await database.kysely.selectFrom('inbox_deliveries').selectAll().execute()).toEqual([]);
});

test('finding 17: a database that fails leaves no run behind, and the repeat does everything', async () => {
  const input = await openInput('2200000000003');
  const { interceptId, waybillNo } = input;
  const [event] = await storeEvents(database.kysely, [
    { eventKey: 'scan-3', kind: 'TRACK', carrier: 'ZTO', waybillNo, refundId: null, shopId: null, payload: {} },
  ]);
  if (!event) throw new Error('the event was not stored');
  const claimed = (await claimDue(database.kysely, 10)).find(({ inboxId }) => inboxId === event.inboxId) ?? event;
  await settleEvents(database.kysely, [delivered(claimed, [interceptId])]);
  await sql`create function fail_once() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`.execute(
    database.kysely,
  );
  await sql`create trigger inbox_fails before update on inbox for each statement execute function fail_once()`.execute(database.kysely);
  await expect(restartIntercept(database.kysely, env.client, interceptId)).rejects.toThrow(/disk full/);
  await expect(env.client.workflow.getHandle(interceptWorkflowId(interceptId)).describe()).rejects.toThrow(/not found/i);
  const deliveries = () => database.kysely.selectFrom('inbox_deliveries').selectAll().where('intercept_id', '=', interceptId).execute();
  expect(await deliveries()).toHaveLength(1);

  await sql`drop trigger inbox_fails on inbox`.execute(database.kysely);
  expect(await restartIntercept(database.kysely, env.client, interceptId)).toMatchObject({ evidence: 1 });
  expect(await deliveries()).toEqual([]);
  expect(
    await startedWith((await env.client.workflow.getHandle(interceptWorkflowId(interceptId)).describe()).runId, interceptId),
  ).toMatchObject({
    input: { interceptId },
  });
});

test('a case that has run its course is left alone, and so is one that never was', async () => {
  const input = await openInput('2200000000002');
  const first = firstRecord(input);
  await markStarted(database.kysely, input.interceptId);
  await saveRecord(database.kysely, { ...first, state: { ...first.state, version: first.state.version + 1 }, ended: true });
  await expect(restartIntercept(database.kysely, env.client, input.interceptId)).rejects.toThrow(/has run its course/);
  await expect(restartIntercept(database.kysely, env.client, '1-1')).rejects.toThrow(/There is no intercept 1-1/);
});
