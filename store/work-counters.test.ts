import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judgeAction } from '../domain/intercept/action.ts';
import { sql } from 'kysely';
import type { InterceptState } from '../domain/intercept/state.ts';
import { HOUR_MS } from '../domain/time.ts';
import { sampleLine } from '../domain/settlement/sample-line.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, now, openDatabase } from './db.ts';
import { listIntercepts } from './intercept-list.ts';
import { openIntercept } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { actOnLine, addLine } from './ledger.ts';
import { addShops, firstRecord, laterRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';
import { countWork, type WorkCounters } from './work-counters.ts';
import type { WorkList } from './work-list.ts';

const LISTS: Record<WorkList, keyof WorkCounters> = {
  TO_HANDLE: 'toHandle',
  DUE_WITHIN_24H: 'dueWithin24h',
  INTERCEPTING: 'intercepting',
  FAILED_TO_HANDLE: 'failedToHandle',
  REJECTABLE: 'rejectable',
  RETURN_TROUBLE: 'returnTrouble',
};

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 4, applicationName: 'counters-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const durations = (rejectUnlockAfterMs: number, autoRefundAfterMs: number) => ({
  ...newDraft().durations,
  rejectUnlockAfterMs,
  autoRefundAfterMs,
});

async function addCase(over: Partial<InterceptState>, draft: Parameters<typeof newDraft>[0] = {}, ended = false): Promise<InterceptState> {
  const opening = await openIntercept(database.kysely, newDraft(draft), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(opening.kind);
  const write = laterRecord(opening.state, 2, over, { ended });
  await saveRecord(database.kysely, write);
  return write.state;
}

describe('counters', () => {
  test('say what the records say, for the own shop alone', async () => {
    const INTERCEPTING = { interceptStatus: 'INTERCEPTING' } as const;
    const states = [
      await addCase(INTERCEPTING),
      await addCase({}),
      await addCase(INTERCEPTING, { durations: durations(0, 23 * HOUR_MS) }),
      await addCase({ ...INTERCEPTING, refundStatus: 'OPEN', refundCause: null, command: null }, { durations: durations(0, 0) }),
      await addCase({ interceptStatus: 'FAILED' }),
      await addCase({ interceptStatus: 'FAILED', refundStatus: 'REJECTED', automaticRefund: 'DISARMED' }),
      await addCase({ interceptStatus: 'FAILED', refundStatus: 'UNDER_ARBITRATION', automaticRefund: 'SUSPENDED' }),
      await addCase(
        { interceptStatus: 'SUCCEEDED', refundStatus: 'OPEN', automaticRefund: 'DISARMED', disarmedBy: 'AMOUNT' },
        { durations: durations(0, 1) },
      ),
      await addCase({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' }),
      await addCase(
        { interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' },
        {},
        true,
      ),
      await addCase({ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, {}, true),
    ];
    for (let n = 0; n < 3; n += 1) await addCase({ interceptStatus: 'FAILED' }, { shopId: OTHER_SHOP });
    const [first] = states;
    if (first === undefined) throw new Error('no case');
    const of = { interceptId: first.input.interceptId, shopId: SHOP };
    for (const lineId of ['l-1', 'l-2', 'l-3'])
      await database.kysely.transaction().execute((trx) => addLine(trx, { ...sampleLine({ lineId, kind: 'ADJUSTMENT' }), ...of }));
    const act = (lineId: string, action: 'DISPUTE' | 'CONFIRM') =>
      actOnLine(database.kysely, { shopId: SHOP, lineId, actor: 'staff:财务' }, { action, amountFen: null, reason: '金额不符' });
    expect((await act('l-1', 'DISPUTE'))?.kind).toBe('DONE');
    expect((await act('l-2', 'DISPUTE'))?.kind).toBe('DONE');
    expect((await act('l-2', 'CONFIRM'))?.kind).toBe('DONE');

    const old = await addCase(
      { interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' },
      {},
      true,
    );
    await sql`update intercepts set initiated_at = initiated_at - interval '91 days' where intercept_id = ${old.input.interceptId}`.execute(
      database.kysely,
    );

    const counted = await countWork(database.kysely, SHOP);
    expect(counted).toEqual({
      toHandle: 3,
      dueWithin24h: 2,
      intercepting: 4,
      failedToHandle: 1,
      rejectable: 2,
      returnTrouble: 2,
      claiming: 0,
      disputed: 1,
    });
    for (const [list, counter] of Object.entries(LISTS)) {
      const { items } = await listIntercepts(database.kysely, { shopId: SHOP, workList: list as WorkList }, { limit: 200, after: null });
      expect([list, items.length]).toEqual([list, counted[counter]]);
    }
    const at = await now(database.kysely);
    expect(counted.rejectable).toBe(states.filter((state) => judgeAction(state, 'REJECT_REFUND', at).allowed).length);
    expect(await countWork(database.kysely, OTHER_SHOP)).toMatchObject({ failedToHandle: 3, rejectable: 3, intercepting: 0, disputed: 0 });
  });
});
