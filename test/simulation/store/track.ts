import type * as real from '../../../store/track.ts';
import { scanKey } from '../../../domain/track.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

export const recordScans: Real['recordScans'] = (db, scans, source) => {
  const session = sessionOf(db);
  return session.statement(({ track }) => {
    const fresh = new Map<string, real.StoredScan>();
    for (const scan of scans) {
      const key = scanKey(scan);
      if (!track.has(key) && !fresh.has(key)) fresh.set(key, { ...scan, scanKey: key, source, receivedAt: session.now });
    }
    session.write(() => {
      for (const [key, scan] of fresh) if (!track.has(key)) track.set(key, scan);
    });
    return [...fresh.values()].sort((a, b) => a.occurredAt - b.occurredAt);
  });
};

export const listTrack: Real['listTrack'] = (db, carrier, waybillNo) => listTracks(db, [{ carrier, waybillNo }]);

export const listTracks: Real['listTracks'] = (db, waybills) =>
  sessionOf(db).statement(({ track }) =>
    [...track.values()]
      .filter((scan) => waybills.some(({ carrier, waybillNo }) => scan.carrier === carrier && scan.waybillNo === waybillNo))
      .sort((a, b) => a.occurredAt - b.occurredAt),
  );

export const lastScanAt: Real['lastScanAt'] = async (db, carrier, waybillNo) =>
  (await listTrack(db, carrier, waybillNo)).at(-1)?.occurredAt ?? null;
