import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { firstRecord } from '../../domain/intercept/record.ts';
import type { InterceptInput } from '../../domain/intercept/state.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { openCase } from '../../evidence/test-records.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { saveRecord } from '../../store/intercept-record.ts';
import { addShops } from '../../store/test-cases.ts';
import { instant } from '../../store/values.ts';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { interceptWorkflowId } from '../../workflows/messages.ts';
import { restartChanged } from './restart-changed.ts';
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

test('after Temporal was restored, what changed since goes on from its record, what ended is ended, the rest is left alone', async () => {
  const db = database.kysely;
  const [changed, forgotten, ended, untouched] = await Promise.all(['1', '2', '3', '4'].map((n) => openInput(`220000000000${n}`)));
  if (!changed || !forgotten || !ended || !untouched) throw new Error('four cases');
  const former = new Map<InterceptInput, string>();
  for (const one of [changed, ended, untouched]) former.set(one, (await restartIntercept(db, env.client, one.interceptId)).runId);
  const { state } = firstRecord(ended);
  await saveRecord(db, { ...firstRecord(ended), state: { ...state, version: state.version + 1 }, lines: [], told: [], ended: true });
  const restoredTo = Date.now();
  await db
    .updateTable('intercepts')
    .set({ recorded_at: instant(restoredTo - HOUR_MS) })
    .where('intercept_id', '=', untouched.interceptId)
    .execute();

  expect(await restartChanged(db, env.client, restoredTo)).toEqual({ intercepts: 2, claims: 0, ended: 1 });
  for (const one of [changed, forgotten]) expect([null, former.get(one)]).not.toContain(await openRunOf(one));
  expect(await openRunOf(ended)).toBeNull();
  expect(await openRunOf(untouched)).toBe(former.get(untouched));
  expect(await restartChanged(db, env.client, restoredTo)).toEqual({ intercepts: 2, claims: 0, ended: 0 });
});
