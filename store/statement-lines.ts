import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { LedgerLine } from '../domain/settlement/line.ts';
import type { LineWithActions, StatementPeriod } from '../domain/settlement/statement.ts';
import type { Db } from './db.ts';
import { isPlacedIn, lineOf } from './ledger.ts';
import { instant } from './values.ts';

/** Which outlets a statement is of: all, a carrier's, or one. */
export interface StatementFilter {
  shopId: string;
  carrier?: CarrierCode | undefined;
  outletCode?: string | undefined;
}

/** Place of a line in the order of a statement. */
type StatementPlace = Pick<LedgerLine, 'carrier' | 'outletCode' | 'occurredAt' | 'lineId'>;

/**
 * Lines placed in a period, in the order of a statement, after `place`; at most `limit`. With everything done about them
 * (or about the lines they correct), in order.
 */
export async function statementLines(
  db: Db,
  filter: StatementFilter,
  period: Pick<StatementPeriod, 'start'>,
  after: StatementPlace | null,
  limit: number,
): Promise<LineWithActions[]> {
  let query = db.selectFrom('ledger_lines as l').selectAll('l').where('l.shop_id', '=', filter.shopId).where(isPlacedIn(period.start));
  if (filter.carrier !== undefined) query = query.where(sql<boolean>`l.carrier collate "C" = ${filter.carrier}`);
  if (filter.outletCode !== undefined) query = query.where(sql<boolean>`l.outlet_code collate "C" = ${filter.outletCode}`);
  if (after !== null) {
    query = query.where(
      sql<boolean>`(l.carrier collate "C", l.outlet_code collate "C", l.occurred_at, l.line_id collate "C")
        > (${after.carrier}, ${after.outletCode}, ${instant(after.occurredAt)}, ${after.lineId})`,
    );
  }
  const rows = await query
    .orderBy(sql`l.carrier collate "C"`)
    .orderBy(sql`l.outlet_code collate "C"`)
    .orderBy('l.occurred_at')
    .orderBy(sql`l.line_id collate "C"`)
    .limit(limit)
    .execute();
  return withActions(db, rows.map(lineOf));
}

async function withActions(db: Db, lines: LedgerLine[]): Promise<LineWithActions[]> {
  const matterOf = ({ lineId, correctsLineId }: LedgerLine) => correctsLineId ?? lineId;
  const matterIds = [...new Set(lines.map(matterOf))];
  if (matterIds.length === 0) return [];
  const own = new Map(lines.map(({ lineId, amountFen }) => [lineId, amountFen]));
  const missing = matterIds.filter((lineId) => !own.has(lineId));
  const [actions, others] = await Promise.all([
    db
      .selectFrom('ledger_actions')
      .select(['line_id', 'action', 'at'])
      .where('line_id', '=', sql<string>`any(${matterIds}::text[])`)
      .orderBy('action_id')
      .execute(),
    missing.length === 0
      ? []
      : db
          .selectFrom('ledger_lines')
          .select(['line_id', 'amount_fen'])
          .where('line_id', '=', sql<string>`any(${missing}::text[])`)
          .execute(),
  ]);
  for (const { line_id, amount_fen } of others) own.set(line_id, amount_fen);
  const byLine = Map.groupBy(actions, ({ line_id }) => line_id);
  return lines.map((line) => ({ line, matterAmountFen: own.get(matterOf(line)) ?? null, actions: byLine.get(matterOf(line)) ?? [] }));
}
