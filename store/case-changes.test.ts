import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { changesAfter, listenForChanges, missedChanges, settledSequence } from './case-changes.ts';
import type { CaseChange } from './case-writing.ts';
import { type Database, openDatabase } from './db.ts';
import { openIntercept } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { addShops, firstRecord, laterRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 4, applicationName: 'changes-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function addCase(shopId = SHOP) {
  const opening = await openIntercept(database.kysely, newDraft({ shopId }), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(opening.kind);
  return opening;
}

const brief = ({ interceptId, version }: { interceptId: string; version: number }) => [interceptId, version];

/** Lets what was logged so far look old enough to be settled. */
async function age(): Promise<void> {
  await sql`alter table intercept_log disable trigger user`.execute(database.kysely);
  await sql`update intercept_log set recorded_at = recorded_at - interval '1 minute'`.execute(database.kysely);
  await sql`alter table intercept_log enable trigger user`.execute(database.kysely);
}

describe('changes of cases', () => {
  test('are read in order, and what is fresh is not settled', async () => {
    expect(await settledSequence(database.kysely)).toBe(0);
    const { input, state } = await addCase();
    await saveRecord(database.kysely, laterRecord(state, 2));
    const all = await changesAfter(database.kysely, 0, 100);
    expect(new Set(all.map(({ shopId, interceptId }) => `${shopId} ${interceptId}`))).toEqual(new Set([`${SHOP} ${input.interceptId}`]));
    expect(all.at(-1)).toMatchObject({ version: 2, recordedAt: expect.any(Number) });
    expect(await settledSequence(database.kysely)).toBe(0);
    await age();
    expect(await settledSequence(database.kysely)).toBe(all.at(-1)?.sequence);
    expect(await changesAfter(database.kysely, all.at(-1)?.sequence ?? 0, 100)).toEqual([]);
    expect((await changesAfter(database.kysely, 0, 1)).map(({ sequence }) => sequence)).toEqual([all[0]?.sequence]);
  });

  test('that someone may have missed are each case’s latest, of the own shop, the newest when there are too many', async () => {
    const before = (await changesAfter(database.kysely, 0, 1_000)).at(-1)?.sequence ?? 0;
    const [one, two, foreign] = [await addCase(), await addCase(), await addCase(OTHER_SHOP)];
    await saveRecord(database.kysely, laterRecord(one.state, 2));
    await saveRecord(database.kysely, laterRecord(one.state, 3));
    const missed = await missedChanges(database.kysely, SHOP, before, 10);
    expect(missed.map(brief)).toEqual([
      [two.input.interceptId, 1],
      [one.input.interceptId, 3],
    ]);
    expect((await missedChanges(database.kysely, SHOP, before, 1)).map(brief)).toEqual([[one.input.interceptId, 3]]);
    expect((await missedChanges(database.kysely, OTHER_SHOP, before, 10)).map(brief)).toEqual([[foreign.input.interceptId, 1]]);
    const newest = missed.at(-1)?.sequence ?? 0;
    // What is not settled may have been seen before an older line became visible: it is told once more.
    expect((await missedChanges(database.kysely, SHOP, newest, 10)).map(brief)).toEqual(missed.map(brief));
    await age();
    expect(await missedChanges(database.kysely, SHOP, newest, 10)).toEqual([]);
  });
});

describe('listening', () => {
  test('tells what is committed, and goes on after its connection was cut', async () => {
    const heard: CaseChange[] = [];
    const errors: unknown[] = [];
    let wake = (): void => undefined;
    const listening = listenForChanges(fresh.url, {
      onChange(change) {
        heard.push(change);
        wake();
      },
      onError: (error) => errors.push(error),
    });
    const listeners = async (): Promise<number[]> => {
      const { rows } = await sql<{ pid: number }>`
        select pid from pg_stat_activity where datname = current_database() and application_name = 'refund-intercept changes'
          and state = 'idle' and query ilike 'listen%'`.execute(database.kysely);
      return rows.map(({ pid }) => pid);
    };
    const untilListening = async (not?: number): Promise<number> => {
      for (;;) {
        const pid = (await listeners()).find((each) => each !== not);
        if (pid !== undefined) return pid;
      }
    };
    const first = await untilListening();
    const { input, state } = await addCase();
    await sql`select pg_notify('case_changed', 'no json')`.execute(database.kysely);
    while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    expect(heard).toEqual([{ interceptId: input.interceptId, shopId: SHOP, version: 1 }]);
    await sql`select pg_terminate_backend(${first})`.execute(database.kysely);
    await untilListening(first);
    await saveRecord(database.kysely, laterRecord(state, 2));
    while (heard.length === 1) await new Promise<void>((resolve) => (wake = resolve));
    expect(heard[1]).toEqual({ interceptId: input.interceptId, shopId: SHOP, version: 2 });
    expect(errors.length).toBeGreaterThan(0);
    await listening.close();
    expect(await listeners()).toEqual([]);
  });
});
