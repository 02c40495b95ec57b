import type { PlatformRefund } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { recentPaymentCalls } from '../store/payment-calls.ts';
import type { EvidenceDeps } from './deps.ts';
import { saysNothingNew } from './refund-news.ts';
import { signalRefund } from './signal-case.ts';

/** A payment reads its refund back itself for about this long; being told of it meanwhile would be the second time. */
export const OWN_PAYMENT_MS = 5_000;

/**
 * Tells a case how its refund stands, if its record does not show exactly that; true when it was told. A payment of ours that has just left is not interfered with: the next look finds what it led to.
 */
export async function tellRefund(
  { db, client }: Pick<EvidenceDeps, 'db' | 'client'>,
  { interceptId, state }: InterceptRecord,
  { refund, readAt }: { refund: PlatformRefund; readAt: EpochMs },
): Promise<boolean> {
  if (saysNothingNew(state, refund, readAt)) return false;
  const { refundId } = state.input;
  if ((await recentPaymentCalls(db, [refundId], OWN_PAYMENT_MS)).has(refundId)) return false;
  return (await signalRefund(client, interceptId, { refund, readAt, notice: null })) === 'SENT';
}
