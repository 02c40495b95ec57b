import type { AuditEntry } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';

/** Words for an axis' value where we have them; numbers of fen as money. */
function axisText(axis: string, value: string | number | null): string {
  const words: Record<string, Record<string, string>> = {
    interceptStatus: text().words.interceptStatus,
    refundStatus: text().words.refundStatus,
    returnTo: text().words.returnTo,
    returnStatus: text().words.returnStatus,
    returnFailure: text().words.returnFailure,
    automaticRefund: text().words.automaticRefund,
    refundCause: text().words.refundCause,
  };
  if (typeof value === 'number') return axis.endsWith('Fen') ? formatFen(value) : String(value);
  if (value === null) return '-';
  return words[axis]?.[value] ?? value;
}

/** Words for an entry of the log: what happened, or the notice it raised. */
export function auditText(what: string): string {
  const { audit, notice } = text().words;
  return audit[what] ?? (notice as Record<string, string>)[what] ?? what;
}

/** What changed between two sets of axes, as `before → after`; of what was not there before, what is there now. */
export function changesOf(entry: Pick<AuditEntry, 'before' | 'after'>): string[] {
  return Object.entries(entry.after)
    .map(([axis, value]) => ({ axis, before: orNothing(entry.before[axis]), after: orNothing(value) }))
    .filter(({ before, after }) => before !== after)
    .map(({ axis, before, after }) => `${before === null ? '' : `${axisText(axis, before)} → `}${axisText(axis, after)}`);
}

const orNothing = (value: string | number | null | undefined): string | number | null =>
  value === '' || value === undefined ? null : value;
