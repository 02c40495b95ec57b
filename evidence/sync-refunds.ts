import { DAY_MS, type EpochMs, MINUTE_MS } from '../domain/time.ts';
import { now } from '../store/db.ts';
import { findByRefunds } from '../store/intercept-reading.ts';
import { movePlatformCursor, readPlatformCursor } from '../store/platform-cursors.ts';
import type { EvidenceDeps } from './deps.ts';
import { tellRefund } from './tell-refund.ts';

/** Name of the cursor over the list of refunds by update time. */
const CURSOR = 'refunds-updated';
const SLICE_MS = DAY_MS;
/** The platform may list an update late, and two clocks are never the same. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** The platform lists 90 days. */
const FURTHEST_BACK_MS = 89 * DAY_MS;
const ROUND_LIMIT_MS = 35_000;

/**
 * Reads the shop's list of refunds by update time from where it stopped last, in slices of at most a day that overlap, and
 * tells every open case whose refund changed: what a lost message said is found all the same. Returns how many were told.
 * Throws `PlatformUnavailable`; the cursor then stands where the last whole slice ended.
 */
export async function syncRefunds(deps: Pick<EvidenceDeps, 'db' | 'client' | 'platform'>, shopId: string): Promise<number> {
  const startedAt = performance.now();
  const endAt = await now(deps.db);
  let doneUntil: EpochMs = (await readPlatformCursor(deps.db, shopId, CURSOR)) ?? endAt - DAY_MS;
  let told = 0;
  while (doneUntil < endAt && performance.now() - startedAt < ROUND_LIMIT_MS) {
    const from = Math.max(doneUntil - OVERLAP_MS, endAt - FURTHEST_BACK_MS);
    const to = Math.min(from + SLICE_MS, endAt);
    told += await syncSlice(deps, shopId, from, to);
    await movePlatformCursor(deps.db, shopId, CURSOR, to);
    doneUntil = to;
  }
  return told;
}

async function syncSlice(
  deps: Pick<EvidenceDeps, 'db' | 'client' | 'platform'>,
  shopId: string,
  from: EpochMs,
  to: EpochMs,
): Promise<number> {
  const refunds = await deps.platform.listUpdatedRefunds(shopId, from, to);
  const readAt = await now(deps.db);
  const records = await findByRefunds(
    deps.db,
    shopId,
    refunds.map((refund) => refund.refundId),
  );
  let told = 0;
  for (const refund of refunds) {
    const record = records.get(refund.refundId);
    if (record?.phase === 'OPEN' && (await tellRefund(deps, record, { refund, readAt, notice: null }))) told += 1;
  }
  return told;
}
