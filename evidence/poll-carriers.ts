import type { CarrierClient, InterceptReading } from '../carriers/port.ts';
import type { DurationMs } from '../domain/time.ts';
import { now } from '../store/db.ts';
import { openInterceptsOf } from '../store/intercept-reading.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { phoneTailOf } from '../store/track-subscriptions.ts';
import { listTrack } from '../store/track.ts';
import { notePolled, quietWaybills, type Waybill } from '../store/waybill-marks.ts';
import { scanEvidence } from './classify.ts';
import type { EvidenceDeps } from './deps.ts';
import { takeResult, takeScans } from './intake.ts';
import { inLanes } from './lanes.ts';
import { signalEvidence } from './signal-case.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'carriers' | 'log'>;

const CALLS_AT_ONCE = 4;
/** No waybill is begun later in a round; the rest comes with the next, the quietest first. */
const ROUND_LIMIT_MS = 35_000;

/**
 * Asks the carriers about waybills of open intercepts that still wait for a result or a return and were neither pushed about
 * nor asked about for `quietForMs`: what a carrier stopped pushing is found all the same. What it says is taken in as if it
 * had been pushed. Returns how many waybills were asked about; a carrier that is slow holds up no other.
 */
export async function pollQuietWaybills(deps: Deps, { quietForMs, limit }: { quietForMs: DurationMs; limit: number }): Promise<number> {
  const startedAt = performance.now();
  const quiet = await quietWaybills(deps.db, { quietForMs, limit });
  let asked = 0;
  await Promise.all(
    [...Map.groupBy(quiet, (waybill) => waybill.carrier)].map(async ([code, waybills]) => {
      const carrier = deps.carriers.get(code);
      if (carrier === undefined) return;
      await inLanes(waybills, CALLS_AT_ONCE, async (waybill) => {
        if (performance.now() - startedAt > ROUND_LIMIT_MS) return;
        asked += 1;
        try {
          await pollWaybill(deps, carrier, waybill);
        } catch (error) {
          deps.log.warn({ ...waybill, error: String(error) }, 'a quiet waybill could not be looked after');
        }
      });
    }),
  );
  return asked;
}

async function pollWaybill(deps: Deps, carrier: CarrierClient, waybill: Waybill): Promise<void> {
  const { carrier: code, waybillNo } = waybill;
  const records = await openInterceptsOf(deps.db, code, waybillNo);
  const awaitsResult = records.some(({ state }) => state.interceptStatus === 'REQUESTED' || state.interceptStatus === 'INTERCEPTING');
  // Before the calls: a carrier that does not answer is not asked again by the very next round.
  await notePolled(deps.db, [waybill]);
  const [status, track] = await Promise.all([
    awaitsResult && carrier.readIntercept ? carrier.readIntercept(waybillNo) : null,
    carrier.readTrack(waybillNo, await phoneTailOf(deps.db, waybill)),
  ]);
  if (track.kind === 'UNAVAILABLE')
    deps.log.warn({ ...waybill, reason: track.reason }, 'the carrier did not tell the track of a quiet waybill');
  const readAt = await now(deps.db);
  await deps.db.transaction().execute(async (trx) => {
    if (track.kind === 'SCANS') await takeScans(trx, code, track.scans, 'QUERY');
    const result = resultOf(status, records);
    const [oldest] = records;
    if (result === null || oldest === undefined) return;
    // Named by the intercept: the carrier gives its status no id, and the same word about a later intercept is another.
    await takeResult(
      trx,
      code,
      { eventId: `status:${oldest.interceptId}:${result.result}`, waybillNo, occurredAt: readAt, ...result },
      'QUERY',
    );
  });
  await takeUpQuietReturns(deps, records, waybill);
}

/** What a status tells of these cases. A failure tells nothing as long as the carrier accepted none of them: it is an older intercept's. */
function resultOf(
  status: InterceptReading | null,
  records: readonly InterceptRecord[],
): { result: 'SUCCEEDED' | 'FAILED'; code: string | null; message: string } | null {
  if (status?.kind !== 'SUCCEEDED' && status?.kind !== 'FAILED') return null;
  if (status.kind === 'FAILED' && records.every(({ state }) => state.interceptStatus === 'REQUESTED')) return null;
  return { result: status.kind, code: status.code, message: status.message };
}

/** A scan that came in the moment a return was found stalled went to the track table alone: the case hears of it here. */
async function takeUpQuietReturns(deps: Deps, records: readonly InterceptRecord[], { carrier, waybillNo }: Waybill): Promise<void> {
  const quiet = records.filter((record) => record.phase === 'OPEN' && record.state.quiet !== null);
  if (quiet.length === 0) return;
  const newest = (await listTrack(deps.db, carrier, waybillNo)).findLast((scan) => scan.source !== 'RESULT');
  for (const { interceptId, state } of quiet) {
    if (newest === undefined || newest.occurredAt <= (state.parcel.lastScanAt ?? 0)) continue;
    await signalEvidence(deps.client, interceptId, [scanEvidence(newest, newest.scanKey, newest.receivedAt)]);
  }
}
