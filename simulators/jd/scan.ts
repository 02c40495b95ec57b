import { toShanghaiText } from '../shanghai-time.ts';
import type { Scan, ScanEvent } from '../state.ts';

/** Stages (一级分类) of a trace by their number. */
const STAGES = { 420: '已揽收', 430: '运输中', 440: '派送中', 510: '妥投' } as const;

/** `state`, its name, and the stage it belongs to. A loss and a damage have no state of their own. */
const STATES: Record<ScanEvent, { state: number; title: string; category: keyof typeof STAGES }> = {
  PICKED_UP: { state: 200001, title: '揽收', category: 420 },
  DEPARTED: { state: 200076, title: '封车', category: 430 },
  ARRIVED: { state: 10032, title: '分拣验收', category: 430 },
  OUT_FOR_DELIVERY: { state: 11000, title: '派件', category: 440 },
  AWAITING_PICKUP: { state: 200051, title: '自提上架', category: 440 },
  SIGNED: { state: 10034, title: '妥投', category: 510 },
  DELIVERY_FAILED: { state: 200023, title: '协商再投', category: 440 },
  PROBLEM: { state: 200000, title: '其他', category: 430 },
  RETURNING: { state: 200020, title: '换单打印', category: 430 },
  REDIRECTED: { state: 200002, title: '运单修改补打', category: 430 },
  RETURN_SIGNED: { state: 10034, title: '妥投', category: 510 },
  LOST: { state: 200000, title: '其他', category: 430 },
  DAMAGED: { state: 200000, title: '其他', category: 430 },
  OTHER: { state: 200039, title: '温馨提示', category: 430 },
};

/** The waybill of a parcel's way back, which JD gives it with the new label. */
export function reverseWaybillNo(waybillNo: string): string {
  return waybillNo.replace(/^JDV[A-Z]/, 'JDVC');
}

/** A scan as an entry of `traceDetails`, of the waybill under which the parcel travels then. */
export function writeJdScan(scan: Scan, waybillNo: string): Record<string, unknown> {
  const { state, title, category } = STATES[scan.event];
  const newLabel = scan.event === 'RETURNING' ? `，新运单号${reverseWaybillNo(waybillNo)}` : '';
  return {
    waybillCode: waybillNo,
    category,
    categoryName: STAGES[category],
    state,
    operationTitle: title,
    operationRemark: `${scan.text}${newLabel}`,
    operationTime: toShanghaiText(scan.occurredAt),
    operateSiteId: scan.station.code,
    operatorName: '',
    operatorPhone: '',
  };
}
