import { NO_EVIDENCE } from './parcel.ts';
import type { InterceptInput, InterceptState } from './state.ts';

/** The state of a case of which nothing is known but its input. */
export function initialState(input: InterceptInput): InterceptState {
  return {
    input,
    rules: input.rules ?? 1,
    interceptStatus: 'REQUESTED',
    refundStatus: 'OPEN',
    refundCause: null,
    automaticRefund: 'ARMED',
    disarmedBy: null,
    refundFeeFen: input.refundFeeFen,
    platformExpireAt: input.platformExpireAt,
    carrierReference: null,
    carrierRefusal: null,
    failure: null,
    command: null,
    commandCount: 0,
    paymentSent: false,
    paymentAnsweredAt: null,
    rejectionTakenAt: null,
    platformRefusal: null,
    returnStatus: null,
    returnFailure: null,
    parcel: { ...NO_EVIDENCE },
    stallDueAt: null,
    overdueAt: null,
    quiet: null,
    endStateSince: null,
    rejectUnlockTold: false,
    notices: [],
    acceptedAt: null,
    resultAt: null,
    succeededAt: null,
    refundDecidedAt: null,
    refundedAt: null,
    returnSignedAt: null,
    version: 0,
    updatedAt: input.initiatedAt,
  };
}

/**
 * A state as an earlier version of this code recorded it or handed it on, with every field it could not know yet filled in:
 * nothing the rules compare with null is ever undefined. To be called wherever a state comes from outside.
 */
export function completeState(recorded: InterceptState): InterceptState {
  return { ...initialState(recorded.input), ...recorded, parcel: { ...NO_EVIDENCE, ...recorded.parcel } };
}
