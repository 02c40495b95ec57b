import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { layWire, throughWire } from '../test/support/wire.ts';
import { type Database, inTransaction, now, openDatabase, parseInstant, parseInt8 } from './db.ts';
import { instant, jsonb } from './values.ts';

let fresh: FreshDatabase;
let database: Database;
let onIdleDeath: (error: Error) => void = () => undefined;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'db-test', onError: (error) => onIdleDeath(error) });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function value<T>(expression: ReturnType<typeof sql<T>>): Promise<T | undefined> {
  const { rows } = await sql<{ value: T }>`select ${expression} as value`.execute(database.kysely);
  return rows[0]?.value;
}

describe('types', () => {
  test('int8 is a number, in a column, a count and a sum, and never a wrong one', async () => {
    expect(await value(sql`${Number.MAX_SAFE_INTEGER}::bigint`)).toBe(Number.MAX_SAFE_INTEGER);
    expect(await value(sql`(-9007199254740991)::bigint`)).toBe(Number.MIN_SAFE_INTEGER);
    const { count } = await database.kysely
      .selectFrom('shops')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(0);
    await expect(value(sql`9007199254740993::bigint`)).rejects.toThrow('9007199254740993');
    expect(() => parseInt8('-9007199254740992')).toThrow('exactly');
    await expect(now(database.kysely)).resolves.toEqual(expect.any(Number));
  });

  test('an instant comes back as the millisecond that was written, whatever the zone of this process', async () => {
    for (const at of [0, 1, 1_767_578_400_123, Date.UTC(2026, 5, 30, 23, 59, 59, 999), Date.UTC(1999, 0, 1)]) {
      expect(await value(instant(at))).toBe(at);
    }
    expect(parseInstant('2026-01-02 03:04:05.6+00')).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 600));
    expect(() => parseInstant('infinity')).toThrow('infinity');
    expect(() => parseInstant('2026-01-02 03:04:05+08')).toThrow('UTC');
  });

  test('foreign text that PostgreSQL refuses is stored with U+FFFD', async () => {
    const stored = await value(jsonb({ text: 'a\u0000b\ud800c', list: ['\udc00'], key: 1 }));
    expect(stored).toEqual({ text: 'a\ufffdb\ufffdc', list: ['\ufffd'], key: 1 });
  });

  test('the clock is PostgreSQL\u2019s, in whole milliseconds, also within one transaction', async () => {
    const [first, second] = await inTransaction(database.kysely, async (trx) => {
      const before = await now(trx);
      await sql`select pg_sleep(0.005)`.execute(trx);
      return [before, await now(trx)];
    });
    expect(Number.isSafeInteger(first)).toBe(true);
    expect(second - first).toBeGreaterThanOrEqual(5);
  });
});

describe('connections', () => {
  test('one that dies idle or in a transaction is replaced, and the process lives', async () => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.kysely);
    const killer = openDatabase(fresh.url, { max: 1, applicationName: 'killer', onError: () => undefined });
    const idleDeath = new Promise<Error>((resolve) => {
      onIdleDeath = resolve;
    });
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(killer.kysely);
    expect((await idleDeath).message).toContain('terminating connection');
    const killed = database.kysely.transaction().execute(async (trx) => {
      const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${own.rows[0]?.pid ?? 0})`.execute(killer.kysely);
      await sql`select 1`.execute(trx);
    });
    await expect(killed).rejects.toThrow(/terminat|ECONNRESET|connection error/);
    await killer.close();
    expect(await now(database.kysely)).toBeGreaterThan(0);
  });

  test('those whose other end the network lost are replaced: each fails one query or transaction, once', async () => {
    const wire = await layWire(Number(new URL(fresh.url).port));
    const url = throughWire(fresh.url, wire);
    const far = openDatabase(url, { max: 2, applicationName: 'far', onError: () => undefined, answerTimeoutMs: 300 });
    const both = () => Promise.allSettled([now(far.kysely), inTransaction(far.kysely, (trx) => now(trx))]);
    expect((await both()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    wire.lose();
    expect(await both()).toMatchObject([{ reason: { message: 'Query read timeout' } }, { reason: { message: 'Query read timeout' } }]);
    wire.mend();
    expect((await both()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await far.close();
    await wire.close();
  });

  test('connecting to nobody fails within the limit', async () => {
    const nobody = openDatabase('postgres://postgres@127.0.0.1:1/none', { max: 1, applicationName: 'nobody', onError: () => undefined });
    const begun = performance.now();
    await expect(now(nobody.kysely)).rejects.toThrow('ECONNREFUSED');
    expect(performance.now() - begun).toBeLessThan(10_000);
    await nobody.close();
  });

  test('statements are bounded by the server', async () => {
    expect(await value(sql`current_setting('statement_timeout')`)).toBe('10s');
    expect(await value(sql`current_setting('TimeZone')`)).toBe('UTC');
  });
});
