import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createClaimActivities } from '../activities/claims.ts';
import { startClaims } from '../activities/start-claims.ts';
import { CARRIERS } from '../carriers/index.ts';
import type { ClaimDetails, ClaimState } from '../domain/claim/claim.ts';
import { beginClaim } from '../domain/claim/progress.ts';
import { firstClaimWrite } from '../domain/claim/record.ts';
import { SAMPLE_DURATIONS, sampleClaim } from '../domain/claim/sample-claim.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import { callControl } from '../simulators/control/call.ts';
import { type Simulators, startSimulators } from '../simulators/world.ts';
import { advanceIncident } from '../simulators/zto/incidents.ts';
import { findClaim, insertClaim, listClaimLines, unstartedClaims } from '../store/claims.ts';
import { type Database, inTransaction, openDatabase } from '../store/db.ts';
import { listLines } from '../store/ledger.ts';
import { addShops, SHOP } from '../store/test-cases.ts';
import { succeededIntercept } from '../store/test-settlement.ts';
import { newId } from '../store/values.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { workflowBundle } from '../test/support/workflow-bundle.ts';
import type { claim } from './claim.ts';
import {
  BACKGROUND_QUEUE,
  CLAIM_WORKFLOW,
  type ClaimArgs,
  claimProgressSignal,
  claimStart,
  claimStateQuery,
  withdrawClaimUpdate,
} from './messages.ts';

let env: TestWorkflowEnvironment;
let simulators: Simulators;
let fresh: FreshDatabase;
let database: Database;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  env = await createTimeSkippingEnv();
  simulators = await startSimulators({ paceMs: 100_000_000 });
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 5, applicationName: 'claim-test', onError: () => undefined });
  await addShops(database.kysely);
  const carriers = new Map(CARRIERS.map((carrier) => [carrier.code, carrier.connect(simulators.credentials)]));
  worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: BACKGROUND_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: createClaimActivities({ db: database.kysely, carriers }),
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await database.close();
  await fresh.drop();
  await simulators.close();
  await env.teardown();
});

type ClaimHandle = WorkflowHandleWithFirstExecutionRunId<typeof claim>;

const control = <T>(method: string, path: string, body?: object) => callControl<T>(simulators.url, method, path, body);

/** A parcel of the simulated carrier whose intercept succeeded. */
async function parcel(carrier: string) {
  const { waybillNo } = await control<{ waybillNo: string }>('POST', '/sim/refunds', { carrier });
  const { input } = await succeededIntercept(database.kysely, { carrier, waybillNo });
  const { interceptId, shopId, outletCode, outletName } = input;
  return { interceptId, shopId, carrier, outletCode, outletName, waybillNo };
}

/** A claim as the API puts it on record. */
async function record(carrier: string, over: Partial<ClaimDetails> = {}): Promise<{ details: ClaimDetails; state: ClaimState }> {
  const parcelOf = await parcel(carrier);
  const createdAt = Math.floor(await env.currentTimeMs());
  const details = sampleClaim({ claimId: newId('claim'), ...parcelOf, createdAt, ...over });
  const begun = beginClaim(details, carrier === 'ZTO', SAMPLE_DURATIONS);
  await inTransaction(database.kysely, (trx) => insertClaim(trx, details, firstClaimWrite(begun)));
  return { details, state: begun.state };
}

/** A claim as the API opens it, and its run. */
async function open(carrier: string, over: Partial<ClaimDetails> = {}): Promise<{ details: ClaimDetails; handle: ClaimHandle }> {
  const { details, state } = await record(carrier, over);
  const handle = await env.client.workflow.start<typeof claim>(CLAIM_WORKFLOW, claimStart(state));
  return { details, handle };
}

