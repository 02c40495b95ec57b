import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { waitFor } from '../waiting.ts';
import { firstRecord } from '../../domain/intercept/record.ts';
import type { InterceptInput } from '../../domain/intercept/state.ts';
import { openCase } from '../../evidence/test-records.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { claimDue, settleEvents, storeEvents } from '../../store/inbox.ts';
import { delivered } from '../../store/inbox-settlement.ts';
import { saveRecord } from '../../store/intercept-record.ts';
import { addShops } from '../../store/test-cases.ts';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { workflowBundle } from '../../test/support/workflow-bundle.ts';
import { interceptWorkflowId } from '../../workflows/messages.ts';
import { reconcile } from './reconcile.ts';
import { restartIntercept } from './restart-intercept.ts';

let fresh: FreshDatabase;
let database: Database;
let env: TestWorkflowEnvironment;
beforeAll(async () => {
  [fresh, env] = await Promise.all([freshDatabase(), createDevServerEnv()]);
  database = openDatabase(fresh.url, { max: 2, applicationName: 'test', onError: () => {} });
  await addShops(database.kysely);
});
afterAll(async () => {
  await env.teardown();
  await database.close();
  await fresh.drop();
});

const openInput = async (refundId: string): Promise<InterceptInput> =>
  (await openCase(database.kysely, { refundId, waybillNo: `731${refundId}` }, true)).input;

/** Its open run, null when there is none. */
async function openRunOf({ interceptId }: InterceptInput): Promise<string | null> {
  const { runId, status } = await env.client.workflow.getHandle(interceptWorkflowId(interceptId)).describe();
  return status.name === 'RUNNING' ? runId : null;
}

/** A scan that the case's run was told; its place in the inbox. */
async function told({ interceptId, waybillNo }: InterceptInput): Promise<number> {
  const db = database.kysely;
  const scan = { kind: 'TRACK', carrier: 'ZTO', refundId: null, shopId: null, payload: {} } as const;
  const [stored] = await storeEvents(db, [{ ...scan, eventKey: `scan of ${interceptId}`, waybillNo }]);
  const claimed = (await claimDue(db, 10)).find(({ inboxId }) => inboxId === stored?.inboxId);
  if (!claimed) throw new Error('the scan was not stored');
  await settleEvents(db, [delivered(claimed, [interceptId])]);
  return claimed.inboxId;
}

async function goOver(restoredTo: number): Promise<string[]> {
  const lines: string[] = [];
  const halves = { client: env.client, db: database.kysely, workflowBundle: await workflowBundle(), dataConverter: {} };
  expect(await reconcile(halves, restoredTo, (line) => lines.push(line))).toBe(0);
  return lines;
}

test('after Temporal was restored, what moved since goes on from its record, what ended is ended, the rest is left alone', async () => {
  const db = database.kysely;
  const inputs = await Promise.all(['1', '2', '3', '4', '5'].map((n) => openInput(`220000000000${n}`)));
  const [moved, forgotten, ended, untouched, killed] = inputs;
  if (!moved || !forgotten || !ended || !untouched || !killed) throw new Error('five cases');
  const former = new Map<InterceptInput, string>();
  for (const one of [moved, ended, untouched, killed]) former.set(one, (await restartIntercept(db, env.client, one.interceptId)).runId);
  for (const one of [moved, ended]) {
    const { state } = firstRecord(one);
    const next = { ...state, version: state.version + 1, refundStatus: one === ended ? 'RELEASED' : 'OPEN' } as const;
    await saveRecord(db, { ...firstRecord(one), state: next, lines: [], told: [], ended: one === ended });
  }
  await env.client.workflow.getHandle(interceptWorkflowId(killed.interceptId)).terminate('test');
  const restoredTo = Date.now();
  const tellings = [await told(untouched), await told(ended)];
  // The list of runs follows the runs themselves.
  const listed = await waitFor(async () => {
    const { count } = await env.client.workflow.count("WorkflowType = 'intercept' AND ExecutionStatus = 'Running'");
    return count === former.size - 1;
  }, 10_000);
  expect(listed).toBe(true);

  const line = ({ interceptId }: InterceptInput, what: string) => expect.stringMatching(new RegExp(`^intercept:${interceptId}: ${what}`));
  const lines = await goOver(restoredTo);
  expect(lines).toHaveLength(5);
  expect(lines).toEqual(
    expect.arrayContaining([
      line(moved, 'its run knew version 1 of 2; run .+ goes on from the record, 0 pieces'),
      line(forgotten, 'it had no run; run .+ goes on from the record'),
      'inbox: 1 pieces of evidence told to open cases since are told again',
      line(killed, 'its run ended before the case; run .+ goes on from the record'),
      line(ended, 'its run knew version 1 of 2 and was ended, as the case is$'),
    ]),
  );
  for (const one of [moved, forgotten, killed]) expect([null, former.get(one)]).not.toContain(await openRunOf(one));
  expect(await openRunOf(ended)).toBeNull();
  expect(await openRunOf(untouched)).toBe(former.get(untouched));
  const inbox = await db.selectFrom('inbox').select(['status']).where('inbox_id', 'in', tellings).orderBy('inbox_id').execute();
  expect(inbox.map(({ status }) => status)).toEqual(['PENDING', 'DELIVERED']);
  expect(await goOver(restoredTo)).toEqual([]);
});
