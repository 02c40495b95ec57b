import type { Fen } from '../money.ts';
import { type EpochMs, toRfc3339 } from '../time.ts';
import { type ActionName, type ActionRefusal, judgeAction } from './action.ts';
import { type ReturnTo, returnToOf } from './return-to.ts';
import {
  type AutomaticRefund,
  type ForeignReason,
  type InterceptState,
  type InterceptStatus,
  type Notice,
  type RefundCause,
  type RefundStatus,
  type ReturnFailure,
  type ReturnStatus,
  standingNotices,
} from './state.ts';

/** A case as the API, the query and the webhooks show it (contract §3.1), without `source`. Instants are RFC 3339 UTC. */
export interface InterceptView {
  interceptId: string;
  refundId: string;
  orderId: string;
  shopId: string;
  waybillNo: string;
  carrier: string;
  outletCode: string;
  outletName: string;
  attempt: number;
  refundFeeFen: Fen;
  feeFen: Fen | null;
  initiatedAt: string;
  initiatedBy: string;
  rejectUnlockAt: string;
  autoRefundAt: string;
  automaticRefund: AutomaticRefund;
  platformExpireAt: string | null;
  interceptStatus: InterceptStatus;
  refundStatus: RefundStatus;
  refundCause: RefundCause | null;
  returnTo: ReturnTo;
  returnAddressVersion?: number | undefined;
  returnStatus: ReturnStatus | null;
  returnFailure: ReturnFailure | null;
  carrierReference: string | null;
  carrierRefusal: ForeignReason | null;
  failure: ForeignReason | null;
  /** Why the platform did not carry out the last command, null when it did or was not asked. */
  platformRefusal: ForeignReason | null;
  allowedActions: { action: ActionName; allowed: boolean; reason: ActionRefusal | null; availableAt: string | null }[];
  notices: Notice[];
  version: number;
  updatedAt: string;
}

const ACTIONS: readonly ActionName[] = ['APPROVE_REFUND', 'REJECT_REFUND', 'REQUEST_ARBITRATION', 'OPEN_CLAIM'];

/** The state as shown at `now`; allowed actions are judged by the same rule that guards the commands. */
export function viewIntercept(state: InterceptState, now: EpochMs): InterceptView {
  const { input } = state;
  return {
    interceptId: input.interceptId,
    refundId: input.refundId,
    orderId: input.orderId,
    shopId: input.shopId,
    waybillNo: input.waybillNo,
    carrier: input.carrier,
    outletCode: input.outletCode,
    outletName: input.outletName,
    attempt: input.attempt,
    refundFeeFen: state.refundFeeFen,
    feeFen: input.feeFen,
    initiatedAt: toRfc3339(input.initiatedAt),
    initiatedBy: input.initiatedBy,
    rejectUnlockAt: toRfc3339(input.initiatedAt + input.durations.rejectUnlockAfterMs),
    autoRefundAt: toRfc3339(input.initiatedAt + input.durations.autoRefundAfterMs),
    automaticRefund: state.automaticRefund,
    platformExpireAt: state.platformExpireAt === null ? null : toRfc3339(state.platformExpireAt),
    interceptStatus: state.interceptStatus,
    refundStatus: state.refundStatus,
    refundCause: state.refundCause,
    returnTo: returnToOf(input),
    returnAddressVersion: input.returnAddressVersion,
    returnStatus: state.returnStatus,
    returnFailure: state.returnFailure,
    carrierReference: state.carrierReference,
    carrierRefusal: state.carrierRefusal,
    failure: state.failure,
    platformRefusal: state.platformRefusal,
    allowedActions: ACTIONS.map((action) => {
      const { allowed, reason, availableAt } = judgeAction(state, action, now);
      return { action, allowed, reason, availableAt: availableAt === null ? null : toRfc3339(availableAt) };
    }),
    notices: standingNotices(state),
    version: state.version,
    updatedAt: toRfc3339(state.updatedAt),
  };
}
