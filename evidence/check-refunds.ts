import { readPlatformStatus } from '../domain/intercept/refund-axis.ts';
import type { RefundFinding } from '../domain/intercept/unconfirmed.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import { type DurationMs, type EpochMs, HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { now } from '../store/db.ts';
import { noteRefundChecked, type RefundToCheck, refundsToCheck } from '../store/intercept-watch.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';
import { tellRefund } from './tell-refund.ts';
import { tellUnconfirmed } from './tell-unconfirmed.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'platform' | 'log'>;

/** When a payment under way is looked at, counted from its decision; then every hour. */
const PAYMENT_CHECKS_MS: readonly DurationMs[] = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
const PAYMENT_CHECK_EVERY_MS = HOUR_MS;
const ARBITRATION_CHECK_EVERY_MS = HOUR_MS;
const OPEN_CHECK_EVERY_MS = 30 * MINUTE_MS;
const CHECKS_AT_ONCE = 8;
const CASES_A_ROUND = 1_000;
const ROUND_LIMIT_MS = 35_000;
/** A shop that gave no answer so often in a round is not asked again in it. */
const SILENT_AFTER = 2;

/**
 * Tells of payments that are not confirmed, then looks at the refunds whose answer must not be missed (design: patrol):
 * payments under way after 1, 2, 5, 15, then every 60 minutes; arbitrations hourly; open refunds, and rejections that the
 * platform does not show, every 30 minutes. Returns how many cases were told something.
 */
export async function checkRefunds(deps: Deps): Promise<number> {
  const startedAt = performance.now();
  const roundAt = await now(deps.db);
  const find = (refundStatus: 'REFUNDING' | 'UNDER_ARBITRATION' | 'OPEN' | 'REJECTED', uncheckedForMs: DurationMs) =>
    refundsToCheck(deps.db, { refundStatus, uncheckedForMs, limit: CASES_A_ROUND });
  const paying = (await find('REFUNDING', MINUTE_MS)).filter((one) => isPaymentCheckDue(decidedAt(one), one.lastCheckedAt, roundAt));
  const due = [
    ...paying,
    ...(await find('UNDER_ARBITRATION', ARBITRATION_CHECK_EVERY_MS)),
    ...(await find('OPEN', OPEN_CHECK_EVERY_MS)),
    ...(await find('REJECTED', OPEN_CHECK_EVERY_MS)),
  ];
  const silent = new Map<string, RefundFinding[]>();
  let told = await tellUnconfirmed(deps);
  await inLanes(due, CHECKS_AT_ONCE, async (one) => {
    if (performance.now() - startedAt > ROUND_LIMIT_MS) return;
    try {
      if (await checkRefund(deps, one, silent)) told += 1;
    } catch (error) {
      deps.log.warn({ interceptId: one.record.interceptId, error: String(error) }, 'a refund could not be looked at, or its case not told');
    }
  });
  return told;
}

/** Whether one of the instants of the schedule came since the last look. */
export function isPaymentCheckDue(decided: EpochMs, lastCheckedAt: EpochMs | null, at: EpochMs): boolean {
  const since = Math.max(decided, lastCheckedAt ?? decided);
  return latestPaymentCheck(decided, at) > since;
}

/** The latest instant of the schedule up to `at`; the decision itself when none came yet. */
function latestPaymentCheck(decided: EpochMs, at: EpochMs): EpochMs {
  const lastOfFirst = PAYMENT_CHECKS_MS.at(-1) ?? 0;
  const hours = Math.floor((at - decided - lastOfFirst) / PAYMENT_CHECK_EVERY_MS);
  if (hours >= 0) return decided + lastOfFirst + hours * PAYMENT_CHECK_EVERY_MS;
  return decided + (PAYMENT_CHECKS_MS.findLast((afterMs) => decided + afterMs <= at) ?? 0);
}

function decidedAt({ record: { state } }: RefundToCheck): EpochMs {
  return state.refundDecidedAt ?? state.updatedAt;
}

/**
 * An unanswered look counts as one: what was asked longest ago comes first. What `silent` shops would not answer is not asked but
 * noted like the rest of theirs, so that a shop that hangs holds up no other.
 */
async function checkRefund(deps: Deps, { record }: RefundToCheck, silent: Map<string, RefundFinding[]>): Promise<boolean> {
  const { interceptId, shopId, state } = record;
  const unanswered = silent.get(shopId) ?? [];
  const { refund, found } =
    unanswered.length >= SILENT_AFTER
      ? { refund: null, found: unanswered.at(-1) ?? 'SILENT' }
      : await look(deps, shopId, state.input.refundId);
  if (found === 'SILENT' || found === 'UNAUTHORISED') silent.set(shopId, [...(silent.get(shopId) ?? []), found]);
  const readAt = await now(deps.db);
  const told = refund !== null && (await tellRefund(deps, record, { refund, readAt }));
  await noteRefundChecked(deps.db, state.input.refundId, readAt, found);
  if (found === 'UNKNOWN')
    deps.log.warn({ interceptId, shopId }, 'the platform does not know the refund of an open case, or shows it oddly');
  return told;
}

async function look(
  { platform }: Deps,
  shopId: string,
  refundId: string,
): Promise<{ refund: PlatformRefund | null; found: RefundFinding }> {
  try {
    const refund = await platform.readRefund(shopId, refundId);
    return { refund, found: (refund && readPlatformStatus(refund)) ?? 'UNKNOWN' };
  } catch (error) {
    if (error instanceof PlatformUnavailable) return { refund: null, found: error.why };
    throw error;
  }
}
