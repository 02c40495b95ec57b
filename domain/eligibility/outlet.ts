import type { Outlet } from '../carrier.ts';
import type { TrackScan } from '../track.ts';
import { summariseTrack } from './track-summary.ts';

/** What is known of who issued a waybill. */
export interface OutletEvidence {
  /** What the shop registered for this waybill from its own e-waybill call. */
  registered: Outlet | null;
  /** The shop's e-waybill outlets of the parcel's carrier. */
  ebillOutlets: readonly Outlet[];
  scans: readonly TrackScan[];
}

const named = ({ outletCode, outletName }: Outlet): Outlet => ({ outletCode, outletName });

/**
 * The outlet that issued the waybill, because that one must be subscribed (Q23): the registered one; else the only
 * e-waybill outlet of that carrier; else the outlet of the first pick-up scan, if it is among the e-waybill outlets.
 * Null: nobody can say, so it was not issued through the shop's e-waybills (Q22 b). A scan without an outlet code
 * (YTO's query has none) counts by its exact name when exactly one e-waybill outlet bears it.
 */
export function resolveOutlet({ registered, ebillOutlets, scans }: OutletEvidence): Outlet | null {
  if (registered) return named(registered);
  const [first, ...others] = ebillOutlets;
  if (!first) return null;
  if (others.length === 0) return named(first);
  const { pickup } = summariseTrack(scans);
  if (!pickup) return null;
  const matches = ebillOutlets.filter((outlet) =>
    pickup.outletCode === null ? outlet.outletName === pickup.outletName : outlet.outletCode === pickup.outletCode,
  );
  const [match, ...rivals] = matches;
  return match && rivals.length === 0 ? named(match) : null;
}
