import { setFlagsFromString } from 'node:v8';
import { Client } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Registry } from '@prometheus-io/client';
import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import type { ReadReturnAddress, TellAccessBroken } from '../activities/carrier.ts';
import { createClaimActivities } from '../activities/claims.ts';
import { createMoneyActivities } from '../activities/money.ts';
import { createPatrolActivities } from '../activities/patrol.ts';
import { createPaymentBook } from '../activities/payment-book.ts';
import { createRecordActivities } from '../activities/records.ts';
import { createWebhookActivities } from '../activities/webhooks.ts';
import { connectCarriers } from '../carriers/index.ts';
import { BadConfiguration, type Config, loadProcessConfig } from '../config.ts';
import { openProcessLog } from '../config/process-log.ts';
import { temporalConnection } from '../config/temporal-connection.ts';
import { createWebhookSender } from '../delivery/send.ts';
import { watchAccess } from '../evidence/access-watch.ts';
import { hasPendingEvidence } from '../evidence/pending.ts';
import { tellAccessBroken } from '../evidence/tell-access-broken.ts';
import { connectPlatforms } from '../platforms/index.ts';
import { clientConverter, replayConverter, workerConverter } from '../sealing/data-converter.ts';
import { type Database, now, openDatabase } from '../store/db.ts';
import { returnAddress } from '../store/return-addresses.ts';
import { readDataKey } from '../store/secrets.ts';
import { shopTokenStore } from '../store/shop-tokens.ts';
import { shopWorlds } from '../store/shops.ts';
import { watchParties } from '../telemetry/outside-calls.ts';
import { traceCall } from '../telemetry/spans.ts';
import { openAdminPort } from './admin.ts';
import { loadWorkflowBundle } from './bundle.ts';
import { workerMetrics } from './metrics.ts';
import { countMoney } from './money-metrics.ts';
import { ensurePatrol, registerSearchAttributes, UnusableNamespace } from './namespace.ts';
import { type OpenRuns, replayOthers, replaySample, UnreplayableCases, type UnreplayableRun } from './replay-open-runs.ts';
import { installRuntime } from './runtime.ts';
import { buildIdOf, createWorkers } from './workers.ts';

const CONNECT_RETRY_MS = 1_000;
const SHUTDOWN_LIMIT_MS = 15_000;

/**
 * V8 lets a heap grow to several times of what is alive before it clears it in full, and a worker has three heaps. At most a quarter more halves
 * what the process takes, and no case costs measurably more of the processor.
 */
setFlagsFromString('--heap-growing-percent=25');

/** The worker process: runs the workflows, the money, the carrier calls and the patrol. */
async function run(config: Config, log: Logger): Promise<void> {
  for (const warning of config.warnings) log.warn(warning);
  const traces = config.tracesWanted ? (await import('../telemetry/export-traces.ts')).exportTraces('refund-intercept-worker') : null;
  const coreMetrics = await installRuntime(log);
  let workers: Worker[] = [];
  const unreplayable: UnreplayableRun[] = [];
  const registry = workerMetrics(() => unreplayable.length);
  const admin = await openAdminPort(config.admin.host, config.admin.port, {
    isPolling: () => workers.length > 0 && workers.every((worker) => worker.getState() === 'RUNNING'),
    unreplayable: () => unreplayable.map(({ workflowId }) => workflowId),
    metricsUrl: coreMetrics.url,
    registry,
  });
  const databases = openDatabases(config.database.url, log);
  const { payloadKeys, deployment } = config.temporal;
  const workflowBundle = await loadWorkflowBundle(log, { sealed: payloadKeys.length > 0 });
  const { connection, client } = await connectTemporal(config, log);
  const added = await registerSearchAttributes(client);
  if (added.length > 0) log.info({ added }, 'search attributes registered');
  await ensurePatrol(client);
  workers = await createWorkers({
    connection,
    namespace: config.temporal.namespace,
    workflowBundle,
    dataConverter: workerConverter(payloadKeys),
    deployment,
    ...makeActivities({ config, databases, client, registry, log }),
  });
  const open: OpenRuns = {
    client,
    // Says in clear why a case does not fit.
    workflowBundle: await loadWorkflowBundle(log, { sealed: false }),
    dataConverter: replayConverter(payloadKeys),
    buildId: buildIdOf(workers),
  };
  const seen = config.embedded || deployment !== null ? await replaySample(open) : null;
  const running = Promise.all(workers.map((worker) => worker.run()));
  log.info({ queues: workers.map((worker) => worker.options.taskQueue), ...deployment, replayed: seen?.size }, 'worker polls');
  const stopping = new AbortController();
  const beside = seen === null ? Promise.resolve() : replayOthers(open, { seen, found: unreplayable, log, signal: stopping.signal });

  closeWithGrace({ delay: SHUTDOWN_LIMIT_MS, logger: { error: (about: unknown) => log.error(about) } }, async ({ signal, err }) => {
    if (err) log.error({ err }, 'worker stops after an error');
    else log.info({ signal }, 'worker stops');
    stopping.abort();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all([running, beside]);
    await client.connection.close();
    await connection.close();
    await Promise.all(Object.values(databases).map((database) => database.close()));
    admin.close();
    await traces?.stop();
  });
  await running;
}

