import { type Fen, toYuanText } from '../money.ts';
import { HOUR_MS, toShanghaiText } from '../time.ts';
import { findBlockedCategory } from './category.ts';
import type { EligibilityFacts } from './facts.ts';
import {
  BLOCKING_REASONS,
  type BlockingReason,
  type BlockingReasonCode,
  type Finding,
  WARNINGS,
  WORDS,
  type Warning,
  type WarningCode,
} from './reason.ts';
import { summariseTrack, type TrackSummary } from './track-summary.ts';

/** Refunds from this amount on cannot be intercepted: 低于500元 is strict (R21, Q13). */
export const AMOUNT_LIMIT_FEN: Fen = 50_000;
/** A parcel whose latest scan is older than this has stalled; exactly this old has not (R24, Q15). */
export const STALLED_AFTER_MS = 72 * HOUR_MS;
/** After so many refusals of the carrier no further attempt is made for a refund (Q27). */
export const MAX_REFUSED_ATTEMPTS = 5;

/** The platform's codes: see domain/refund.ts and facts.ts. */
const REFUND_ONLY_WAY = 10;
const REFUND_ASKED = 10;
const MERCHANTS_TURN = [0, 1];
const RECEIVED = 2;
const ORDER_SHIPPED = 40;
const ORDER_SIGNED_STATUSES = [50, 70];
const CROSS_BORDER_ORDER = 8;
const VIRTUAL_ORDERS = [2, 3];

/** What stands against an intercept, and what must be acknowledged before one. No reasons: it may start. */
export interface Eligibility {
  reasons: BlockingReason[];
  warnings: Warning[];
}

/** A finding before it is put into words; `detail` replaces the usual words, `carrierCode` goes beside them. */
type Found<Code> = { code: Code; detail?: readonly [string, string]; carrierCode?: string | null };

/**
 * Every reason that blocks an intercept and every warning, all at once and in a fixed order (R15–R24, Q13–Q24, Q27).
 * Where one fact would be told twice the contract names the one that is told; each such place says so below.
 */
export function judgeEligibility(facts: EligibilityFacts): Eligibility {
  const track = summariseTrack(facts.track.kind === 'SCANS' ? facts.track.scans : []);
  const found = [...judgeShop(facts), ...judgeOrder(facts), ...judgeRefund(facts), ...judgeCarrier(facts, track)];
  return { reasons: inWords(found, BLOCKING_REASONS), warnings: inWords(findWarnings(facts, track), WARNINGS) };
}

/** R15, R17, R18. Never signed and closed are told apart, one at a time. */
function judgeShop({ shop, service, order }: EligibilityFacts): Found<BlockingReasonCode>[] {
  const found: Found<BlockingReasonCode>[] = [];
  if (order.orderType === CROSS_BORDER_ORDER) found.push({ code: 'CROSS_BORDER_SHOP' });
  if (shop.status !== 'OPERATING') found.push({ code: 'SHOP_NOT_OPERATING' });
  if (service.status === 'NOT_OPENED') found.push({ code: 'AGREEMENT_NOT_SIGNED' });
  if (service.status === 'CLOSED') found.push({ code: 'SERVICE_NOT_OPEN' });
  return found;
}

/** R19, R20 and the order's half of R23. */
function judgeOrder({ order, refund, blockedCategories }: EligibilityFacts): Found<BlockingReasonCode>[] {
  const found: Found<BlockingReasonCode>[] = [];
  const category = findBlockedCategory(order.categories, blockedCategories);
  if (category) {
    found.push({
      code: 'CATEGORY_NOT_SUPPORTED',
      detail: [
        `该类目（${category.name || category.id}）不支持拦截`,
        `Goods of the category ${category.name || category.id} cannot be intercepted`,
      ],
    });
  } else if (VIRTUAL_ORDERS.includes(order.orderType)) {
    found.push({ code: 'CATEGORY_NOT_SUPPORTED' });
  }
  if (new Set(order.parcels.map((parcel) => parcel.waybillNo)).size > 1 || (order.totalPackages ?? 0) > 1) {
    found.push({ code: 'MULTI_PARCEL_ORDER' });
  }
  // An order without any waybill has nothing that could be stopped, whatever its status says.
  if (order.status < ORDER_SHIPPED || !hasParcel({ order, refund })) found.push({ code: 'NOT_SHIPPED' });
  if (ORDER_SIGNED_STATUSES.includes(order.status) || refund.receiptStatus === RECEIVED) found.push({ code: 'ORDER_SIGNED' });
  return found;
}

