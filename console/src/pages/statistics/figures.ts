import type { Statistics } from '../../api/types.ts';
import { EMPTY } from '../../ui/format.ts';

export type StatisticsItem = Statistics['items'][number];

export type DurationUnit = 'days' | 'hours' | 'minutes' | 'seconds';
/** From how long on a unit says it best, and how long one is. */
const UNITS: readonly [unit: DurationUnit, fromMs: number, unitMs: number][] = [
  ['days', 48 * 3_600_000, 86_400_000],
  ['hours', 3_600_000, 3_600_000],
  ['minutes', 60_000, 60_000],
  ['seconds', 0, 1_000],
];

/** The unit that fits a duration; for several that stand side by side, that of the longest. */
export function unitOf(ms: number): { unit: DurationUnit; unitMs: number } {
  const [unit, , unitMs] = UNITS.find(([, fromMs]) => ms >= fromMs) ?? ['seconds', 0, 1_000];
  return { unit, unitMs };
}

/** A duration in its unit, with one decimal at most; `-` where nothing was measured. */
export function formatDuration(ms: number | null, words: Record<DurationUnit, (count: string) => string>): string {
  if (ms === null) return EMPTY;
  const { unit, unitMs } = unitOf(ms);
  return words[unit](decimal(ms / unitMs));
}

/** With one decimal, if it has one. */
export function decimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A share 0–1 as a percentage with one decimal; `-` when nothing was counted. */
export function percent(share: number | null): string {
  return share === null ? EMPTY : `${(Math.round(share * 1_000) / 10).toFixed(1)}%`;
}

/** What a group is called: its day, its outlet, or its carrier. */
export function groupName(item: StatisticsItem, carrierWords: Record<string, string>): string {
  if (item.day !== null) return item.day;
  const carrier = carrierWords[item.carrier ?? ''] ?? item.carrier ?? '-';
  return item.outletCode === null ? carrier : `${carrier} ${item.outletName ?? item.outletCode}`;
}
