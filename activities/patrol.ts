import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { DurationMs } from '../domain/time.ts';
import { DAY_MS, MINUTE_MS } from '../domain/time.ts';
import { checkRefunds } from '../evidence/check-refunds.ts';
import type { EvidenceDeps } from '../evidence/deps.ts';
import { driveInboxOnce } from '../evidence/drive-inbox.ts';
import { claimWatch } from '../evidence/lost-claims.ts';
import { tellNearDeadlines } from '../evidence/near-deadlines.ts';
import { pollQuietWaybills } from '../evidence/poll-carriers.ts';
import { signalRefund } from '../evidence/signal-case.ts';
import { subscribeTracks } from '../evidence/subscribe-tracks.ts';
import { syncRefunds } from '../evidence/sync-refunds.ts';
import type { Platform } from '../platforms/port.ts';
import { markClaimStarted, unstartedClaims } from '../store/claims.ts';
import { now } from '../store/db.ts';
import { listIntercepts } from '../store/intercept-list.ts';
import { markStarted, removeStarting, staleStarting } from '../store/intercept-opening.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { noteRunMissing, noteRunSeen, openRecords } from '../store/intercept-watch.ts';
import { listShops, type Shop } from '../store/shops.ts';
import {
  CLAIM_WORKFLOW,
  claimStart,
  INTERCEPT_WORKFLOW,
  interceptWorkflowId,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT_MS,
} from '../workflows/messages.ts';
import { startAttributes, startSummary } from '../workflows/search-attributes.ts';
import type { PatrolActivities } from './types.ts';

/** A start this old was given up by whoever made it. */
const STARTING_LIMIT_MS = MINUTE_MS;
/** A record younger than this may be ahead of what Temporal tells of its run. */
const RECORD_SETTLES_MS = 5_000;
/** Whoever opened a claim starts its run at once; after this it is the patrol's. */
const CLAIM_START_LIMIT_MS = 10_000;
const CLAIMS_A_ROUND = 100;
const WAYBILLS_A_ROUND = 100;
const RUNS_A_ROUND = 100;
/** At each carrier. */
const SUBSCRIPTIONS_A_ROUND = 200;
/** A merchant needs this long to authorise again. */
const AUTHORISATION_WARNING_MS = 7 * DAY_MS;

/** What evidence needs, and the whole of the platform for its tokens. */
export interface PatrolDeps extends EvidenceDeps {
  platform: Platform;
}

/** The rounds of the patrol. Each is bounded; what fails is seen again a minute later. */
export function createPatrolActivities(deps: PatrolDeps, carrierPollEveryMs: DurationMs): PatrolActivities {
  let lastRunLookedFor: string | null = null;
  return {
    async repairStarts() {
      const stale = await staleStarting(deps.db, STARTING_LIMIT_MS);
      for (const record of stale) await repairStart(deps, record);
      return stale.length;
    },
    async findLostRuns() {
      const records = await openRecords(deps.db, { afterId: lastRunLookedFor, limit: RUNS_A_ROUND, settledForMs: RECORD_SETTLES_MS });
      for (const { interceptId } of records) await noteWhetherRunning(deps, interceptId);
      lastRunLookedFor = records.length === RUNS_A_ROUND ? (records.at(-1)?.interceptId ?? null) : null;
      return records.length;
    },
    async driveInbox() {
      return (await driveInboxOnce(deps)).claimed;
    },
    startClaims: () => startClaims(deps),
    pollCarriers: () => pollQuietWaybills(deps, { quietForMs: carrierPollEveryMs, limit: WAYBILLS_A_ROUND }),
    syncRefunds: () => forEachShop(deps, ({ shopId }) => syncRefunds(deps, shopId)),
    checkRefunds: () => checkRefunds(deps),
    tellNearDeadlines: () => tellNearDeadlines(deps),
    findLostClaims: claimWatch(deps),
    subscribeTracks: () => subscribeTracks(deps, { limit: SUBSCRIPTIONS_A_ROUND }),
    refreshTokens: () => forEachShop(deps, ({ shopId }) => refreshShopTokens(deps, shopId)),
  };
}

