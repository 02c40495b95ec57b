import type { CarrierCode } from './carrier.ts';
import type { EpochMs } from './time.ts';

/**
 * The one vocabulary of scans (走件记录) that every carrier's words are translated into.
 * `OTHER` is a scan that says nothing for the intercept; an unknown word is `OTHER`, never an error.
 */
export const TRACK_EVENTS = [
  'PICKED_UP',
  'DEPARTED',
  'ARRIVED',
  'OUT_FOR_DELIVERY',
  'AWAITING_PICKUP',
  'SIGNED',
  'DELIVERY_FAILED',
  'PROBLEM',
  'RETURNING',
  'REDIRECTED',
  'RETURN_SIGNED',
  'LOST',
  'DAMAGED',
  'OTHER',
] as const;
export type TrackEvent = (typeof TRACK_EVENTS)[number];

/** Where a scan came from: the carrier's push, our query, or a result push. */
export type TrackSource = 'PUSH' | 'QUERY' | 'RESULT';

/** One scan of a parcel in canonical form, with the carrier's own record beside it. */
export interface TrackScan {
  carrier: CarrierCode;
  waybillNo: string;
  event: TrackEvent;
  /** When the carrier says it happened. */
  occurredAt: EpochMs;
  outletCode: string | null;
  outletName: string | null;
  /** The carrier's sentence, verbatim. */
  text: string;
  /** The carrier's record, verbatim. */
  raw: unknown;
}

/**
 * Identity of a scan across push, query and repeats: carriers give no event id that both channels share,
 * so it is waybill, canonical event and instant; for `OTHER` and `PROBLEM` the sentence too.
 */
export function scanKey(scan: Pick<TrackScan, 'carrier' | 'waybillNo' | 'event' | 'occurredAt' | 'text'>): string {
  const base = `${scan.carrier}:${scan.waybillNo}:${scan.event}:${scan.occurredAt}`;
  return scan.event === 'OTHER' || scan.event === 'PROBLEM' ? `${base}:${scan.text}` : base;
}