function hasParcel({ order, refund }: Pick<EligibilityFacts, 'order' | 'refund'>): boolean {
  return refund.waybillNo !== null || order.parcels.length > 0;
}

/** R21 and the refund's half of R23. A refund of another kind is told as that alone, never as closed too. */
function judgeRefund({ refund, isPriceProtection, order }: EligibilityFacts): Found<BlockingReasonCode>[] {
  const found: Found<BlockingReasonCode>[] = [];
  if (refund.refundFeeFen >= AMOUNT_LIMIT_FEN) {
    const yuan = toYuanText(refund.refundFeeFen);
    found.push({
      code: 'REFUND_AMOUNT_NOT_BELOW_500',
      detail: [`退款金额需低于500元，当前为${yuan}元`, `The refund must be below 500 yuan; it is ${yuan}`],
    });
  }
  // 11 and 21–45 are the return-and-refund statuses.
  const otherKind = refund.handlingWay !== REFUND_ONLY_WAY || refund.status === 11 || (refund.status >= 21 && refund.status <= 45);
  // Rejected or agreed by the merchant: the next word is not the merchant's. A failed order (80) has no refund left to decide.
  const open = refund.status === REFUND_ASKED && MERCHANTS_TURN.includes(refund.negotiateStatus) && order.status !== 80;
  if (otherKind) found.push({ code: 'NOT_REFUND_ONLY' });
  else if (isPriceProtection) {
    // The buyer keeps the goods and gets the difference: stopping the parcel would take them away.
    found.push({ code: 'NOT_REFUND_ONLY', detail: ['价保退款不退回商品，不能拦截', 'Price protection: the buyer keeps the goods'] });
  } else if (!open) found.push({ code: 'REFUND_NOT_OPEN' });
  return found;
}

/** R16, R22, R24, Q27: all that depends on the carrier. Without one of ours only that is told (or nothing, when no parcel exists). */
function judgeCarrier(facts: EligibilityFacts, track: TrackSummary): Found<BlockingReasonCode>[] {
  if (!hasParcel(facts)) return [];
  if (!facts.carrier) return [{ code: 'CARRIER_NOT_SUPPORTED' }];
  const found = [...judgeOutlet(facts), ...judgeTrack(facts, track)];
  if (facts.returnReachable === false) found.push({ code: 'RETURN_ADDRESS_UNREACHABLE' });
  if (facts.refusedAttempts >= MAX_REFUSED_ATTEMPTS) {
    const { code = null, message = '' } = facts.lastRefusal ?? {};
    const words = [code, message].filter((part) => part !== null && part !== '').join(' ');
    found.push({
      code: 'CARRIER_REFUSED',
      carrierCode: code,
      detail: words === '' ? undefined : [`${WORDS.CARRIER_REFUSED[0]}：${words}`, `${WORDS.CARRIER_REFUSED[1]}: ${words}`],
    });
  }
  return found;
}

/**
 * R10, R18, R22, Q22–Q25. No e-waybill with the carrier, and a waybill from elsewhere, leave no outlet to judge.
 * While the service is not open no outlet can be subscribed, and that is told alone.
 */
