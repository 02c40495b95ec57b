import type { Selectable } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { EpochMs } from '../domain/time.ts';
import { scanKey, type TrackScan, type TrackSource } from '../domain/track.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';
import { instant, isOneOf, jsonb, storableText, type Waybill } from './values.ts';

/** A scan as kept: with the identity it was deduplicated by, and when this service first heard of it. */
export interface StoredScan extends TrackScan {
  scanKey: string;
  source: TrackSource;
  /** PostgreSQL's clock. */
  receivedAt: EpochMs;
}

/** Rows of one statement, well below PostgreSQL's limit of 65535 parameters. */
const ROWS_A_STATEMENT = 1_000;

/** Stores scans and returns the new ones alone, oldest first; what was known keeps the source and instant of its first arrival. */
export async function recordScans(trx: Db, scans: TrackScan[], source: TrackSource): Promise<StoredScan[]> {
  const byKey = new Map(scans.map((scan) => [storableText(scanKey(scan)), scan]));
  // Always in the same order, so that two pushes with the same scans never wait for each other crosswise.
  const keyed = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const stored: StoredScan[] = [];
  for (let start = 0; start < keyed.length; start += ROWS_A_STATEMENT) {
    const rows = await trx
      .insertInto('track_events')
      .values(keyed.slice(start, start + ROWS_A_STATEMENT).map(([key, scan]) => rowOf(key, scan, source)))
      .onConflict((conflict) => conflict.column('scan_key').doNothing())
      .returningAll()
      .execute();
    stored.push(...rows.map(scanOf));
  }
  return stored.sort((a, b) => a.occurredAt - b.occurredAt);
}

/** All scans of a parcel, oldest first. */
export function listTrack(db: Db, carrier: CarrierCode, waybillNo: string): Promise<StoredScan[]> {
  return listTracks(db, [{ carrier, waybillNo }]);
}

/** All scans of these parcels, oldest first. */
export async function listTracks(db: Db, waybills: readonly Waybill[]): Promise<StoredScan[]> {
  const rows = await db
    .selectFrom('track_events')
    .selectAll()
    .where(isOneOf(waybills))
    .orderBy('occurred_at')
    .orderBy('track_id')
    .execute();
  return rows.map(scanOf);
}

/** When the parcel was last scanned, by the carrier's clock; null without scans. */
export async function lastScanAt(db: Db, carrier: CarrierCode, waybillNo: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('track_events')
    .select('occurred_at')
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .orderBy('occurred_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.occurred_at ?? null;
}

function rowOf(key: string, scan: TrackScan, source: TrackSource) {
  return {
    scan_key: key,
    carrier: scan.carrier,
    waybill_no: storableText(scan.waybillNo),
    event: scan.event,
    occurred_at: instant(scan.occurredAt),
    outlet_code: scan.outletCode === null ? null : storableText(scan.outletCode),
    outlet_name: scan.outletName === null ? null : storableText(scan.outletName),
    text: storableText(scan.text),
    source,
    raw: jsonb(scan.raw),
  };
}

function scanOf(row: Selectable<Tables['track_events']>): StoredScan {
  return {
    scanKey: row.scan_key,
    carrier: row.carrier,
    waybillNo: row.waybill_no,
    event: row.event,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    outletCode: row.outlet_code,
    outletName: row.outlet_name,
    text: row.text,
    source: row.source,
    raw: row.raw,
  };
}
