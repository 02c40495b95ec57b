import { setTimeout as sleep } from 'node:timers/promises';
import type { CarrierClient, InterceptReading } from '../carriers/port.ts';
import type { CarrierCode } from '../domain/carrier.ts';
import type { DurationMs } from '../domain/time.ts';
import { now } from '../store/db.ts';
import { openInterceptsOf } from '../store/intercept-reading.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { phoneTailOf } from '../store/track-subscriptions.ts';
import { listTrack } from '../store/track.ts';
import { dueWaybills, notePolled, type PollPace, type Waybill } from '../store/waybill-marks.ts';
import { scanEvidence } from './classify.ts';
import type { EvidenceDeps } from './deps.ts';
import { takeResult, takeScans } from './intake.ts';
import { inLanes } from './lanes.ts';
import { signalEvidence } from './signal-case.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'carriers' | 'log'>;

/** Half of what a carrier's gateway is called at most (carriers/port.ts): requests of cases never wait for polls. */
const CALLS_A_SECOND = 10;
const WAYBILLS_AT_ONCE = 8;
const WAYBILLS_A_BATCH = 200;
/** A carrier that fails to answer so often in a row is left alone until the next round. */
const SILENT_AFTER = 5;
/** A failed, lost or delivered parcel is asked about this much less often. */
const CORRECTIONS_SLOWER = 6;

/** How often waybills are asked about, when those that are awaited are so every `everyMs`. */
export function pollPace(everyMs: DurationMs): PollPace {
  return { everyMs, correctionEveryMs: CORRECTIONS_SLOWER * everyMs };
}

/**
 * Asks each carrier about waybills of open intercepts that were neither pushed about nor asked about for the pace's time, the
 * longest due first, until none is due or `signal` ends the round: what a carrier stopped pushing is found all the same, a failed,
 * lost or delivered parcel that comes back included. What it says is taken in as if it had been pushed. Each carrier has its own
 * rate; one that is slow or silent holds up no other. Returns how many waybills were asked about.
 */
export async function pollCarriers(deps: Deps, pace: PollPace, signal: AbortSignal): Promise<number> {
  const asked = await Promise.allSettled([...deps.carriers].map(([code, client]) => pollCarrier(deps, { code, client, pace, signal })));
  const failure = asked.find((one) => one.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return asked.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
}

interface CarrierRound {
  code: CarrierCode;
  client: CarrierClient;
  pace: PollPace;
  signal: AbortSignal;
}

async function pollCarrier(deps: Deps, { code, client, pace, signal }: CarrierRound): Promise<number> {
  const nextCall = paced(1_000 / CALLS_A_SECOND, signal);
  let asked = 0;
  let silent = 0;
  const isOver = () => signal.aborted || silent >= SILENT_AFTER;
  for (let more = true; more && !isOver(); ) {
    const due = await dueWaybills(deps.db, code, pace, WAYBILLS_A_BATCH);
    more = due.length === WAYBILLS_A_BATCH;
    await inLanes(due, WAYBILLS_AT_ONCE, async (waybillNo) => {
      if (isOver()) return;
      const waybill = { carrier: code, waybillNo };
      try {
        asked += 1;
        const answered = await pollWaybill(deps, client, waybill, nextCall);
        silent = answered ? 0 : silent + 1;
      } catch (error) {
        deps.log.warn({ ...waybill, error: String(error) }, 'a quiet waybill could not be looked after');
      }
    });
  }
  if (silent >= SILENT_AFTER) deps.log.warn({ carrier: code }, 'the carrier does not tell any track: its waybills wait for the next round');
  return asked;
}

/** Lets calls begin at least so far apart; at once when nobody called for a while, or when the round is over. */
function paced(apartMs: DurationMs, signal: AbortSignal): () => Promise<void> {
  let freeAt = 0;
  return async () => {
    const at = Math.max(performance.now(), freeAt);
    freeAt = at + apartMs;
    const waitMs = at - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  };
}

/** Whether the carrier told the waybill's track. */
async function pollWaybill(deps: Deps, carrier: CarrierClient, waybill: Waybill, nextCall: () => Promise<void>): Promise<boolean> {
  const { carrier: code, waybillNo } = waybill;
  await nextCall();
  const records = await openInterceptsOf(deps.db, code, waybillNo);
  const awaitsResult = records.some(({ state }) => state.interceptStatus === 'REQUESTED' || state.interceptStatus === 'INTERCEPTING');
  const readStatus = awaitsResult ? carrier.readIntercept : null;
  // Before the calls: a carrier that does not answer is not asked again by the very next round.
  await notePolled(deps.db, [waybill]);
  const phoneTail = await phoneTailOf(deps.db, waybill);
  const [status, track] = await Promise.all([
    readStatus && nextCall().then(() => readStatus(waybillNo)),
    carrier.readTrack(waybillNo, phoneTail),
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
  return track.kind !== 'UNAVAILABLE';
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
