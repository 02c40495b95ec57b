import type { CarrierCode } from '../domain/carrier.ts';
import { summariseTrack } from '../domain/eligibility/track-summary.ts';
import { firstRecord } from '../domain/intercept/record.ts';
import type { EpochMs } from '../domain/time.ts';
import { scanKey, type TrackScan } from '../domain/track.ts';
import { type Db, nextInstant, type Trx } from '../store/db.ts';
import { storeEvents } from '../store/inbox.ts';
import { type InterceptDraft, type JudgedFacts, type Opening, openIntercept } from '../store/intercept-opening.ts';
import { listTrack } from '../store/track.ts';
import { holdWaybill } from '../store/waybill-lock.ts';
import { eventOfScan } from './inbox-payload.ts';
import { takeScans } from './intake.ts';

/** All scans of a parcel that were known at one instant. */
export interface KnownTrack {
  scans: TrackScan[];
  /** PostgreSQL's clock. */
  readAt: EpochMs;
}

/**
 * Takes in what the carrier's query just told, and answers with that and all that was stored before: a query lags behind
 * pushes. Waits for pushes under way, so that what was received before `readAt` is there, and what is not is dated later.
 */
export function gatherTrack(db: Db, carrier: CarrierCode, waybillNo: string, queried: readonly TrackScan[]): Promise<KnownTrack> {
  return db.transaction().execute(async (trx) => {
    await holdWaybill(trx, carrier, waybillNo);
    await takeScans(trx, carrier, queried, 'QUERY');
    const stored = await listTrack(trx, carrier, waybillNo);
    const told = new Set(queried.map(scanKey));
    // A result is the carrier's word on an intercept; as a scan it only counts for what became of the parcel.
    const heard = stored.filter((scan) => !told.has(scan.scanKey) && !(scan.source === 'RESULT' && scan.event === 'OTHER'));
    return { scans: [...queried, ...heard], readAt: await nextInstant(trx) };
  });
}

/**
 * The one transaction of a create: opens the intercept and sees to it that no scan is lost between the facts it was judged
 * on and the case. What was first stored by somebody else's query since, of which nobody was told, becomes evidence; and a
 * leader is told of loss and damage among the facts, which no rule of a create judges.
 */
export function openCase(db: Db, draft: InterceptDraft, judged: JudgedFacts & { scans: readonly TrackScan[] }): Promise<Opening> {
  return db.transaction().execute(async (trx) => {
    await holdWaybill(trx, draft.carrier, draft.waybillNo);
    const opening = await openIntercept(trx, draft, firstRecord, judged);
    if (opening.kind === 'CREATED' && opening.follows === null) await tellLeader(trx, opening.input, judged);
    return opening;
  });
}

async function tellLeader(
  trx: Trx,
  { interceptId, initiatedAt, carrier, waybillNo }: { interceptId: string; initiatedAt: EpochMs; carrier: CarrierCode; waybillNo: string },
  { scans, scansJudgedAt }: Pick<JudgedFacts, 'scansJudgedAt'> & { scans: readonly TrackScan[] },
): Promise<void> {
  const unjudged = (await listTrack(trx, carrier, waybillNo)).filter(
    (scan) => scan.receivedAt >= scansJudgedAt && scan.source !== 'RESULT',
  );
  const { troubles } = summariseTrack(scans);
  await storeEvents(trx, [
    ...unjudged.map((scan) => eventOfScan(scan, scan.scanKey)),
    ...troubles.map((scan) => eventOfScan(scan, `create:${interceptId}:${initiatedAt}:${scan.event}:${scan.occurredAt}`)),
  ]);
}
