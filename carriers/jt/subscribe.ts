import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, truthOf } from '../payload.ts';
import type { SubscribeAnswer } from '../port.ts';
import { noAnswer, saysSubscribed } from '../refusal.ts';
import { readJtVerdict } from './gateway.ts';

/** 物流轨迹订阅 (J&T open platform; four public clients, three of which write `id` small). */
export const SUBSCRIBE_TRACK = 'trace/subscribe';

/** Every kind of scan J&T lets one subscribe, 1 (揽收) … 14. */
const EVERY_NODE = Array.from({ length: 14 }, (_, n) => n + 1).join('&');

/** `bizContent` of the subscription; `id` is our API account. */
export function subscribeContent(apiAccount: string, waybillNo: string): string {
  return JSON.stringify({ id: apiAccount, list: [{ traceNode: EVERY_NODE, waybillCode: waybillNo }] });
}

/** Answer of the subscription: code 1, and in `data.list` a verdict on each waybill: `{waybillCode, isSuccess}`. */
export function readSubscribeAnswer(reply: CarrierReply, waybillNo: string): SubscribeAnswer {
  const verdict = readJtVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'REFUSED') return saysSubscribed(verdict.message) ? { kind: 'SUBSCRIBED' } : verdict;
  const own = asList(member(verdict.data, 'list')).find((record) => isSameWaybill(textOf(member(record, 'waybillCode')), waybillNo));
  const isSuccess = member(own, 'isSuccess');
  return truthOf(isSuccess) === false || textOf(isSuccess) === '0'
    ? { kind: 'REFUSED', code: null, message: textOf(member(own, 'msg')) }
    : { kind: 'SUBSCRIBED' };
}
