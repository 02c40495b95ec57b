import type { CarrierCode } from '../domain/carrier.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import type { Db } from '../store/db.ts';
import { givenEvidence, pendingEvidence } from '../store/inbox.ts';
import { findAnyIntercept } from '../store/intercept-reading.ts';
import { listTrack } from '../store/track.ts';
import { isDecisive, judgeEvidence } from './classify.ts';
import { evidenceOf } from './inbox-payload.ts';

/** What says that the parcel comes back: a rejection must not cross it. */
const RETURNS: readonly CarrierEvidence['kind'][] = ['RESULT_SUCCEEDED', 'RETURNING', 'RETURN_SIGNED'];

/**
 * Whether evidence was received that a rejection must not cross (`EVIDENCE_PENDING`, design: money): what may decide the case and
 * lies undelivered in the inbox, and any return that counts for the case, delivered or not. A delivered one may not have reached
 * the run (Temporal has the signal while no worker lives), or it came when the rejection was under way already.
 */
export async function hasPendingEvidence(
  db: Db,
  parcel: { carrier: CarrierCode; waybillNo: string; interceptId: string },
): Promise<boolean> {
  const { carrier, waybillNo, interceptId } = parcel;
  const waiting = (await pendingEvidence(db, carrier, waybillNo, interceptId)).map(evidenceOf);
  const given = (await givenEvidence(db, carrier, waybillNo, interceptId)).map(evidenceOf);
  if (waiting.length + given.length === 0) return false;
  const record = await findAnyIntercept(db, interceptId);
  if (record === null) return false;
  const scans = await listTrack(db, carrier, waybillNo);
  const counts = (evidence: CarrierEvidence) => ['DECISIVE', 'NO_CHANGE'].includes(judgeEvidence(evidence, record, scans));
  return (
    waiting.some((evidence) => evidence !== null && isDecisive(evidence, record, scans)) ||
    given.some((evidence) => evidence !== null && RETURNS.includes(evidence.kind) && counts(evidence))
  );
}
