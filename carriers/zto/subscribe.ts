import type { CarrierReply } from '../http.ts';
import type { SubscribeAnswer } from '../port.ts';
import { noAnswer, saysSubscribed } from '../refusal.ts';
import { readZtoVerdict } from './gateway.ts';

/** 物流轨迹订阅; spelt like this by ZTO (zto.md of YangLiCon/docs, 2025-11). */
export const SUBSCRIBE_TRACK = 'zto.merchant.waybill.track.subsrcibe';

/** Body of the subscription. `mobilePhone`: the last four digits of a party's phone, asked for unless our account is bound (E413). */
export function subscribeBody(waybillNo: string, phoneTail: string | null): string {
  return JSON.stringify({ billCode: waybillNo, mobilePhone: phoneTail ?? undefined });
}

/** Answer of the subscription: `{status: true, statusCode: "SYS000"}`. */
export function readSubscribeAnswer(reply: CarrierReply): SubscribeAnswer {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'SUCCESS' || saysSubscribed(verdict.message)) return { kind: 'SUBSCRIBED' };
  return verdict;
}
