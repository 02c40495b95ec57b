import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { InterceptState } from '../domain/intercept/state.ts';
import { HOUR_MS } from '../domain/time.ts';
import { DEFAULT_SETTINGS } from '../domain/decisions/settings.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { BadCursor } from './cursor.ts';
import { type Database, now, openDatabase } from './db.ts';
import { saveDecisionSettings } from './decision-settings.ts';
import { type InterceptFilter, listIntercepts } from './intercept-list.ts';
import { type InterceptDraft, openIntercept } from './intercept-opening.ts';
import { findByRefund, findByRefunds, findIntercept, interceptsOf } from './intercept-reading.ts';
import { saveRecord } from './intercept-record.ts';
import {
  missingRunCount,
  missingRuns,
  nearDeadlines,
  noteRefundChecked,
  noteRunMissing,
  noteRunSeen,
  openRecordCount,
  openRecordIds,
  overdueArmedCount,
  refundsToCheck,
} from './intercept-watch.ts';
import { addShops, firstRecord, laterRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';
import { keepPhoneTail } from './track-subscriptions.ts';
import { dueWaybills, notePolled, notePushed, pollLag } from './waybill-marks.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 5, applicationName: 'list-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** A case as the create and one more write leave it. */
async function recorded(draft: Partial<InterceptDraft> = {}, over: Partial<InterceptState> = {}): Promise<InterceptState> {
  const opening = await openIntercept(database.kysely, newDraft(draft), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new intercept, got ${opening.kind}`);
  const write = laterRecord(opening.state, 2, over);
  await saveRecord(database.kysely, write);
  return write.state;
}
const idOf = (state: InterceptState) => state.input.interceptId;
async function ids(filter: Partial<InterceptFilter>): Promise<string[]> {
  const { items } = await listIntercepts(database.kysely, { shopId: SHOP, ...filter }, { limit: 200, after: null });
  return items.map((record) => record.interceptId);
}

describe('lists', () => {
  test('every filter chooses, alone and together, and never shows another shop\u2019s', async () => {
    const plain = await recorded({ carrier: 'JT', outletCode: 'L1' });
    const over = { interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURNING' } as const;
    const settled = await recorded({ carrier: 'JT', outletCode: 'L2' }, over);
    const foreign = await recorded({ shopId: OTHER_SHOP, carrier: 'JT', outletCode: 'L1' });
    const only = async (filter: Partial<InterceptFilter>) => ids({ carrier: 'JT', ...filter });
    expect(await only({})).toEqual([idOf(settled), idOf(plain)]);
    expect(await only({ interceptStatus: 'SUCCEEDED' })).toEqual([idOf(settled)]);
    expect(await only({ refundStatus: 'OPEN' })).toEqual([idOf(plain)]);
    expect(await only({ returnStatus: 'RETURNING' })).toEqual([idOf(settled)]);
    expect(await only({ outletCode: 'L1' })).toEqual([idOf(plain)]);
    expect(await only({ waybillNo: plain.input.waybillNo })).toEqual([idOf(plain)]);
    expect(await only({ refundId: settled.input.refundId })).toEqual([idOf(settled)]);
    expect(await only({ orderId: settled.input.orderId })).toEqual([idOf(settled)]);
    expect(await only({ refundId: foreign.input.refundId })).toEqual([]);
    for (const { input } of [plain, foreign]) await keepPhoneTail(database.kysely, input, '0420');
    expect(await only({ phoneTail: '0420' })).toEqual([idOf(plain)]);
    expect(await only({ phoneTail: '0421' })).toEqual([]);
    const due = settled.input.initiatedAt + settled.input.durations.autoRefundAfterMs;
    expect(await only({ initiatedFrom: settled.input.initiatedAt })).toContain(idOf(settled));
    expect(await only({ initiatedTo: plain.input.initiatedAt })).not.toContain(idOf(plain));
    expect(await only({ updatedFrom: settled.updatedAt })).toContain(idOf(settled));
    expect(await only({ updatedFrom: settled.updatedAt + 1_000 })).toEqual([]);
    expect(await only({ autoRefundBefore: due })).not.toContain(idOf(settled));
    expect(await only({ autoRefundBefore: due + 1, interceptStatus: 'SUCCEEDED' })).toEqual([idOf(settled)]);
    expect(await only({ workList: 'INTERCEPTING' })).toEqual([idOf(plain)]);
    expect(await findIntercept(database.kysely, SHOP, idOf(foreign))).toBeNull();
  });

  test('pages hold every case once, newest first, and a cursor of other filters is refused', async () => {
    const made = await Promise.all(Array.from({ length: 11 }, () => recorded({ carrier: 'STO' })));
    const filter = { shopId: SHOP, carrier: 'STO' };
    const seen: InterceptState[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listIntercepts>> = await listIntercepts(database.kysely, filter, { limit: 4, after });
      seen.push(...page.items.map((record) => record.state));
      after = page.nextCursor;
    } while (after !== null);
    expect(seen.map(idOf).sort()).toEqual(made.map(idOf).sort());
    const instants = seen.map((state) => state.input.initiatedAt);
    expect(instants).toEqual([...instants].sort((a, b) => b - a));
    const { nextCursor } = await listIntercepts(database.kysely, filter, { limit: 4, after: null });
    await expect(listIntercepts(database.kysely, { ...filter, shopId: OTHER_SHOP }, { limit: 4, after: nextCursor })).rejects.toThrow(
      BadCursor,
    );
    await expect(listIntercepts(database.kysely, filter, { limit: 4, after: `${nextCursor}x` })).rejects.toThrow(BadCursor);
  });

  test('the latest attempt of a refund, of many refunds, and all of a waybill', async () => {
    const refused = await recorded({ waybillNo: 'TWICE' }, { interceptStatus: 'REJECTED_BY_CARRIER' });
    const second = await recorded({ waybillNo: 'TWICE', refundId: refused.input.refundId });
    const other = await recorded();
    expect((await findByRefund(database.kysely, refused.input.refundId))?.interceptId).toBe(idOf(second));
    expect(await findByRefund(database.kysely, '1')).toBeNull();
    const found = await findByRefunds(database.kysely, SHOP, [refused.input.refundId, other.input.refundId, '1']);
    expect([...found.values()].map((record) => record.interceptId).sort()).toEqual([idOf(second), idOf(other)].sort());
    expect(found.get(other.input.refundId)?.interceptId).toBe(idOf(other));
    expect((await findByRefunds(database.kysely, OTHER_SHOP, [other.input.refundId])).size).toBe(0);
    expect([...(await findByRefunds(database.kysely, null, [other.input.refundId])).keys()]).toEqual([other.input.refundId]);
    expect((await interceptsOf(database.kysely, [{ carrier: 'ZTO', waybillNo: 'TWICE' }])).map((record) => record.interceptId)).toEqual([
      idOf(refused),
      idOf(second),
    ]);
  });
});

describe('the watch', () => {
  const short = (autoRefundAfterMs: number) => ({
    durations: { ...newDraft().durations, autoRefundAfterMs, rejectUnlockAfterMs: autoRefundAfterMs - 1 },
  });

  test('2.7 counts armed cases that are late, and lists those that are near', async () => {
    expect(await overdueArmedCount(database.kysely, 60_000)).toBe(0);
    await recorded(short(-60_001), { refundStatus: 'OPEN' });
    await recorded(short(-60_001), { refundStatus: 'OPEN', automaticRefund: 'DISARMED' });
    await recorded(short(-60_001), { refundStatus: 'REFUNDING' });
    await recorded(short(-50_000), { refundStatus: 'OPEN' });
    // Far enough ahead to be told: what was due when the case began is not.
    const near = await recorded(short(3 * HOUR_MS));
    await sql`update intercepts set initiated_at = initiated_at - interval '90 minutes', auto_refund_at = auto_refund_at - interval '90 minutes'
      where intercept_id = ${idOf(near)}`.execute(database.kysely);
    expect(await overdueArmedCount(database.kysely, 60_000)).toBe(1);
    expect(await overdueArmedCount(database.kysely, 0)).toBe(2);
    const found = await nearDeadlines(database.kysely, 10);
    expect(found.map(({ record, leadH }) => [record.interceptId, leadH])).toEqual([[idOf(near), 2]]);
    const settings = { ...DEFAULT_SETTINGS, remindHoursBefore: [24] };
    await saveDecisionSettings(database.kysely, { shopId: SHOP, baseVersion: 0, settings, savedBy: 'test' });
    expect(await nearDeadlines(database.kysely, 10)).toEqual([]);
  });

  test('notes open records without a run until one is seen', async () => {
    const state = await recorded();
    const ids = await openRecordIds(database.kysely, -1_000);
    expect(ids).toContain(idOf(state));
    expect(await openRecordCount(database.kysely)).toBe(ids.length);
    expect(await openRecordIds(database.kysely, 60_000)).toEqual([]);
    await noteRunMissing(database.kysely, idOf(state));
    expect(await missingRunCount(database.kysely)).toBe(1);
    expect(await missingRuns(database.kysely)).toEqual([idOf(state)]);
    await noteRunSeen(database.kysely, idOf(state));
    expect(await missingRunCount(database.kysely)).toBe(0);
  });

  test('a refund is due for a look when nobody looked for long enough', async () => {
    const state = await recorded({}, { refundStatus: 'UNDER_ARBITRATION' });
    const look = (uncheckedForMs: number) =>
      refundsToCheck(database.kysely, { refundStatus: 'UNDER_ARBITRATION', uncheckedForMs, limit: 10 });
    expect(await look(-1_000)).toMatchObject([{ record: { interceptId: idOf(state) }, checks: 0, lastCheckedAt: null }]);
    expect(await look(60_000)).toEqual([]);
    const at = await now(database.kysely);
    await noteRefundChecked(database.kysely, state.input.refundId, at - 90_000, 'OPEN');
    await noteRefundChecked(database.kysely, state.input.refundId, at - 80_000, 'OPEN');
    expect(await look(60_000)).toMatchObject([{ checks: 2, lastCheckedAt: at - 80_000 }]);
    expect(await look(100_000)).toEqual([]);
  });

  test('a waybill is due when nothing was heard or asked for long enough, less often when only a correction could come', async () => {
    await database.kysely.updateTable('intercepts').set({ phase: 'ENDED' }).execute();
    const succeeded = { interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_FAILED' } as const;
    await recorded({ waybillNo: 'Q-WAITING' });
    await recorded({ waybillNo: 'Q-FAILED' }, { interceptStatus: 'FAILED' });
    await recorded({ waybillNo: 'Q-LOST' }, { ...succeeded, returnFailure: 'LOST' });
    await recorded({ waybillNo: 'Q-BACK' }, { interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_SIGNED' });
    await recorded({ waybillNo: 'Q-REFUSED' }, { interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'REFUNDING' });
    await recorded({ waybillNo: 'Q-STALLED' }, { ...succeeded, returnFailure: 'STALLED' });
    await recorded({ waybillNo: 'Q-YTO', carrier: 'YTO' });
    const pace = { everyMs: 60_000, correctionEveryMs: 360_000 };
    const due = (carrier = 'ZTO') => dueWaybills(database.kysely, carrier, pace, 10);
    const minutesPass = (minutes: number) =>
      sql`update intercepts set initiated_at = initiated_at - ${minutes} * interval '1 minute' where phase = 'OPEN'`.execute(
        database.kysely,
      );
    expect(await due()).toEqual([]);
    await minutesPass(2);
    expect((await due()).sort()).toEqual(['Q-STALLED', 'Q-WAITING']);
    expect(await due('YTO')).toEqual(['Q-YTO']);
    const lag = await pollLag(database.kysely, pace);
    expect(Object.fromEntries(lag.map(({ carrier, due: count }) => [carrier, count]))).toEqual({ YTO: 1, ZTO: 2 });
    await notePushed(database.kysely, [{ carrier: 'ZTO', waybillNo: 'Q-WAITING' }]);
    expect(await due()).toEqual(['Q-STALLED']);
    await notePolled(database.kysely, [
      { carrier: 'ZTO', waybillNo: 'Q-STALLED' },
      { carrier: 'ZTO', waybillNo: 'Q-STALLED' },
    ]);
    expect(await due()).toEqual([]);
    await minutesPass(5);
    expect((await due()).sort()).toEqual(['Q-FAILED', 'Q-LOST']);
    expect(await dueWaybills(database.kysely, 'ZTO', pace, 1)).toHaveLength(1);
  });
});
