/**
 * `npm run bench -- growth [--shops 2000] [--intercepts 1000000] [--open 10000] [--inbox 5000000] [--statement 100000] [--times 40]`:
 * fills a PostgreSQL of its own with a year of cases that nobody tidied up, and measures everything the service asks it again and
 * again: how long that takes, and how many rows are looked at for it. One shop has a quarter of all. Judges nothing.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { startPostgres } from '../dev/postgres.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Db, now, openDatabase } from '../store/db.ts';
import { migrate } from '../store/migrate.ts';
import { loadGrowth } from './growth/load.ts';
import { openPatient, openTelling, type RanStatement } from './growth/plans.ts';
import { GROWTH_QUERIES, type GrowthQuery } from './growth/queries.ts';
import { statementLineRows, writeLongStatement } from './growth/statement.ts';
import { machine, measurementFolder, print } from './machine.ts';
import { quantile, renderTable } from './statistics.ts';

const { values } = parseArgs({
  options: {
    shops: { type: 'string', default: '2000' },
    intercepts: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '10000' },
    inbox: { type: 'string', default: '5000000' },
    statement: { type: 'string', default: '100000' },
    times: { type: 'string', default: '40' },
  },
});
const sizes = {
  shops: Number(values.shops),
  intercepts: Number(values.intercepts),
  openIntercepts: Number(values.open),
  inbox: Number(values.inbox),
};

const dataDir = await measurementFolder('growth');
const postgres = await startPostgres({ dataDir, durable: false, log: () => {} });
try {
  await migrate(postgres.url);
  const loading = openPatient(postgres.url);
  const startedAt = performance.now();
  await loadGrowth(loading, sizes, (what) => process.stderr.write(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${what}\n`));
  for (const statement of statementLineRows(Number(values.statement))) await statement.execute(loading);
  const at = await now(loading);
  print(
    `${machine()}; ${sizes.intercepts} cases (${sizes.openIntercepts} open) of ${sizes.shops} shops, ${sizes.inbox} events, ${await sizeOf(loading)}`,
  );
  await loading.destroy();
  print(renderTable(await measure(postgres.url, at)));
  print(await statement(postgres.url, at));
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function sizeOf(db: Db): Promise<string> {
  const { rows } = await sql<{ size: string }>`select pg_size_pretty(pg_database_size(current_database())) as size`.execute(db);
  return rows[0]?.size ?? '';
}

async function measure(url: string, at: EpochMs): Promise<string[][]> {
  const plain = openDatabase(url, { max: 1, applicationName: 'growth', onError: () => {} });
  const telling = await openTelling(url);
  const rows = [['serves', 'what', 'p50 ms', 'p99 ms', 'rows looked at', 'most of them']];
  for (const query of GROWTH_QUERIES) {
    const tookMs = await timesOf(plain.kysely, query, at);
    telling.taken();
    await query.run(telling.db, at);
    rows.push([
      query.serves,
      query.name,
      quantile(tookMs, 0.5).toFixed(1),
      quantile(tookMs, 0.99).toFixed(1),
      ...lookedAt(telling.taken()),
    ]);
  }
  await plain.close();
  await telling.close();
  return rows;
}

/** As often as told, after one time that fills the caches. */
async function timesOf(db: Db, query: GrowthQuery, at: EpochMs): Promise<number[]> {
  const tookMs: number[] = [];
  await query.run(db, at);
  for (let n = 0; n < Number(values.times); n += 1) {
    const startedAt = performance.now();
    await query.run(db, at);
    tookMs.push(performance.now() - startedAt);
  }
  return tookMs;
}

function lookedAt(ran: readonly RanStatement[]): [string, string] {
  const reads = ran.flatMap((statement) => statement.reads);
  const most = reads.toSorted((a, b) => b.rows - a.rows)[0];
  return [String(reads.reduce((sum, read) => sum + read.rows, 0)), most === undefined ? '—' : `${most.rows} ${most.table}: ${most.how}`];
}

async function statement(url: string, at: EpochMs): Promise<string> {
  const database = openDatabase(url, { max: 2, applicationName: 'growth', onError: () => {} });
  const { lines, bytes, tookMs, firstByteMs, grownMib, grownAfterTenthMib } = await writeLongStatement(database.kysely, at);
  await database.close();
  const row = [
    lines,
    (bytes / 2 ** 20).toFixed(1),
    (tookMs / 1_000).toFixed(1),
    firstByteMs.toFixed(0),
    grownAfterTenthMib.toFixed(0),
    grownMib.toFixed(0),
  ];
  return renderTable([
    ['statement, lines', 'MiB', 'took s', 'first byte ms', 'memory after a tenth, MiB more', 'at most, MiB more'],
    row.map(String),
  ]);
}
