import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { now } from '../../store/db.ts';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts';
import { loadGrowth } from './load.ts';
import { openPatient, openTelling, type RanStatement, type TellingDatabase } from './plans.ts';
import { GROWTH_QUERIES } from './queries.ts';

/** Little is open, much is history: whoever looks at more rows than this has looked at history. */
const SIZES = { shops: 40, intercepts: 8_000, openIntercepts: 200, inbox: 40_000 };
const MOST_ROWS = 1_100;

let fresh: FreshDatabase;
let telling: TellingDatabase;
let at: number;
beforeAll(async () => {
  fresh = await freshDatabase();
  const loading = openPatient(fresh.url);
  await loadGrowth(loading, SIZES);
  at = await now(loading);
  await loading.destroy();
  // At a test's size PostgreSQL reads a table whole although it has an index; whether it has one is the question.
  telling = await openTelling(fresh.url, ['set enable_seqscan = off']);
}, 120_000);
afterAll(async () => {
  await telling.close();
  await fresh.drop();
});

/** Tables that hold what is set up, not what happens. */
const SMALL_TABLES = ['shops', 'staff', 'webhook_endpoints', 'service_agreements', 'api_keys'];

const looksAtHistory = ({ reads }: RanStatement) =>
  reads.filter(({ table, rows, how }) => rows > MOST_ROWS || (how === 'Seq Scan' && rows > 50 && !SMALL_TABLES.includes(table)));

describe('what is asked again and again looks at open work, not at history', () => {
  test.each(GROWTH_QUERIES.map((query) => [`${query.serves}: ${query.name}`, query] as const))('%s', async (_name, query) => {
    telling.taken();
    await query.run(telling.db, at);
    const ran = telling.taken();
    expect(ran.length).toBeGreaterThan(0);
    expect(ran.flatMap((statement) => looksAtHistory(statement).map((read) => ({ ...read, in: statement.text.slice(0, 300) })))).toEqual(
      [],
    );
  });
});