async function until(handle: ClaimHandle, wished: (state: ClaimState) => boolean): Promise<ClaimState> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const state = await handle.query(claimStateQuery);
    if (wished(state)) return state;
    if (Date.now() > giveUpAt) throw new Error(`the claim never got there: ${JSON.stringify(state)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function untilRecorded(claimId: string, wished: (state: ClaimState) => boolean): Promise<ClaimState> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const record = await findClaim(database.kysely, SHOP, claimId);
    if (record !== null && wished(record.state)) return record.state;
    if (Date.now() > giveUpAt) throw new Error(`the record never got there: ${JSON.stringify(record?.state)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const whats = async (claimId: string) => (await listClaimLines(database.kysely, claimId)).map(({ what }) => what);
const noticesOf = async (claimId: string) => {
  const rows = await database.kysely
    .selectFrom('notices')
    .select('code')
    .where('reference', '=', claimId)
    .where('kind', '=', 'NOTICE')
    .execute();
  return rows.map(({ code }) => code);
};
const incidentOf = async (waybillNo: string) =>
  (await control<{ items: { reference: string; waybillNo: string; traceId: string; kind: string }[] }>('GET', '/sim/incidents')).items.find(
    (each) => each.waybillNo === waybillNo,
  );

describe('a claim at ZTO, by its work order', () => {
  test('is opened, looked at until it is decided, and its award is a ledger line', async () => {
    const { details, handle } = await open('ZTO');
    const accepted = await until(handle, ({ status }) => status === 'ACCEPTED');
    const incident = await incidentOf(details.waybillNo);
    expect(incident).toMatchObject({ traceId: details.claimId, kind: 'damage-compensation', reference: accepted.carrierReference });
    const reference = accepted.carrierReference ?? '';
    advanceIncident(simulators.world, { kind: 'INCIDENT', reference, status: 'processing', reply: '正在联系网点' });
    await env.sleep(2 * HOUR_MS);
    expect(await untilRecorded(details.claimId, ({ status }) => status === 'ARBITRATING')).toMatchObject({ note: '正在联系网点' });
    advanceIncident(simulators.world, { kind: 'INCIDENT', reference, status: 'finished', reply: '经核实情况属实，同意赔付120.50元' });
    await env.sleep(13 * HOUR_MS);
    expect(await handle.result()).toMatchObject({ status: 'UPHELD', awardedFen: 12_050 });
    expect(await whats(details.claimId)).toEqual([
      'CLAIM_SUBMITTED',
      'CARRIER_TOOK_WORK_ORDER',
      'CARRIER_REPLIED',
      'CLAIM_ARBITRATING',
      'CARRIER_REPLIED',
      'CLAIM_UPHELD',
    ]);
    const { items } = await listLines(database.kysely, { shopId: SHOP, claimId: details.claimId }, { limit: 9, after: null });
    expect(items).toMatchObject([{ kind: 'CLAIM', amountFen: -12_050, status: 'DUE', note: '经核实情况属实，同意赔付120.50元' }]);
    const { events } = await handle.fetchHistory();
    expect(JSON.stringify(events)).not.toContain(details.contactPhone);
  });

  test('survives a carrier that does not answer, and is opened once', async () => {
    await control('POST', '/sim/faults', { party: 'ZTO', api: 'zto.open.merchant.incident.create', kind: 'http-500', times: 3 });
    const { details, handle } = await open('ZTO', { kind: 'LOSS', evidence: [] });
    await env.sleep(HOUR_MS);
    expect(await until(handle, ({ status }) => status === 'ACCEPTED')).toMatchObject({ channel: 'CARRIER_API' });
    expect(
      (await control<{ items: { waybillNo: string }[] }>('GET', '/sim/incidents')).items.filter(
        (each) => each.waybillNo === details.waybillNo,
      ),
    ).toHaveLength(1);
    await handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: '已找到' }] });
    expect(await handle.result()).toMatchObject({ status: 'WITHDRAWN' });
  });

  const refuse = (message: string) =>
    control('POST', '/sim/faults', {
      party: 'ZTO',
      api: 'zto.open.merchant.incident.create',
      kind: 'refuse',
      code: 'E50009',
      message,
      times: 1,
    });

  test('finding 13: a work order that is there already is ours only after a call of ours whose outcome nobody knows', async () => {
    await refuse('该运单已有理赔工单');
    const first = await open('ZTO');
    expect(await untilRecorded(first.details.claimId, ({ channel }) => channel === 'CLAIM_SHEET')).toMatchObject({
      status: 'SUBMITTED',
      carrierRefusal: { code: 'E50009', message: '该运单已有理赔工单' },
    });
    expect(await noticesOf(first.details.claimId)).toEqual(['CLAIM_REFUSED_BY_CARRIER']);
    await first.handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: 'r' }] });

    await control('POST', '/sim/faults', { party: 'ZTO', api: 'zto.open.merchant.incident.create', kind: 'http-500', times: 1 });
    await refuse('该运单已有理赔工单');
    const again = await open('ZTO');
    await env.sleep(HOUR_MS);
    expect(await until(again.handle, ({ status }) => status === 'ACCEPTED')).toMatchObject({
      channel: 'CARRIER_API',
      carrierRefusal: null,
    });
    await again.handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: 'r' }] });
  });

  test('finding 13: no verdict is taken from the work order of another claim of the parcel', async () => {
    const damage = await open('ZTO');
    const { carrierReference } = await until(damage.handle, ({ status }) => status === 'ACCEPTED');
    const reference = carrierReference ?? '';
    await control('POST', '/sim/faults', { party: 'ZTO', api: 'zto.open.merchant.incident.create', kind: 'http-500', times: 1 });
    await refuse('该运单已有理赔工单');
    const { interceptId, waybillNo } = damage.details;
    const loss = await open('ZTO', { kind: 'LOSS', evidence: [], interceptId, waybillNo });
    await env.sleep(HOUR_MS);
    await until(loss.handle, ({ status }) => status === 'ACCEPTED');
    advanceIncident(simulators.world, { kind: 'INCIDENT', reference, status: 'finished', reply: '经核实情况属实，同意赔付120.50元' });
    await env.sleep(13 * HOUR_MS);
    expect(await damage.handle.result()).toMatchObject({ status: 'UPHELD', awardedFen: 12_050 });
    await env.sleep(2 * DAY_MS);
    expect(await loss.handle.query(claimStateQuery)).toMatchObject({ status: 'ACCEPTED', carrierReference: null, awardedFen: null });
    await loss.handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: 'r' }] });
  });

  test('a run made again takes the work order that is there for its own', async () => {
    const { details, state } = await record('ZTO');
    await refuse('请勿重复提交');
    const start = { ...claimStart(state), args: [{ state, repeated: true }] as [ClaimArgs] };
    const handle = await env.client.workflow.start<typeof claim>(CLAIM_WORKFLOW, start);
    expect(await until(handle, ({ status }) => status === 'ACCEPTED')).toMatchObject({ claimId: details.claimId, channel: 'CARRIER_API' });
    await handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: 'r' }] });
  });

  test('refused as work order goes on by sheet', async () => {
    const { details, handle } = await open('ZTO', { waybillNo: '99999999999999' });
    const state = await untilRecorded(details.claimId, ({ channel }) => channel === 'CLAIM_SHEET');
    expect(state).toMatchObject({ status: 'SUBMITTED', carrierRefusal: { code: 'E416' } });
    expect(await noticesOf(details.claimId)).toEqual(['CLAIM_REFUSED_BY_CARRIER']);
    await handle.signal(claimProgressSignal, { actor: 'm', status: 'DISMISSED', upheldFen: null, note: '网点不同意' });
    expect(await handle.result()).toMatchObject({ status: 'DISMISSED', note: '网点不同意' });
  });
});

