import type { Retention } from '../domain/retention.ts';
import { type DurationMs, SECOND_MS } from '../domain/time.ts';
import { renewTokens, tellExpiringAuthorisations } from '../evidence/authorisations.ts';
import { checkRefunds } from '../evidence/check-refunds.ts';
import type { EvidenceDeps } from '../evidence/deps.ts';
import { driveInboxOnce } from '../evidence/drive-inbox.ts';
import { claimWatch } from '../evidence/lost-claims.ts';
import { tellNearDeadlines } from '../evidence/near-deadlines.ts';
import { pollCarriers, pollPace } from '../evidence/poll-carriers.ts';
import { subscribeTracks } from '../evidence/subscribe-tracks.ts';
import { syncAllRefunds } from '../evidence/sync-refunds.ts';
import type { Platform } from '../platforms/port.ts';
import { removeExpired } from '../store/retention.ts';
import { boundedRound, type Round } from './bounded-round.ts';
import { lostRunsRound } from './lost-runs.ts';
import { repairStarts } from './repair-starts.ts';
import { startClaims } from './start-claims.ts';
import type { PatrolActivities } from './types.ts';

/** At each carrier. */
const SUBSCRIPTIONS_A_ROUND = 200;
/** Below the patrol's minute, with what a call under way may still take. */
const ROUND_MS = 40 * SECOND_MS;
/** Removing what is old leaves the database to the others for most of the minute. */
const REMOVAL_MS = 20 * SECOND_MS;

/** What evidence needs, and the whole of the platform for its tokens. */
export interface PatrolDeps extends EvidenceDeps {
  platform: Platform;
}

export interface PatrolSettings {
  carrierPollEveryMs: DurationMs;
  retention: Retention;
}

/** The rounds of the patrol. Each is bounded; what fails is seen again a minute later. */
export function createPatrolActivities(deps: PatrolDeps, { carrierPollEveryMs, retention }: PatrolSettings): PatrolActivities {
  const bounded = (round: Round) => boundedRound(ROUND_MS, round);
  return {
    repairStarts: bounded((signal) => repairStarts(deps, signal)),
    findLostRuns: bounded(lostRunsRound(deps)),
    driveInbox: bounded((signal) => driveInbox(deps, signal)),
    startClaims: bounded(() => startClaims(deps)),
    pollCarriers: bounded((signal) => pollCarriers(deps, pollPace(carrierPollEveryMs), signal)),
    syncRefunds: bounded((signal) => syncAllRefunds(deps, signal)),
    checkRefunds: bounded(() => checkRefunds(deps)),
    tellNearDeadlines: bounded((signal) => tellNearDeadlines(deps, signal)),
    subscribeTracks: bounded(() => subscribeTracks(deps, { limit: SUBSCRIPTIONS_A_ROUND })),
    findLostClaims: bounded(claimWatch(deps)),
    refreshTokens: bounded((signal) => renewTokens(deps, signal)),
    tellExpiringAuthorisations: bounded((signal) => tellExpiringAuthorisations(deps, signal)),
    removeExpired: boundedRound(REMOVAL_MS, (signal) => removeExpired(deps.db, retention, signal)),
  };
}

async function driveInbox(deps: EvidenceDeps, signal: AbortSignal): Promise<number> {
  let claimed = 0;
  for (let more = true; more && !signal.aborted; ) {
    const round = await driveInboxOnce(deps);
    claimed += round.claimed;
    more = round.moreDue && !round.outage;
  }
  return claimed;
}
