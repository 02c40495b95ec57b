import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TrackScan } from '../domain/track.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, now, openDatabase } from './db.ts';
import { lastScanAt, listTrack, recordScans } from './track.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 5, applicationName: 'track-test', onError: () => undefined });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const AT = Date.UTC(2026, 0, 5);
function scan(event: TrackScan['event'], minute: number, over: Partial<TrackScan> = {}): TrackScan {
  return {
    carrier: 'ZTO',
    waybillNo: 'W1',
    event,
    occurredAt: AT + minute * 60_000,
    outletCode: null,
    outletName: null,
    text: event,
    raw: { event },
    ...over,
  };
}

describe('the track table', () => {
  test('keeps a scan once, with the source and instant of its first arrival, whichever way it comes', async () => {
    const before = await now(database.kysely);
    const first = await recordScans(database.kysely, [scan('DEPARTED', 10), scan('PICKED_UP', 0), scan('PICKED_UP', 0)], 'PUSH');
    expect(first.map((stored) => stored.event)).toEqual(['PICKED_UP', 'DEPARTED']);
    const second = await recordScans(database.kysely, [scan('PICKED_UP', 0, { text: 'other words' }), scan('SIGNED', 20)], 'QUERY');
    expect(second.map((stored) => stored.event)).toEqual(['SIGNED']);
    const track = await listTrack(database.kysely, 'ZTO', 'W1');
    expect(track.map((stored) => [stored.event, stored.source, stored.text])).toEqual([
      ['PICKED_UP', 'PUSH', 'PICKED_UP'],
      ['DEPARTED', 'PUSH', 'DEPARTED'],
      ['SIGNED', 'QUERY', 'SIGNED'],
    ]);
    expect(track[0]?.receivedAt).toBeGreaterThanOrEqual(before);
    expect(track[0]?.raw).toEqual({ event: 'PICKED_UP' });
  });

  test('parallel pushes of the same scans in any order store each once', async () => {
    const scans = Array.from({ length: 30 }, (_, minute) => scan('ARRIVED', minute, { waybillNo: 'W2' }));
    const pushes = Array.from({ length: 8 }, (_, index) => recordScans(database.kysely, index % 2 ? scans : [...scans].reverse(), 'PUSH'));
    expect((await Promise.all(pushes)).flat()).toHaveLength(30);
  });

  test('answers for the parcel alone: its last scan', async () => {
    await recordScans(
      database.kysely,
      [scan('PICKED_UP', 0, { waybillNo: 'W3' }), scan('PICKED_UP', 500, { waybillNo: 'W3' }), scan('ARRIVED', 400, { waybillNo: 'W3' })],
      'QUERY',
    );
    await recordScans(
      database.kysely,
      [scan('ARRIVED', 900, { waybillNo: 'W3', carrier: 'YTO', text: 'nul \u0000', outletName: '\u0000' })],
      'QUERY',
    );
    expect(await lastScanAt(database.kysely, 'ZTO', 'W3')).toBe(AT + 500 * 60_000);
    expect(await lastScanAt(database.kysely, 'STO', 'W3')).toBeNull();
  });
});
