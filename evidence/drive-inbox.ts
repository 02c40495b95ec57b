import type { EvidenceDeps } from './deps.ts';
import { claimDue, settleEvents } from '../store/inbox.ts';
import { superseded } from '../store/inbox-settlement.ts';
import { deliverCarrierEvents } from './deliver-carrier-events.ts';
import { deliverPlatformMessages } from './deliver-platform-messages.ts';

/** How one round over the inbox went. */
export interface InboxRound {
  /** Events looked at. */
  claimed: number;
  /** The round was full: there may be more. */
  moreDue: boolean;
  /** Temporal gave no answer. */
  outage: boolean;
}

const EVENTS_A_ROUND = 200;

/**
 * One round over the inbox: takes what is due and no other process holds, tells the cases, and settles or postpones each event.
 * Carriers' evidence does not wait for platform messages, which cost a call each, and both are done while the claim lasts. Whatever
 * dies in the middle loses nothing: what was claimed and not settled is due again when the claim ends, and evidence told twice changes
 * nothing.
 */
export async function driveInboxOnce(
  deps: Pick<EvidenceDeps, 'db' | 'client' | 'platform' | 'log'>,
  limit = EVENTS_A_ROUND,
): Promise<InboxRound> {
  const events = await claimDue(deps.db, limit);
  const ofWaybills = events.filter((event) => event.kind !== 'PLATFORM' && event.waybillNo !== null);
  const ofRefunds = events.filter((event) => event.kind === 'PLATFORM' && event.refundId !== null);
  const others = events.filter((event) => (event.kind === 'PLATFORM' ? event.refundId : event.waybillNo) === null);
  await settleEvents(
    deps.db,
    others.map((event) => superseded(event, 'CONCERNS_NO_CASE')),
  );
  const delivered = await Promise.allSettled([deliverCarrierEvents(deps, ofWaybills), deliverPlatformMessages(deps, ofRefunds)]);
  const failure = delivered.find((one) => one.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  const outage = delivered.some((one) => one.status === 'fulfilled' && one.value);
  return { claimed: events.length, moreDue: events.length === limit, outage };
}
