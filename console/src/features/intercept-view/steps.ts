import type { Intercept } from '../../api/types.ts';

export type StepName = 'initiated' | 'accepted' | 'result' | 'refund' | 'returned';
export type StepState = 'wait' | 'process' | 'finish' | 'error';
export interface Step {
  name: StepName;
  state: StepState;
}

const acceptedState = {
  REQUESTED: 'process',
  INTERCEPTING: 'finish',
  SUCCEEDED: 'finish',
  FAILED: 'finish',
  REJECTED_BY_CARRIER: 'error',
} as const;
const resultState = {
  REQUESTED: 'wait',
  INTERCEPTING: 'process',
  SUCCEEDED: 'finish',
  FAILED: 'error',
  REJECTED_BY_CARRIER: 'wait',
} as const;
const returnState = { WAITING_RETURN: 'process', RETURNING: 'process', RETURN_SIGNED: 'finish', RETURN_FAILED: 'error' } as const;

/** Where a case stands on its way, from the axes the API gave. The refund may be finished long before the parcel is back. */
export function stepsOf(intercept: Pick<Intercept, 'interceptStatus' | 'refundStatus' | 'returnStatus'>): Step[] {
  const { interceptStatus, refundStatus, returnStatus } = intercept;
  return [
    { name: 'initiated', state: 'finish' },
    { name: 'accepted', state: acceptedState[interceptStatus] },
    { name: 'result', state: resultState[interceptStatus] },
    { name: 'refund', state: refundState(interceptStatus, refundStatus) },
    { name: 'returned', state: returnStatus === null ? 'wait' : returnState[returnStatus] },
  ];
}

function refundState(interceptStatus: Intercept['interceptStatus'], refundStatus: Intercept['refundStatus']): StepState {
  switch (refundStatus) {
    case 'REFUNDED':
    case 'REJECTED':
    case 'CLOSED':
      return 'finish';
    case 'REFUNDING':
    case 'UNDER_ARBITRATION':
      return 'process';
    case 'OPEN':
      return interceptStatus === 'SUCCEEDED' || interceptStatus === 'FAILED' ? 'process' : 'wait';
    case 'RELEASED':
      return 'wait';
  }
}

export type NextStep =
  | 'paying'
  | 'merchantOnly'
  | 'suspended'
  | 'handleFailure'
  | 'rejectOpen'
  | 'waitForResult'
  | 'waitForAnswer'
  | 'released'
  | 'waitForReturn'
  | 'nothing';

/** What happens next with a case, so that the page can say it in a sentence. Only from what the API gave. */
export function nextStepOf(intercept: Intercept): NextStep {
  const { interceptStatus, refundStatus, automaticRefund, returnStatus } = intercept;
  if (refundStatus === 'RELEASED') return 'released';
  if (refundStatus === 'REFUNDING') return 'paying';
  if (refundStatus === 'UNDER_ARBITRATION') return 'suspended';
  if (refundStatus !== 'OPEN') return returnStatus === 'WAITING_RETURN' || returnStatus === 'RETURNING' ? 'waitForReturn' : 'nothing';
  if (automaticRefund === 'DISARMED') return 'merchantOnly';
  if (automaticRefund === 'SUSPENDED') return 'suspended';
  if (interceptStatus === 'FAILED') return 'handleFailure';
  if (interceptStatus === 'REQUESTED') return 'waitForAnswer';
  if (interceptStatus === 'SUCCEEDED') return 'paying';
  return intercept.allowedActions.some(({ action, allowed }) => action === 'REJECT_REFUND' && allowed) ? 'rejectOpen' : 'waitForResult';
}
