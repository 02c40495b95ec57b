import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TRACK_EVENTS, type TrackEvent, type TrackScan } from '../track.ts';
import { summariseTrack } from './track-summary.ts';

function scan(event: TrackEvent, occurredAt: number): TrackScan {
  return { carrier: 'ZTO', waybillNo: '73100000000001', event, occurredAt, outletCode: null, outletName: null, text: event, raw: null };
}
const route = (...events: TrackEvent[]): TrackScan[] => events.map((event, index) => scan(event, 1_000 + index));

describe('the state of a parcel (Q17–Q19)', () => {
  test.each<[string, TrackEvent[], string, boolean]>([
    ['no scans', [], 'UNKNOWN', false],
    ['only a word we do not know', ['OTHER'], 'UNKNOWN', false],
    ['on its way', ['PICKED_UP', 'DEPARTED', 'ARRIVED'], 'MOVING', false],
    ['out for delivery', ['PICKED_UP', 'ARRIVED', 'OUT_FOR_DELIVERY'], 'OUT_FOR_DELIVERY', false],
    ['out for delivery with a problem noted', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'PROBLEM', 'OTHER'], 'OUT_FOR_DELIVERY', false],
    ['delivery failed, back at the hub', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED', 'ARRIVED'], 'MOVING', true],
    ['delivery failed', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED'], 'MOVING', true],
    ['taken out of a locker again', ['PICKED_UP', 'AWAITING_PICKUP', 'DEPARTED'], 'MOVING', true],
    ['in a locker', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'AWAITING_PICKUP'], 'AWAITING_PICKUP', false],
    ['signed', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'SIGNED'], 'SIGNED', false],
    ['returning', ['PICKED_UP', 'RETURNING'], 'RETURNING', false],
    ['returning through hubs', ['PICKED_UP', 'RETURNING', 'DEPARTED', 'ARRIVED', 'OUT_FOR_DELIVERY'], 'RETURNING', false],
    ['signed after the return: the sender signed', ['PICKED_UP', 'RETURNING', 'SIGNED'], 'RETURN_SIGNED', false],
    ['returned', ['PICKED_UP', 'RETURNING', 'RETURN_SIGNED', 'ARRIVED'], 'RETURN_SIGNED', false],
    ['refused at the door', ['PICKED_UP', 'SIGNED', 'RETURNING'], 'RETURNING', false],
  ])('%s', (_name, events, state, dispatchedEarlier) => {
    expect(summariseTrack(route(...events))).toMatchObject({ state, dispatchedEarlier });
  });

  test('the order of arrival does not matter, the time of the scan does', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(route('PICKED_UP', 'DEPARTED', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED', 'RETURNING'), { minLength: 5 }),
        (scans) => {
          expect(summariseTrack(scans)).toEqual(summariseTrack(scans.toSorted((a, b) => a.occurredAt - b.occurredAt)));
        },
      ),
    );
  });

  test('names the pick-up, the latest scan and its time', () => {
    const scans = [scan('OTHER', 50), scan('ARRIVED', 30), scan('PICKED_UP', 20), scan('PICKED_UP', 10)];
    expect(summariseTrack(scans)).toMatchObject({ pickedUpAt: 10, lastScanAt: 50, latest: scans[0], pickup: scans[3] });
    expect(summariseTrack([])).toMatchObject({ pickedUpAt: null, lastScanAt: null, latest: null, pickup: null });
  });

  test('any scans make one summary and are left as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ event: fc.constantFrom(...TRACK_EVENTS), occurredAt: fc.integer() })), (drafts) => {
        const scans = drafts.map(({ event, occurredAt }) => scan(event, occurredAt));
        const before = [...scans];
        const { lastScanAt } = summariseTrack(scans);
        expect(scans).toEqual(before);
        expect(lastScanAt).toBe(scans.length === 0 ? null : Math.max(...scans.map(({ occurredAt }) => occurredAt)));
      }),
    );
  });
});