test('a claim whose words a restore lost is told no carrier, and goes on by sheet', async () => {
  const { details, handle } = await open('ZTO', { goods: [], contactPhone: '', evidence: [] });
  const state = await untilRecorded(details.claimId, ({ channel }) => channel === 'CLAIM_SHEET');
  expect(state).toMatchObject({ status: 'SUBMITTED', carrierRefusal: { code: null, message: expect.stringContaining('丢失') } });
  expect(await noticesOf(details.claimId)).toEqual(['CLAIM_REFUSED_BY_CARRIER']);
  await handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: 'r' }] });
});

test('2.7 a claim opened while Temporal could not be reached is started by the patrol, once', async () => {
  const claim = sampleClaim({ claimId: newId('claim'), ...(await parcel('YTO')), kind: 'LOSS', createdAt: Date.now() - 60_000 });
  const begun = beginClaim(claim, false, SAMPLE_DURATIONS);
  await inTransaction(database.kysely, (trx) => insertClaim(trx, claim, firstClaimWrite(begun)));
  await startClaims({ db: database.kysely, client: env.client });
  const handle = env.client.workflow.getHandle(claimStart(begun.state).workflowId);
  expect(await handle.query(claimStateQuery)).toMatchObject({ claimId: claim.claimId, status: 'SUBMITTED' });
  expect(await unstartedClaims(database.kysely, 0, 100)).not.toContainEqual(expect.objectContaining({ details: claim }));
  await handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: 'r' }] });
});

