import type { Outgoing } from '../exchange.ts';
import { readId, readNumber, readText } from '../exact-json.ts';
import type { Stage } from '../stage.ts';
import type { Deed, Payment, Refund, Shop } from '../state.ts';
import { announceRefund, EVENT_TYPE } from './messages.ts';
import { failure, success } from './replies.ts';
import { viewRefund } from './views.ts';

export type Parameters = Record<string, unknown>;

const DAY_MS = 86_400_000;
const WAITING = [10, 11, 20, 21, 22, 30, 40];
const REFUND_ONLY = 10;

/** Reasons a merchant may give, as `open.refund.reject.reason` lists them. */
const REJECT_REASONS = [
  { code: 1001, desc: '买家已签收，商品无质量问题', tip: '请上传签收凭证', requiredRejectDesc: true, requiredRejectImage: false },
  { code: 1002, desc: '快递拦截失败，包裹已派送', tip: '请说明拦截结果', requiredRejectDesc: false, requiredRejectImage: false },
  { code: 1003, desc: '与买家协商一致不退款', tip: '请上传聊天记录', requiredRejectDesc: true, requiredRejectImage: true },
  { code: 1004, desc: '退款金额与买家协商不一致', tip: '', requiredRejectDesc: false, requiredRejectImage: false },
];
const MOST_REJECT_IMAGES = 6;
const MOST_ARBITRATION_IMAGES = 3;

/** The refund a call is about, or the code that says why not (300006, 300011, 300012). */
function findRefund(stage: Stage, shop: Shop, parameters: Parameters): Refund | number {
  const refundId = readId(parameters.refundId);
  if (refundId === null) return 300006;
  const refund = stage.state.refunds[refundId];
  if (refund === undefined) return 300011;
  return refund.shopId === shop.shopId ? refund : 300012;
}

/** Gives the refund a new version: `updateTime` always moves, also twice within a millisecond. */
export function touch(stage: Stage, refund: Refund): void {
  refund.updatedAt = Math.max(stage.now(), refund.updatedAt + 1);
  stage.changed('refunds', refund.refundId);
}

/** `open.seller.order.refund.detail` */
export function showRefund(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const found = findRefund(stage, shop, parameters);
  return typeof found === 'number' ? failure(found) : success(viewRefund(stage, found));
}

/** `open.seller.order.refund.pcursor.list`: at most a day wide and 90 days back, `pcursor` until `nomore`. */
export function listRefunds(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const beginTime = readNumber(parameters, 'beginTime');
  const endTime = readNumber(parameters, 'endTime');
  if (beginTime === null || endTime === null || endTime <= beginTime) return failure(300003);
  if (beginTime < stage.now() - 90 * DAY_MS) return failure(300005);
  if (endTime - beginTime > DAY_MS) return failure(300019);
  const pageSize = readNumber(parameters, 'pageSize') ?? 20;
  if (pageSize < 1 || pageSize > 100) return failure(300019, '每页最多100条');
  const byUpdate = readNumber(parameters, 'queryType') === 2;
  const timeOf = (refund: Refund): number => (byUpdate ? refund.updatedAt : refund.createdAt);
  const wanted = { status: readNumber(parameters, 'status'), negotiateStatus: readNumber(parameters, 'negotiateStatus') };
  const oldestFirst = readNumber(parameters, 'sort') === 2;
  const onlyWaiting = readNumber(parameters, 'type') === 8;
  const all = stage.lookup
    .refundsOfShop(shop.shopId)
    .filter((refund) => timeOf(refund) >= beginTime && timeOf(refund) <= endTime)
    .filter((refund) => !onlyWaiting || WAITING.includes(refund.status))
    .filter((refund) => wanted.status === null || refund.status === wanted.status)
    .filter((refund) => wanted.negotiateStatus === null || refund.negotiateStatus === wanted.negotiateStatus)
    .sort((a, b) => (oldestFirst ? 1 : -1) * (timeOf(a) - timeOf(b) || (a.refundId < b.refundId ? -1 : 1)));
  const start = Number(/^after:(\d+)$/.exec(readText(parameters, 'pcursor') ?? '')?.[1] ?? 0);
  const end = start + pageSize;
  return success({
    pcursor: end >= all.length ? 'nomore' : `after:${end}`,
    totalCount: all.length,
    refundOrderInfoList: all.slice(start, end).map((refund) => viewRefund(stage, refund)),
  });
}

/** What the platform checks before it lets the merchant act: the caller must know the present state. */
function checkVersion(refund: Refund, parameters: Parameters): number | null {
  if (refund.withdrawn) return 300013;
  const negotiateStatus = readNumber(parameters, 'negotiateStatus');
  if (negotiateStatus !== null && ![1, 2, 3].includes(negotiateStatus)) return 300016;
  if (readNumber(parameters, 'status') !== refund.status) return 300014;
  if (negotiateStatus !== null && negotiateStatus !== refund.negotiateStatus) return 300017;
  return null;
}

