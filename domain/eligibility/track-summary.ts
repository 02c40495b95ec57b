import type { EpochMs } from '../time.ts';
import type { TrackEvent, TrackScan } from '../track.ts';

/**
 * Where a parcel stands by its latest scan that says so (Q18). `MOVING`: on its way to the buyer and in the carrier's
 * hands; `UNKNOWN`: there are scans, but none that tells.
 */
export type ParcelState = 'UNKNOWN' | 'MOVING' | 'OUT_FOR_DELIVERY' | 'AWAITING_PICKUP' | 'SIGNED' | 'RETURNING' | 'RETURN_SIGNED';

/** What the rules and the pages need of a track. */
export interface TrackSummary {
  state: ParcelState;
  /** The scan with the latest time, whatever it says; null without scans. */
  latest: TrackScan | null;
  lastScanAt: EpochMs | null;
  pickedUpAt: EpochMs | null;
  /** The first pick-up scan, which names the outlet that took the parcel in. */
  pickup: TrackScan | null;
  /** The parcel went out for delivery before and is moving again (Q18). */
  dispatchedEarlier: boolean;
}

/**
 * The state a scan puts a parcel in; an event without an entry changes nothing. `PROBLEM`, `LOST`, `DAMAGED` and `OTHER`
 * have none on purpose: a parcel out for delivery with a problem noted is still out for delivery until a scan says otherwise.
 */
const STATE_AFTER: Partial<Record<TrackEvent, ParcelState>> = {
  PICKED_UP: 'MOVING',
  DEPARTED: 'MOVING',
  ARRIVED: 'MOVING',
  REDIRECTED: 'MOVING',
  DELIVERY_FAILED: 'MOVING',
  OUT_FOR_DELIVERY: 'OUT_FOR_DELIVERY',
  AWAITING_PICKUP: 'AWAITING_PICKUP',
  SIGNED: 'SIGNED',
  RETURNING: 'RETURNING',
  RETURN_SIGNED: 'RETURN_SIGNED',
};

const DISPATCH_EVENTS: readonly TrackEvent[] = ['OUT_FOR_DELIVERY', 'AWAITING_PICKUP', 'DELIVERY_FAILED'];
const RETURN_STATES: readonly ParcelState[] = ['RETURNING', 'RETURN_SIGNED'];

/**
 * A parcel that has turned round stays turned: hub scans on the way back do not make it interceptable again,
 * and a signature then is the sender's (Q5).
 */
function next(state: ParcelState, event: TrackEvent): ParcelState {
  const after = STATE_AFTER[event];
  if (after === undefined) return state;
  if (!RETURN_STATES.includes(state)) return after;
  return after === 'SIGNED' || after === 'RETURN_SIGNED' || state === 'RETURN_SIGNED' ? 'RETURN_SIGNED' : 'RETURNING';
}

/** Reduces scans in any order to what they say together (Q15–Q19). Scans of one instant keep the order given. */
export function summariseTrack(scans: readonly TrackScan[]): TrackSummary {
  const sorted = [...scans].sort((a, b) => a.occurredAt - b.occurredAt);
  const latest = sorted.at(-1) ?? null;
  const pickup = sorted.find((scan) => scan.event === 'PICKED_UP') ?? null;
  const state = sorted.reduce<ParcelState>((before, scan) => next(before, scan.event), 'UNKNOWN');
  return {
    state,
    latest,
    lastScanAt: latest?.occurredAt ?? null,
    pickedUpAt: pickup?.occurredAt ?? null,
    pickup,
    dispatchedEarlier: state === 'MOVING' && sorted.some((scan) => DISPATCH_EVENTS.includes(scan.event)),
  };
}
