import type { Selectable } from 'kysely';
import { completeState } from '../domain/intercept/shape.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import type { EpochMs } from '../domain/time.ts';
import type { InterceptPhase, Tables } from './tables.ts';
import { clock, instant, instantOrNull, jsonb } from './values.ts';

/** A case as last recorded. `state.input` is all a new run needs. */
export interface InterceptRecord {
  interceptId: string;
  shopId: string;
  phase: InterceptPhase;
  state: InterceptState;
  /** The case whose carrier call serves this one too, null when it made its own. */
  followsInterceptId: string | null;
  /** Evidence received after this counts. A follower's is its leader's: it inherits what the leader may not have recorded yet. */
  evidenceFrom: EpochMs;
  /** Scans received before this were judged by the create, all of them; the case counts the others. A follower's is its leader's too. */
  scansJudgedAt: EpochMs;
  /** PostgreSQL's clock at the last write. */
  recordedAt: EpochMs;
  /** Since when Temporal is known to have no run for this open record, null when it has or nobody looked. */
  runMissingSince: EpochMs | null;
}

/** Columns that change with every recorded version. */
export function stateColumns(state: InterceptState) {
  return {
    start_input: jsonb(state.input),
    state: jsonb(state),
    version: state.version,
    updated_at: instant(state.updatedAt),
    recorded_at: clock(),
    intercept_status: state.interceptStatus,
    refund_status: state.refundStatus,
    refund_cause: state.refundCause,
    return_status: state.returnStatus,
    return_failure: state.returnFailure,
    automatic_refund: state.automaticRefund,
    refund_fee_fen: state.refundFeeFen,
    accepted_at: instantOrNull(state.acceptedAt),
    result_at: instantOrNull(state.resultAt),
    succeeded_at: instantOrNull(state.succeededAt),
    refund_decided_at: instantOrNull(state.refundDecidedAt),
    refunded_at: instantOrNull(state.refundedAt),
    return_signed_at: instantOrNull(state.returnSignedAt),
    ...lifeColumns(state),
  };
}

/** Columns of `state.input` that differ between two lives of one id (a start taken back and made again). */
function lifeColumns({ input }: InterceptState) {
  return {
    initiated_at: instant(input.initiatedAt),
    initiated_by: input.initiatedBy,
    reject_unlock_at: instant(input.initiatedAt + input.durations.rejectUnlockAfterMs),
    auto_refund_at: instant(input.initiatedAt + input.durations.autoRefundAfterMs),
    waybill_no: input.waybillNo,
    carrier: input.carrier,
    outlet_code: input.outletCode,
    outlet_name: input.outletName,
    follows_intercept_id: input.follows?.interceptId ?? null,
    fee_fen: input.feeFen,
  };
}

/** A whole new row; what counts for it begins with its initiation unless told. */
export function newInterceptRow(
  state: InterceptState,
  phase: InterceptPhase,
  { evidenceFrom, scansJudgedAt }: Pick<InterceptRecord, 'evidenceFrom' | 'scansJudgedAt'> = {
    evidenceFrom: state.input.initiatedAt,
    scansJudgedAt: state.input.initiatedAt,
  },
) {
  const { input } = state;
  return {
    ...stateColumns(state),
    intercept_id: input.interceptId,
    refund_id: input.refundId,
    attempt: input.attempt,
    shop_id: input.shopId,
    order_id: input.orderId,
    evidence_from: instant(evidenceFrom),
    scans_judged_at: instant(scansJudgedAt),
    phase,
  };
}

export const RECORD_COLUMNS = [
  'intercept_id',
  'shop_id',
  'phase',
  'state',
  'follows_intercept_id',
  'evidence_from',
  'scans_judged_at',
  'recorded_at',
  'run_missing_since',
] as const;

export type RecordRow = Pick<Selectable<Tables['intercepts']>, (typeof RECORD_COLUMNS)[number]>;

export function recordOf(row: RecordRow): InterceptRecord {
  return {
    interceptId: row.intercept_id,
    shopId: row.shop_id,
    phase: row.phase,
    state: completeState(row.state),
    followsInterceptId: row.follows_intercept_id,
    evidenceFrom: row.evidence_from,
    scansJudgedAt: row.scans_judged_at ?? row.evidence_from,
    recordedAt: row.recorded_at,
    runMissingSince: row.run_missing_since,
  };
}
