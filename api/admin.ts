import fastify, { type FastifyInstance, LogController } from 'fastify';
import { CARRIERS } from '../carriers/index.ts';
import { INTERCEPT_STATUSES, REFUND_STATUSES } from '../domain/intercept/state.ts';
import { UNCONFIRMED_CAUSES, UNCONFIRMED_LIMIT_MS } from '../domain/intercept/unconfirmed.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import { pollPace } from '../evidence/poll-carriers.ts';
import { REFUNDS_CURSOR } from '../evidence/sync-refunds.ts';
import { accessFaultsByCarrier } from '../store/carrier-access.ts';
import { inboxDepth } from '../store/inbox-depth.ts';
import { missingRunCount, overdueArmedCount } from '../store/intercept-watch.ts';
import { dueSoonCount, openCases, type OpenCases } from '../store/open-work.ts';
import { isMigrated } from '../store/migrate.ts';
import { now } from '../store/db.ts';
import { missingClaimRunCount } from '../store/claim-watch.ts';
import { failingSubscriptionCount } from '../store/track-subscriptions.ts';
import { type RetentionProgress, retentionProgress } from '../store/retention.ts';
import { judgementLag } from '../store/rule-tasks.ts';
import { refundListLag } from '../store/shop-rounds.ts';
import { type PollLag, pollLag } from '../store/waybill-marks.ts';
import { countUnconfirmed } from '../store/unconfirmed-refunds.ts';
import { channelLag } from '../store/channel-notices.ts';
import { outgoingDepth } from '../store/webhook-deliveries.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';
import { codecRoutes } from './codec-routes.ts';
import type { AppDeps } from './deps.ts';

/** What the admin port is told about the public one. */
export interface PublicPort {
  /** Listening, and not about to close. */
  isOpen(): boolean;
}

/** Readiness is asked for often; the parts behind it are asked at most this often, and each within the limit. */
const CACHED_MS = 2_000;
const ANSWER_LIMIT_MS = 1_500;
/** A payment later than this is a fault of ours (contract: at most 5 s late; 15 s after an outage). */
const OVERDUE_GRACE_MS = 60 * SECOND_MS;
/** A waiting request is asked again every 5 min at the latest, so a fault that goes on is always met within this. */
const ACCESS_FAULT_LASTS_MS = 10 * MINUTE_MS;

