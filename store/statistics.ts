import { sql } from 'kysely';
import type { Fen } from '../domain/money.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { instant } from './values.ts';

export type StatisticsGrouping = 'carrier' | 'outlet' | 'day' | 'rule';

/** What the intercepts of one group came to (R42–R45). A case counts for the day it was initiated on. */
export interface InterceptFigures {
  total: number;
  accepted: number;
  succeeded: number;
  failed: number;
  refused: number;
  /** The carrier has not said how it ended. */
  noResult: number;
  /** From initiation to the first success or failure. */
  medianTimeToResultMs: DurationMs | null;
  p90TimeToResultMs: DurationMs | null;
  refunded: number;
  /** From initiation to the platform's confirmation (R43). */
  medianRefundDurationMs: DurationMs | null;
  p90RefundDurationMs: DurationMs | null;
  /** Refunds the merchant rejected, and those the platform decides or decided (R42). */
  rejected: number;
  arbitrated: number;
  returnSigned: number;
  /** Value of the goods that came back whole: what was refunded, or asked for, in the cases whose return was signed and not found damaged. */
  recoveredFen: Fen;
  /** From success to the signature at the sender's (R44). */
  medianReturnDurationMs: DurationMs | null;
  returnFailed: number;
  damaged: number;
  /** Fees of these intercepts, corrections included. */
  feeFen: Fen;
  /** Parcels a fee is known for. */
  feeParcels: number;
  /** What the outlets awarded, corrections included. */
  awardedFen: Fen;
}

/** Figures of one group; the members of `key` that the grouping does not name are null. */
export interface FiguresOf {
  carrier: string | null;
  outletCode: string | null;
  outletName: string | null;
  /** Shanghai calendar day. */
  day: string | null;
  /** The rule that started them and its latest name; null by rule means that people did. */
  ruleId: string | null;
  ruleName: string | null;
  figures: InterceptFigures;
}

const DAY = sql`to_char(i.initiated_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`;
const RULE_ID = sql`(i.start_input->'rule'->>'ruleId')`;
const RULE_NAME = sql`(array_agg(i.start_input->'rule'->>'name' order by i.initiated_at desc))[1]`;
const KEYS: Record<StatisticsGrouping, ReturnType<typeof sql>> = {
  carrier: sql`i.carrier`,
  outlet: sql`i.carrier, i.outlet_code`,
  day: DAY,
  rule: RULE_ID,
};

interface FigureRow extends InterceptFigures {
  carrier: string | null;
  outletCode: string | null;
  outletName: string | null;
  day: string | null;
  ruleId: string | null;
  ruleName: string | null;
  isTotal: boolean;
}

/**
 * Figures of the shop's intercepts initiated in [from, to), by group and in all, from the records and the ledger.
 * Groups in the order of their key.
 */
export async function interceptStatistics(
  db: Db,
  shopId: string,
  range: { from: EpochMs; to: EpochMs },
  groupBy: StatisticsGrouping,
): Promise<{ groups: FiguresOf[]; total: InterceptFigures }> {
  const own = (grouping: StatisticsGrouping, column: ReturnType<typeof sql>) => (groupBy === grouping ? column : sql`null::text`);
  const { rows } = await sql<FigureRow>`
    select * from (select
      ${groupBy === 'day' || groupBy === 'rule' ? sql`null::text` : sql`i.carrier`} as "carrier",
      ${own('outlet', sql`i.outlet_code`)} as "outletCode",
      ${own('outlet', sql`max(i.outlet_name)`)} as "outletName",
      ${own('day', DAY)} as "day",
      ${own('rule', RULE_ID)} as "ruleId",
      ${own('rule', RULE_NAME)} as "ruleName",
      grouping(${KEYS[groupBy]}) <> 0 as "isTotal",
      ${COUNTS}, ${DURATIONS},
      coalesce(sum(m.fee_fen), 0)::bigint as "feeFen",
      count(m.fee_fen) as "feeParcels",
      coalesce(-sum(m.claim_fen), 0)::bigint as "awardedFen"
    from intercepts i
    left join lateral (
      select sum(l.amount_fen) filter (where l.claim_id is null) as fee_fen, sum(l.amount_fen) filter (where l.claim_id is not null) as claim_fen
      from ledger_lines l where l.intercept_id = i.intercept_id
    ) m on true
    where i.shop_id = ${shopId} and i.phase <> 'STARTING'
      and i.initiated_at >= ${instant(range.from)} and i.initiated_at < ${instant(range.to)}
    group by grouping sets ((${KEYS[groupBy]}), ())) figures
    order by "carrier" collate "C", "outletCode" collate "C", "day" collate "C", "ruleId" collate "C"`.execute(db);
  const groups = rows.filter(({ isTotal }) => !isTotal);
  const total = rows.find(({ isTotal }) => isTotal);
  if (total === undefined) throw new Error('PostgreSQL returned no totals');
  return {
    groups: groups.map((row) => ({
      carrier: row.carrier,
      outletCode: row.outletCode,
      outletName: row.outletName,
      day: row.day,
      ruleId: row.ruleId,
      ruleName: row.ruleName,
      figures: figuresOf(row),
    })),
    total: figuresOf(total),
  };
}

