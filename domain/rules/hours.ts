import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, toShanghaiText } from '../time.ts';
import type { WorkingHours } from './rule.ts';

/** Whether an instant lies in the working hours, on the Shanghai clock; without hours every instant does. */
export function isOpenAt(hours: WorkingHours | null, at: EpochMs): boolean {
  if (hours === null) return true;
  const minute = minuteOfDay(at);
  return hours.days.includes(weekday(at)) && minute >= minuteOf(hours.from) && minute < minuteOf(hours.to);
}

/** When the hours begin next, or the instant itself if it lies in them; null when they never do. */
export function nextOpening(hours: WorkingHours | null, at: EpochMs): EpochMs | null {
  if (hours === null || isOpenAt(hours, at)) return at;
  const midnight = Date.parse(`${toShanghaiText(at).slice(0, 10)}T00:00:00+08:00`);
  for (let day = 0; day <= 7; day += 1) {
    const opening = midnight + day * DAY_MS + minuteOf(hours.from) * MINUTE_MS;
    if (opening > at && isOpenAt(hours, opening)) return opening;
  }
  return null;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function minuteOfDay(at: EpochMs): number {
  return minuteOf(toShanghaiText(at).slice(11, 16));
}

/** 1 Monday … 7 Sunday. */
function weekday(at: EpochMs): number {
  return new Date(at + 8 * HOUR_MS).getUTCDay() || 7;
}