function judgeOutlet({ carrier, service, ebillOutlets, waybillOutlet, subscription }: EligibilityFacts): Found<BlockingReasonCode>[] {
  const carrierName = carrier?.nameZh ?? '';
  if (ebillOutlets.length === 0) {
    return [
      {
        code: 'EBILL_NOT_OPENED',
        detail: [`请先开通${carrierName}的快手电子面单`, `Open the platform's e-waybill with ${carrierName} first`],
      },
    ];
  }
  if (!waybillOutlet) return [{ code: 'WAYBILL_NOT_EBILL' }];
  if (service.status !== 'OPEN' || carrier?.outletsOpenByDefault) return [];
  const outlet = waybillOutlet.outletName || waybillOutlet.outletCode;
  switch (subscription?.status) {
    case 'ACTIVE':
      return [];
    case 'PENDING':
      return [
        {
          code: 'OUTLET_PENDING_REVIEW',
          detail: [`网点审核中（${outlet}），请联系网点尽快审核`, `The outlet ${outlet} is still reviewing the subscription`],
        },
      ];
    case 'REJECTED': {
      const reason = subscription.reason ? `：${subscription.reason}` : '';
      return [
        {
          code: 'OUTLET_REJECTED',
          detail: [`网点（${outlet}）未通过订购申请${reason}`, `The outlet ${outlet} has rejected the subscription${reason}`],
        },
      ];
    }
    default:
      return [{ code: 'OUTLET_NOT_SUBSCRIBED', detail: [`该网点（${outlet}）未订购拦截服务`, `The outlet ${outlet} is not subscribed`] }];
  }
}

/** R24, Q15–Q19. Stalled is a word for a parcel on its way to the buyer: one that was signed for or turned round has its own. */
function judgeTrack({ track: reading, sharedWith, now }: EligibilityFacts, track: TrackSummary): Found<BlockingReasonCode>[] {
  if (reading.kind === 'UNAVAILABLE') return [{ code: 'TRACK_UNAVAILABLE' }];
  if (track.lastScanAt === null) return [{ code: 'NO_TRACK' }];
  const found: Found<BlockingReasonCode>[] = [];
  switch (track.state) {
    case 'SIGNED':
      return [{ code: 'SIGNED' }];
    case 'RETURNING':
    case 'RETURN_SIGNED':
      // A second refund of a parcel that our own intercept turned round shares that intercept's result.
      return sharedWith === null ? [{ code: 'ALREADY_RETURNING' }] : [];
    case 'OUT_FOR_DELIVERY':
    case 'AWAITING_PICKUP':
      found.push({ code: track.state });
      break;
    case 'MOVING':
    case 'UNKNOWN':
  }
  if (now - track.lastScanAt > STALLED_AFTER_MS) {
    const since = toShanghaiText(track.lastScanAt);
    found.push({
      code: 'STALLED',
      detail: [
        `包裹停滞超过3天，无法拦截（最近轨迹：${since}）`,
        `The parcel has not moved for more than 3 days (last scan ${since}, China time)`,
      ],
    });
  }
  return found;
}

/** Q14 partial refund, Q18 an earlier dispatch, Q21 other goods or several refunds in one parcel. */
function findWarnings({ refund, order, otherGoods, sharedWith }: EligibilityFacts, track: TrackSummary): Found<WarningCode>[] {
  const found: Found<WarningCode>[] = [];
  if (order.goodsFen !== null && refund.refundFeeFen < order.goodsFen) {
    const [asked, price] = [toYuanText(refund.refundFeeFen), toYuanText(order.goodsFen)];
    found.push({
      code: 'PARTIAL_REFUND',
      detail: [
        `该退款为部分退款（退${asked}元，商品总价${price}元），拦截成功后仍会退回整个包裹`,
        `The refund is partial (${asked} of ${price} yuan); the whole parcel will come back`,
      ],
    });
  }
  if (track.dispatchedEarlier) found.push({ code: 'EARLIER_DISPATCH' });
  if (otherGoods.length > 0) {
    const goods = otherGoods.map(({ itemTitle, quantity }) => `${itemTitle || '其他商品'}×${quantity}`).join('、');
    found.push({
      code: 'OTHER_GOODS_IN_PARCEL',
      detail: [
        `包裹内还有不在本退款单中的商品（${goods}），拦截后会一并退回`,
        `Goods that the refund is not about are in the parcel too (${goods}); they will come back as well`,
      ],
    });
  }
  if (sharedWith !== null) found.push({ code: 'SHARED_PARCEL' });
  return found;
}

function inWords<Code extends BlockingReasonCode | WarningCode>(found: Found<Code>[], order: readonly Code[]): Finding<Code>[] {
  return order.flatMap((code) => {
    const match = found.find((candidate) => candidate.code === code);
    if (!match) return [];
    const [message, messageEn] = match.detail ?? WORDS[code];
    return [{ code, message, messageEn, ...(match.carrierCode ? { carrierCode: match.carrierCode } : {}) }];
  });
}
