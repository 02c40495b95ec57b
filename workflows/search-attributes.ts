import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import { autoRefundAt } from '../domain/intercept/action.ts';
import type { InterceptInput, InterceptState } from '../domain/intercept/state.ts';

/** Search attributes of `intercept`, as operators filter by them. Plain text in the server: opaque ids only. */
export const INTERCEPT_STATUS = defineSearchAttributeKey('InterceptStatus', SearchAttributeType.KEYWORD);
export const REFUND_STATUS = defineSearchAttributeKey('RefundStatus', SearchAttributeType.KEYWORD);
export const RETURN_STATUS = defineSearchAttributeKey('ReturnStatus', SearchAttributeType.KEYWORD);
export const CARRIER = defineSearchAttributeKey('Carrier', SearchAttributeType.KEYWORD);
export const SHOP_ID = defineSearchAttributeKey('ShopId', SearchAttributeType.KEYWORD);
export const REFUND_ID = defineSearchAttributeKey('RefundId', SearchAttributeType.KEYWORD);
export const WAYBILL_NO = defineSearchAttributeKey('WaybillNo', SearchAttributeType.KEYWORD);
export const AUTO_REFUND_AT = defineSearchAttributeKey('AutoRefundAt', SearchAttributeType.DATETIME);

export const SEARCH_ATTRIBUTES = [
  INTERCEPT_STATUS,
  REFUND_STATUS,
  RETURN_STATUS,
  CARRIER,
  SHOP_ID,
  REFUND_ID,
  WAYBILL_NO,
  AUTO_REFUND_AT,
] as const;

/** Attributes given at start: they cost no event there. */
export function startAttributes(state: InterceptState): SearchAttributePair[] {
  const { input } = state;
  return [
    ...axisAttributes(null, state),
    { key: CARRIER, value: input.carrier },
    { key: SHOP_ID, value: input.shopId },
    { key: REFUND_ID, value: input.refundId },
    { key: WAYBILL_NO, value: input.waybillNo },
    { key: AUTO_REFUND_AT, value: new Date(autoRefundAt(state)) },
  ];
}

/** The three axes that differ from what was last shown; empty when none does (an empty upsert wedges a run). */
export function axisAttributes(shown: InterceptState | null, state: InterceptState): SearchAttributePair[] {
  const pairs: SearchAttributePair[] = [];
  if (shown?.interceptStatus !== state.interceptStatus) pairs.push({ key: INTERCEPT_STATUS, value: state.interceptStatus });
  if (shown?.refundStatus !== state.refundStatus) pairs.push({ key: REFUND_STATUS, value: state.refundStatus });
  if (state.returnStatus !== null && shown?.returnStatus !== state.returnStatus)
    pairs.push({ key: RETURN_STATUS, value: state.returnStatus });
  return pairs;
}

/** One line for the list of runs. */
export function startSummary(input: InterceptInput): string {
  return `拦截 ${input.carrier} ${input.waybillNo} · 退款单 ${input.refundId}`;
}