/** The admin port (`/livez`, `/readyz`, `/metrics`), not yet listening. Never on a public port. */
export function buildAdmin(deps: AppDeps, publicPort: PublicPort): FastifyInstance {
  const admin = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  });
  countWatchdogs(deps);
  countOpenWork(deps);
  countPatrol(deps);
  const migrated = cached(async () => isMigrated(deps.db));
  const temporal = cached(() => isServing(deps));
  const worker = cached(() => isPolled(deps));

  // Says nothing of what the process needs: restarting it would mend none of that.
  admin.get('/livez', async () => ({ status: 'alive' }));

  admin.get('/readyz', async (_request, reply) => {
    const [database, temporalServes, workerPolls] = await Promise.all([migrated(), temporal(), worker()]);
    const port = publicPort.isOpen();
    // Temporal and the worker are reported, not required: pushes must be taken without them.
    return reply
      .code(database && port ? 200 : 503)
      .send({ ready: database && port, migrated: database, port, temporal: temporalServes, worker: workerPolls });
  });

  admin.get('/metrics', async (_request, reply) => {
    const { registry } = deps.metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  void admin.register(codecRoutes, { prefix: '/codec', deps });
  return admin;
}

/** What must be zero, counted in SQL so that it does not depend on Temporal; and how much waits, coming in and going out. */
function countWatchdogs({ db, carriers, metrics }: AppDeps): void {
  metrics.gauge('intercepts_overdue_armed', 'Armed cases more than 60 s past their automatic refund', () =>
    overdueArmedCount(db, OVERDUE_GRACE_MS),
  );
  metrics.gauges(
    'refunds_unconfirmed',
    'Payments not confirmed 10 minutes after they were due, by what is known of the cause',
    'cause',
    async () => {
      const counts = await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS);
      return new Map(UNCONFIRMED_CAUSES.map((cause) => [cause, counts[cause] ?? 0]));
    },
  );
  metrics.gauge('intercepts_open_without_run', 'Open records that Temporal has no run for', () => missingRunCount(db));
  metrics.gauges(
    'carrier_configuration_faults',
    'Kinds of call for which a carrier lately refused our own account',
    'carrier',
    async () => {
      const faults = await accessFaultsByCarrier(db, ACCESS_FAULT_LASTS_MS);
      return new Map(carriers.map(({ carrier: { code } }) => [code, faults.get(code) ?? 0]));
    },
  );
  metrics.gauge('track_subscriptions_failing', 'Waybills that could not be subscribed for pushes in several tries', () =>
    failingSubscriptionCount(db),
  );
  metrics.gauge('claims_open_without_run', 'Open claims that Temporal has no run for', () => missingClaimRunCount(db));
  const incoming = readTogether(() => inboxDepth(db));
  metrics.gauge('inbox_pending', 'Evidence received and not yet delivered', async () => (await incoming()).pending);
  metrics.gauge('inbox_quarantined', 'Evidence set aside, whatever the reason; unknown waybills are counted up to 1,000', async () => {
    const { faulty, unknown } = await incoming();
    return faulty + unknown;
  });
  metrics.gauge('inbox_quarantined_faulty', 'Evidence set aside for a person to look at', async () => (await incoming()).faulty);
  metrics.gauge('inbox_oldest_seconds', 'Age of the oldest evidence not yet delivered', async () => {
    const [{ oldestReceivedAt }, at] = await Promise.all([incoming(), now(db)]);
    return oldestReceivedAt === null ? 0 : Math.max(0, at - oldestReceivedAt) / 1_000;
  });
  metrics.gauge(
    'rule_judgement_lag_seconds',
    'For how long the refund that waits longest for its shop’s rules has been due',
    async () => (await judgementLag(db)) / 1_000,
  );
  countOutgoing({ db, metrics });
}

function countOutgoing({ db, metrics }: Pick<AppDeps, 'db' | 'metrics'>): void {
  const outgoing = readTogether(async () => ({ ...(await outgoingDepth(db)), at: await now(db) }));
  const seconds = (since: number | null, at: number) => (since === null ? 0 : Math.max(0, at - since) / 1_000);
  metrics.gauge('outbox_undispatched', 'Events to be told that nobody has looked at yet', async () => (await outgoing()).undispatched);
  metrics.gauge(
    'webhook_deliveries_pending',
    'Deliveries under way or waiting for their next attempt',
    async () => (await outgoing()).pending,
  );
  metrics.gauge('outbox_oldest_seconds', 'Age of the oldest event that nobody has looked at yet', async () => {
    const { oldestAt, at } = await outgoing();
    return seconds(oldestAt, at);
  });
  metrics.gauge('webhook_delivery_lag_seconds', 'For how long the next attempt of the longest waiting delivery is due', async () => {
    const { dueAt, at } = await outgoing();
    return seconds(dueAt, at);
  });
  const channels = readTogether(() => channelLag(db));
  metrics.gauge(
    'notice_channel_lag_seconds',
    'For how long the longest waiting notice has been due to a channel that takes notices',
    async () => (await channels()).lagMs / 1_000,
  );
  metrics.gauge('notice_channels_failing', 'Channels that did not take the last message', async () => (await channels()).failing);
}