/** Writes an approve call into the book of payments, whatever became of it. */
export function bookPayment(stage: Stage, parameters: Parameters | null, shopId: string | null, code: Payment['code']): void {
  const line = `B${stage.nextNumber()}`;
  stage.state.payments[line] = {
    refundId: readId(parameters?.refundId) ?? '',
    shopId,
    amountFen: readNumber(parameters, 'refundAmount'),
    at: stage.now(),
    applied: code === 1,
    code,
  };
  stage.changed('payments', line);
}

/** `open.seller.order.refund.approve`: 10 → 50 at once, → 60 (or 70) later. Every call goes into the book of payments. */
export function approveRefund(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const found = findRefund(stage, shop, parameters);
  const code = typeof found === 'number' ? found : checkApproval(found, parameters);
  bookPayment(stage, parameters, shop.shopId, code);
  if (typeof found === 'number' || code !== 1) return failure(code);
  found.status = 50;
  found.negotiateStatus = 2;
  touch(stage, found);
  announceRefund(stage, found, EVENT_TYPE.SELLER_AGREED);
  stage.schedule.add({ kind: 'SETTLE', refundId: found.refundId }, stage.settings.paymentDelayMs);
  return success();
}

function checkApproval(refund: Refund, parameters: Parameters): number {
  if (refund.withdrawn) return 300013;
  if ([50, 60, 70].includes(refund.status)) return 300010;
  const stale = checkVersion(refund, parameters);
  if (stale !== null) return stale;
  if (refund.status !== REFUND_ONLY || refund.handlingWay !== REFUND_ONLY || readNumber(parameters, 'refundHandingWay') !== REFUND_ONLY)
    return 300018;
  const amountFen = readNumber(parameters, 'refundAmount');
  if (amountFen === null || amountFen <= 0) return 300009;
  return amountFen === refund.refundFeeFen ? 1 : 300014;
}

/** The bank answered: a refund being paid is paid, or failed when the world was told so. */
export function settleRefund(stage: Stage, deed: Extract<Deed, { kind: 'SETTLE' }>): void {
  const refund = stage.state.refunds[deed.refundId];
  if (refund === undefined || refund.status !== 50) return;
  refund.status = refund.paymentFails ? 70 : 60;
  refund.endedAt = stage.now();
  touch(stage, refund);
  announceRefund(stage, refund, refund.paymentFails ? EVENT_TYPE.FAILED : EVENT_TYPE.PAID);
}

function readImages(parameters: Parameters, name: string): string[] | null {
  const value = parameters[name] ?? [];
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;
}

/** `open.seller.order.refund.disagree.refund`: needs a listed reason, with the words and pictures that reason asks for. */
export function rejectRefund(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const found = findRefund(stage, shop, parameters);
  if (typeof found === 'number') return failure(found);
  const stale = checkVersion(found, parameters);
  if (stale !== null) return failure(stale);
  if (found.status !== 10 || found.negotiateStatus !== 1) return failure(300018);
  const reason = REJECT_REASONS.find((each) => each.code === readNumber(parameters, 'sellerDisagreeReason'));
  const description = readText(parameters, 'sellerDisagreeDesc') ?? '';
  const images = readImages(parameters, 'sellerDisagreeImages');
  if (reason === undefined || images === null) return failure(300002, '拒绝原因不存在');
  if (images.length > MOST_REJECT_IMAGES) return failure(300015, '最多六张图片');
  if (reason.requiredRejectDesc && description === '') return failure(300020, '请填写拒绝说明');
  if (reason.requiredRejectImage && images.length === 0) return failure(300021, '请上传拒绝凭证');
  found.status = found.afterRejection;
  found.negotiateStatus = 3;
  found.rejection = { reason: String(reason.code), description, images, at: stage.now() };
  touch(stage, found);
  announceRefund(stage, found, EVENT_TYPE.SELLER_REJECTED);
  return success();
}

/** `open.seller.order.refund.apply.entry`: the platform takes the case over, status 20. */
export function requestArbitration(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const found = findRefund(stage, shop, parameters);
  if (typeof found === 'number') return failure(found);
  if (readText(parameters, 'desc') === null) return failure(300007);
  const pictures = readImages(parameters, 'pictures');
  if (pictures === null || pictures.length > MOST_ARBITRATION_IMAGES) return failure(300015);
  const stale = checkVersion(found, parameters);
  if (stale !== null) return failure(stale);
  if (found.status !== 10 && found.status !== 12) return failure(300018);
  found.status = 20;
  touch(stage, found);
  announceRefund(stage, found, EVENT_TYPE.CHANGED);
  return success();
}

/** `open.refund.reject.reason` */
export function listRejectReasons(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const found = findRefund(stage, shop, parameters);
  return typeof found === 'number' ? failure(found) : success(REJECT_REASONS);
}
