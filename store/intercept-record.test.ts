import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import type { LogLine, ToldEvent } from '../domain/intercept/event.ts';
import { CASE_CHANGED } from './case-writing.ts';
import { type Database, openDatabase } from './db.ts';
import { listLog } from './intercept-log.ts';
import { markStarted, openIntercept, removeStarting } from './intercept-opening.ts';
import { findIntercept, openInterceptsOf } from './intercept-reading.ts';
import { addRecordNotice, saveRecord } from './intercept-record.ts';
import { addShops, warmUp, firstRecord, laterRecord, newDraft, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'record-test', onError: () => undefined });
  await addShops(database.kysely);
  await warmUp(database.kysely, 10);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function created(draft = newDraft()) {
  const opening = await openIntercept(database.kysely, draft, firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new intercept, got ${opening.kind}`);
  return opening;
}

const record = (interceptId: string) => findIntercept(database.kysely, SHOP, interceptId);

/** Whether some statement of this database waits for a row that another transaction holds. */
async function isAnyoneWaiting(): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists(select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`.execute(
    database.kysely,
  );
  return rows[0]?.waiting ?? false;
}

async function outboxOf(interceptId: string) {
  return database.kysely
    .selectFrom('outbox')
    .select(['sequence', 'type'])
    .where('intercept_id', '=', interceptId)
    .orderBy('sequence')
    .execute();
}

describe('saveRecord', () => {
  test('a version that comes again with other content, from the task after a lost one: no line is lost, nothing told twice', async () => {
    const { state } = await created();
    const { interceptId } = state.input;
    const line = (what: string, at: number): LogLine => ({
      at,
      actorKind: 'SYSTEM',
      actor: 'test',
      what,
      before: {},
      after: {},
      reference: null,
    });
    const write = (version: number, at: number, whats: string[], told: ToldEvent[]) =>
      saveRecord(database.kysely, {
        ...laterRecord(state, version),
        lines: whats.map((what) => line(what, at)),
        told: told.map((event) => ({ event, at })),
      });
    // The worker died before its task was done; the next task found an order and evidence beside what this one saw.
    await write(2, 1, ['REFUND_REFUNDED'], ['refund.refunded']);
    await write(2, 5, ['APPROVE_ASKED', 'INTERCEPT_SUCCEEDED'], ['return.returning', 'intercept.succeeded']);
    await write(3, 6, ['REFUND_REFUNDED'], ['refund.refunded']);
    await write(3, 7, ['REFUND_REFUNDED'], ['refund.refunded']);
    const whats = (await listLog(database.kysely, interceptId)).map(({ version, what }) => `${version} ${what}`);
    expect(whats).toEqual(['1 INTERCEPT_INITIATED', '2 REFUND_REFUNDED', '2 APPROVE_ASKED', '2 INTERCEPT_SUCCEEDED', '3 REFUND_REFUNDED']);
    const told = (await outboxOf(interceptId)).map(({ type }) => type).toSorted();
    expect(told).toEqual(['intercept.requested', 'intercept.succeeded', 'refund.refunded', 'return.returning']);
  });

  test('any order and repetition of the same writes ends in the same record, log and outbox', async () => {
    const orders = [
      [2, 3, 4, 5],
      [5, 4, 3, 2],
      [3, 2, 3, 5, 4, 5, 2],
    ];
    for (const order of orders) {
      const { input, state } = await created();
      const write = (version: number) =>
        laterRecord(
          state,
          version,
          { notices: version >= 4 ? ['REFUND_REOPENED'] : [], refundStatus: version >= 5 ? 'REFUNDED' : 'OPEN' },
          { feeDueAt: version === 3 ? input.initiatedAt + 3 : null, ended: version === 5 },
        );
      for (const version of order) await saveRecord(database.kysely, write(version));
      expect(await record(input.interceptId)).toMatchObject({ phase: 'ENDED', state: write(5).state });
      expect((await listLog(database.kysely, input.interceptId)).map((line) => line.what)).toEqual([
        'INTERCEPT_INITIATED',
        'V2',
        'V3',
        'V4',
        'V5',
      ]);
      expect((await outboxOf(input.interceptId)).map((event) => event.sequence)).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
      const lines = await database.kysely.selectFrom('ledger_lines').selectAll().where('intercept_id', '=', input.interceptId).execute();
      expect(lines).toMatchObject([
        { line_id: `${input.interceptId}-fee`, kind: 'FEE', amount_fen: 300, occurred_at: input.initiatedAt + 3 },
      ]);
      const notices = await database.kysely
        .selectFrom('notices')
        .select('code')
        .where('intercept_id', '=', input.interceptId)
        .where('kind', '=', 'NOTICE')
        .execute();
      expect(notices).toEqual([{ code: 'REFUND_REOPENED' }]);
    }
  });

  test('the same write many times at once is one', async () => {
    const { input, state } = await created();
    const write = laterRecord(
      state,
      2,
      { interceptStatus: 'INTERCEPTING', acceptedAt: input.initiatedAt },
      { feeDueAt: input.initiatedAt, answer: 'ACCEPTED' },
    );
    await Promise.all(Array.from({ length: 10 }, () => saveRecord(database.kysely, write)));
    expect(await listLog(database.kysely, input.interceptId)).toHaveLength(2);
    expect(await outboxOf(input.interceptId)).toHaveLength(2);
    const answers = await database.kysely.selectFrom('inbox').selectAll().where('waybill_no', '=', input.waybillNo).execute();
    expect(answers).toMatchObject([
      { kind: 'ANSWER', status: 'PENDING', payload: { answer: 'ACCEPTED', leaderInterceptId: input.interceptId } },
    ]);
  });

  test('every filterable column follows the state', async () => {
    const { input, state } = await created();
    const at = input.initiatedAt + 10;
    const over = {
      interceptStatus: 'SUCCEEDED',
      refundStatus: 'REFUNDED',
      refundCause: 'INTERCEPT_SUCCEEDED',
      returnStatus: 'RETURN_FAILED',
      returnFailure: 'DAMAGED',
      automaticRefund: 'DISARMED',
      refundFeeFen: 9_800,
      acceptedAt: at,
      resultAt: at + 1,
      succeededAt: at + 2,
      refundDecidedAt: at + 3,
      refundedAt: at + 4,
      returnSignedAt: at + 5,
    } as const;
    await saveRecord(database.kysely, laterRecord(state, 7, over));
    const row = await database.kysely
      .selectFrom('intercepts')
      .selectAll()
      .where('intercept_id', '=', input.interceptId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      phase: 'OPEN',
      version: 7,
      intercept_status: 'SUCCEEDED',
      refund_status: 'REFUNDED',
      refund_cause: 'INTERCEPT_SUCCEEDED',
      return_status: 'RETURN_FAILED',
      return_failure: 'DAMAGED',
      automatic_refund: 'DISARMED',
      refund_fee_fen: 9_800,
      accepted_at: at,
      result_at: at + 1,
      succeeded_at: at + 2,
      refund_decided_at: at + 3,
      refunded_at: at + 4,
      return_signed_at: at + 5,
      updated_at: input.initiatedAt + 7,
      reject_unlock_at: input.initiatedAt + 259_200_000,
      auto_refund_at: input.initiatedAt + 432_000_000,
    });
  });

  test('the run\u2019s own first version replaces what the create recorded, and a lost record is made again', async () => {
    const { input, state } = await created();
    await saveRecord(database.kysely, laterRecord(state, 1, { carrierReference: 'R1' }));
    expect(await record(input.interceptId)).toMatchObject({ phase: 'OPEN', state: { version: 1, carrierReference: 'R1' } });
    await database.kysely.deleteFrom('intercepts').where('intercept_id', '=', input.interceptId).execute();
    await saveRecord(database.kysely, laterRecord(state, 3));
    expect(await record(input.interceptId)).toMatchObject({ phase: 'OPEN', state: { version: 3 } });
  });

  test('S7: the run of a create that was taken back, started late, takes the row of the repeated create over', async () => {
    const draft = newDraft();
    const first = await created(draft);
    expect(await removeStarting(database.kysely, first.input.interceptId)).toBe('REMOVED');
    const second = await created(draft);
    expect(second.input.initiatedAt).toBeGreaterThan(first.input.initiatedAt);
    // The start of the first landed, that of the second joined its run.
    await markStarted(database.kysely, second.input.interceptId);
    const accepted = laterRecord(first.state, 2, { interceptStatus: 'INTERCEPTING', acceptedAt: 1 });
    const succeeded = laterRecord(accepted.state, 3, { interceptStatus: 'SUCCEEDED', succeededAt: 2 });
    for (const write of [succeeded, accepted, succeeded]) await saveRecord(database.kysely, write);
    expect(await record(first.input.interceptId)).toMatchObject({ phase: 'OPEN', state: succeeded.state });
    const row = await database.kysely
      .selectFrom('intercepts')
      .select(['initiated_at', 'auto_refund_at'])
      .where('intercept_id', '=', first.input.interceptId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ initiated_at: first.input.initiatedAt, auto_refund_at: first.input.initiatedAt + 432_000_000 });
    const log = await listLog(database.kysely, first.input.interceptId);
    expect(log.map(({ what }) => what)).toEqual(expect.arrayContaining(['V2', 'V3']));
  });

  test('only the leader\u2019s answer is told, and a follower made meanwhile either copies it or finds it in the inbox', async () => {
    for (let round = 0; round < 10; round += 1) {
      const leader = await created();
      const answer = laterRecord(leader.state, 2, { interceptStatus: 'INTERCEPTING', acceptedAt: 1 }, { answer: 'ACCEPTED' });
      const [, follower] = await Promise.all([
        saveRecord(database.kysely, answer),
        created(newDraft({ waybillNo: leader.input.waybillNo })),
      ]);
      const waiting = await database.kysely
        .selectFrom('inbox')
        .select('inbox_id')
        .where('waybill_no', '=', leader.input.waybillNo)
        .where('status', '=', 'PENDING')
        .execute();
      expect(follower.follows?.interceptStatus === 'INTERCEPTING' || waiting.length === 1).toBe(true);
      await saveRecord(database.kysely, laterRecord(follower.state, 2, { acceptedAt: 1 }, { answer: 'ACCEPTED' }));
      const answers = await database.kysely
        .selectFrom('inbox')
        .select('event_key')
        .where('waybill_no', '=', leader.input.waybillNo)
        .execute();
      expect(answers).toHaveLength(1);
    }
  });

  test('waits for a follower that is just being made from what it overwrites', async () => {
    const { input, state } = await created();
    const progress = { saved: false };
    const saving = await database.kysely.transaction().execute(async (trx) => {
      await trx.selectFrom('parcels').selectAll().where('waybill_no', '=', input.waybillNo).forUpdate().execute();
      const save = saveRecord(database.kysely, laterRecord(state, 2)).then(() => {
        progress.saved = true;
      });
      while (!progress.saved && !(await isAnyoneWaiting())) await new Promise(setImmediate);
      expect(progress.saved).toBe(false);
      expect((await record(input.interceptId))?.state.version).toBe(1);
      return { save };
    });
    await saving.save;
    expect((await record(input.interceptId))?.state.version).toBe(2);
  });

  test('tells listeners of the change once it is committed', async () => {
    const { input, state } = await created();
    const listener = new pg.Client({ connectionString: fresh.url });
    await listener.connect();
    await listener.query(`listen ${CASE_CHANGED}`);
    const heard = new Promise<string | undefined>((resolve) => listener.once('notification', (message) => resolve(message.payload)));
    await saveRecord(database.kysely, laterRecord(state, 2));
    expect(JSON.parse((await heard) ?? '')).toEqual({ interceptId: input.interceptId, shopId: SHOP, version: 2 });
    await listener.end();
  });
});

