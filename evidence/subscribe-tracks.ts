import type { CarrierClient } from '../carriers/port.ts';
import { type DurationMs, HOUR_MS, SECOND_MS } from '../domain/time.ts';
import { type DueSubscription, dueSubscriptions, noteSubscriptionFailed, settleSubscription } from '../store/track-subscriptions.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';

const CALLS_AT_ONCE = 4;
/** No waybill is begun later in a round; the rest comes with the next. */
const ROUND_LIMIT_MS = 35 * SECOND_MS;

/**
 * Subscribes the waybills of open cases at the carriers that let us: nobody pushes what nobody subscribed. Repeated until the
 * carrier answers; returns how many were asked for. A carrier that is slow holds up no other, and none of it holds up a case.
 */
export async function subscribeTracks(deps: Pick<EvidenceDeps, 'db' | 'carriers' | 'log'>, { limit }: { limit: number }): Promise<number> {
  const startedAt = performance.now();
  let asked = 0;
  await Promise.all(
    [...deps.carriers].map(async ([code, { subscribeTrack }]) => {
      if (subscribeTrack === null) return;
      await inLanes(await dueSubscriptions(deps.db, code, limit), CALLS_AT_ONCE, async (due) => {
        if (performance.now() - startedAt > ROUND_LIMIT_MS) return;
        asked += 1;
        await subscribe(deps, subscribeTrack, due);
      });
    }),
  );
  return asked;
}

async function subscribe(
  { db, log }: Pick<EvidenceDeps, 'db' | 'log'>,
  subscribeTrack: NonNullable<CarrierClient['subscribeTrack']>,
  due: DueSubscription,
): Promise<void> {
  const { carrier, waybillNo, phoneTail, attempts } = due;
  try {
    const answer = await subscribeTrack(waybillNo, phoneTail);
    if (answer.kind === 'UNKNOWN') return await noteSubscriptionFailed(db, due, answer.reason, waitAfter(attempts));
    if (answer.kind === 'SUBSCRIBED') return await settleSubscription(db, due, { status: 'SUBSCRIBED' });
    const { code, message } = answer;
    log.warn({ carrier, waybillNo, code, message }, 'the carrier will not push this waybill; it is asked about');
    await settleSubscription(db, due, { status: 'REFUSED', code, message });
  } catch (error) {
    log.warn({ carrier, waybillNo, error: String(error) }, 'a subscription could not be looked after');
  }
}

/** 30 s, doubling up to an hour. */
function waitAfter(attempts: number): DurationMs {
  return Math.min(HOUR_MS, 30 * SECOND_MS * 2 ** Math.min(attempts, 10));
}
