import type { AllowedAction, DecisionResult, Intercept, RejectReason } from '../../api/types.ts';

/** The API takes so many decisions at once. */
export const MAX_DECISIONS = 20;

export type BulkDecision = 'APPROVE_REFUND' | 'REJECT_REFUND';

/** How a decision stands on a case, as the service said when the list was read. */
export function actionOf({ allowedActions }: Intercept, decision: BulkDecision): AllowedAction | undefined {
  return allowedActions.find(({ action }) => action === decision);
}

/** Whether the service would take it now; it judges again when it is sent. */
export function mayBe(intercept: Intercept | null, decision: BulkDecision): intercept is Intercept {
  return intercept !== null && actionOf(intercept, decision)?.allowed === true;
}

/** The reasons that every one of the refunds takes, each asking for what any of them asks for. */
export function commonReasons(ofEach: readonly (readonly RejectReason[])[]): RejectReason[] {
  const [first = [], ...others] = ofEach;
  return first.flatMap((reason) => {
    const same = [reason, ...others.flatMap((reasons) => reasons.filter((other) => other.reason === reason.reason))];
    if (same.length !== ofEach.length) return [];
    return [
      {
        ...reason,
        descriptionRequired: same.some(({ descriptionRequired }) => descriptionRequired),
        imageRequired: same.some(({ imageRequired }) => imageRequired),
      },
    ];
  });
}

/** Whether sending a decision again may end otherwise; what the case itself does not allow any more will not. */
export function mayRepeat(result: DecisionResult | undefined): boolean {
  return result === undefined || (result.outcome === 'FAILED' && result.problem?.code !== 'ACTION_NOT_ALLOWED');
}

/** The amount that is agreed to: the list's, or the one a refusal named because the buyer changed it meanwhile. */
export function amountToAgree(intercept: Intercept, result: DecisionResult | undefined): number {
  const { refundFeeFen } = (result?.problem ?? {}) as { refundFeeFen?: unknown };
  return result?.problem?.code === 'AMOUNT_CHANGED' && typeof refundFeeFen === 'number' ? refundFeeFen : intercept.refundFeeFen;
}
