import type { CarrierCode } from '../domain/carrier.ts';
import { now } from '../store/db.ts';
import { openInterceptsOf } from '../store/intercept-reading.ts';
import type { EvidenceDeps } from './deps.ts';
import { signalRefund } from './signal-case.ts';

/**
 * Tells the cases of a waybill whose request waits for our access at the carrier to be set right (`CARRIER_ACCESS_BROKEN`), each
 * once. Never fails: the next try of the request tells whom this one could not.
 */
export async function tellAccessBroken(
  { db, client, log }: Pick<EvidenceDeps, 'db' | 'client' | 'log'>,
  { carrier, waybillNo }: { carrier: CarrierCode; waybillNo: string },
): Promise<void> {
  try {
    const waiting = (await openInterceptsOf(db, carrier, waybillNo)).filter(
      ({ state }) => state.interceptStatus === 'REQUESTED' && !state.notices.includes('CARRIER_ACCESS_BROKEN'),
    );
    const readAt = await now(db);
    for (const { interceptId } of waiting) {
      await signalRefund(client, interceptId, { refund: null, readAt, notice: 'CARRIER_ACCESS_BROKEN' });
    }
  } catch (error) {
    log.warn({ carrier, waybillNo, err: error }, 'cases that wait for our access could not be told');
  }
}
