import { type TrackScan, scanKey } from '../domain/track.ts';
import type { TrackReading } from './port.ts';

/** One record of a carrier, read: a scan, or why it is none. */
export type ScanReading = TrackScan | { unreadable: string };

/** What a list of records came to. `unreadable` is null when every one was understood. */
export interface GatheredScans {
  scans: TrackScan[];
  unreadable: string | null;
}

/** Sorts by time and drops repeats. Scans of the same instant keep the sender's order, seen from the oldest on. */
export function gatherScans(readings: readonly ScanReading[]): GatheredScans {
  const scans: TrackScan[] = [];
  const reasons: string[] = [];
  for (const reading of readings) {
    if ('unreadable' in reading) reasons.push(reading.unreadable);
    else scans.push(reading);
  }
  const first = scans.at(0);
  const last = scans.at(-1);
  if (first && last && first.occurredAt > last.occurredAt) scans.reverse();
  scans.sort((one, other) => one.occurredAt - other.occurredAt);
  return { scans: withoutRepeats(scans), unreadable: reasons.length > 0 ? [...new Set(reasons)].join('; ') : null };
}

function withoutRepeats(scans: readonly TrackScan[]): TrackScan[] {
  const seen = new Set<string>();
  return scans.filter((scan) => {
    const key = scanKey(scan);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * Turns every SIGNED that follows a RETURNING into RETURN_SIGNED (Q5). Only for a whole history in one answer: there the
 * carrier has no word of its own for a parcel that is back at its sender.
 */
export function withReturnSigned(scans: readonly TrackScan[]): TrackScan[] {
  let isReturning = false;
  return scans.map((scan) => {
    if (scan.event === 'RETURNING') isReturning = true;
    return isReturning && scan.event === 'SIGNED' ? { ...scan, event: 'RETURN_SIGNED' } : scan;
  });
}

/**
 * The answer to a track query. No record at all is `NO_TRACK`; records of which none could be read are the lack of an
 * answer, because taking them for "no track" would be a statement the carrier did not make.
 */
export function asTrackReading(readings: readonly ScanReading[]): TrackReading {
  const { scans, unreadable } = gatherScans(readings);
  if (scans.length > 0) return { kind: 'SCANS', scans: withoutRepeats(withReturnSigned(scans)) };
  return unreadable === null ? { kind: 'NO_TRACK' } : { kind: 'UNAVAILABLE', reason: unreadable };
}
