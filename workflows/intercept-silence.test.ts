import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../dev/waiting.ts';
import { sampleInput } from '../domain/intercept/sample-case.ts';
import { toRfc3339 } from '../domain/time.ts';
import { type CaseHandle, CaseWorld } from '../test/support/case-world.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import type { intercept } from './intercept.ts';
import { approveRefundUpdate, awaitCarrierAnswerUpdate } from './messages.ts';

// On the time-skipping server an activity that nobody ends stops the clock, so these run on a real one, in seconds.
const APPROVE = 'open.seller.order.refund.approve';
/** A carrier whose queue nobody works on: it never answers. */
const SILENT = 'SILENT';
const SOON_MS = 2_500;
const SOON = { ...sampleInput().durations, rejectUnlockAfterMs: 1_000, autoRefundAfterMs: SOON_MS };
/** Real time enough for a new run before it is over. */
const CONTINUED_MS = 15_000;
/** The server suggests a new run after so many events. */
const SUGGESTED_AFTER = 20;

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createDevServerEnv({ 'limit.historyCount.suggestContinueAsNew': SUGGESTED_AFTER }));
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

describe('2.4 a silent carrier', () => {
  test('2.4 a carrier that never answers: the create waits, the deadline refunds all the same', async () => {
    const { seeded, handle } = await world.beginOnly({ carrier: SILENT, durations: SOON });
    let answered = false;
    const waiting = handle.executeUpdate(awaitCarrierAnswerUpdate, { updateId: 'create' }).finally(() => (answered = true));
    await world.sleepUntil(seeded.input.initiatedAt + SOON_MS - 500);
    expect(answered).toBe(false);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view).toMatchObject({ interceptStatus: 'REQUESTED', refundCause: 'DEADLINE_PASSED' });
    expect(['REFUNDING', 'REFUNDED']).toContain((await waiting).refundStatus);
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.4 success implies acceptance: it need not wait for an answer', async () => {
    const { seeded, handle } = await world.beginOnly({ carrier: SILENT });
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view).toMatchObject({ interceptStatus: 'SUCCEEDED', refundCause: 'INTERCEPT_SUCCEEDED' });
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.4 a refusal after the refund was decided leaves the refund alone', async () => {
    const { seeded, handle } = await world.beginOnly({ carrier: SILENT });
    const approved = await handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: null }] });
    expect(approved).toMatchObject({ interceptStatus: 'REQUESTED', refundStatus: 'REFUNDED' });
    await world.signal(handle, 'RESULT_REFUSED', { code: 'E9', message: '拒绝拦截' });
    expect(await handle.result()).toMatchObject({
      interceptStatus: 'REJECTED_BY_CARRIER',
      refundStatus: 'REFUNDED',
      refundCause: 'MANUAL_APPROVAL',
    });
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });
});

describe('2.1 a new run from the record after a termination', () => {
  test('2.6 after a payment whose answer the old run never heard: read, not repeated, our cause', async () => {
    const { seeded, handle } = await world.beginOnly({});
    await world.control('POST', '/sim/faults', {
      party: 'KUAISHOU',
      api: APPROVE,
      kind: 'timeout-after-accepting',
      delayMs: 800,
      times: 1,
    });
    await world.signal(handle, 'RETURNING');
    expect(await waitFor(async () => (await world.paidCount(seeded.refundId)) === 1, 20_000)).toBe(true);
    await handle.terminate('a test');
    const { state } = await world.record(seeded.input.interceptId);
    const next = await world.startOnly(seeded, state);
    await world.signal(next, 'RETURNING');
    const view = await world.until(next, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view).toMatchObject({ interceptStatus: 'SUCCEEDED', refundCause: 'INTERCEPT_SUCCEEDED' });
    expect(await world.calls(APPROVE, seeded.refundId)).toHaveLength(1);
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });
});

describe('2.8 the end', () => {
  test('S6 what is told while the last record is on its way is applied, and takes the case up again', async () => {
    const durations = { ...SOON, rejectUnlockAfterMs: 60_000, autoRefundAfterMs: 120_000, correctionAfterMs: 1_500 };
    const { seeded, handle } = await world.beginOnly({ durations });
    const { interceptId, waybillNo } = seeded.input;
    await world.signal(handle, 'RESULT_FAILED', { code: 'F1' });
    await world.changeRefund(seeded.refundId, { status: 60 });
    await world.tellRefund(handle, seeded);
    await world.untilRecorded(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');
    const db = world.database.kysely;
    const lock = await db.startTransaction().execute();
    await lock.selectFrom('parcels').select('waybill_no').where('waybill_no', '=', waybillNo).forUpdate().execute();
    // The quick way of writing has been given up: the run waits for the patient one.
    const isWriting = async () => {
      const { events } = await handle.fetchHistory();
      return events?.some((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'saveRecords') ?? false;
    };
    expect(await waitFor(isWriting, 20_000)).toBe(true);
    await world.signal(handle, 'RETURNING');
    await lock.rollback().execute();
    await world.untilRecorded(interceptId, ({ returnStatus }) => returnStatus === 'RETURNING', 60_000);
    expect((await world.record(interceptId)).phase).toBe('OPEN');
    await world.signal(handle, 'RETURN_SIGNED');
    expect(await handle.result()).toMatchObject({ interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_SIGNED', refundStatus: 'REFUNDED' });
    await world.untilRecorded(interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED');
    expect((await world.record(interceptId)).phase).toBe('ENDED');
  });
});

describe('2.8 continue-as-new', () => {
  test('2.8 when the server suggests it the state goes along: the old deadline, one payment, one result', async () => {
    const { seeded, handle } = await world.beginOnly({ durations: { ...SOON, autoRefundAfterMs: CONTINUED_MS } });
    await world.until(handle, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING');
    const latest = world.env.client.workflow.getHandle<typeof intercept>(handle.workflowId) as CaseHandle;
    const isNewRun = async (): Promise<boolean> => (await latest.describe()).runId !== handle.firstExecutionRunId;
    for (let sent = 0; sent < SUGGESTED_AFTER && !(await isNewRun()); sent += 1) await handle.signal('nobodyKnowsMe');
    expect(await waitFor(isNewRun, 10_000)).toBe(true);
    expect(await world.view(latest)).toMatchObject({
      interceptStatus: 'INTERCEPTING',
      refundStatus: 'OPEN',
      initiatedAt: toRfc3339(seeded.input.initiatedAt),
    });
    const view = await world.until(latest, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('DEADLINE_PASSED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
    const [payment] = await world.payments(seeded.refundId);
    expect(payment?.at).toBeGreaterThanOrEqual(seeded.input.initiatedAt + CONTINUED_MS);
    await world.signal(latest, 'RETURNING');
    await world.signal(latest, 'RETURN_SIGNED');
    expect(await latest.result()).toMatchObject({
      interceptStatus: 'SUCCEEDED',
      refundCause: 'DEADLINE_PASSED',
      returnStatus: 'RETURN_SIGNED',
    });
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });
});