const COUNTS = sql`
  count(*) as "total",
  count(i.accepted_at) as "accepted",
  count(*) filter (where i.intercept_status = 'SUCCEEDED') as "succeeded",
  count(*) filter (where i.intercept_status = 'FAILED') as "failed",
  count(*) filter (where i.intercept_status = 'REJECTED_BY_CARRIER') as "refused",
  count(*) filter (where i.intercept_status in ('REQUESTED', 'INTERCEPTING')) as "noResult",
  count(*) filter (where i.refund_status = 'REFUNDED') as "refunded",
  count(*) filter (where i.refund_status = 'REJECTED') as "rejected",
  count(*) filter (where i.refund_status = 'UNDER_ARBITRATION' or i.refund_cause = 'ARBITRATION') as "arbitrated",
  count(*) filter (where i.return_status = 'RETURN_SIGNED') as "returnSigned",
  coalesce(sum(i.refund_fee_fen) filter (where i.return_status = 'RETURN_SIGNED' and i.return_failure is distinct from 'DAMAGED'), 0)::bigint as "recoveredFen",
  count(*) filter (where i.return_status = 'RETURN_FAILED') as "returnFailed",
  count(*) filter (where i.return_failure = 'DAMAGED') as "damaged"`;

const MS_TO_RESULT = sql`extract(epoch from i.result_at - i.initiated_at) * 1000`;
const HAS_RESULT = sql`i.intercept_status in ('SUCCEEDED', 'FAILED')`;
const MS_TO_REFUND = sql`extract(epoch from i.refunded_at - i.initiated_at) * 1000`;
const MS_TO_RETURN = sql`extract(epoch from i.return_signed_at - i.succeeded_at) * 1000`;
const quantile = (share: number, of: ReturnType<typeof sql>, where: ReturnType<typeof sql>) =>
  sql`round(percentile_cont(${sql.lit(share)}) within group (order by ${of}) filter (where ${where}))::bigint`;
const DURATIONS = sql`
  ${quantile(0.5, MS_TO_RESULT, HAS_RESULT)} as "medianTimeToResultMs",
  ${quantile(0.9, MS_TO_RESULT, HAS_RESULT)} as "p90TimeToResultMs",
  ${quantile(0.5, MS_TO_REFUND, sql`i.refund_status = 'REFUNDED'`)} as "medianRefundDurationMs",
  ${quantile(0.9, MS_TO_REFUND, sql`i.refund_status = 'REFUNDED'`)} as "p90RefundDurationMs",
  ${quantile(0.5, MS_TO_RETURN, sql`i.return_signed_at is not null`)} as "medianReturnDurationMs"`;

function figuresOf({
  carrier: _carrier,
  outletCode: _outletCode,
  outletName: _outletName,
  day: _day,
  ruleId: _ruleId,
  ruleName: _ruleName,
  isTotal: _isTotal,
  ...figures
}: FigureRow): InterceptFigures {
  return figures;
}
