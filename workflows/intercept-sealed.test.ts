import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { sampleEvidence } from '../domain/intercept/sample-case.ts';
import { HOUR_MS } from '../domain/time.ts';
import { clientConverter, replayConverter } from '../sealing/data-converter.ts';
import type { PayloadKey } from '../sealing/payload-keys.ts';
import { type CaseHandle, CaseWorld } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { workflowBundle } from '../test/support/workflow-bundle.ts';
import type { intercept } from './intercept.ts';
import { approveRefundUpdate, carrierEvidenceSignal } from './messages.ts';

const newKey = (id: string): PayloadKey => ({ id, key: randomBytes(32) });
const [former, present, unknown] = [newKey('former'), newKey('present'), newKey('unknown')];

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv([former]), { payloadKeys: [former] });
});
afterAll(() => world.close());

/** The same run as somebody with other keys sees and tells it. */
function under(keys: readonly PayloadKey[], { workflowId }: CaseHandle) {
  const client = new Client({
    connection: world.env.connection,
    namespace: world.env.namespace ?? 'default',
    dataConverter: clientConverter(keys),
  });
  return client.workflow.getHandle<typeof intercept>(workflowId);
}

async function evidence(kind: Parameters<typeof sampleEvidence>[0]) {
  return { evidence: [sampleEvidence(kind, Math.floor(await world.env.currentTimeMs()))] };
}

type History = Awaited<ReturnType<CaseHandle['fetchHistory']>>;

async function replay(history: History, keys: readonly PayloadKey[]): Promise<void> {
  // In a thread of its own, as test/replay/replay.ts says why.
  const options = { workflowBundle: await workflowBundle(), dataConverter: replayConverter(keys), debugMode: false };
  await Worker.runReplayHistory(options, history, 'sealed');
}

/** Everything in a history as whoever sees Temporal's database or pages can read it, but for what it is found by. */
function readable({ events }: History): string {
  const texts: string[] = [];
  JSON.stringify(events, (key, value: unknown) => {
    if (key === 'searchAttributes') return null;
    if (typeof value === 'string') texts.push(value, Buffer.from(value, 'base64').toString('utf8'));
    return value;
  });
  return texts.join('\n');
}

function failedTasks({ events }: History) {
  return (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes);
}

test('nothing of a case can be read in Temporal but its ids and statuses, the words of failures included', async () => {
  const { seeded, handle } = await world.begin();
  await world.changeRefund(seeded.refundId, { refundFeeFen: 9_901 });
  const approve = handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'key:sample', refundFeeFen: null }] });
  await expect(approve).rejects.toMatchObject({
    cause: { type: 'AMOUNT_CHANGED', message: 'AMOUNT_CHANGED', details: [{ refundFeeFen: 9_901 }] },
  });
  const history = await handle.fetchHistory();
  const outcomes = history.events?.flatMap((event) => event.workflowExecutionUpdateCompletedEventAttributes?.outcome?.failure ?? []);
  expect(outcomes?.map(({ message, stackTrace }) => [message, stackTrace])).toEqual([['Encoded failure', '']]);
  const shown = readable(history);
  const { waybillNo, orderId, outletName, initiatedBy } = seeded.input;
  const secrets = [waybillNo, orderId, outletName, initiatedBy, '拦截', '退款', 'refundFeeFen', 'intercept.ts'];
  expect(secrets.filter((text) => shown.includes(text))).toEqual([]);
  expect(['payRefund', 'binary/encrypted', 'AMOUNT_CHANGED'].filter((text) => !shown.includes(text))).toEqual([]);
  await world.terminate(handle);
});

test('a key changed under an open case: the new one seals, the former one still opens, and it is paid once', async () => {
  const { seeded, handle } = await world.begin();
  await world.useKeys([former, present]);
  await world.useKeys([present, former]);
  await under([present, former], handle).signal(carrierEvidenceSignal, await evidence('RETURNING'));
  await world.untilRecorded(seeded.input.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');
  expect(await under([present, former], handle).query('state')).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED' });
  expect(await world.paidCount(seeded.refundId)).toBe(1);
  const history = await handle.fetchHistory();
  expect(failedTasks(history)).toEqual([]);
  await replay(history, [present, former]);
  await expect(replay(history, [present])).rejects.toThrow('key former, which TEMPORAL_PAYLOAD_KEYS does not hold');
  await world.terminate(handle);
  await world.useKeys([former]);
});

test('a signal sealed with a key nobody has is passed over, for good; what comes after it counts, and day 5 pays', async () => {
  const { seeded, handle } = await world.begin();
  const stranger = under([unknown], handle);
  await stranger.signal(carrierEvidenceSignal, await evidence('RETURNING'));
  await world.signal(handle, 'OUT_FOR_DELIVERY');
  await stranger.signal('nobodyKnowsMe', { any: 'thing' });
  await expect(stranger.executeUpdate('approveRefund', { args: [{ actor: 'a', refundFeeFen: null }] })).rejects.toBeInstanceOf(Error);
  await world.sleepUntil(seeded.input.initiatedAt + HOUR_MS);
  expect(await world.view(handle)).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
  // The key comes back: a worker that reads the signal now must go on as the one that could not.
  await world.useKeys([former, unknown]);
  await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
  const paid = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
  expect(paid).toMatchObject({ interceptStatus: 'INTERCEPTING', refundCause: 'DEADLINE_PASSED' });
  expect(await world.paidCount(seeded.refundId)).toBe(1);
  const history = await handle.fetchHistory();
  expect(failedTasks(history)).toEqual([]);
  await replay(history, [former]);
  await replay(history, [former, unknown]);
  await world.terminate(handle);
});
