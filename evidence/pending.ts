import type { CarrierCode } from '../domain/carrier.ts';
import type { Db } from '../store/db.ts';
import { pendingEvidence } from '../store/inbox.ts';
import { findAnyIntercept } from '../store/intercept-reading.ts';
import { listTrack } from '../store/track.ts';
import { isDecisive } from './classify.ts';
import { evidenceOf } from './inbox-payload.ts';

/**
 * Whether decisive evidence about a case's parcel lies in the inbox that the case was not given yet: then a rejection must
 * not leave (`EVIDENCE_PENDING`, design: money).
 */
export async function hasPendingEvidence(
  db: Db,
  parcel: { carrier: CarrierCode; waybillNo: string; interceptId: string },
): Promise<boolean> {
  const events = await pendingEvidence(db, parcel.carrier, parcel.waybillNo, parcel.interceptId);
  if (events.length === 0) return false;
  const record = await findAnyIntercept(db, parcel.interceptId);
  if (record === null) return false;
  const scans = await listTrack(db, parcel.carrier, parcel.waybillNo);
  return events.map(evidenceOf).some((evidence) => evidence !== null && isDecisive(evidence, record, scans));
}
