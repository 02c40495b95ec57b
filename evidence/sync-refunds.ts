import { DAY_MS, type EpochMs, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import { now } from '../store/db.ts';
import { findByRefunds } from '../store/intercept-reading.ts';
import { oldestOpenCase } from '../store/intercept-watch.ts';
import { isOpenRefundOnly } from '../domain/refund.ts';
import { rulesSince, wantUnjudged } from '../store/rule-tasks.ts';
import { movePlatformCursor, readPlatformCursor } from '../store/platform-cursors.ts';
import type { EvidenceDeps } from './deps.ts';
import { forEachDueShop, type Turn } from './shop-rounds.ts';
import { tellRefund } from './tell-refund.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'platform'>;

/** Name of the cursor over the list of refunds by update time. */
export const REFUNDS_CURSOR = 'refunds-updated';
const SLICE_MS = DAY_MS;
/** The platform may list an update late, and two clocks are never the same. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** The platform lists 90 days. */
const FURTHEST_BACK_MS = 89 * DAY_MS;
/** Side by side: far more than the platform's answers take, so that some that hang keep nobody waiting. */
const SHOPS_AT_ONCE = 16;
/** Less than the patrol's minute: due again when the next one comes. */
const SYNC_EVERY_MS = 45 * SECOND_MS;

/**
 * Reads the lists of all shops with an open case or with rules, each once a minute; returns how many cases were told and new refunds
 * found (design: patrol).
 */
export function syncAllRefunds(deps: Deps & Pick<EvidenceDeps, 'log'>, signal: AbortSignal): Promise<number> {
  const options = { round: 'REFUNDS', everyMs: SYNC_EVERY_MS, lanes: SHOPS_AT_ONCE, signal } as const;
  return forEachDueShop(deps, options, (shopId, turn) => syncRefunds(deps, shopId, turn));
}

/**
 * Reads the shop's list of refunds by update time from where it stopped last, or from its oldest open case if that is younger,
 * in slices of at most a day that overlap, until `turn` ends; tells every open case whose refund changed, and
 * leaves new refunds to the shop's rules: what a lost message said is found all the same. Throws `PlatformUnavailable`; the cursor then stands where the last whole slice ended.
 */
export async function syncRefunds(deps: Deps, shopId: string, turn: AbortSignal): Promise<Turn> {
  const [openCase, rules] = await Promise.all([oldestOpenCase(deps.db, shopId), rulesSince(deps.db, shopId)]);
  const oldest = openCase === null || rules === null ? (openCase ?? rules) : Math.min(openCase, rules);
  if (oldest === null) return { moved: 0, more: false };
  const endAt = await now(deps.db);
  let doneUntil: EpochMs = Math.max((await readPlatformCursor(deps.db, shopId, REFUNDS_CURSOR)) ?? 0, oldest);
  let moved = 0;
  while (doneUntil < endAt) {
    if (turn.aborted) return { moved, more: true };
    const from = Math.max(doneUntil - OVERLAP_MS, endAt - FURTHEST_BACK_MS);
    const to = Math.min(from + SLICE_MS, endAt);
    moved += await syncSlice(deps, shopId, { from, to, hasRules: rules !== null });
    await movePlatformCursor(deps.db, shopId, REFUNDS_CURSOR, to);
    doneUntil = to;
  }
  return { moved, more: false };
}

async function syncSlice(
  deps: Deps,
  shopId: string,
  { from, to, hasRules }: { from: EpochMs; to: EpochMs; hasRules: boolean },
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
    if (record?.phase === 'OPEN' && (await tellRefund(deps, record, { refund, readAt }))) told += 1;
  }
  if (!hasRules) return told;
  const unknown = refunds.filter((refund) => !records.has(refund.refundId) && isOpenRefundOnly(refund));
  return (
    told +
    (await wantUnjudged(
      deps.db,
      shopId,
      unknown.map(({ refundId }) => refundId),
      readAt,
    ))
  );
}