/** A claim whose run nobody could start when it was opened; one that ran already only lacks the note. */
async function startClaims({ db, client }: EvidenceDeps): Promise<number> {
  const claims = await unstartedClaims(db, CLAIM_START_LIMIT_MS, CLAIMS_A_ROUND);
  for (const { state } of claims) {
    try {
      await client.workflow.start(CLAIM_WORKFLOW, claimStart(state));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    await markClaimStarted(db, state.claimId);
  }
  return claims.length;
}

/** One shop's trouble is logged and does not keep the others waiting. */
async function forEachShop(deps: EvidenceDeps, work: (shop: Shop) => Promise<number>): Promise<number> {
  let moved = 0;
  for (const shop of await listShops(deps.db)) {
    try {
      moved += await work(shop);
    } catch (error) {
      deps.log.warn({ err: error, shopId: shop.shopId }, 'the patrol could not finish a round for this shop');
    }
  }
  return moved;
}

/** Adopts the run of a record that stayed STARTING, starts it for those who follow it, or takes the record back (design: create). */
async function repairStart(deps: EvidenceDeps, record: InterceptRecord): Promise<void> {
  const { interceptId } = record;
  if (await hasRun(deps.client, interceptId)) {
    await markStarted(deps.db, interceptId);
    return;
  }
  const removal = await removeStarting(deps.db, interceptId);
  deps.log.info({ interceptId, removal }, 'a record whose run never started was looked at');
  if (removal !== 'HAS_FOLLOWERS') return;
  await deps.client.workflow.start(INTERCEPT_WORKFLOW, {
    workflowId: interceptWorkflowId(interceptId),
    taskQueue: TASK_QUEUE,
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
    args: [{ input: record.state.input, resume: null }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: startAttributes(record.state),
    staticSummary: startSummary(record.state.input),
  });
  await markStarted(deps.db, interceptId);
}

/** The watchdog's eyes: an open record without an open run is noted, the gauge and the operator's page show it. */
async function noteWhetherRunning(deps: EvidenceDeps, interceptId: string): Promise<void> {
  const status = await runStatus(deps.client, interceptId);
  if (status === 'RUNNING') return noteRunSeen(deps.db, interceptId);
  deps.log.error({ interceptId, status }, `an open case has no open run: npm run redrive -- --intercept ${interceptId}`);
  return noteRunMissing(deps.db, interceptId);
}

async function hasRun(client: Client, interceptId: string): Promise<boolean> {
  return (await runStatus(client, interceptId)) !== null;
}

async function runStatus(client: Client, interceptId: string): Promise<string | null> {
  try {
    return (await client.workflow.getHandle(interceptWorkflowId(interceptId)).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Renews tokens past half their life; when the authorisation itself ends soon, every open case of the shop says so. */
async function refreshShopTokens(deps: PatrolDeps, shopId: string): Promise<number> {
  const { authorisationExpiresAt } = await deps.platform.refreshTokens(shopId);
  const at = await now(deps.db);
  if (authorisationExpiresAt === null || authorisationExpiresAt - at > AUTHORISATION_WARNING_MS) return 0;
  const { items } = await listIntercepts(deps.db, { shopId, refundStatus: 'OPEN' }, { limit: WAYBILLS_A_ROUND, after: null });
  const untold = items.filter(({ phase, state }) => phase === 'OPEN' && !state.notices.includes('PLATFORM_AUTHORISATION_EXPIRING'));
  for (const { interceptId } of untold) {
    await signalRefund(deps.client, interceptId, { refund: null, readAt: at, notice: 'PLATFORM_AUTHORISATION_EXPIRING' });
  }
  return untold.length;
}
