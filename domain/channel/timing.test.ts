import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NOTICES } from '../intercept/state.ts';
import { DAY_MS, type EpochMs, HOUR_MS, toShanghaiText } from '../time.ts';
import { DEFAULT_TIMES } from './channel.ts';
import { type ChannelTimes, isQuiet, leavesAt } from './timing.ts';

const shanghai = (text: string): EpochMs => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const NIGHT = { from: '22:00', to: '08:00' };
const leaves = (times: Partial<ChannelTimes>, at: string, code: Parameters<typeof leavesAt>[1] = 'intercept.failed') =>
  toShanghaiText(leavesAt({ ...DEFAULT_TIMES, ...times }, code, shanghai(at))).slice(0, 16);

describe('when a notice leaves', () => {
  test.each<[Partial<ChannelTimes>, string, string]>([
    [{}, '2026-11-20 03:00', '2026-11-20 03:00'],
    [{ quietHours: NIGHT }, '2026-11-20 21:59', '2026-11-20 21:59'],
    [{ quietHours: NIGHT }, '2026-11-20 22:00', '2026-11-21 08:00'],
    [{ quietHours: NIGHT }, '2026-11-21 03:00', '2026-11-21 08:00'],
    [{ quietHours: NIGHT }, '2026-11-21 08:00', '2026-11-21 08:00'],
    [{ quietHours: { from: '12:00', to: '13:30' } }, '2026-11-20 12:45', '2026-11-20 13:30'],
    [{ quietHours: { from: '12:00', to: '12:00' } }, '2026-11-20 12:00', '2026-11-20 12:00'],
    [{ digest: 'HOURLY' }, '2026-11-20 10:05', '2026-11-20 10:05'],
    [{ digest: 'HOURLY' }, '2026-11-20 10:06', '2026-11-20 11:05'],
    [{ digest: 'HOURLY' }, '2026-11-20 23:30', '2026-11-21 00:05'],
    [{ digest: 'DAILY', digestAt: '09:05' }, '2026-11-20 09:06', '2026-11-21 09:05'],
    [{ digest: 'DAILY', digestAt: '07:00', quietHours: NIGHT }, '2026-11-20 09:00', '2026-11-21 08:00'],
    [{ digest: 'HOURLY', quietHours: NIGHT }, '2026-11-20 21:30', '2026-11-21 08:00'],
  ])('%j at %s: %s', (times, at, expected) => {
    expect(leaves(times, at)).toBe(expected);
  });

  test.each(['refund.deadline_near', 'DECISION_ESCALATED', 'REFUND_UNCONFIRMED', 'REFUND_PAYMENT_FAILED'] as const)(
    '%s waits for nothing',
    (code) => {
      const times: Partial<ChannelTimes> = { quietHours: NIGHT, digest: 'DAILY' };
      expect(leaves(times, '2026-11-20 03:00', code)).toBe('2026-11-20 03:00');
    },
  );
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
const anyTimes: fc.Arbitrary<ChannelTimes> = fc.record({
  quietHours: fc.option(fc.record({ from: time, to: time }), { nil: null }),
  digest: fc.constantFrom('NONE', 'HOURLY', 'DAILY'),
  digestAt: time,
});
const anyInstant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });

describe('whatever a shop sets', () => {
  test('never before it happened, never in the quiet hours, within a digest and a night; and once more changes nothing', () => {
    fc.assert(
      fc.property(anyTimes, anyInstant, fc.constantFrom(...NOTICES), (times, at, code) => {
        const leaving = leavesAt(times, code, at);
        const gatheredMs = { NONE: 0, HOURLY: HOUR_MS, DAILY: DAY_MS }[times.digest];
        expect(leaving).toBeGreaterThanOrEqual(at);
        expect(leaving - at).toBeLessThan(gatheredMs + (times.quietHours ? DAY_MS : 1));
        if (leaving !== at && times.quietHours) expect(isQuiet(times.quietHours, leaving)).toBe(false);
        if (times.digest === 'NONE') expect(leavesAt(times, code, leaving)).toBe(leaving);
      }),
    );
  });

  test('what came later never leaves before what came earlier', () => {
    fc.assert(
      fc.property(anyTimes, anyInstant, fc.integer({ min: 0, max: 3 * DAY_MS }), (times, at, laterMs) => {
        expect(leavesAt(times, 'CLAIM_QUIET', at + laterMs)).toBeGreaterThanOrEqual(leavesAt(times, 'CLAIM_QUIET', at));
      }),
    );
  });
});
