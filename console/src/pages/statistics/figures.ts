import type { Statistics } from '../../api/types.ts';

export type StatisticsItem = Statistics['items'][number];

const HOUR_MS = 3_600_000;

/** Milliseconds as hours with one decimal; null stays null. */
export function toHours(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / (HOUR_MS / 10)) / 10;
}

/** A share 0–1 as a percentage with one decimal; `-` when nothing was counted. */
export function percent(share: number | null): string {
  return share === null ? '-' : `${(Math.round(share * 1_000) / 10).toFixed(1)}%`;
}

/** What a group is called: its day, its outlet, or its carrier. */
export function groupName(item: StatisticsItem, carrierWords: Record<string, string>): string {
  if (item.day !== null) return item.day;
  const carrier = carrierWords[item.carrier ?? ''] ?? item.carrier ?? '-';
  return item.outletCode === null ? carrier : `${carrier} ${item.outletName ?? item.outletCode}`;
}