/** How much work there is; each status is told, also those without a case. */
function countOpenWork({ db, metrics }: AppDeps): void {
  const open = readTogether(() => openCases(db));
  const by = async <Status extends string>(statuses: readonly Status[], of: (cases: OpenCases) => Status) => {
    const counts = new Map<string, number>(statuses.map((status) => [status, 0]));
    for (const cases of await open()) counts.set(of(cases), (counts.get(of(cases)) ?? 0) + cases.count);
    return counts;
  };
  metrics.gauges('intercepts_open', 'Cases with an open run, by intercept status', 'status', () =>
    by(INTERCEPT_STATUSES, ({ interceptStatus }) => interceptStatus),
  );
  metrics.gauges('refunds_open', 'Cases with an open run, by refund status', 'status', () =>
    by(REFUND_STATUSES, ({ refundStatus }) => refundStatus),
  );
  metrics.gauge('refunds_due_within_hour', 'Armed cases that refund themselves within an hour', () => dueSoonCount(db, HOUR_MS));
}

/** How far the patrol is behind, and what was removed as old: SQL too, so that a patrol that stands still is seen. */
function countPatrol({ db, carriers, metrics, config }: AppDeps): void {
  const codes = new Set([...CARRIERS.map(({ code }) => code), ...carriers.map(({ carrier: { code } }) => code)]);
  const polls = readTogether(() => pollLag(db, pollPace(config.carrierPollEveryMs)));
  const byCarrier = async (of: (lag: PollLag) => number) => {
    const lags = new Map((await polls()).map((lag) => [lag.carrier, of(lag)]));
    return new Map([...codes].map((code) => [code, lags.get(code) ?? 0]));
  };
  metrics.gauges('carrier_polls_due', 'Quiet waybills that are due to be asked about', 'carrier', () => byCarrier(({ due }) => due));
  metrics.gauges('carrier_poll_lag_seconds', 'For how long the first of them has been due', 'carrier', () =>
    byCarrier(({ lagMs }) => lagMs / 1_000),
  );
  metrics.gauge(
    'refund_list_lag_seconds',
    'For how long the refund list of the most neglected shop with an open case was not read',
    async () => (await refundListLag(db, REFUNDS_CURSOR)) / 1_000,
  );
  const removals = readTogether(() => retentionProgress(db));
  const byKind = async (of: (kind: RetentionProgress) => number) => new Map((await removals()).map((one) => [one.kind, of(one)]));
  metrics.gauges('retention_removed_rows', 'Rows removed because they were older than they are kept', 'kind', () =>
    byKind(({ removed }) => removed),
  );
  metrics.gauges('retention_pass_age_seconds', 'How long ago everything old enough had been looked at', 'kind', () =>
    byKind(({ passAgeSeconds }) => passAgeSeconds),
  );
}

/** One read for all who ask while it is under way: the gauges of one scrape. */
function readTogether<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => {
    underWay ??= read().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

async function isServing({ temporal: { client } }: AppDeps): Promise<boolean> {
  await client.withDeadline(Date.now() + ANSWER_LIMIT_MS, () => client.connection.workflowService.getSystemInfo({}));
  return true;
}

/** Whether anybody polled the queue of the money lately, by Temporal's own list. */
async function isPolled({ temporal: { client }, config }: AppDeps): Promise<boolean> {
  const { pollers } = await client.withDeadline(Date.now() + ANSWER_LIMIT_MS, () =>
    client.connection.workflowService.describeTaskQueue({
      namespace: config.temporal.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: 1,
    }),
  );
  return (pollers ?? []).length > 0;
}

/** The last answer for 2 s; an error, or no answer within the limit, is false. */
function cached(ask: () => Promise<boolean>): () => Promise<boolean> {
  let answer: Promise<boolean> | null = null;
  let askedAt = 0;
  return () => {
    if (answer === null || performance.now() - askedAt >= CACHED_MS) {
      askedAt = performance.now();
      answer = Promise.race([ask(), late()]).catch(() => false);
    }
    return answer;
  };
}

function late(): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), 2 * ANSWER_LIMIT_MS).unref();
  });
}