describe('a claim by sheet', () => {
  test('moves by what the merchant enters, is reminded of every three days, and asks no carrier', async () => {
    const { details, handle } = await open('YTO');
    await env.sleep(3 * DAY_MS + HOUR_MS);
    await untilRecorded(details.claimId, ({ version }) => version === 2);
    await env.sleep(3 * DAY_MS);
    await untilRecorded(details.claimId, ({ version }) => version === 3);
    expect(await noticesOf(details.claimId)).toEqual(['CLAIM_QUIET', 'CLAIM_QUIET']);
    await handle.signal(claimProgressSignal, { actor: 'm', status: 'ARBITRATING', upheldFen: null, note: '客服仲裁' });
    await handle.signal(claimProgressSignal, { actor: 'm', status: 'ACCEPTED', upheldFen: null, note: null });
    await handle.signal(claimProgressSignal, { actor: 'm', status: 'UPHELD', upheldFen: 99_999, note: null });
    expect(await until(handle, ({ status }) => status === 'ARBITRATING')).toMatchObject({ awardedFen: null });
    await handle.signal(claimProgressSignal, { actor: 'm', status: 'UPHELD', upheldFen: 18_000, note: '全额' });
    expect(await handle.result()).toMatchObject({ status: 'UPHELD', awardedFen: 18_000 });
    expect(await whats(details.claimId)).toEqual([
      'CLAIM_SUBMITTED',
      'CLAIM_QUIET',
      'CLAIM_QUIET',
      'CLAIM_ARBITRATING',
      'PROGRESS_NOT_TAKEN',
      'PROGRESS_NOT_TAKEN',
      'CLAIM_UPHELD',
    ]);
  });

  test('what cannot be read, a cancel request and unknown signals change nothing; a settled claim cannot be withdrawn', async () => {
    const { details, handle } = await open('STO');
    await handle.signal(claimProgressSignal, { status: 'UPHELD' } as never);
    await handle.signal('somethingElse', {});
    await env.connection.workflowService.signalWorkflowExecution({
      namespace: env.namespace ?? 'default',
      workflowExecution: { workflowId: handle.workflowId },
      signalName: claimProgressSignal.name,
      input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{') }] },
    });
    await expect(handle.executeUpdate('withdrawClaim', { args: [] })).rejects.toMatchObject({ cause: { type: 'UNREADABLE' } });
    await handle.cancel();
    expect(await handle.query(claimStateQuery)).toMatchObject({ status: 'SUBMITTED', version: 1 });
    await handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: '误报' }] });
    expect(await handle.result()).toMatchObject({ status: 'WITHDRAWN' });
    expect((await findClaim(database.kysely, SHOP, details.claimId))?.state).toMatchObject({ status: 'WITHDRAWN', note: '误报' });
  });

  test('withdrawing after the verdict is refused', async () => {
    const { handle } = await open('JT');
    await handle.signal(claimProgressSignal, { actor: 'm', status: 'DISMISSED', upheldFen: null, note: null });
    const withdrawing = handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'm', reason: '误报' }] });
    await expect(withdrawing).rejects.toBeInstanceOf(Error);
    expect(await handle.result()).toMatchObject({ status: 'DISMISSED' });
  });
});
