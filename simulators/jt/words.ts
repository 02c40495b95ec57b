import type { ScanEvent } from '../state.ts';

/** `scanType` on the wire: the Chinese name. A parcel signed back by its sender is 快件签收 after 退件扫描. */
export const SCAN_TYPE: Record<ScanEvent, string> = {
  PICKED_UP: '快件揽收',
  DEPARTED: '发件扫描',
  ARRIVED: '到件扫描',
  OUT_FOR_DELIVERY: '出仓扫描',
  AWAITING_PICKUP: '代理点收入扫描',
  SIGNED: '快件签收',
  DELIVERY_FAILED: '问题件扫描',
  PROBLEM: '问题件扫描',
  RETURNING: '退件扫描',
  REDIRECTED: '问题件扫描',
  RETURN_SIGNED: '快件签收',
  LOST: '问题件扫描',
  DAMAGED: '问题件扫描',
  OTHER: '拦截件登记',
};

/** `problemType` beside 问题件扫描: the published code where there is one, else words. */
export function problemType(event: ScanEvent): string {
  switch (event) {
    case 'REDIRECTED':
      return 'A3';
    case 'DELIVERY_FAILED':
      return 'A9';
    case 'LOST':
      return '遗失件';
    case 'DAMAGED':
      return '破损件';
    case 'PROBLEM':
      return 'A31';
    default:
      return '';
  }
}
