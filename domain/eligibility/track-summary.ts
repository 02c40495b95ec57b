import { DAY_MS, type EpochMs } from '../time.ts';
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
  /** When this parcel's track begins: what is older belongs to another parcel, or is its own and was never told. */
  pickedUpAt: EpochMs | null;
  /** The first pick-up scan, which names the outlet that took the parcel in. */
  pickup: TrackScan | null;
  /** The parcel went out for delivery before and is moving again (Q18). */
  dispatchedEarlier: boolean;
  /** Loss that no later scan took back, and damage: they bar no intercept, so its case has to be told of them. */
  troubles: TrackScan[];
}

/**
 * Carriers use numbers again. A track that was silent for so long goes on with another parcel: the platform takes a number
 * used again after more than 30 days for another's (Kuaishou K1009, 运单发货间隔超过30天), and no carrier keeps a parcel as
 * long without a scan. A second pick-up alone begins none: carriers push the same pick-up twice with two times, also after
 * the signature.
 */
export const ANOTHER_PARCEL_AFTER_MS = 30 * DAY_MS;

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
 * and a signature then is the sender's (Q5). A pick-up later than any other scan is a repeat: a parcel is picked up once.
 */
function next(state: ParcelState, event: TrackEvent): ParcelState {
  const after = STATE_AFTER[event];
  if (after === undefined || (event === 'PICKED_UP' && state !== 'UNKNOWN')) return state;
  if (!RETURN_STATES.includes(state)) return after;
  return after === 'SIGNED' || after === 'RETURN_SIGNED' || state === 'RETURN_SIGNED' ? 'RETURN_SIGNED' : 'RETURNING';
}

/** Reduces scans in any order to what they say together of the parcel that has the number now (Q15–Q19). Scans of one instant keep the order given. */
export function summariseTrack(scans: readonly TrackScan[]): TrackSummary {
  const sorted = [...scans].sort((a, b) => a.occurredAt - b.occurredAt);
  const own = sorted.slice(startOfParcel(sorted));
  const latest = own.at(-1) ?? null;
  const pickup = own.find((scan) => scan.event === 'PICKED_UP') ?? null;
  const state = own.reduce<ParcelState>((before, scan) => next(before, scan.event), 'UNKNOWN');
  const numberUsedBefore = own.length < sorted.length;
  return {
    state,
    latest,
    lastScanAt: latest?.occurredAt ?? null,
    pickedUpAt: (numberUsedBefore ? own[0] : pickup)?.occurredAt ?? null,
    pickup,
    dispatchedEarlier: state === 'MOVING' && own.some((scan) => DISPATCH_EVENTS.includes(scan.event)),
    troubles: own.filter((scan, index) => scan.event === 'DAMAGED' || isLostFor(own, index)),
  };
}

/** Where the scans of the parcel that has the number now begin. */
function startOfParcel(sorted: readonly TrackScan[]): number {
  const silenceBefore = (scan: TrackScan, index: number): number => scan.occurredAt - (sorted[index - 1] ?? scan).occurredAt;
  return Math.max(
    0,
    sorted.findLastIndex((scan, index) => silenceBefore(scan, index) > ANOTHER_PARCEL_AFTER_MS),
  );
}

/** A loss stands until a scan says where the parcel is; a pick-up told late does not. */
function isLostFor(own: readonly TrackScan[], index: number): boolean {
  const placesIt = ({ event }: TrackScan): boolean => event !== 'PICKED_UP' && STATE_AFTER[event] !== undefined;
  return own[index]?.event === 'LOST' && !own.slice(index + 1).some(placesIt);
}