describe('addRecordNotice', () => {
  test('is for ended records, once, and a late repeat of the last write does not lose it', async () => {
    const { input, state } = await created();
    expect(await addRecordNotice(database.kysely, input.interceptId, 'PARCEL_RETURNS_AFTER_REFUSAL')).toBeNull();
    const last = laterRecord(state, 2, { interceptStatus: 'REJECTED_BY_CARRIER' }, { ended: true });
    await saveRecord(database.kysely, last);
    expect((await addRecordNotice(database.kysely, input.interceptId, 'PARCEL_RETURNS_AFTER_REFUSAL', 'scan-1'))?.state.notices).toEqual([
      'PARCEL_RETURNS_AFTER_REFUSAL',
    ]);
    expect(await addRecordNotice(database.kysely, input.interceptId, 'PARCEL_RETURNS_AFTER_REFUSAL')).toBeNull();
    await saveRecord(database.kysely, last);
    await saveRecord(database.kysely, { ...last, ended: false });
    expect(await record(input.interceptId)).toMatchObject({ phase: 'ENDED', state: { notices: ['PARCEL_RETURNS_AFTER_REFUSAL'] } });
    const log = await listLog(database.kysely, input.interceptId);
    expect(log.at(-1)).toMatchObject({ what: 'PARCEL_RETURNS_AFTER_REFUSAL', actorKind: 'SYSTEM', reference: 'scan-1', version: 2 });
    expect(await openInterceptsOf(database.kysely, input.carrier, input.waybillNo)).toEqual([]);
  });
});
