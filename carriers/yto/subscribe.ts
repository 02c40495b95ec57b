import { lackOfVerdict } from '../answer-codes.ts';
import type { CarrierReply } from '../http.ts';
import { isOkStatus, unreadableAnswer } from '../http.ts';
import { asRecord, member, readJson, textOf, textOrNull, truthOf } from '../payload.ts';
import type { SubscribeAnswer } from '../port.ts';
import { noAnswer, saysSubscribed } from '../refusal.ts';
import { readXml } from '../xml.ts';
import { YTO_CODES } from './codes.ts';

/** 物流轨迹订阅推送 (two public clients, 2024-09 and 2025). */
export const SUBSCRIBE_TRACK = 'subscribe_adapter';

/** `param` of the subscription: an inner JSON text, and the client id under which YTO will push. */
export function subscribeParam(clientId: string, waybillNo: string): string {
  return JSON.stringify({ client_id: clientId, logistics_interface: JSON.stringify({ clientId, waybillNo }), msg_type: 'online' });
}

/** Answer of the subscription: `{success: true, waybillNo}`, a refusal `{success: false, code, reason}`. */
export function readSubscribeAnswer(reply: CarrierReply): SubscribeAnswer {
  if (reply.kind === 'FAILED') return noAnswer(reply);
  const answer = asRecord(readJson(reply.text)) ?? readXml(reply.text)?.members ?? null;
  const success = truthOf(member(answer, 'success'));
  if (success && isOkStatus(reply.status)) return { kind: 'SUBSCRIBED' };
  const code = textOf(member(answer, 'code'));
  const message = textOf(member(answer, 'reason') ?? member(answer, 'message'));
  const lack = success ? null : lackOfVerdict(YTO_CODES, code, message);
  if (lack !== null || success !== false) return noAnswer(lack ?? unreadableAnswer(reply.status, reply.text));
  return saysSubscribed(message) ? { kind: 'SUBSCRIBED' } : { kind: 'REFUSED', code: textOrNull(code), message };
}
