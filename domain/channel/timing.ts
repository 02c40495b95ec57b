import type { NoticeCode } from '../notice.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS, msOfClock, msOfShanghaiDay, nextShanghaiTime } from '../time.ts';
import type { ChannelSettings } from './channel.ts';

/** When a channel is told what is not urgent. */
export type ChannelTimes = Pick<ChannelSettings, 'quietHours' | 'digest' | 'digestAt'>;

/** Money is about to leave, or nobody knows whether it did: these neither wait for a digest nor for the end of the night. */
const URGENT: readonly NoticeCode[] = [
  'refund.deadline_near',
  'DECISION_ESCALATED',
  'PLATFORM_DEADLINE_EARLIER',
  'REFUND_UNCONFIRMED',
  'REFUND_PAYMENT_FAILED',
  'REJECTION_UNCONFIRMED',
];

/** An hourly digest leaves at this minute: robots ask to be spared at whole and half hours, when everybody writes. */
const HOURLY_AT_MS = 5 * MINUTE_MS;

/** When a notice that came at `at` leaves: at once, with the next digest, and not within the quiet hours, all by the Shanghai clock. */
export function leavesAt(times: ChannelTimes, code: NoticeCode, at: EpochMs): EpochMs {
  return URGENT.includes(code) ? at : unhurriedLeavesAt(times, at);
}

/** As `leavesAt`, of what is not urgent. */
export function unhurriedLeavesAt({ quietHours, digest, digestAt }: ChannelTimes, at: EpochMs): EpochMs {
  const gathered = digest === 'NONE' ? at : digest === 'DAILY' ? nextShanghaiTime(digestAt, at) : nextHourly(at);
  return quietHours !== null && isQuiet(quietHours, gathered) ? nextShanghaiTime(quietHours.to, gathered) : gathered;
}

function nextHourly(at: EpochMs): EpochMs {
  return Math.ceil((at - HOURLY_AT_MS) / HOUR_MS) * HOUR_MS + HOURLY_AT_MS;
}

/** Whether an instant lies in `[from, to)`, over midnight where `to` is the earlier one. */
export function isQuiet({ from, to }: { from: string; to: string }, at: EpochMs): boolean {
  const [start, end, time] = [msOfClock(from), msOfClock(to), msOfShanghaiDay(at)];
  return start <= end ? start <= time && time < end : start <= time || time < end;
}
