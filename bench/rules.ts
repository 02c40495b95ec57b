/**
 * `npm run bench -- rules [--refunds 1000] [--minutes 10] [--budget 300] [--past 50000]`: starts the whole product with a shop of three
 * rules, lets so many refunds arrive evenly over so many minutes, and measures how long each waits for its judgement and what became of
 * the day's budget; then a dry run over so many past refunds. Prints tables; what a machine manages is no fault of the code.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { dryRun } from '../api/rules/dry-run.ts';
import { openShopClient, type ShopClient } from '../dev/demo/shop-client.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { startPostgres } from '../dev/postgres.ts';
import { waitFor } from '../dev/waiting.ts';
import type { RuleSet } from '../domain/rules/rule.ts';
import { openDatabase } from '../store/db.ts';
import { migrate } from '../store/migrate.ts';
import { upsertShop } from '../store/shops.ts';
import { machine, measurementFolder, ownEnvironment, print } from './machine.ts';
import { renderTable, spread } from './statistics.ts';

const { values } = parseArgs({
  options: {
    refunds: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
    budget: { type: 'string', default: '300' },
    past: { type: 'string', default: '50000' },
  },
});
const JUDGED_LIMIT_MS = 120_000;
const CARRIERS = ['ZTO', 'YTO', 'STO', 'JT'] as const;
const WITHOUT = { paused: false, dailyFeeFen: null, dailyCount: null, hours: null };
const RULES: RuleSet = {
  limits: { paused: false, dailyFeeFen: 100_000_000, dailyCount: Number(values.budget), hours: null },
  rules: [
    { ruleId: 'gifts', name: '赠品不拦', action: 'LEAVE', conditions: { titleWords: ['赠品'] }, acknowledge: [], limits: WITHOUT },
    {
      ruleId: 'dear',
      name: '大额问人',
      action: 'ASK',
      conditions: { refundFeeFen: { atLeast: 30_000 } },
      acknowledge: [],
      limits: WITHOUT,
    },
    {
      ruleId: 'small',
      name: '小额快拦',
      action: 'INTERCEPT',
      conditions: { refundFeeFen: { atMost: 29_999 }, expectedFeeFen: { atMost: 500 } },
      acknowledge: [],
      limits: WITHOUT,
    },
  ],
};

const dataDir = await measurementFolder('bench');
let stack: Stack | undefined;
try {
  print(`${machine()}; everything on this machine`);
  print(await pastRefunds(Number(values.past)));
  const environment = { ...ownEnvironment(join(dataDir, 'product')), LOG_LEVEL: 'error' };
  stack = await startStack({ environment, purpose: 'bench', withConsole: false, log: () => {} });
  print(await arrivals(stack));
} finally {
  await stack?.stop();
  await rm(dataDir, { recursive: true, force: true });
}

interface Judged {
  refundId: string;
  decision: string;
  cause: string;
  seenAt: string;
  judgedAt: string;
}

async function arrivals({ addresses: { api, simulators, demoApiKey } }: Stack): Promise<string> {
  if (simulators === undefined || demoApiKey === undefined) throw new Error('the measurement plays all outside parties itself');
  const shop = openShopClient(api, demoApiKey, new URL(simulators).origin);
  const saved = await shop.call('PUT', '/rules', { baseVersion: 0, confirm: true, ...RULES });
  if (saved.status !== 200) throw new Error(`the rules were answered ${saved.status}: ${JSON.stringify(saved.body)}`);
  const count = Number(values.refunds);
  const everyMs = (Number(values.minutes) * 60_000) / count;
  const startedAt = performance.now();
  const seeded: string[] = [];
  for (let n = 0; n < count; n += 1) {
    await delay(Math.max(0, startedAt + n * everyMs - performance.now()));
    const refundFeeFen = n % 10 === 0 ? 35_000 : 5_000;
    const itemTitle = n % 10 === 1 ? '赠品毛巾' : '四件套';
    const { refundId } = await shop.seed({
      carrier: CARRIERS[n % CARRIERS.length],
      refundFeeFen,
      order: { itemTitle },
      parcel: { onIntercept: 'SILENT' },
    });
    seeded.push(refundId);
  }
  const judged = await waitFor(async () => allJudged(shop, new Set(seeded)), JUDGED_LIMIT_MS);
  if (judged === undefined) throw new Error(`not every refund was judged within ${JUDGED_LIMIT_MS / 1_000} s of the last one`);
  const waits = judged.map(({ seenAt, judgedAt }) => Date.parse(judgedAt) - Date.parse(seenAt));
  const outcomes = Map.groupBy(judged, ({ decision, cause }) => `${decision} ${cause}`);
  const { body } = await shop.call<{ today: { shop: { count: number } } }>('GET', '/rules');
  return renderTable([
    ['refunds', 'over min', 'waited ms p50 / p95 / max', 'later than 30 s', 'budget', 'started', ...outcomes.keys()],
    [
      String(count),
      values.minutes,
      spread(waits),
      String(waits.filter((ms) => ms > 30_000).length),
      values.budget,
      String(body.today.shop.count),
      ...[...outcomes.values()].map((of) => String(of.length)),
    ],
  ]);
}

/** The first judgement of each of the refunds, false while some have none. */
async function allJudged(shop: ShopClient, refundIds: ReadonlySet<string>): Promise<Judged[] | false> {
  const firsts = new Map<string, Judged>();
  for (let after: string | null = ''; after !== null; ) {
    const page: { body: { items: Judged[]; nextCursor: string | null } } = await shop.call(
      'GET',
      `/rules/judgements?limit=200${after === '' ? '' : `&after=${after}`}`,
    );
    for (const judged of page.body.items) if (refundIds.has(judged.refundId)) firsts.set(judged.refundId, judged);
    after = page.body.nextCursor;
  }
  return firsts.size === refundIds.size && [...firsts.values()];
}

