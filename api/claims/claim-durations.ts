import type { ClaimDurations } from '../../domain/claim/claim.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time.ts';
import type { AppDeps } from '../deps.ts';

const POLL_AT_MOST_MS = 6 * HOUR_MS;
const REMIND_AFTER_MS = 3 * DAY_MS;

/** Clocks of a claim opened now: the first look as often as quiet waybills are polled, but at least hourly. */
export function claimDurations({ config }: Pick<AppDeps, 'config'>): ClaimDurations {
  return { pollFirstMs: Math.min(config.carrierPollEveryMs, HOUR_MS), pollAtMostMs: POLL_AT_MOST_MS, remindAfterMs: REMIND_AFTER_MS };
}
