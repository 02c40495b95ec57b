import type { TSchema } from 'typebox';
import type { ToldEvent } from '../../../domain/intercept/event.ts';
import { instantSchema } from '../schemas.ts';
import { claimSnapshotSchema, interceptSnapshotSchema, outletReviewSchema, webhookTestSchema } from './event-data.ts';
import { EVENT_EXAMPLES } from './event-examples.ts';
import { EVENT_WORDS } from './schemas.ts';

/** An event as receivers are told of it. */
export interface EventEntry {
  nameZh: string;
  /** When it is sent. */
  whenZh: string;
  whenEn: string;
  data: TSchema & { $id: string };
}

const told = (type: ToldEvent, data: TSchema, whenZh: string, whenEn: string): EventEntry => ({
  nameZh: EVENT_WORDS[type],
  whenZh,
  whenEn,
  data: data as EventEntry['data'],
});
const toldOfCase = (type: ToldEvent, whenZh: string, whenEn: string): EventEntry => told(type, interceptSnapshotSchema, whenZh, whenEn);

/** Every event that is sent to a shop's own systems. A new one does not compile without its entry. */
export const EVENT_CATALOGUE: Record<ToldEvent | 'webhook.test', EventEntry> = {
  'intercept.requested': toldOfCase(
    'intercept.requested',
    '发起之时，快递尚未答复；每次拦截一次',
    'the intercept began, the carrier has not answered yet; once an intercept',
  ),
  'intercept.accepted': toldOfCase(
    'intercept.accepted',
    '快递受理了请求；受理不等于拦截成功。结果先到时没有这个事件',
    'the carrier took the request on, which is no success yet; left out when the result came first',
  ),
  'intercept.refused': toldOfCase(
    'intercept.refused',
    '快递拒绝了请求：这次拦截结束，退款恢复普通售后处理，可再次发起',
    'the carrier refused: this attempt is over, the refund is back in its ordinary handling, another attempt may be made',
  ),
  'intercept.succeeded': toldOfCase(
    'intercept.succeeded',
    '快递报告拦截成功，或有退回扫描；也可能在失败之后更正',
    'the carrier said so, or a return scan came; may also correct a failure told before',
  ),
  'intercept.failed': toldOfCase(
    'intercept.failed',
    '快递报告失败，或买家已签收，或包裹遗失；从此刻起可以拒绝退款',
    'the carrier said so, or the buyer signed, or the parcel is lost; from now on the refund may be rejected',
  ),
  'refund.reject_unlocked': toldOfCase(
    'refund.reject_unlocked',
    '满 72 小时没有结果，可以拒绝退款；失败时不另发',
    '72 h without a result: the refund may be rejected; not sent beside a failure',
  ),
  'refund.deadline_near': toldOfCase(
    'refund.deadline_near',
    '未处理的退款在 24 小时、2 小时（或店铺设定的小时数）内将自动退款，各一次',
    '24 h and 2 h (or at the hours the shop set) before an undecided refund is paid by itself, once each',
  ),
  'refund.refunded': toldOfCase(
    'refund.refunded',
    '平台显示已退款，原因见 refundCause',
    'the platform shows it paid; refundCause says why',
  ),
  'refund.rejected': toldOfCase(
    'refund.rejected',
    '平台接受了拒绝，或在平台后台被拒绝',
    'the platform took the rejection, or it was rejected there',
  ),
  'refund.arbitration_requested': toldOfCase(
    'refund.arbitration_requested',
    '平台已介入，由商家或买家申请；自动退款暂停',
    'the platform stepped in, asked by merchant or buyer; the automatic refund is suspended',
  ),
  'refund.closed': toldOfCase(
    'refund.closed',
    '退款关闭而未退款，原因见 refundCause（如买家撤销）',
    'closed without a payment; refundCause says why (the buyer withdrew, say)',
  ),
  'return.returning': toldOfCase('return.returning', '拦截成功后的第一个退回途中扫描', 'the first scan of the way back after a success'),
  'return.signed': toldOfCase('return.signed', '退回件已由商家或网点签收', 'what came back was signed for'),
  'return.failed': toldOfCase(
    'return.failed',
    '退回异常，见 returnFailure；每种各一次，之后仍可能签收',
    'something is wrong on the way back, returnFailure says what; once for each, and it may still be signed for later',
  ),
  'subscription.reviewed': told(
    'subscription.reviewed',
    outletReviewSchema,
    '网点通过或驳回了订购',
    'an outlet approved or rejected a subscription',
  ),
  'claim.updated': told(
    'claim.updated',
    claimSnapshotSchema,
    '索赔单已提交，或状态变化；按 version 排序',
    'a claim was submitted or its status moved; ordered by version',
  ),
  'webhook.test': {
    nameZh: '测试消息',
    whenZh: '调用 POST …/test 时；不必在 types 中登记',
    whenEn: 'on POST …/test; needs no place in types',
    data: webhookTestSchema as EventEntry['data'],
  },
};

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});
const HEADERS = [
  header('webhook-id', '每个事件固定不变，重复投递也相同；请据此去重'),
  header('webhook-timestamp', '签名时的 Unix 秒'),
  header('webhook-signature', 'v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开'),
];
const ANSWERS = {
  '2XX': { description: '已收下，不再投递' },
  '410': { description: '不再接收：地址立即停用' },
  default: { description: '其余答复、重定向或 15 秒内没有答复：按计划重试三天多' },
};

/** `webhooks` of the OpenAPI document: every event with the schema of its body and an example. */
export function webhooksOfDocument(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(EVENT_CATALOGUE).map(([type, { nameZh, whenZh, data }]) => [
      type,
      {
        post: {
          operationId: `on${type.replaceAll(/(?:^|[._])(\w)/g, (_part, letter: string) => letter.toUpperCase())}`,
          summary: nameZh,
          description: `${whenZh}。`,
          tags: ['webhooks'],
          parameters: HEADERS,
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['type', 'timestamp', 'data'],
                  properties: {
                    type: { type: 'string', const: type },
                    timestamp: { ...instantSchema, description: '事件发生的时刻' },
                    data: { $ref: `#/components/schemas/${data.$id}` },
                  },
                },
                example: JSON.parse(EVENT_EXAMPLES[type as keyof typeof EVENT_EXAMPLES]) as unknown,
              },
            },
          },
          responses: ANSWERS,
        },
      },
    ]),
  );
}
