import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@temporalio/common';
import { waitFor } from '../dev/waiting.ts';
import { NO_EVIDENCE } from '../domain/intercept/parcel.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import { listLog } from '../store/intercept-log.ts';
import { type CaseHandle, CaseWorld, type SeededCase } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';

const APPROVE = 'open.seller.order.refund.approve';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

async function logged(interceptId: string, what: string): Promise<number> {
  return (await listLog(world.database.kysely, interceptId)).filter((line) => line.what === what).length;
}

describe('2.2 create', () => {
  test('2.2 many creates at once are one run, one update, one carrier call', async () => {
    const seeded = await world.seed();
    await world.control('DELETE', '/sim/calls');
    await world.control('POST', '/sim/faults', { party: 'ZTO', api: 'thirdcenter.createIntercept', kind: 'slow', delayMs: 300, times: 1 });
    const started = await Promise.all(Array.from({ length: 20 }, () => world.start(seeded)));
    expect(new Set(started.map(({ handle }) => handle.firstExecutionRunId)).size).toBe(1);
    expect(new Set(started.map(({ view }) => JSON.stringify(view))).size).toBe(1);
    const { items } = await world.control<{ items: unknown[] }>('GET', '/sim/calls?party=ZTO&api=thirdcenter.createIntercept');
    expect(items).toHaveLength(1);
    const { events } = (await started[0]?.handle.fetchHistory()) ?? {};
    expect(events?.filter((event) => Boolean(event.workflowExecutionUpdateAcceptedEventAttributes))).toHaveLength(1);
  });

  test('2.2 a create repeated after the end starts nothing', async () => {
    const { seeded, handle } = await world.begin({ parcel: { onIntercept: 'REFUSES' } });
    await handle.result();
    await expect(world.start(seeded)).rejects.toBeInstanceOf(Error);
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });
});

describe("2.4 the carrier's answer", () => {
  test('2.4 a refusal opens no window: RELEASED, the run ends, nothing is paid', async () => {
    const { seeded, handle } = await world.begin({ parcel: { onIntercept: 'REFUSES', refusal: { code: 'E9', message: '已出库' } } });
    expect(await handle.result()).toMatchObject({
      interceptStatus: 'REJECTED_BY_CARRIER',
      refundStatus: 'RELEASED',
      automaticRefund: 'DISARMED',
      carrierRefusal: { message: '已出库' },
    });
    expect(await world.payments(seeded.refundId)).toHaveLength(0);
  });
});

