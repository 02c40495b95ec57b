import type { ScanEvent } from '../state.ts';

/** `scanType`, the same words in push and query. A parcel signed back by its sender is 签收 after 退回件. */
export const SCAN_TYPE: Record<ScanEvent, string> = {
  PICKED_UP: '收件',
  DEPARTED: '发件',
  ARRIVED: '到件',
  OUT_FOR_DELIVERY: '派件',
  AWAITING_PICKUP: '驿站代收',
  SIGNED: '签收',
  DELIVERY_FAILED: '问题件',
  PROBLEM: '问题件',
  RETURNING: '退回件',
  REDIRECTED: '改地址件',
  RETURN_SIGNED: '签收',
  LOST: '问题件',
  DAMAGED: '问题件',
  OTHER: '快件取出',
};
