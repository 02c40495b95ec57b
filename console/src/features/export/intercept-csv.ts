import { listIntercepts } from '../../api/queries.ts';
import type { Intercept, InterceptsQuery } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatActor, formatInstant } from '../../ui/format.ts';
import { toCsv } from './csv.ts';

/** More rows are for the API, not for a page. */
export const MAX_EXPORT = 10_000;
const PAGE = 200;

const yuan = (fen: number | null): string =>
  fen === null ? '' : `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
const instant = (at: string | null): string => (at === null ? '' : formatInstant(at));

/** The columns of the export: title and cell. */
function exportColumns(): [string, (intercept: Intercept) => string][] {
  const t = text();
  const { words } = t;
  return [
    [t.case.interceptId, ({ interceptId }) => interceptId],
    [t.refund.refundId, ({ refundId }) => refundId],
    [t.refund.orderId, ({ orderId }) => orderId],
    [t.refund.waybillNo, ({ waybillNo }) => waybillNo],
    [t.refund.carrier, ({ carrier }) => words.carrier[carrier]],
    [t.service.outletCode, ({ outletCode }) => outletCode],
    [t.service.outletName, ({ outletName }) => outletName],
    [t.query.interceptStatus, ({ interceptStatus }) => words.interceptStatus[interceptStatus]],
    [t.query.refundStatus, ({ refundStatus }) => words.refundStatus[refundStatus]],
    [t.case.refundCause, ({ refundCause }) => (refundCause === null ? '' : words.refundCause[refundCause])],
    [t.case.returnTo, ({ returnTo }) => words.returnTo[returnTo ?? 'SENDER']],
    [t.query.returnStatus, ({ returnStatus }) => (returnStatus === null ? '' : words.returnStatus[returnStatus])],
    [t.refund.amount, ({ refundFeeFen }) => yuan(refundFeeFen)],
    [t.case.fee, ({ feeFen }) => yuan(feeFen)],
    [t.case.initiatedAt, ({ initiatedAt }) => instant(initiatedAt)],
    [t.case.initiatedBy, ({ initiatedBy }) => formatActor(initiatedBy)],
    [t.query.autoRefundBefore, ({ autoRefundAt }) => instant(autoRefundAt)],
    [t.case.failure, ({ failure, carrierRefusal }) => failure?.message ?? carrierRefusal?.message ?? ''],
    [t.case.updatedAt, ({ updatedAt }) => instant(updatedAt)],
  ];
}

/** Intercepts as the rows of a CSV file, with a header. */
export function interceptCsv(intercepts: Intercept[]): string {
  const columns = exportColumns();
  return toCsv([columns.map(([title]) => title), ...intercepts.map((intercept) => columns.map(([, cell]) => cell(intercept)))]);
}

/** Reads everything a question answers, page by page, up to `MAX_EXPORT`; tells how far it is. */
export async function readAll(query: InterceptsQuery, onProgress: (count: number) => void): Promise<{ items: Intercept[]; cut: boolean }> {
  const items: Intercept[] = [];
  let after: string | undefined;
  do {
    const page = await listIntercepts({ ...query, limit: PAGE, after });
    items.push(...page.items);
    onProgress(items.length);
    after = page.nextCursor ?? undefined;
  } while (after !== undefined && items.length < MAX_EXPORT);
  return { items: items.slice(0, MAX_EXPORT), cut: after !== undefined };
}
