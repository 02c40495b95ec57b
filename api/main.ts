import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import { connectCarriers } from '../carriers/index.ts';
import { BadConfiguration, type Config, loadProcessConfig } from '../config.ts';
import { openProcessLog } from '../config/process-log.ts';
import { temporalConnection } from '../config/temporal-connection.ts';
import { startChannelPump } from '../delivery/channels/channel-pump.ts';
import { createMailer } from '../delivery/channels/mail.ts';
import { startOutboxPump } from '../delivery/outbox-pump.ts';
import { createWebhookSender } from '../delivery/send.ts';
import { watchAccess } from '../evidence/access-watch.ts';
import { startPump } from '../evidence/pump.ts';
import { connectPlatforms } from '../platforms/index.ts';
import { openDatabase } from '../store/db.ts';
import { watchParties } from '../telemetry/outside-calls.ts';
import { traceCall } from '../telemetry/spans.ts';
import { readDataKey } from '../store/secrets.ts';
import { shopTokenStore } from '../store/shop-tokens.ts';
import { shopWorlds } from '../store/shops.ts';
import { buildAdmin } from './admin.ts';
import { buildApp } from './app.ts';
import type { AppDeps } from './deps.ts';
import { apiMetrics } from './metrics.ts';
import { channelDepsOf } from './outgoing/delivery-deps.ts';
import { startRulesPump } from './rules/rules-pump.ts';
import { shutDown } from './shutdown.ts';
import { temporalClient } from './temporal-client.ts';

/** How often a pump looks of itself. Nobody waits for that with the inbox: what this process takes in wakes it. */
const PUMPS_EVERY_MS = 1_000;
/** Shops' systems wait for these events, and workers write them, which wake nobody here. */
const OUTBOX_EVERY_MS = 300;
const SHUTDOWN_LIMIT_MS = 18_000;
/** What must not reach a log even if somebody logs a whole request or error. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  '*.authorization',
  '*.cookie',
  '*.accessToken',
  '*.refreshToken',
  '*.contactPhone',
];

/** The API process: composes, listens and shuts down. Needs neither Temporal nor the database to start. */
async function run(config: Config, log: Logger): Promise<void> {
  for (const warning of config.warnings) log.warn(warning);
  const traces = config.tracesWanted ? (await import('../telemetry/export-traces.ts')).exportTraces('refund-intercept-api') : null;
  const metrics = apiMetrics();
  const parties = watchParties(metrics.registry, traceCall);
  const database = openDatabase(config.database.url, {
    max: 20,
    applicationName: 'refund-intercept api',
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  const db = database.kysely;
  const client = temporalClient(temporalConnection(config.temporal.connection), config.temporal.namespace, config.temporal.payloadKeys);
  const worldOf = shopWorlds(db);
  const { platform, sandbox } = connectPlatforms(config, {
    tokens: (world) => shopTokenStore(db, readDataKey(config.dataKey), world),
    worldOf,
    watched: parties.platform,
  });
  const pump = startPump(
    { db, client, platform, log: log.child({ part: 'pump' }) },
    { everyMs: PUMPS_EVERY_MS, onError: (error) => log.warn({ err: error }, 'the pump goes on after an error') },
  );
  const webhookSender = createWebhookSender({ allowLoopback: config.embedded });
  const outboxPump = startOutboxPump(
    {
      db,
      client,
      dataKey: readDataKey(config.dataKey),
      sender: webhookSender,
      log: log.child({ part: 'outbox' }),
      clock: Date.now,
      random: Math.random,
    },
    { everyMs: OUTBOX_EVERY_MS, onError: (error) => log.warn({ err: error }, 'the outbox pump goes on after an error') },
  );
  const deps: AppDeps = {
    config,
    db,
    worldOf,
    temporal: { client, address: config.temporal.address },
    platform,
    sandbox,
    carriers: watchAccess(parties.carriers(connectCarriers(config.carriers)), { db, log }),
    log,
    metrics,
    wakePump: pump.wake,
    webhookSender,
    mailer: config.mail && createMailer({ ...config.mail, allowPlain: config.embedded }),
    clock: Date.now,
  };
  const rulesPump = startRulesPump(deps, {
    everyMs: PUMPS_EVERY_MS,
    onError: (error) => log.warn({ err: error }, 'the rules pump goes on after an error'),
  });
  const channelPump = startChannelPump(channelDepsOf(deps), {
    everyMs: PUMPS_EVERY_MS,
    onError: (error) => log.warn({ err: error }, 'the channel pump goes on after an error'),
  });
  let open = false;
  const app = await buildApp(deps);
  const admin = buildAdmin(deps, { isOpen: () => open });
  await admin.listen({ host: config.admin.host, port: config.admin.port });
  const url = await app.listen({ host: config.http.host, port: config.http.port });
  open = true;
  log.info({ url, docs: `${url}/docs` }, 'API listens');

  closeWithGrace({ delay: SHUTDOWN_LIMIT_MS, logger: { error: (about: unknown) => log.error(about) } }, async ({ signal, err }) => {
    if (err) log.error({ err }, 'API stops after an error');
    else log.info({ signal }, 'API stops');
    open = false;
    await shutDown(
      [
        { name: 'public port', limitMs: 10_000, run: () => app.close() },
        { name: 'pumps', limitMs: 3_000, run: () => Promise.all([pump.stop(), outboxPump.stop(), rulesPump.stop(), channelPump.stop()]) },
        { name: 'webhook connections', limitMs: 500, run: () => webhookSender.close() },
        { name: 'Temporal', limitMs: 1_000, run: () => client.connection.close() },
        { name: 'database', limitMs: 2_000, run: () => database.close() },
        { name: 'admin port', limitMs: 1_000, run: () => admin.close() },
        { name: 'traces', limitMs: 1_000, run: async () => traces?.stop() },
      ],
      log,
    );
  });
}

try {
  const config = loadProcessConfig('api');
  await run(config, openProcessLog({ level: config.logLevel, base: { component: 'api' }, redact: REDACTED }));
} catch (error) {
  process.stderr.write(
    `${error instanceof BadConfiguration ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
