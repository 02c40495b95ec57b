import type { ScanEvent } from '../state.ts';

/** `action` of a track push. */
export const PUSH_ACTION: Record<ScanEvent, string> = {
  PICKED_UP: 'GOT',
  DEPARTED: 'DEPARTURE',
  ARRIVED: 'ARRIVAL',
  OUT_FOR_DELIVERY: 'DISPATCH',
  AWAITING_PICKUP: 'INBOUND',
  SIGNED: 'SIGNED',
  DELIVERY_FAILED: 'PROBLEM',
  PROBLEM: 'PROBLEM',
  RETURNING: 'RETURN_SCAN',
  REDIRECTED: 'RETURN_SCAN',
  RETURN_SIGNED: 'RETURN_SIGNED',
  LOST: 'PROBLEM',
  DAMAGED: 'PROBLEM',
  OTHER: 'EVENT',
};

/** `scanType` of a track query: another set of words, in which ARRIVAL is a locker. */
export const QUERY_SCAN_TYPE: Record<ScanEvent, string> = {
  PICKED_UP: '收件',
  DEPARTED: '发件',
  ARRIVED: '到件',
  OUT_FOR_DELIVERY: '派件',
  AWAITING_PICKUP: 'ARRIVAL',
  SIGNED: '签收',
  DELIVERY_FAILED: '问题件',
  PROBLEM: '问题件',
  RETURNING: '退件',
  REDIRECTED: '退件',
  RETURN_SIGNED: '退件签收',
  LOST: '问题件',
  DAMAGED: '问题件',
  OTHER: '事件',
};

/** Chinese names of the intercept states, as the document prints them. */
export const STATUS_NAME: Record<string, string> = {
  INTERCEPTING: '拦截中',
  INTERCEPT_SUCCESS: '拦截成功',
  INTERCEPT_FAIL: '拦截失败',
  INTERCEPT_CANCEL: '取消拦截',
  PACKAGE_DELIVERYING: '退改中',
  INTERCEPT_DISCONTINUE: '拦截完结',
};

/** What ZTO writes into `returnType` / `returnUpdateType`; a return leaves them empty. */
export function returnType(event: ScanEvent): string {
  return event === 'REDIRECTED' ? '改地址' : '';
}
