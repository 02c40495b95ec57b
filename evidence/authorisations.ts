import { DAY_MS, MINUTE_MS } from '../domain/time.ts';
import type { Platform } from '../platforms/port.ts';
import { now } from '../store/db.ts';
import { untoldOfExpiry } from '../store/intercept-watch.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';
import { forEachDueShop } from './shop-rounds.ts';
import { signalRefund, TemporalUnreachable } from './signal-case.ts';

/** A merchant needs this long to authorise again. */
const WARNING_MS = 7 * DAY_MS;
/** The record of a case shows the notice a moment after its run was told: the next batch comes with the next round. */
const CASES_A_ROUND = 500;
const SIGNALS_AT_ONCE = 8;
/** Tokens are renewed at half their life of two days. */
const RENEWED_EVERY_MS = 10 * MINUTE_MS;
/** Few: a renewal holds a connection of the database until the platform has answered. */
const SHOPS_AT_ONCE = 4;

/** Renews the tokens of all shops that are past half their life; returns for how many shops that was looked at. */
export function renewTokens(deps: Pick<EvidenceDeps, 'db' | 'log'> & { platform: Platform }, signal: AbortSignal): Promise<number> {
  return forEachDueShop(deps, { round: 'TOKENS', everyMs: RENEWED_EVERY_MS, lanes: SHOPS_AT_ONCE, signal }, async (shopId) => {
    await deps.platform.refreshTokens(shopId);
    return { moved: 1, more: false };
  });
}

/** Tells every open case of a shop whose authorisation ends soon, each once, the next to pay first; returns how many were told. */
export async function tellExpiringAuthorisations(
  { db, client, log }: Pick<EvidenceDeps, 'db' | 'client' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  const untold = await untoldOfExpiry(db, WARNING_MS, CASES_A_ROUND);
  const readAt = await now(db);
  let told = 0;
  let temporalOut = false;
  await inLanes(untold, SIGNALS_AT_ONCE, async (interceptId) => {
    if (signal.aborted || temporalOut) return;
    try {
      const outcome = await signalRefund(client, interceptId, { refund: null, readAt, notice: 'PLATFORM_AUTHORISATION_EXPIRING' });
      if (outcome === 'SENT') told += 1;
    } catch (error) {
      temporalOut ||= error instanceof TemporalUnreachable;
      log.warn({ err: error, interceptId }, 'a case could not be told that its shop’s authorisation ends');
    }
  });
  return told;
}
