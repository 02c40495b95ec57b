import { DAY_MS, type EpochMs, HOUR_MS, msOfClock, msOfShanghaiDay } from '../time.ts';
import type { WorkingHours } from './rule.ts';

/** Whether an instant lies in the working hours, on the Shanghai clock; without hours every instant does. */
export function isOpenAt(hours: WorkingHours | null, at: EpochMs): boolean {
  if (hours === null) return true;
  const time = msOfShanghaiDay(at);
  return hours.days.includes(weekday(at)) && time >= msOfClock(hours.from) && time < msOfClock(hours.to);
}

/** When the hours begin next, or the instant itself if it lies in them; null when they never do. */
export function nextOpening(hours: WorkingHours | null, at: EpochMs): EpochMs | null {
  if (hours === null || isOpenAt(hours, at)) return at;
  const midnight = at - msOfShanghaiDay(at);
  for (let day = 0; day <= 7; day += 1) {
    const opening = midnight + day * DAY_MS + msOfClock(hours.from);
    if (opening > at && isOpenAt(hours, opening)) return opening;
  }
  return null;
}

/** 1 Monday … 7 Sunday. */
function weekday(at: EpochMs): number {
  return new Date(at + 8 * HOUR_MS).getUTCDay() || 7;
}
