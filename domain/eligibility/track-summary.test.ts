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

  test('loss stands until a scan says where the parcel is, damage stays', () => {
    const troubles = (...events: TrackEvent[]) => summariseTrack(route(...events)).troubles.map(({ event }) => event);
    expect(troubles('PICKED_UP', 'ARRIVED', 'LOST')).toEqual(['LOST']);
    expect(troubles('PICKED_UP', 'LOST', 'PROBLEM', 'OTHER')).toEqual(['LOST']);
    expect(troubles('PICKED_UP', 'LOST', 'DAMAGED', 'ARRIVED')).toEqual(['DAMAGED']);
    expect(troubles('PICKED_UP', 'ARRIVED')).toEqual([]);
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

describe('a number used again', () => {
  const DAY = 24 * 3_600_000;
  const days = (...scans: [TrackEvent, number][]): TrackScan[] => scans.map(([event, day]) => scan(event, 1_000 + day * DAY));

  test('what lies more than 30 days back without a scan between was another parcel', () => {
    const summary = summariseTrack(days(['PICKED_UP', 0], ['LOST', 1], ['SIGNED', 3], ['PICKED_UP', 34], ['ARRIVED', 35]));
    expect(summary).toMatchObject({
      state: 'MOVING',
      pickedUpAt: 1_000 + 34 * DAY,
      pickup: { occurredAt: 1_000 + 34 * DAY },
      troubles: [],
    });
    expect(summariseTrack(days(['PICKED_UP', 0], ['SIGNED', 3], ['PICKED_UP', 33]))).toMatchObject({
      pickedUpAt: 1_000,
      pickup: { occurredAt: 1_000 },
    });
  });

  test('its track begins with its first scan where the pick-up was never told', () => {
    expect(summariseTrack(days(['PICKED_UP', 0], ['SIGNED', 3], ['ARRIVED', 90], ['OUT_FOR_DELIVERY', 91]))).toMatchObject({
      state: 'OUT_FOR_DELIVERY',
      pickedUpAt: 1_000 + 90 * DAY,
      pickup: null,
    });
  });

  test('of three parcels the last has it now', () => {
    const summary = summariseTrack(days(['SIGNED', 0], ['PICKED_UP', 40], ['RETURNING', 41], ['PICKED_UP', 80], ['DEPARTED', 81]));
    expect(summary).toMatchObject({ state: 'MOVING', pickedUpAt: 1_000 + 80 * DAY });
  });

  test('field case 14: a pick-up pushed twice, also after the signature, begins no other parcel', () => {
    const minutes = (...scans: [TrackEvent, number][]): TrackScan[] => scans.map(([event, minute]) => scan(event, 1_000 + minute * 60_000));
    expect(summariseTrack(minutes(['PICKED_UP', 0], ['PICKED_UP', 6], ['ARRIVED', 9]))).toMatchObject({
      state: 'MOVING',
      pickedUpAt: 1_000,
    });
    expect(summariseTrack(minutes(['PICKED_UP', 0], ['OUT_FOR_DELIVERY', 2], ['SIGNED', 5], ['PICKED_UP', 6]))).toMatchObject({
      state: 'SIGNED',
      pickedUpAt: 1_000,
    });
    expect(summariseTrack(minutes(['SIGNED', 0], ['PICKED_UP', 1]))).toMatchObject({ state: 'SIGNED' });
    expect(summariseTrack(minutes(['PICKED_UP', 0], ['RETURNING', 5], ['PICKED_UP', 6]))).toMatchObject({ state: 'RETURNING' });
  });
});
