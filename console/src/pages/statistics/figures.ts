import type { Statistics } from '../../api/types.ts';
import { EMPTY } from '../../ui/format.ts';

export type StatisticsItem = Statistics['items'][number];

export type Figures = Statistics['total'];
type DurationUnit = 'seconds' | 'minutes' | 'hours' | 'days';

const UNIT_MS: Record<DurationUnit, number> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** The unit in which the longest of some durations reads best: the largest it has two of, so that 90 minutes stay 90 minutes. */
export function fittingUnit(durationsMs: readonly (number | null)[]): DurationUnit {
  const longest = Math.max(0, ...durationsMs.map((ms) => ms ?? 0));
  return (['days', 'hours', 'minutes'] as const).find((unit) => longest >= 2 * UNIT_MS[unit]) ?? 'seconds';
}

/** Milliseconds in a unit, with one decimal below ten; null stays null. */
export function inUnit(ms: number | null, unit: DurationUnit): number | null {
  if (ms === null) return null;
  const value = ms / UNIT_MS[unit];
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** A duration in the unit that fits it; `-` when nothing was counted. */
export function durationText(ms: number | null, words: Record<DurationUnit, (value: number) => string>): string {
  const unit = fittingUnit([ms]);
  const value = inUnit(ms, unit);
  return value === null ? EMPTY : words[unit](value);
}

/** What each yuan that came back cost: `¥0.042`; `-` when none did. */
export function perYuan(feeYuan: number | null): string {
  return feeYuan === null ? EMPTY : `¥${feeYuan.toFixed(3)}`;
}

/** How a figure moved against the time before, with its sign: `+12.5%`; null when there is nothing to compare with. */
export function change(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before === 0) return null;
  const moved = Math.round(((now - before) / Math.abs(before)) * 1_000) / 10;
  return `${moved > 0 ? '+' : ''}${moved.toFixed(1)}%`;
}

/** A share 0–1 as a percentage with one decimal; `-` when nothing was counted. */
export function percent(share: number | null): string {
  return share === null ? '-' : `${(Math.round(share * 1_000) / 10).toFixed(1)}%`;
}

/** What a group is called: its day, its outlet, its carrier, or the rule that started it. */
export function groupName(item: StatisticsItem, carrierWords: Record<string, string>, byPeople: string): string {
  if (item.day !== null) return item.day;
  if (item.ruleId !== null) return item.ruleName ?? item.ruleId;
  if (item.carrier === null) return byPeople;
  const carrier = carrierWords[item.carrier] ?? item.carrier;
  return item.outletCode === null ? carrier : `${carrier} ${item.outletName ?? item.outletCode}`;
}
