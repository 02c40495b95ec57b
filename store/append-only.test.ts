import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { openIntercept } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { notePaymentAnswer, notePaymentCall, paymentCallsOf, recentPaymentCalls } from './payment-calls.ts';
import { addShops, firstRecord, laterRecord, newDraft, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'append-only-test', onError: () => undefined });
  await addShops(database.kysely);
  const opening = await openIntercept(database.kysely, newDraft({ refundId: '77' }), firstRecord);
  if (opening.kind === 'CREATED')
    await saveRecord(database.kysely, laterRecord(opening.state, 2, {}, { feeDueAt: opening.input.initiatedAt }));
  await sql`insert into rule_versions (shop_id, version, rule_set, saved_by) values (${SHOP}, 1, '{}', 'a')`.execute(database.kysely);
  await sql`insert into claims (claim_id, shop_id, intercept_id, carrier, outlet_code, outlet_name, waybill_no, kind, status, contact_phone, goods,
      claimed_fen, description, evidence, opened_by, state)
    values ('c1', ${SHOP}, '77-1', 'ZTO', 'O1', '一部', '7', 'LOSS', 'UPHELD', '', '[]', 1, '', '{}', 'a', '{}')`.execute(database.kysely);
  await sql`insert into claim_events (event_key, claim_id, at, actor_kind, actor, what, detail)
    values ('c1:1', 'c1', clock_ms(), 'MERCHANT', 'a', 'CLAIM_SUBMITTED', '{}')`.execute(database.kysely);
  await sql`insert into personal_data_log (shop_id, actor, what, about) values (${SHOP}, 'a', 'PHONE_SHOWN', 'c1')`.execute(
    database.kysely,
  );
  await sql`insert into ledger_actions (line_id, action, actor) values ('77-1-fee', 'CONFIRM', 'a')`.execute(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const count = async (table: string) =>
  (await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(database.kysely)).rows[0]?.count;

describe('append-only tables', () => {
  test.each(['intercept_log', 'ledger_lines', 'ledger_actions', 'claim_events', 'rule_versions', 'personal_data_log'])(
    '%s refuses update, delete and truncate',
    async (table) => {
      const before = await count(table);
      const columns = {
        intercept_log: 'what',
        ledger_lines: 'kind',
        ledger_actions: 'actor',
        claim_events: 'what',
        rule_versions: 'saved_by',
        personal_data_log: 'actor',
      };
      const column = columns[table as keyof typeof columns];
      await expect(sql`update ${sql.table(table)} set ${sql.ref(column)} = 'x'`.execute(database.kysely)).rejects.toThrow(
        `${table} is append-only: UPDATE refused`,
      );
      await expect(sql`delete from ${sql.table(table)}`.execute(database.kysely)).rejects.toThrow(
        `${table} is append-only: DELETE refused`,
      );
      await expect(sql`truncate ${sql.table(table)} cascade`.execute(database.kysely)).rejects.toThrow('is append-only: TRUNCATE refused');
      expect(await count(table)).toBe(before);
    },
  );
});

describe('payment calls', () => {
  const call = { callKey: '77-1:1:1', refundId: '77', interceptId: '77-1', sequence: 1, amountFen: 9_900 };

  test('are noted once and answered once, and nothing else about them changes', async () => {
    expect(await notePaymentCall(database.kysely, call)).toBe(true);
    expect(await notePaymentCall(database.kysely, { ...call, amountFen: 1 })).toBe(false);
    await expect(sql`update payment_calls set amount_fen = 1`.execute(database.kysely)).rejects.toThrow('only a missing answer');
    await expect(
      sql`update payment_calls set amount_fen = 1, answer = 'DONE', answered_at = now()`.execute(database.kysely),
    ).rejects.toThrow('only a missing answer');
    expect(await notePaymentAnswer(database.kysely, call.callKey, 'DONE')).toBe(true);
    expect(await notePaymentAnswer(database.kysely, call.callKey, 'REFUSED', { code: '1', message: '余额不足' })).toBe(false);
    expect(await notePaymentAnswer(database.kysely, 'unknown', 'DONE')).toBe(false);
    await expect(sql`update payment_calls set answer = 'REFUSED'`.execute(database.kysely)).rejects.toThrow('only a missing answer');
    await expect(sql`delete from payment_calls`.execute(database.kysely)).rejects.toThrow('append-only');
    await expect(sql`truncate payment_calls`.execute(database.kysely)).rejects.toThrow('append-only');
    const [kept] = await paymentCallsOf(database.kysely, '77');
    expect(kept).toMatchObject({ ...call, answer: 'DONE', refusal: null });
    expect(kept?.answeredAt).toBeGreaterThanOrEqual(kept?.sentAt ?? Number.NaN);
  });

  test('the recent one is found by PostgreSQL\u2019s clock', async () => {
    await sql`insert into payment_calls (call_key, refund_id, intercept_id, sequence, amount_fen, sent_at)
      values ('old', '78', '78-1', 1, 9900, clock_ms() - interval '1 minute')`.execute(database.kysely);
    const recent = async (withinMs: number) => {
      const calls = await recentPaymentCalls(database.kysely, ['77', '78', '79'], withinMs);
      return Object.fromEntries([...calls].map(([refundId, { callKey }]) => [refundId, callKey]));
    };
    expect(await recent(50_000)).toEqual({ '77': call.callKey });
    expect(await recent(120_000)).toEqual({ '77': call.callKey, '78': 'old' });
    await expect(notePaymentCall(database.kysely, { ...call, callKey: 'zero', amountFen: 0 })).rejects.toThrow('payment_calls');
  });
});
