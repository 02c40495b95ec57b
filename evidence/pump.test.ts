import { Client, Connection, ServiceError, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import { NO_EVIDENCE } from '../domain/intercept/parcel.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import { SECOND_MS } from '../domain/time.ts';
import type { TrackEvent, TrackScan } from '../domain/track.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { type Database, type Db, now, openDatabase } from '../store/db.ts';
import { claimDue, storeEvents } from '../store/inbox.ts';
import { redrive } from '../store/inbox-redrive.ts';
import { findAnyIntercept } from '../store/intercept-reading.ts';
import { markStarted } from '../store/intercept-opening.ts';
import { saveRecord } from '../store/intercept-record.ts';
import { missingRunCount } from '../store/intercept-watch.ts';
import { notePaymentCall } from '../store/payment-calls.ts';
import { removeExpired } from '../store/retention.ts';
import { keptFor } from '../store/test-cases.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { viewIntercept } from '../domain/intercept/view.ts';
import { interceptWorkflowId } from '../workflows/messages.ts';
import { driveInboxOnce } from './drive-inbox.ts';
import { takeMessage, takeResult, takeScans } from './intake.ts';
import { hasPendingEvidence } from './pending.ts';
import { startPump } from './pump.ts';
import { openRefund } from './test-cases.ts';
import { openCase, recordCase } from './test-records.ts';

const WAYBILL = '73100000000001';
let env: TestWorkflowEnvironment;
let home: FreshDatabase;
let database: Database;
let db: Db;
let client: Client;
let deadClient: Client;
let refunds: Map<string, PlatformRefund | Error>;
let reads: number;
let sequence = 0;

beforeAll(async () => {
  // One after the other: a server whose start is not waited for could never be stopped.
  home = await freshDatabase();
  env = await createDevServerEnv();
  database = openDatabase(home.url, { max: 10, applicationName: 'pump.test', onError: () => undefined });
  db = database.kysely;
  client = env.client;
  deadClient = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
}, 60_000);
afterAll(async () => {
  await deadClient.connection.close();
  await database.close();
  await home.drop();
  await env.teardown();
}, 60_000);
beforeEach(async () => {
  refunds = new Map();
  reads = 0;
  for (const table of ['inbox', 'track_events', 'intercepts', 'parcels', 'waybill_marks'] as const) await db.deleteFrom(table).execute();
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const platform = {
  readRefund: async (_shopId: string, refundId: string): Promise<PlatformRefund | null> => {
    reads += 1;
    const refund = refunds.get(refundId) ?? null;
    if (refund instanceof Error) throw refund;
    return refund;
  },
  listUpdatedRefunds: async () => [],
};
const drive = (over: Client = client) => driveInboxOnce({ db, client: over, platform, log: silent });

/** Ids of their own for every case, so that no run is met twice. */
function fresh(): { refundId: string; waybillNo: string } {
  sequence += 1;
  return { refundId: String(700_000_000 + sequence), waybillNo: `${WAYBILL}${sequence}` };
}
/** A run as the server keeps it; nobody works on it, so its history holds exactly what it was told. */
function startRun(state: InterceptState): Promise<WorkflowHandle> {
  return client.workflow.start('intercept', { taskQueue: 'nobody', workflowId: interceptWorkflowId(state.input.interceptId), args: [] });
}
async function heard<T>(run: { workflowId: string }, signal: string): Promise<T[]> {
  const { events } = await client.workflow.getHandle(run.workflowId).fetchHistory();
  return (events ?? [])
    .map((event) => event.workflowExecutionSignaledEventAttributes)
    .filter((told) => told?.signalName === signal)
    .map((told) => defaultPayloadConverter.fromPayload<T>(told?.input?.payloads?.[0] ?? {}));
}
const evidenceHeard = async (run: { workflowId: string }) =>
  (await heard<{ evidence: CarrierEvidence[] }>(run, 'carrierEvidence')).map((told) => told.evidence.map((piece) => piece.kind));

const scan = (waybillNo: string, event: TrackEvent, minutesAgo = 1): TrackScan => ({
  carrier: 'ZTO',
  waybillNo,
  event,
  occurredAt: Math.floor(Date.now() / SECOND_MS) * SECOND_MS - minutesAgo * 60 * SECOND_MS,
  outletCode: null,
  outletName: null,
  text: event,
  raw: {},
});
const take = (...scans: TrackScan[]) => db.transaction().execute((trx) => takeScans(trx, 'ZTO', scans, 'PUSH'));
const inbox = () => db.selectFrom('inbox').selectAll().orderBy('inbox_id').execute();

describe('evidence of a carrier', () => {
  const SIGNED_BACK = {
    interceptStatus: 'SUCCEEDED',
    refundStatus: 'REFUNDED',
    returnStatus: 'RETURN_SIGNED',
    parcel: { ...NO_EVIDENCE, caught: true, returnSigned: true },
  } as const;
  const failures = (interceptId: string) =>
    db.selectFrom('outbox').select('type').where('intercept_id', '=', interceptId).where('type', '=', 'return.failed').execute();

  test('reaches its case in one signal, oldest first, once', async () => {
    const ids = fresh();
    const state = await openCase(db, ids);
    const run = await startRun(state);
    await take(scan(ids.waybillNo, 'SIGNED', 3), scan(ids.waybillNo, 'RETURNING', 8), scan(ids.waybillNo, 'ARRIVED', 2));
    const parcel = { carrier: 'ZTO', waybillNo: ids.waybillNo, interceptId: state.input.interceptId };
    expect(await hasPendingEvidence(db, parcel)).toBe(true);
    expect(await drive()).toEqual({ claimed: 3, moreDue: false, outage: false });
    expect(await drive()).toMatchObject({ claimed: 0 });
    // Temporal has the signal, whether the run has read it nobody knows; and a rejection must cross no return at all.
    expect(await hasPendingEvidence(db, parcel)).toBe(true);
    await recordCase(db, state, { interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_SIGNED' });
    expect(await hasPendingEvidence(db, parcel)).toBe(true);
    expect(await evidenceHeard(run)).toEqual([['RETURNING', 'SIGNED']]);
    expect((await inbox()).map((row) => [row.status, row.reason])).toEqual([
      ['SUPERSEDED', 'NOT_DECISIVE'],
      ['DELIVERED', null],
      ['DELIVERED', null],
    ]);
  });

  test('a failure that was delivered stops no rejection, a return does, and none of an earlier parcel', async () => {
    const ids = fresh();
    const state = await openCase(db, { ...ids, pickedUpAt: Date.now() - 60 * 60 * SECOND_MS });
    await startRun(state);
    const parcel = { carrier: 'ZTO', waybillNo: ids.waybillNo, interceptId: state.input.interceptId };
    await take(scan(ids.waybillNo, 'SIGNED', 3), scan(ids.waybillNo, 'RETURNING', 24 * 60));
    await drive();
    expect(await hasPendingEvidence(db, parcel)).toBe(false);
    await take(scan(ids.waybillNo, 'RETURNING', 2));
    await drive();
    expect(await hasPendingEvidence(db, parcel)).toBe(true);
  });

  test('reaches every case of the waybill, each once, however often it is taken up', async () => {
    const { waybillNo } = fresh();
    const cases = [await openCase(db, { ...fresh(), waybillNo }), await openCase(db, { ...fresh(), waybillNo })];
    const runs = await Promise.all(cases.map(startRun));
    await take(scan(waybillNo, 'RETURNING'));
    await drive();
    await db.updateTable('inbox').set({ status: 'PENDING' }).execute();
    await makeDue();
    await drive();
    for (const run of runs) expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
    expect(await inbox()).toMatchObject([{ status: 'DELIVERED' }]);
  });

  test('waits for a case that is just being started', async () => {
    const ids = fresh();
    const state = await openCase(db, ids, true);
    await take(scan(ids.waybillNo, 'RETURNING'));
    await drive();
    expect(await inbox()).toMatchObject([{ status: 'PENDING', attempts: 0 }]);
    const run = await startRun(state);
    await markStarted(db, state.input.interceptId);
    await redrive(db, {});
    await drive();
    expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
  });

  test('is kept while Temporal does not answer, and delivered when it does', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    await db
      .transaction()
      .execute((trx) =>
        takeResult(
          trx,
          'ZTO',
          { eventId: ids.refundId, waybillNo: ids.waybillNo, result: 'SUCCEEDED', occurredAt: Date.now(), code: 'S', message: '成功' },
          'PUSH',
        ),
      );
    const ended = await openCase(db, fresh());
    await recordCase(db, ended, SIGNED_BACK, true);
    await take(scan(ended.input.waybillNo, 'DAMAGED'));
    expect(await drive(deadClient)).toMatchObject({ outage: true });
    const [row, damage] = await inbox();
    expect(damage).toMatchObject({ status: 'PENDING' });
    expect(await failures(ended.input.interceptId)).toEqual([]);
    expect(row).toMatchObject({ status: 'PENDING', attempts: 1 });
    expect((row?.next_attempt_at ?? 0) - (await now(db))).toBeLessThanOrEqual(5 * SECOND_MS);
    await redrive(db, {});
    await drive();
    expect(await heard(run, 'carrierEvidence')).toMatchObject([{ evidence: [{ kind: 'RESULT_SUCCEEDED', code: 'S', message: '成功' }] }]);
    expect(await failures(ended.input.interceptId)).toHaveLength(1);
  });

  test('holds nothing of the database while its case is told, and what Temporal took is not told again (S4)', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, async () => openCase(db, fresh())));
    const runs = await Promise.all(cases.map(startRun));
    await take(...cases.map((state) => scan(state.input.waybillNo, 'RETURNING')));
    const waybills = new Map(cases.map(({ input }) => [interceptWorkflowId(input.interceptId), input.waybillNo]));
    const free: number[] = [];
    let taken = 0;
    const slow = new Client({
      connection: env.connection,
      namespace: client.options.namespace,
      interceptors: {
        workflow: [
          {
            signal: async (input, next) => {
              const waybillNo = waybills.get(input.workflowExecution.workflowId ?? '') ?? '';
              const rows = db.selectFrom('inbox').select('inbox_id').where('waybill_no', '=', waybillNo).forUpdate().skipLocked();
              free.push((await rows.execute()).length);
              if (taken === 5) throw new ServiceError('Temporal has gone');
              taken += 1;
              await next(input);
            },
          },
        ],
      },
    });
    expect(await drive(slow)).toMatchObject({ claimed: 12, outage: true });
    expect(new Set(free)).toEqual(new Set([1]));
    expect((await inbox()).filter((row) => row.status === 'DELIVERED')).toHaveLength(5);
    await makeDue();
    await drive();
    for (const run of runs) expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
  });

  test('is taken up by another when the process that tells it dies', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    await take(scan(ids.waybillNo, 'RETURNING'));
    expect(await claimDue(db, 10)).toHaveLength(1);
    expect(await drive()).toMatchObject({ claimed: 0 });
    await makeDue();
    await drive();
    expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
    expect(await inbox()).toMatchObject([{ status: 'DELIVERED' }]);
  });

  test('outlives a terminated run: kept, counted, given to the run made again', async () => {
    const ids = fresh();
    const state = await openCase(db, ids);
    await (await startRun(state)).terminate('test');
    await take(scan(ids.waybillNo, 'RETURNING'));
    await drive();
    expect(await inbox()).toMatchObject([{ status: 'PENDING', attempts: 1, last_error: 'no open run of an open case' }]);
    expect(await missingRunCount(db)).toBe(1);
    const again = await startRun(state);
    await redrive(db, {});
    await drive();
    expect(await evidenceHeard(again)).toEqual([['RETURNING']]);
    expect(await missingRunCount(db)).toBe(0);
  });

  test('for a case that has ended raises a notice, once', async () => {
    const ids = fresh();
    const state = await openCase(db, ids);
    await recordCase(db, state, { interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, true);
    await take(scan(ids.waybillNo, 'RETURNING', 2), scan(ids.waybillNo, 'RETURNING', 1));
    await drive();
    expect((await inbox()).map((row) => row.reason)).toEqual(['CASE_ENDED', 'CASE_ENDED']);
    const record = await findAnyIntercept(db, state.input.interceptId);
    expect(record?.state.notices).toEqual(['PARCEL_RETURNS_AFTER_REFUSAL']);
    expect(
      await db
        .selectFrom('notices')
        .select('code')
        .where('intercept_id', '=', state.input.interceptId)
        .where('kind', '=', 'NOTICE')
        .execute(),
    ).toHaveLength(1);
  });

  describe('damage that is told after the return was signed', () => {
    const DAMAGED_TOO = { ...SIGNED_BACK, returnFailure: 'DAMAGED', parcel: { caught: true, returnSigned: true, damaged: true } };

    test('is recorded and told as the run would have, once, although that has ended', async () => {
      const ids = fresh();
      const state = await openCase(db, ids);
      const { interceptId } = state.input;
      const ended = await recordCase(db, state, SIGNED_BACK, true);
      await take(scan(ids.waybillNo, 'DAMAGED', 3), scan(ids.waybillNo, 'DAMAGED', 2));
      await drive();
      await take(scan(ids.waybillNo, 'DAMAGED', 1));
      await drive();
      expect((await inbox()).map((row) => [row.status, row.reason])).toEqual([
        ['DELIVERED', null],
        ['DELIVERED', null],
        ['SUPERSEDED', 'CASE_ENDED'],
      ]);
      const record = await findAnyIntercept(db, interceptId);
      expect(record).toMatchObject({ phase: 'ENDED', state: { ...DAMAGED_TOO, version: ended.version + 1 } });
      expect(await failures(interceptId)).toHaveLength(1);
      const log = await db.selectFrom('intercept_log').select('what').where('intercept_id', '=', interceptId).execute();
      expect(log.filter(({ what }) => what === 'RETURN_DAMAGED')).toHaveLength(1);
      expect(await missingRunCount(db)).toBe(0);
    });

    test('goes to the run that is still at its last record, which tells it itself', async () => {
      const ids = fresh();
      const state = await openCase(db, ids);
      const run = await startRun(state);
      await recordCase(db, state, SIGNED_BACK, true);
      await take(scan(ids.waybillNo, 'DAMAGED'));
      await drive();
      expect(await evidenceHeard(run)).toEqual([['DAMAGED']]);
      expect(await failures(state.input.interceptId)).toEqual([]);
      expect(await inbox()).toMatchObject([{ status: 'DELIVERED' }]);
    });

    test.each([
      ['a return that is not signed', { ...SIGNED_BACK, returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' }],
      ['an intercept that failed', { ...SIGNED_BACK, interceptStatus: 'FAILED', returnStatus: null }],
    ] as const)('changes nothing of %s', async (_what, over) => {
      const ids = fresh();
      const state = await openCase(db, ids);
      const ended = await recordCase(db, state, over, true);
      await take(scan(ids.waybillNo, 'DAMAGED'));
      await drive();
      expect(await inbox()).toMatchObject([{ status: 'SUPERSEDED', reason: 'CASE_ENDED' }]);
      expect((await findAnyIntercept(db, state.input.interceptId))?.state).toEqual(ended);
    });
  });

  test('of a shared parcel: the carrier’s answer goes to the followers alone', async () => {
    const { waybillNo } = fresh();
    const leader = await openCase(db, { ...fresh(), waybillNo });
    const runs = [await startRun(leader), await startRun(await openCase(db, { ...fresh(), waybillNo }))];
    const accepted: InterceptState = {
      ...leader,
      version: leader.version + 1,
      interceptStatus: 'INTERCEPTING',
      carrierReference: 'REF-1',
      acceptedAt: leader.updatedAt,
    };
    await saveRecord(db, {
      state: accepted,
      view: viewIntercept(accepted, accepted.updatedAt),
      lines: [],
      told: [],
      feeDueAt: null,
      ended: false,
      answer: 'ACCEPTED',
    });
    await drive();
    expect(await Promise.all(runs.map((run) => heard(run, 'carrierEvidence')))).toMatchObject([
      [],
      [{ evidence: [{ kind: 'ACCEPTED', code: 'REF-1' }] }],
    ]);
  });

  test('that crossed its own create is freed and delivered by the pump', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    await take(scan(ids.waybillNo, 'RETURNING'));
    await db.updateTable('inbox').set({ status: 'QUARANTINED', reason: 'UNKNOWN_WAYBILL' }).execute();
    await pumpUntil(async () => (await evidenceHeard(run)).length > 0);
    expect(await inbox()).toMatchObject([{ status: 'DELIVERED' }]);
  });

  test('that was settled while a follower was being created reaches the follower too', async () => {
    const { waybillNo } = fresh();
    await startRun(await openCase(db, { ...fresh(), waybillNo }));
    await take(scan(waybillNo, 'RETURNING'));
    const follower = await openCase(db, { ...fresh(), waybillNo });
    const run = await startRun(follower);
    // As the round left it that had read the waybill's cases before the follower was there.
    await db
      .updateTable('inbox')
      .set((eb) => ({ status: 'DELIVERED', settled_at: eb.fn('clock_ms') }))
      .execute();
    await pumpUntil(async () => (await evidenceHeard(run)).length > 0);
    expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
  });

  test('whose payload is none is set aside and holds nobody up', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    const base = { carrier: 'ZTO', waybillNo: ids.waybillNo, refundId: null, shopId: null };
    await db
      .transaction()
      .execute((trx) => storeEvents(trx, [{ ...base, eventKey: 'odd', kind: 'TRACK', payload: { event: 'BEAMED_UP' } }]));
    await take(scan(ids.waybillNo, 'RETURNING'));
    await drive();
    expect(await inbox()).toMatchObject([{ status: 'QUARANTINED', reason: 'UNREADABLE' }, { status: 'DELIVERED' }]);
    expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
  });
});

describe('what comes again after its rows were removed as old', () => {
  const removeAll = async () => {
    await sql`update retention_sweeps set resumes_at = clock_ms()`.execute(db);
    await removeExpired(db, keptFor(0), new AbortController().signal);
  };
  const result = (waybillNo: string, eventId: string) =>
    db
      .transaction()
      .execute((trx) =>
        takeResult(trx, 'ZTO', { eventId, waybillNo, result: 'SUCCEEDED', occurredAt: Date.now(), code: 'S', message: '成功' }, 'PUSH'),
      );

  test('changes nothing for a case that has ended: no second notice, no signal', async () => {
    const ids = fresh();
    const state = await openCase(db, ids);
    await recordCase(db, state, { interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, true);
    const returning = scan(ids.waybillNo, 'RETURNING');
    const again = async () => {
      await take(returning);
      await result(ids.waybillNo, ids.refundId);
      await drive();
    };
    await again();
    await removeAll();
    expect(await inbox()).toEqual([]);
    await again();
    // The scan stayed with its case and is known; the carrier's own word is taken in and decides nothing.
    expect((await inbox()).map((row) => [row.kind, row.reason])).toEqual([['RESULT', 'CASE_ENDED']]);
    expect((await findAnyIntercept(db, state.input.interceptId))?.state.notices).toEqual(['PARCEL_RETURNS_AFTER_REFUSAL']);
    const notices = await db.selectFrom('notices').select('code').where('intercept_id', '=', state.input.interceptId).execute();
    expect(notices).toEqual([]);
  });

  test('of an open case is known: its evidence was not removed', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    const scans = [scan(ids.waybillNo, 'RETURNING'), scan(ids.waybillNo, 'ARRIVED', 2)];
    await take(...scans);
    await result(ids.waybillNo, ids.refundId);
    await drive();
    const before = await inbox();
    await removeAll();
    expect(await inbox()).toEqual(before);
    await take(...scans);
    await result(ids.waybillNo, ids.refundId);
    await drive();
    expect(await inbox()).toEqual(before);
    expect(await evidenceHeard(run)).toHaveLength(1);
  });

  test('of a waybill nobody has is set aside again', async () => {
    const { waybillNo } = fresh();
    await take(scan(waybillNo, 'DEPARTED'));
    await removeAll();
    expect(await inbox()).toEqual([]);
    await take(scan(waybillNo, 'DEPARTED'));
    expect(await inbox()).toMatchObject([{ status: 'QUARANTINED', reason: 'UNKNOWN_WAYBILL' }]);
  });
});

describe('a platform message', () => {
  const AFTER_SALES = 'kwaishop_aftersales_updateRefund';
  const message = (refundId: string | null, eventId: string) =>
    db
      .transaction()
      .execute((trx) =>
        takeMessage(trx, 'REAL', { kind: 'MESSAGE', eventId, event: AFTER_SALES, shopId: '1001', refundId, sentAt: null, body: {} }),
      );

  test('makes the refund be read once and its case be told, however many came', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    const refund = openRefund({ refundId: ids.refundId, status: 20 });
    refunds.set(ids.refundId, refund);
    await message(ids.refundId, `${ids.refundId}-a`);
    await message(ids.refundId, `${ids.refundId}-b`);
    await drive();
    expect(reads).toBe(1);
    const told = await heard<{ readAt: number }>(run, 'refundChanged');
    expect(told).toMatchObject([{ refund, notice: null }]);
    expect(Math.abs((told[0]?.readAt ?? 0) - (await now(db)))).toBeLessThan(10 * SECOND_MS);
    expect((await inbox()).map((row) => row.status)).toEqual(['DELIVERED', 'DELIVERED']);
  });

  test('that brings nothing new, or concerns nobody, ends in the inbox', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    refunds.set(ids.refundId, openRefund(ids));
    await message(ids.refundId, `${ids.refundId}-a`);
    await message('1', `${ids.refundId}-b`);
    await message(null, `${ids.refundId}-c`);
    await drive();
    expect((await inbox()).map((row) => [row.status, row.reason])).toEqual([
      ['SUPERSEDED', 'NOTHING_NEW'],
      ['SUPERSEDED', 'NO_INTERCEPT'],
      ['SUPERSEDED', 'CONCERNS_NO_CASE'],
    ]);
    expect(await heard(run, 'refundChanged')).toEqual([]);
  });

  test('waits for a payment of ours that has just left', async () => {
    const ids = fresh();
    const state = await openCase(db, ids);
    await startRun(state);
    const call = { callKey: ids.refundId, refundId: ids.refundId, interceptId: state.input.interceptId, sequence: 1, amountFen: 1 };
    await notePaymentCall(db, call);
    await message(ids.refundId, ids.refundId);
    await drive();
    const [row] = await inbox();
    expect([row?.status, row?.attempts, reads]).toEqual(['PENDING', 0, 0]);
    expect((row?.next_attempt_at ?? 0) - (await now(db))).toBeGreaterThan(3 * SECOND_MS);
  });

  test('waits while the platform does not answer', async () => {
    const ids = fresh();
    const run = await startRun(await openCase(db, ids));
    refunds.set(ids.refundId, new PlatformUnavailable('down'));
    await message(ids.refundId, ids.refundId);
    await drive();
    expect(await inbox()).toMatchObject([{ status: 'PENDING', attempts: 1 }]);
    refunds.set(ids.refundId, openRefund({ refundId: ids.refundId, status: 60 }));
    await redrive(db, {});
    await drive();
    expect(await heard(run, 'refundChanged')).toMatchObject([{ refund: { status: 60 } }]);
  });

  test('that fails for a reason of its own is set aside after five tries', async () => {
    const ids = fresh();
    await startRun(await openCase(db, ids));
    refunds.set(ids.refundId, new TypeError('odd'));
    await message(ids.refundId, ids.refundId);
    for (let round = 0; round < 5; round += 1) {
      await makeDue();
      await drive();
    }
    expect(await inbox()).toMatchObject([{ status: 'QUARANTINED', reason: 'POISON' }]);
  });
});