async function pastRefunds(count: number): Promise<string> {
  const postgres = await startPostgres({ dataDir: join(dataDir, 'past'), durable: false, log: () => {} });
  try {
    await migrate(postgres.url);
    const database = openDatabase(postgres.url, { max: 2, applicationName: 'bench', onError: () => {} });
    const db = database.kysely;
    await upsertShop(db, { shopId: '1', platform: 'kuaishou', name: '千单小店' });
    await sql`
      insert into rule_judgements (shop_id, refund_id, version, decision, cause, facts, verdicts, seen_at, judged_at)
      select '1', n::text, 1, 'LEAVE', 'NO_RULE_MATCHED', jsonb_build_object(
          'refundId', n::text, 'orderId', (n + 1)::text, 'at', floor(extract(epoch from made.at) * 1000), 'refundCreatedAt', floor(extract(epoch from made.at) * 1000) - 60000,
          'refundFeeFen', 1000 + n % 40000, 'reason', '不想要了', 'itemTitle', '加厚保暖家居拖鞋 第' || n || '款', 'categories', '[{"id":"1421","name":"居家日用"}]'::jsonb,
          'province', '四川省', 'waybillNo', '7310' || n, 'carrier', (array['ZTO','YTO','STO','JT'])[1 + n % 4], 'outletCode', '57913', 'outletName', '义乌国际商贸城网点',
          'trackStanding', 'MOVING', 'lastScanAt', floor(extract(epoch from made.at) * 1000) - 3600000, 'expectedFeeFen', 350 + n % 200, 'earlierRefunds', n % 3,
          'reasons', '[]'::jsonb, 'warnings', '[]'::jsonb), '[]', made.at, made.at
      from generate_series(1, ${count}::int) n
      cross join lateral (select clock_ms() - (30 * (1 - n / (${count}::float8 + 1))) * interval '1 day' as at) made`.execute(db);
    const rows = [['past refunds', 'dry run s', 'foretold intercepts', 'busiest day', 'memory MiB']];
    const startedAt = performance.now();
    const report = await dryRun({ db }, '1', { ruleSet: RULES, days: 30, skip: 0, limit: 50 });
    rows.push([
      String(report.refunds),
      ((performance.now() - startedAt) / 1_000).toFixed(2),
      String(report.totals.filter(({ decision }) => decision === 'INTERCEPT').reduce((sum, { refunds }) => sum + refunds, 0)),
      String(report.busiestDay.count),
      (process.memoryUsage().rss / 2 ** 20).toFixed(0),
    ]);
    await database.close();
    return renderTable(rows);
  } finally {
    await postgres.stop();
  }
}
