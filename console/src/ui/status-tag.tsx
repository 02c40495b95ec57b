import { Tag } from 'antd';
import type { Intercept } from '../api/types.ts';
import { text } from '../i18n/text.ts';
import { EMPTY } from './format.ts';

type Colour = 'default' | 'processing' | 'success' | 'error' | 'warning';

const interceptColour: Record<Intercept['interceptStatus'], Colour> = {
  REQUESTED: 'processing',
  INTERCEPTING: 'processing',
  SUCCEEDED: 'success',
  FAILED: 'error',
  REJECTED_BY_CARRIER: 'error',
};
const refundColour: Record<Intercept['refundStatus'], Colour> = {
  OPEN: 'warning',
  REFUNDING: 'processing',
  REFUNDED: 'success',
  REJECTED: 'default',
  UNDER_ARBITRATION: 'warning',
  CLOSED: 'default',
  RELEASED: 'default',
};
const returnColour: Record<NonNullable<Intercept['returnStatus']>, Colour> = {
  WAITING_RETURN: 'processing',
  RETURNING: 'processing',
  RETURN_SIGNED: 'success',
  RETURN_FAILED: 'error',
};

export function InterceptTag({ status }: { status: Intercept['interceptStatus'] }) {
  return <Tag color={interceptColour[status]}>{text().words.interceptStatus[status]}</Tag>;
}

export function RefundTag({ status }: { status: Intercept['refundStatus'] }) {
  return <Tag color={refundColour[status]}>{text().words.refundStatus[status]}</Tag>;
}

/** The way back, with its trouble; `-` before success. */
export function ReturnTag({ status, failure }: { status: Intercept['returnStatus']; failure: Intercept['returnFailure'] }) {
  if (status === null) return <>{EMPTY}</>;
  const { returnStatus, returnFailure } = text().words;
  const trouble = failure === null ? '' : ` · ${returnFailure[failure]}`;
  return <Tag color={failure === null ? returnColour[status] : 'error'}>{`${returnStatus[status]}${trouble}`}</Tag>;
}
