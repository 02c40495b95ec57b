import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TrackEvent, TrackScan } from '../domain/track.ts';
import { asTrackReading, gatherScans, withReturnSigned } from './scans.ts';

function scan(event: TrackEvent, occurredAt: number, text = ''): TrackScan {
  return { carrier: 'ZTO', waybillNo: '73', event, occurredAt, outletCode: null, outletName: null, text, raw: null };
}
const events = (scans: readonly TrackScan[]) => scans.map((one) => one.event);

describe('gatherScans', () => {
  test('sorts by time and drops repeats', () => {
    const { scans, unreadable } = gatherScans([scan('ARRIVED', 3), scan('PICKED_UP', 1), scan('ARRIVED', 3), scan('DEPARTED', 2)]);
    expect(events(scans)).toEqual(['PICKED_UP', 'DEPARTED', 'ARRIVED']);
    expect(unreadable).toBeNull();
  });

  test('scans of one instant keep the order they happened in, whichever end the carrier starts from', () => {
    const oldestFirst = [scan('PICKED_UP', 1), scan('ARRIVED', 2), scan('DEPARTED', 2), scan('SIGNED', 3)];
    expect(events(gatherScans(oldestFirst).scans)).toEqual(['PICKED_UP', 'ARRIVED', 'DEPARTED', 'SIGNED']);
    expect(events(gatherScans([...oldestFirst].reverse()).scans)).toEqual(['PICKED_UP', 'ARRIVED', 'DEPARTED', 'SIGNED']);
  });

  test('two different problems of one instant both stay', () => {
    expect(gatherScans([scan('PROBLEM', 1, '拒收'), scan('PROBLEM', 1, '地址不详')]).scans).toHaveLength(2);
  });

  test('keeps what could be read and says what could not', () => {
    expect(gatherScans([{ unreadable: 'no time' }, scan('SIGNED', 1), { unreadable: 'no time' }, { unreadable: 'no word' }])).toEqual({
      scans: [scan('SIGNED', 1)],
      unreadable: 'no time; no word',
    });
  });

  test('any order of the same scans with distinct times gives the same answer', () => {
    const shuffled = fc
      .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1 })
      .chain((times) => fc.tuple(fc.constant(times), fc.shuffledSubarray([...times, ...times], { minLength: times.length * 2 })));
    fc.assert(
      fc.property(shuffled, ([times, order]) => {
        const sorted = [...times].sort((one, other) => one - other);
        expect(gatherScans(order.map((at) => scan('ARRIVED', at))).scans.map((one) => one.occurredAt)).toEqual(sorted);
      }),
    );
  });
});

describe('asTrackReading', () => {
  test('no record is no track; unreadable records are no answer', () => {
    expect(asTrackReading([])).toEqual({ kind: 'NO_TRACK' });
    expect(asTrackReading([{ unreadable: 'no time' }])).toEqual({ kind: 'UNAVAILABLE', reason: 'no time' });
    expect(asTrackReading([{ unreadable: 'no time' }, scan('ARRIVED', 1)])).toMatchObject({ kind: 'SCANS' });
  });

  test('a sign after a return scan is a signed return', () => {
    const reading = asTrackReading([scan('SIGNED', 4), scan('RETURNING', 3), scan('SIGNED', 2)]);
    expect(reading.kind === 'SCANS' && events(reading.scans)).toEqual(['SIGNED', 'RETURNING', 'RETURN_SIGNED']);
  });
});

describe('withReturnSigned', () => {
  test('leaves a parcel alone that never turned round', () => {
    expect(events(withReturnSigned([scan('REDIRECTED', 1), scan('SIGNED', 2)]))).toEqual(['REDIRECTED', 'SIGNED']);
  });
});
