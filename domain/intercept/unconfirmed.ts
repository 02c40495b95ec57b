import { type DurationMs, MINUTE_MS } from '../time.ts';
import type { RefundReading } from './refund-axis.ts';
import type { Notice } from './state.ts';

/** What a look at a refund found: how the platform shows it, or why it could not be read. */
export type RefundFinding = RefundReading | 'SILENT' | 'UNAUTHORISED' | 'UNKNOWN';

/**
 * Why a payment is not confirmed, as far as the database alone can tell:
 * `REFUSED` the platform refuses it · `TAKEN` the platform took it, by its answer or by what it shows · `UNAUTHORISED` it refuses
 * our access · `SILENT` it gives no answer · `NOT_SENT` nothing stands in the way and yet no call left: worker, run or Temporal ·
 * `CLOCKS_DISAGREE` decided in PostgreSQL's future.
 */
export const UNCONFIRMED_CAUSES = ['REFUSED', 'TAKEN', 'UNAUTHORISED', 'SILENT', 'NOT_SENT', 'CLOCKS_DISAGREE'] as const;
export type UnconfirmedCause = (typeof UNCONFIRMED_CAUSES)[number];

/** A payment is to be known as unconfirmed this long after it was due (contract §7). */
export const UNCONFIRMED_LIMIT_MS: DurationMs = 10 * MINUTE_MS;
/** The bell is rung so much earlier that a round of the patrol may be missed. */
export const RING_AFTER_MS: DurationMs = UNCONFIRMED_LIMIT_MS - 2 * MINUTE_MS;
/** So many calls refused one after another are no passing trouble: nobody waits for the ten minutes. */
export const REFUSALS_TO_RING = 3;

/** The notice that tells of it. */
export function noticeOf(cause: UnconfirmedCause): Notice {
  return cause === 'REFUSED' ? 'ACTION_REFUSED_BY_PLATFORM' : 'REFUND_UNCONFIRMED';
}