test('two pumps share the work: every case hears its evidence exactly once', async () => {
  const cases = await Promise.all(Array.from({ length: 20 }, async () => openCase(db, fresh())));
  const runs = await Promise.all(cases.map(startRun));
  await take(...cases.map((state) => scan(state.input.waybillNo, 'RETURNING')));
  await Promise.all([
    driveInboxOnce({ db, client, platform, log: silent }, 7),
    driveInboxOnce({ db, client, platform, log: silent }, 7),
    drive(),
  ]);
  await pumpUntil(async () => (await inbox()).every((row) => row.status === 'DELIVERED'));
  for (const run of runs) expect(await evidenceHeard(run)).toEqual([['RETURNING']]);
});

/** Makes every waiting event due without forgetting its tries. */
async function makeDue(): Promise<void> {
  const rows = await inbox();
  for (const row of rows)
    await db
      .updateTable('inbox')
      .set((eb) => ({ next_attempt_at: eb.ref('received_at') }))
      .where('inbox_id', '=', row.inbox_id)
      .execute();
}

/** Lets a pump run until something is so; its own beat is far too slow to matter, so it is woken each time. */
async function pumpUntil(reached: () => Promise<boolean>): Promise<void> {
  const errors: unknown[] = [];
  const pump = startPump({ db, client, platform, log: silent }, { everyMs: 20, onError: (error) => errors.push(error) });
  try {
    const giveUpAt = Date.now() + 15 * SECOND_MS;
    while (!(await reached())) {
      if (Date.now() > giveUpAt) throw new Error('the pump did not get there');
      pump.wake();
    }
  } finally {
    await pump.stop();
  }
  expect(errors).toEqual([]);
}