/** Connections of their own for what may wait: neither the patrol nor a platform that hangs in a renewal takes one from the money. */
function openDatabases(url: string, log: Logger): Record<'core' | 'background' | 'renewals', Database> {
  const open = (name: string, max: number): Database =>
    openDatabase(url, {
      max,
      applicationName: `refund-intercept worker${name}`,
      onError: (error) => log.warn({ err: error }, 'database connection lost'),
    });
  return { core: open('', 20), background: open(' background', 10), renewals: open(' renewals', 4) };
}

interface ActivityParts {
  config: Config;
  databases: ReturnType<typeof openDatabases>;
  client: Client;
  registry: Registry;
  log: Logger;
}

function makeActivities({ config, databases: { core, background, renewals }, client, registry, log }: ActivityParts) {
  const db = core.kysely;
  const dataKey = readDataKey(config.dataKey);
  const parties = watchParties(registry, traceCall);
  const { platform } = connectPlatforms(config, {
    tokens: (world) => ({
      read: shopTokenStore(db, dataKey, world).read,
      update: shopTokenStore(renewals.kysely, dataKey, world).update,
    }),
    worldOf: shopWorlds(db),
    watched: parties.platform,
  });
  const carriers = watchAccess(parties.carriers(connectCarriers(config.carriers)), { db, log });
  const records = createRecordActivities(db);
  const money = createMoneyActivities({
    platform,
    book: createPaymentBook(db),
    saveRecords: (request) => records.saveRecords(request.records),
    hasPendingEvidence: (parcel) => hasPendingEvidence(db, parcel),
    databaseClock: () => now(db),
  });
  const evidence = {
    db: background.kysely,
    client,
    platform,
    carriers: new Map(carriers.map((one) => [one.carrier.code, one.client])),
    log,
  };
  const webhooks = createWebhookActivities({
    db: background.kysely,
    dataKey,
    sender: createWebhookSender({ allowLoopback: config.embedded }),
    clock: Date.now,
    random: Math.random,
  });
  const patrol = createPatrolActivities(evidence, config);
  const readReturnAddress: ReadReturnAddress = (shopId, version) => returnAddress(db, dataKey, shopId, version);
  const tellBroken: TellAccessBroken = (request) => tellAccessBroken(evidence, request);
  return {
    core: { ...countMoney(money, registry), ...records },
    background: { ...patrol, ...webhooks, ...createClaimActivities(evidence) },
    carriers,
    tellAccessBroken: tellBroken,
    readReturnAddress,
  };
}

/** Waits for the server as long as it takes: a worker is of no use without it, and it may start after us. */
async function connectTemporal(config: Config, log: Logger): Promise<{ connection: NativeConnection; client: Client }> {
  const options = config.temporal.connection;
  for (;;) {
    try {
      const connection = await NativeConnection.connect(options);
      const dataConverter = clientConverter(config.temporal.payloadKeys);
      return {
        connection,
        client: new Client({ connection: temporalConnection(options), namespace: config.temporal.namespace, dataConverter }),
      };
    } catch (error) {
      log.warn({ err: error, address: config.temporal.address }, 'Temporal cannot be reached, trying again');
      await new Promise((resolve) => setTimeout(resolve, CONNECT_RETRY_MS));
    }
  }
}

/** What is wrong is said in words where we know it, else where it happened is said too. */
function lastWords(error: Error): string {
  const understood = [BadConfiguration, UnusableNamespace, UnreplayableCases].some((kind) => error instanceof kind);
  return understood ? error.message : (error.stack ?? error.message);
}

try {
  const config = loadProcessConfig('worker');
  await run(config, openProcessLog({ level: config.logLevel, base: { component: 'worker' } }));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? lastWords(error) : String(error)}\n`);
  process.exit(1);
}
