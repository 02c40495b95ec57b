import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, truthOf } from '../payload.ts';
import type { SubscribeAnswer } from '../port.ts';
import { noAnswer, saysSubscribed } from '../refusal.ts';
import { readStoVerdict } from './gateway.ts';

/** 轨迹订阅 for platforms, and the application it is addressed to (sto-sdk-go, d72a6ea; a mall's client, 2025). */
export const SUBSCRIBE_TRACK = 'STO_TRACE_PLATFORM_SUBSCRIBE';
export const TRACE_PLATFORM = 'sto_trace_platform';

/** `content` of the subscription. */
export function subscribeContent(waybillNo: string): string {
  return JSON.stringify({ subscribeInfoList: [{ waybillNo }] });
}

/** Answer of the subscription: a verdict on the call, and in `data` one on each waybill: `{waybillNo, status: "true" | "false", message}`. */
export function readSubscribeAnswer(reply: CarrierReply, waybillNo: string): SubscribeAnswer {
  const verdict = readStoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'REFUSED') return saysSubscribed(verdict.message) ? { kind: 'SUBSCRIBED' } : verdict;
  const own = asList(verdict.data).find((record) => isSameWaybill(textOf(member(record, 'waybillNo')), waybillNo));
  const message = textOf(member(own, 'message'));
  if (truthOf(member(own, 'status')) === false && !saysSubscribed(message)) return { kind: 'REFUSED', code: null, message };
  return { kind: 'SUBSCRIBED' };
}
