import { toYuanText } from '../../domain/money.ts';
import { fromShanghaiText } from '../../domain/time.ts';
import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, textOrNull } from '../payload.ts';
import type { ClaimAnswer, ClaimReading, ClaimRequest } from '../port.ts';
import { noAnswer } from '../refusal.ts';
import { readZtoVerdict } from './gateway.ts';

export const CREATE_INCIDENT = 'zto.open.merchant.incident.create';
export const QUERY_INCIDENT = 'zto.open.merchant.incident.query';

/** The merchant speaks as the parcel's sender (0 other, 1 order, 2 sender, 3 receiver, 4 outlet staff). */
const SENDER = '2';
/** 破损赔付 and 理赔丢失. */
const INCIDENT_TYPES = { DAMAGE: 'damage-compensation', LOSS: 'lose-claim' } as const;

/** Body of the after-sales work order (R35, R36); ZTO takes every value as text, the amount in yuan. */
export function createIncidentBody(request: ClaimRequest): string {
  return JSON.stringify({
    traceId: request.claimId,
    customer: { name: request.contactName, type: SENDER },
    incident: {
      billCode: request.waybillNo,
      type: INCIDENT_TYPES[request.kind],
      desc: request.description,
      mobile: request.contactPhone,
      commodity: request.commodity,
    },
    extraInfo: { expectedCompensationAmount: toYuanText(request.claimedFen), collectionCustomerMobile: request.contactPhone },
  });
}

/** Body of the work-order query: ZTO finds it by waybill. */
export function queryIncidentBody(waybillNo: string): string {
  return JSON.stringify({ billCode: waybillNo });
}

/** ZTO's words for a second work order of a parcel are not public; these say that one is there. */
const WORK_ORDER_THERE =
  /(?:已有|已存在|存在相同|已提交|已创建)[^,，。;；不未无]{0,10}(?:工单|理赔|索赔|申请|单据)|(?:工单|理赔|索赔|申请)[^,，。;；不未无]{0,4}(?:已存在|已提交|已创建)|重复(?:提交|创建|申请|发起|理赔|工单)/;
const NONE_THERE = /是否|不存在|没有|未(?:提交|创建|查询到|发现)|如[有果]?已/;

/** Answer of the create call. */
export function readClaimAnswer(reply: CarrierReply): ClaimAnswer {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'SUCCESS') return { kind: 'ACCEPTED', reference: textOrNull(member(verdict.payload, 'bizNo')) };
  const isThere = WORK_ORDER_THERE.test(verdict.message) && !NONE_THERE.test(verdict.message);
  return { kind: isThere ? 'EXISTS' : 'REFUSED', code: verdict.code, message: verdict.message };
}

const STATUSES = new Map<string, 'CREATED' | 'PROCESSING' | 'FINISHED'>([
  ['created', 'CREATED'],
  ['已受理', 'CREATED'],
  ['processing', 'PROCESSING'],
  ['处理中', 'PROCESSING'],
  ['finished', 'FINISHED'],
  ['已完结', 'FINISHED'],
]);

/** Answer of the query. The document puts the state in `incidentStatus`, or its words in `incidentMessage`. */
export function readClaimProgress(reply: CarrierReply, waybillNo: string): ClaimReading {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'REFUSED') return { kind: 'UNKNOWN', reason: `${verdict.code ?? ''} ${verdict.message}`.trim() };
  const own = asList(verdict.payload).find((record) => isSameWaybill(textOf(member(record, 'billCode')) || waybillNo, waybillNo));
  const words = [textOf(member(own, 'incidentStatus')), textOf(member(own, 'incidentMessage'))];
  const kind = words.map((word) => STATUSES.get(word.toLowerCase())).find((found) => found !== undefined);
  if (!kind) return { kind: 'UNKNOWN', reason: `no work order with a known state for ${waybillNo}` };
  const replies = asList(member(own, 'handleRecords')).map((record) => ({
    at: fromShanghaiText(textOf(member(record, 'handleTime'))),
    text: textOf(member(record, 'reply')),
  }));
  return { kind, replies, reference: textOrNull(member(own, 'bizNo')) };
}
