/**
 * `npm run bench -- day [--cases 10000] [--slices 10] [--in-flight 16]`: a day of 10,000 cases, as fast as the machine plays it: of ten, seven
 * come back and are signed for, two fail and are rejected, one is refused by its carrier. Prints after each slice what every process and store
 * has by then, at the end what each table keeps a case, and what of that is left once retention has taken its part. Judges nothing.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import type { ShopClient } from '../dev/demo/shop-client.ts';
import { inboxDepth } from '../store/inbox-depth.ts';
import { type Db, openDatabase } from '../store/db.ts';
import { removeExpired } from '../store/retention.ts';
import { keptFor } from '../store/test-cases.ts';
import { CARRIERS_IN_TURN, create, scan } from './load.ts';
import { machine, print } from './machine.ts';
import { type MeasuredProduct, type MeasuredStack, measureProduct } from './measured-product.ts';
import { readUsage } from './process-usage.ts';
import { renderTable } from './statistics.ts';

const PARTS = ['api', 'worker', 'simulators', 'Temporal'] as const;
const STEP_LIMIT_MS = 120_000;
const KIB = 1024;
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    slices: { type: 'string', default: '10' },
    'in-flight': { type: 'string', default: '16' },
  },
});
const slices = Number(values.slices);
const casesASlice = Math.ceil(Number(values.cases) / slices);

await measureProduct('day', measure);

async function measure(product: MeasuredProduct): Promise<void> {
  print(`${machine()}; everything on this machine, simulators included`);
  const stack = await product.start({ SIM_PAYMENT_DELAY: '200' });
  const database = openDatabase(stack.addresses.databaseUrl, { max: 2, applicationName: 'bench', onError: () => {} });
  const rows = [
    ['cases', 'cases/s', ...PARTS.map((part) => `${part} MiB`), 'PostgreSQL KiB/case', 'Temporal KiB/case', 'runs open', 'inbox waiting'],
  ];
  const connection = await Connection.connect({ address: stack.temporal });
  const client = new Client({ connection });
  try {
    const at = () => kept(database.kysely, product.dataDir);
    const before = await at();
    let last = before;
    for (let slice = 1; slice <= slices; slice += 1) {
      const tookMs = await stack.unlessCut(playSlice(stack));
      const now = await at();
      rows.push([
        String(slice * casesASlice),
        ((casesASlice / tookMs) * 1000).toFixed(1),
        ...(await Promise.all(PARTS.map(async (part) => (await readUsage(stack.pidOf(part) ?? 0))?.residentMib.toFixed(0) ?? '—'))),
        ((now.postgresBytes - last.postgresBytes) / casesASlice / KIB).toFixed(1),
        ((now.temporalBytes - last.temporalBytes) / casesASlice / KIB).toFixed(1),
        String((await client.workflow.count("ExecutionStatus = 'Running'")).count),
        String((await inboxDepth(database.kysely)).pending),
      ]);
      process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
      last = now;
    }
    print(renderTable(rows));
    const count = slices * casesASlice;
    print(
      `A case, over all ${count}: ${((last.postgresBytes - before.postgresBytes) / count / KIB).toFixed(1)} KiB in PostgreSQL, ${((last.temporalBytes - before.temporalBytes) / count / KIB).toFixed(1)} KiB in Temporal.`,
    );
    print(await whatStays(database.kysely, count));
  } finally {
    await connection.close();
    await database.close();
  }
}

async function playSlice({ shop, simulatorsUrl }: MeasuredStack): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: Number(values['in-flight']) }, async () => {
      while (next < casesASlice) await playLife(shop, simulatorsUrl, next++);
    }),
  );
  return performance.now() - startedAt;
}

/** One case of ten, from the seeded refund to its end. */
async function playLife(shop: ShopClient, simulatorsUrl: string, number: number): Promise<void> {
  const kind = number % 10;
  const carrier = CARRIERS_IN_TURN[Math.floor(number / 10) % CARRIERS_IN_TURN.length];
  const { refundId, waybillNo } = await shop.seed({ carrier, parcel: { onIntercept: kind === 9 ? 'REFUSES' : 'SILENT' } });
  const { interceptId } = await create(shop, refundId);
  if (kind === 9) {
    await shop.until(interceptId, ({ interceptStatus }) => interceptStatus === 'REJECTED_BY_CARRIER', STEP_LIMIT_MS);
    return;
  }
  await shop.until(interceptId, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING', STEP_LIMIT_MS);
  if (kind >= 7) {
    await scan(simulatorsUrl, waybillNo, 'SIGNED');
    await shop.until(interceptId, ({ interceptStatus }) => interceptStatus === 'FAILED', STEP_LIMIT_MS);
    await shop.act(interceptId, 'reject-refund', { reason: '1002', description: '包裹已派送' });
    return;
  }
  await scan(simulatorsUrl, waybillNo, 'RETURNING');
  await shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', STEP_LIMIT_MS);
  await scan(simulatorsUrl, waybillNo, 'RETURN_SIGNED');
  await shop.until(interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', STEP_LIMIT_MS);
}

/** What is on disk by now, in bytes; what was deleted and not yet given back included. */
async function kept(db: Db, dataDir: string): Promise<{ postgresBytes: number; temporalBytes: number }> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
  const files = await readdir(join(dataDir, 'temporal'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(dataDir, 'temporal', file))).size));
  return { postgresBytes: rows[0]?.bytes ?? 0, temporalBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Bytes of each table with its indexes and its rows, packed. */
async function tables(db: Db): Promise<Map<string, { bytes: number; rows: number }>> {
  await sql`vacuum full analyze`.execute(db);
  const { rows } = await sql<{ name: string; bytes: number; rows: number }>`
    select relname as name, pg_total_relation_size(oid) as bytes, greatest(reltuples, 0)::bigint as rows
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db);
  return new Map(rows.map(({ name, ...size }) => [name, size]));
}

/** Each table a case fills, packed: as the day left it, and with everything gone that is kept for a time only. */
async function whatStays(db: Db, count: number): Promise<string> {
  const full = await tables(db);
  await sql`delete from retention_sweeps`.execute(db);
  await removeExpired(db, keptFor(0), AbortSignal.timeout(STEP_LIMIT_MS));
  const left = await tables(db);
  const aCase = (bytes: number) => (bytes / count).toFixed(0);
  const filled = [...full].filter(([, { rows }]) => rows >= count / 20).toSorted(([, a], [, b]) => b.bytes - a.bytes);
  const sum = (sizes: Map<string, { bytes: number }>) => [...sizes.values()].reduce((bytes, size) => bytes + size.bytes, 0);
  return renderTable([
    ['table', 'rows a case', 'bytes a case', 'of that for good'],
    ...filled.map(([name, { bytes, rows }]) => [name, (rows / count).toFixed(2), aCase(bytes), aCase(left.get(name)?.bytes ?? 0)]),
    ['all tables', '', aCase(sum(full)), aCase(sum(left))],
  ]);
}
