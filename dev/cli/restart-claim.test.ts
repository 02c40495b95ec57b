import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { applyClaim, beginClaim } from '../../domain/claim/progress.ts';
import { firstClaimWrite, laterClaimWrite } from '../../domain/claim/record.ts';
import { SAMPLE_DURATIONS, sampleClaimOf } from '../../domain/claim/sample-claim.ts';
import { claimWatch } from '../../evidence/lost-claims.ts';
import { missingClaimRunCount } from '../../store/claim-watch.ts';
import { insertClaim, markClaimStarted, saveClaim } from '../../store/claims.ts';
import { type Database, inTransaction, openDatabase } from '../../store/db.ts';
import { addShops } from '../../store/test-cases.ts';
import { succeededIntercept } from '../../store/test-settlement.ts';
import { instant, newId } from '../../store/values.ts';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { workflowBundle } from '../../test/support/workflow-bundle.ts';
import { waitFor } from '../waiting.ts';
import { CLAIM_WORKFLOW, type ClaimArgs, claimStart } from '../../workflows/messages.ts';
import { reconcile } from './reconcile.ts';
import { restartClaim } from './restart-claim.ts';

let fresh: FreshDatabase;
let database: Database;
let env: TestWorkflowEnvironment;
let logged: object[] = [];
const log = { info: () => {}, warn: () => {}, error: (about: object) => void logged.push(about) };
beforeAll(async () => {
  [fresh, env] = await Promise.all([freshDatabase(), createDevServerEnv()]);
  database = openDatabase(fresh.url, { max: 3, applicationName: 'test', onError: () => {} });
  await addShops(database.kysely);
});
afterAll(async () => {
  await env.teardown();
  await database.close();
  await fresh.drop();
});

async function openClaim() {
  const { input } = await succeededIntercept(database.kysely);
  const details = sampleClaimOf(input, { claimId: newId('claim'), createdAt: Date.now() - 60_000 });
  const begun = beginClaim(details, true, SAMPLE_DURATIONS);
  await inTransaction(database.kysely, (trx) => insertClaim(trx, details, firstClaimWrite(begun)));
  const handle = await env.client.workflow.start(CLAIM_WORKFLOW, claimStart(begun.state));
  await markClaimStarted(database.kysely, details.claimId);
  await database.kysely
    .updateTable('claims')
    .set({ run_started_at: instant(details.createdAt) })
    .where('claim_id', '=', details.claimId)
    .execute();
  return { details, state: begun.state, handle };
}

test('finding 13: a claim whose run is gone is found, named with its command, and goes on from its record', async () => {
  const { details, state, handle } = await openClaim();
  const { claimId } = details;
  const look = claimWatch({ db: database.kysely, client: env.client, log });
  expect([await look(), await missingClaimRunCount(database.kysely)]).toEqual([1, 0]);
  await expect(restartClaim(database.kysely, env.client, claimId)).rejects.toThrow(/has an open run/);

  await handle.terminate('test');
  expect([await look(), await missingClaimRunCount(database.kysely)]).toEqual([1, 1]);
  expect(logged).toEqual([{ claimId, status: 'TERMINATED' }]);
  const again = await restartClaim(database.kysely, env.client, claimId);
  expect(again).toMatchObject({ workflowId: `claim:${claimId}` });
  expect(again.runId).not.toBe(handle.firstExecutionRunId);
  const { events } = await env.client.workflow.getHandle(again.workflowId, again.runId).fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  expect(JSON.parse(Buffer.from(payload?.data ?? []).toString()) as ClaimArgs).toEqual({ state, repeated: true });
  expect([await missingClaimRunCount(database.kysely), await look(), await missingClaimRunCount(database.kysely)]).toEqual([0, 1, 0]);
});

test('a settled claim is left alone, and so is one that never was', async () => {
  const { details, state } = await openClaim();
  const step = applyClaim(state, { type: 'WITHDRAWN', at: Date.now(), actor: 'm', reason: '误报' });
  await saveClaim(database.kysely, laterClaimWrite(state, step, Date.now()));
  await expect(restartClaim(database.kysely, env.client, details.claimId)).rejects.toThrow(/is settled/);
  await expect(restartClaim(database.kysely, env.client, 'claim_0')).rejects.toThrow(/There is no claim claim_0/);
});

test('after Temporal was restored, a claim that moved since goes on from its record, and the run of a settled one is ended', async () => {
  const db = database.kysely;
  const [open, settled, untouched] = [await openClaim(), await openClaim(), await openClaim()];
  const at = Date.now();
  const accepted = { type: 'PROGRESS', at, actor: 'm', entered: { status: 'ACCEPTED', upheldFen: null, note: null } } as const;
  await saveClaim(db, laterClaimWrite(open.state, applyClaim(open.state, accepted), at));
  await saveClaim(db, laterClaimWrite(settled.state, applyClaim(settled.state, { type: 'WITHDRAWN', at, actor: 'm', reason: '误报' }), at));
  const halves = { client: env.client, db, workflowBundle: await workflowBundle(), dataConverter: {} };
  const said: string[] = [];
  const goOver = () => reconcile(halves, Date.now(), (line) => said.push(line));
  const isListed = async () => (await env.client.workflow.count(`WorkflowId = '${untouched.handle.workflowId}'`)).count === 1;
  expect(await waitFor(isListed, 10_000)).toBe(true);
  expect(await goOver()).toBe(0);
  const present = await env.client.workflow.getHandle(open.handle.workflowId).describe();
  expect(present.status.name).toBe('RUNNING');
  expect(present.runId).not.toBe(open.handle.firstExecutionRunId);
  expect((await settled.handle.describe()).status.name).toBe('TERMINATED');
  expect((await untouched.handle.describe()).status.name).toBe('RUNNING');
  const own = said.filter((line) => [open, settled, untouched].some(({ handle }) => line.startsWith(`${handle.workflowId}:`)));
  expect(own.toSorted()).toEqual(
    [
      `${open.handle.workflowId}: its run knew version 1 of 2; run ${present.runId} goes on from the record`,
      `${settled.handle.workflowId}: its run knew version 1 of 2 and was ended, as the claim is`,
    ].toSorted(),
  );
});