describe('2.4 one waybill, several refunds: the follower', () => {
  const leader = { interceptId: '9007199254740993001-1', carrierReference: 'R1', failure: null, parcel: { ...NO_EVIDENCE } };

  test.each([
    { leads: 'REQUESTED', interceptStatus: 'REQUESTED', refundStatus: 'OPEN', paid: 0 },
    { leads: 'INTERCEPTING', interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', paid: 0 },
    { leads: 'SUCCEEDED', interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', paid: 1 },
    { leads: 'FAILED', interceptStatus: 'FAILED', refundStatus: 'OPEN', paid: 0 },
  ] as const)(
    '2.4 behind a leader that is $leads: $interceptStatus, $refundStatus, no carrier call',
    async ({ leads, interceptStatus, refundStatus, paid }) => {
      const { seeded, handle } = await world.beginOnly({ follows: { ...leader, interceptStatus: leads } });
      const view = await world.until(handle, (seen) => seen.refundStatus === refundStatus);
      expect(view).toMatchObject({ interceptStatus, carrierReference: leads === 'REQUESTED' ? null : 'R1' });
      expect(await world.paidCount(seeded.refundId)).toBe(paid);
      const { items } = await world.control<{ items: { body: string }[] }>('GET', '/sim/calls?party=ZTO');
      expect(items.filter(({ body }) => body.includes(seeded.input.interceptId))).toHaveLength(0);
      await world.terminate(handle);
    },
  );

  test("2.4 the carrier's answer to the leader is told to the follower: accepted, then success pays it too", async () => {
    const { seeded, handle } = await world.beginOnly({ follows: { ...leader, interceptStatus: 'REQUESTED' } });
    await world.signal(handle, 'ACCEPTED', { code: 'R2' });
    await world.until(handle, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING');
    await world.signal(handle, 'RETURNING');
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.4 the refusal of the leader releases the follower too', async () => {
    const { handle } = await world.beginOnly({ follows: { ...leader, interceptStatus: 'REQUESTED' } });
    await world.signal(handle, 'RESULT_REFUSED', { code: 'E9', message: '拒绝拦截' });
    expect(await handle.result()).toMatchObject({ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' });
  });
});

describe('2.1 the run cannot be stopped or confused', () => {
  test('2.1 (R27) a cancel request is logged and ignored; the deadline still pays', async () => {
    const { seeded, handle } = await world.begin();
    await handle.cancel();
    await world.env.sleep(HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
    expect(await logged(seeded.input.interceptId, 'CANCEL_IGNORED')).toBe(1);
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.1 (R27) a cancel request while a payment is on its way stops nothing', async () => {
    const { seeded, handle } = await world.begin();
    await world.control('POST', '/sim/faults', { party: 'KUAISHOU', api: APPROVE, kind: 'slow', delayMs: 500, times: 1 });
    await world.signal(handle, 'RETURNING');
    expect(await waitFor(async () => (await world.calls(APPROVE, seeded.refundId)).length === 1, 20_000)).toBe(true);
    await handle.cancel();
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('INTERCEPT_SUCCEEDED');
    await world.signal(handle, 'RETURN_SIGNED');
    await handle.result();
    expect((await handle.describe()).status.name).toBe('COMPLETED');
    expect(await logged(seeded.input.interceptId, 'CANCEL_IGNORED')).toBe(1);
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.6 (F146, F147) signals nobody knows and signals nobody can read change nothing; the case goes on', async () => {
    const { seeded, handle } = await world.begin();
    const before = await world.view(handle);
    await handle.signal('nobodyKnowsMe', { any: 'thing' });
    const at = Math.floor(await world.env.currentTimeMs());
    for (const payload of [
      [],
      [null],
      ['text'],
      [{}],
      [{ evidence: 'text' }],
      [{ evidence: [null, 7, 'text', {}, { key: 1, kind: 'RETURNING', occurredAt: at, receivedAt: at }] }],
      [{ evidence: [{ key: 'k', kind: 'TELEPORTED', occurredAt: at, receivedAt: at }] }],
      [{ evidence: [{ key: 'k', kind: 'RETURNING', occurredAt: at, receivedAt: 9e15 }] }],
      [{ evidence: [{ key: 'k', kind: 'RETURNING', occurredAt: '2026-11-23', receivedAt: at }] }],
    ])
      await handle.signal('carrierEvidence', ...payload);
    for (const payload of [
      [],
      [null],
      ['text'],
      [{ refund: 5, readAt: at, notice: null }],
      [{ refund: { status: 60 }, readAt: at }],
      [{ notice: 'NOISE' }],
    ])
      await handle.signal('refundChanged', ...payload);
    await expect(handle.executeUpdate('nobodyKnowsMe')).rejects.toBeInstanceOf(Error);
    expect(await world.view(handle)).toEqual(before);
    await world.signal(handle, 'RETURNING');
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.6 (F146) signals nobody can decode are skipped; what comes after them counts, and day 5 pays', async () => {
    const { seeded, handle } = await world.begin();
    const encoded = (encoding: string | null, data: string): Payload => ({
      metadata: encoding === null ? {} : { encoding: Buffer.from(encoding) },
      data: Buffer.from(data),
    });
    const sent = async (signalName: string, ...payloads: Payload[]) =>
      world.env.connection.workflowService.signalWorkflowExecution({
        namespace: world.env.namespace ?? 'default',
        workflowExecution: { workflowId: handle.workflowId },
        signalName,
        input: { payloads },
      });
    for (const signalName of ['carrierEvidence', 'refundChanged', 'nobodyKnowsMe']) {
      await sent(signalName, encoded('json/plain', '{"evidence":['));
      await sent(signalName, encoded('binary/encrypted', 'x'));
      await sent(signalName, encoded(null, '{}'));
      await sent(signalName, encoded('json/plain', '{}'), encoded('json/plain', 'not json'));
    }
    await world.signal(handle, 'RESULT_FAILED', { code: 'F1' });
    await world.until(handle, ({ interceptStatus }) => interceptStatus === 'FAILED');
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
    const { events } = await handle.fetchHistory();
    expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
  });

  test.each([
    ['approveRefund', [], [null], [{}], ['text'], [{ actor: 'a', refundFeeFen: '9900' }], [{ actor: 7, refundFeeFen: null }]],
    ['rejectRefund', [], [{ actor: 'a', reason: 1, description: '', images: [] }], [{ actor: 'a', reason: '1', description: '' }]],
    ['requestArbitration', [], [{ actor: 'a', description: '', pictures: 'none' }]],
  ] as const)('2.6 a command %s with arguments nobody can read fails alone', async (name, ...all) => {
    const { handle } = await world.begin();
    await world.signal(handle, 'RESULT_FAILED', { code: 'F1' });
    await world.until(handle, ({ interceptStatus }) => interceptStatus === 'FAILED');
    for (const args of all)
      await expect(handle.executeUpdate(name, { args: Array.from<unknown>(args) as never })).rejects.toMatchObject({
        cause: { type: 'UNREADABLE' },
      });
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'OPEN' });
    const { events } = await handle.fetchHistory();
    expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
    await world.terminate(handle);
  });
});

describe('2.1 a new run from the record after a termination', () => {
  async function again(seeded: SeededCase, handle: CaseHandle): Promise<CaseHandle> {
    await world.terminate(handle);
    const { state } = await world.record(seeded.input.interceptId);
    return world.startOnly(seeded, state);
  }

  test('2.1 while waiting: the old deadline holds, paid once', async () => {
    const { seeded, handle } = await world.begin();
    await world.env.sleep(50 * HOUR_MS);
    const next = await again(seeded, handle);
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS - 2_000);
    expect(await world.view(next)).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    const view = await world.until(next, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('DEADLINE_PASSED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.4 before the carrier answered: ZTO is asked what became of the request, "exists" is no refusal', async () => {
    const { seeded, handle } = await world.begin();
    const { state } = await world.record(seeded.input.interceptId);
    await world.terminate(handle);
    const next = await world.startOnly(seeded, { ...state, interceptStatus: 'REQUESTED', acceptedAt: null, carrierReference: null });
    const view = await world.until(next, ({ interceptStatus }) => interceptStatus !== 'REQUESTED');
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', carrierRefusal: null });
  });

  test('2.3 in the middle of a look at a quiet return: the look is taken again', async () => {
    const { seeded, handle } = await world.begin();
    await world.signal(handle, 'RESULT_SUCCEEDED');
    await world.untilRecorded(seeded.input.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');
    const { state } = await world.record(seeded.input.interceptId);
    await world.terminate(handle);
    await world.env.sleep(8 * DAY_MS);
    const next = await world.startOnly(seeded, { ...state, stallDueAt: null });
    await world.until(next, ({ returnFailure }) => returnFailure === 'STALLED');
  });
});
