import type { ReturnTo } from '../../domain/intercept/return-to.ts';
import type { ReturnAddress } from '../../domain/return-address.ts';
import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, textOrNull } from '../payload.ts';
import type { InterceptAnswer, InterceptReading, InterceptRequest } from '../port.ts';
import { noAnswer } from '../refusal.ts';
import { ZTO_CODES } from './codes.ts';
import { readZtoVerdict } from './gateway.ts';

export const CREATE_INTERCEPT = 'thirdcenter.createIntercept';
export const QUERY_INTERCEPT = 'thirdcenter.queryInterceptAndReturnStatus';

/** 返回收件网点, 返回寄件人地址, 退回指定地址; 3 修改派送地址 is no return. */
const DESTINATION_TYPES: Record<ReturnTo, number> = { OUTLET: 1, SENDER: 2, ADDRESS: 4 };

/** Body of createIntercept. ZTO checks `requestId` for repeats; `thirdBizNo` is the number it would ask for later. */
export function createInterceptBody(request: InterceptRequest): string {
  return JSON.stringify({
    billCode: request.waybillNo,
    requestId: request.requestId,
    thirdBizNo: request.requestId,
    destinationType: DESTINATION_TYPES[request.returnTo ?? 'SENDER'],
    ...(request.returnAddress && receiverOf(request.returnAddress)),
  });
}

/** The fields of the new address, needed with destinations 3 and 4. */
function receiverOf({ name, phone, province, city, district, address }: ReturnAddress): Record<string, string> {
  return {
    receivePhone: phone,
    receiveUsername: name,
    receiveAddress: address,
    receiveDistrict: district,
    receiveCity: city,
    receiveProvince: province,
  };
}

/** Body of queryInterceptAndReturnStatus. */
export function queryInterceptBody(waybillNo: string): string {
  return JSON.stringify({ billCode: waybillNo });
}

/** Answer of createIntercept; the reference is ZTO's work-order number `centerBizNo`. */
export function readInterceptAnswer(reply: CarrierReply): InterceptAnswer {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'SUCCESS') return { kind: 'ACCEPTED', reference: textOrNull(member(verdict.payload, 'centerBizNo')) };
  const { code, message } = verdict;
  const meaning = ZTO_CODES.get(code ?? '')?.meaning;
  if (meaning === 'EXISTS') return { kind: 'EXISTS', code, message };
  return { kind: 'REFUSED', code, message, perhapsOurs: meaning === 'PERHAPS_OURS' ? true : undefined };
}

/** Document's status list; PACKAGE_DELIVERYING 退改中 is a parcel already on its way back (Q4). */
const STATUSES = new Map<string, 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED'>([
  ['INTERCEPTING', 'INTERCEPTING'],
  ['INTERCEPT_SUCCESS', 'SUCCEEDED'],
  ['PACKAGE_DELIVERYING', 'SUCCEEDED'],
  ['INTERCEPT_FAIL', 'FAILED'],
  ['INTERCEPT_CANCEL', 'FAILED'],
]);

/** A refused status query that says there is nothing to report: E23102 订单信息不存在, or such words. */
const NOTHING_THERE = /不存在|未查询到|查询不到|无拦截|没有拦截|暂无/;

/**
 * Answer of the status query. `INTERCEPT_DISCONTINUE` (拦截完结) closes an intercept without saying how it ended, so it
 * is no reading; neither is a refusal of the gateway.
 */
export function readInterceptStatus(reply: CarrierReply, waybillNo: string): InterceptReading {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'REFUSED') {
    const { code, message } = verdict;
    if (code === 'E23102' || NOTHING_THERE.test(message)) return { kind: 'NONE', code, message, reference: null };
    return { kind: 'UNKNOWN', reason: `${code ?? ''} ${message}`.trim() || 'status query refused without a reason' };
  }
  const records = asList(verdict.payload);
  const own = records.find((record) => isSameWaybill(textOf(member(record, 'billCode')) || waybillNo, waybillNo));
  if (own === undefined && records.length > 0) return { kind: 'UNKNOWN', reason: `the answer is about another waybill than ${waybillNo}` };
  const code = textOf(member(own, 'status'));
  if (code === '') return { kind: 'NONE', code: null, message: '', reference: null };
  const kind = STATUSES.get(code);
  const message = textOf(member(own, 'statusName'));
  if (!kind) return { kind: 'UNKNOWN', reason: `status ${code} ${message}`.trim() };
  return { kind, code, message, reference: textOrNull(member(own, 'centerBizNo')) };
}
