import type { EpochMs } from '../../domain/time.ts';
import { type Platform, PlatformUnavailable, type TokenStore } from '../port.ts';
import { readEbillOutlets, readReachable, reachableQuestion } from './ebill.ts';
import { bareDigits, isInt64 } from './exact-json.ts';
import { type Gateway, openGateway, type Reading } from './gateway.ts';
import { readMessage, readMessageKey } from './message.ts';
import { askNewTokens } from './oauth.ts';
import { readOrder } from './order.ts';
import { readRefund, readRejectReasons } from './refund.ts';
import { listOpenRefunds, listUpdatedRefunds, quietDays } from './refund-list.ts';
import type { KuaishouSettings } from './settings.ts';
import { keepTokens, TOKEN_LIMITS, type TokenKeeper } from './token-keeper.ts';

/** How long a call may take, in ms; a renewal may take longer, because one that is given up loses the new pair. */
export interface KuaishouLimits {
  callMs: number;
  renewalMs: number;
}
export const KUAISHOU_LIMITS: KuaishouLimits = { callMs: 3_000, renewalMs: 10_000 };

/** 《返回码说明》: no such refund, and a refund of another shop. To us both are absent. */
const NOT_OURS = new Set(['300011', '300012']);
const NOT_OURS_WORDS = /not\s?found|not exist|不存在|operation reject|他人/i;
const NO_EBILL_WORDS = /未开通|未订购|未签约/;

const MAX_REJECT_IMAGES = 6;
const MAX_ARBITRATION_PICTURES = 3;

/** Connects to Kuaishou's open platform. Throws at once when a setting cannot work. */
export function connectKuaishou(
  settings: KuaishouSettings,
  tokens: TokenStore,
  clock: () => EpochMs = Date.now,
  limits: KuaishouLimits = KUAISHOU_LIMITS,
): Platform {
  const messageKey = readMessageKey(settings.KUAISHOU_MESSAGE_KEY);
  const keeper = keepTokens({
    store: tokens,
    askNewTokens: (present) => askNewTokens(settings, present, clock(), limits.renewalMs),
    clock,
    limits: TOKEN_LIMITS,
  });
  const gateway = openGateway({ settings, tokens: keeper, clock, timeoutMs: limits.callMs });
  return {
    ...reads(gateway, clock),
    ...writes(gateway),
    readMessage: (body) => readMessage(body, messageKey, settings.KUAISHOU_APP_KEY),
    refreshTokens: (shopId) => refreshTokens(keeper, shopId),
  };
}

async function refreshTokens(keeper: TokenKeeper, shopId: string): Promise<{ authorisationExpiresAt: EpochMs | null }> {
  const { refreshToken, refreshExpiresAt, accessExpiresAt } = await keeper.renewIfDue(shopId);
  return { authorisationExpiresAt: refreshToken === null ? accessExpiresAt : refreshExpiresAt };
}

function reads(gateway: Gateway, clock: () => EpochMs) {
  const quiet = quietDays();
  return {
    async readRefund(shopId, refundId) {
      if (!isInt64(refundId)) return null;
      const method = 'open.seller.order.refund.detail';
      const data = dataOrNull(await gateway.read(shopId, method, { refundId: bareDigits(refundId) }), shopId, method);
      if (data === null) return null;
      const refund = readable(readRefund(data), `refund ${refundId} of shop ${shopId}`);
      if (refund.refundId === refundId) return refund;
      throw new PlatformUnavailable(`Kuaishou was asked for refund ${refundId} of shop ${shopId} and answered with ${refund.refundId}`);
    },
    async readOrder(shopId, orderId) {
      if (!isInt64(orderId)) return null;
      const method = 'open.order.detail';
      const data = dataOrNull(await gateway.read(shopId, method, { oid: bareDigits(orderId) }), shopId, method);
      return data === null ? null : readable(readOrder(data), `order ${orderId} of shop ${shopId}`);
    },
    listOpenRefunds: (shopId, page) => listOpenRefunds(gateway, quiet, shopId, page, clock()),
    listUpdatedRefunds: (shopId, from, to) => listUpdatedRefunds(gateway, shopId, from, to),
    async listRejectReasons(shopId, refundId) {
      if (!isInt64(refundId)) return [];
      const method = 'open.refund.reject.reason';
      const answer = await gateway.read(shopId, method, { refundId: bareDigits(refundId) });
      return readRejectReasons(dataOrNull(answer, shopId, method));
    },
    async listEbillOutlets(shopId, companyCode) {
      const method = 'open.express.subscribe.query';
      const answer = await gateway.read(shopId, method, { expressCompanyCode: companyCode });
      if (answer.kind === 'REFUSED' && NO_EBILL_WORDS.test(answer.message)) return [];
      return readEbillOutlets(dataOrNull(answer, shopId, method));
    },
    async isReachable(shopId, companyCode, address) {
      const answer = await gateway.read(shopId, 'open.express.reachable.query', {
        reachableRequests: [reachableQuestion(companyCode, address)],
      });
      return answer.kind === 'REFUSED' ? null : readReachable(answer.data);
    },
  } satisfies Partial<Platform>;
}

function writes(gateway: Gateway) {
  return {
    approveRefund: (shopId, refundId, { refundFeeFen, status, negotiateStatus }) =>
      gateway.write(shopId, 'open.seller.order.refund.approve', {
        refundId: bareDigits(refundId),
        refundAmount: refundFeeFen,
        status,
        negotiateStatus,
        refundHandingWay: 10,
      }),
    rejectRefund: async (shopId, refundId, { status, negotiateStatus }, { reason, description, images }) => {
      if (!isInt64(reason)) return { kind: 'REFUSED', code: 'REASON', message: `拒绝原因“${reason}”不是平台的原因编号` };
      if (images.length > MAX_REJECT_IMAGES) return { kind: 'REFUSED', code: 'IMAGES', message: `拒绝凭证最多${MAX_REJECT_IMAGES}张图片` };
      return gateway.write(shopId, 'open.seller.order.refund.disagree.refund', {
        refundId: bareDigits(refundId),
        sellerDisagreeReason: bareDigits(reason),
        sellerDisagreeDesc: description,
        sellerDisagreeImages: images,
        status,
        negotiateStatus,
      });
    },
    requestArbitration: async (shopId, refundId, { status }, { description, pictures }) => {
      if (pictures.length > MAX_ARBITRATION_PICTURES) {
        return { kind: 'REFUSED', code: '300015', message: `申请平台介入最多${MAX_ARBITRATION_PICTURES}张图片` };
      }
      return gateway.write(shopId, 'open.seller.order.refund.apply.entry', {
        refundId: bareDigits(refundId),
        desc: description,
        pictures,
        status,
      });
    },
  } satisfies Partial<Platform>;
}

/** The data of a read; null where the platform has no such thing for this shop. Any other refusal is no answer to our question. */
function dataOrNull(answer: Reading, shopId: string, method: string): unknown {
  if (answer.kind === 'OK') return answer.data ?? null;
  if (NOT_OURS.has(answer.code) || NOT_OURS_WORDS.test(answer.message)) return null;
  throw new PlatformUnavailable(`Kuaishou ${method} for shop ${shopId} was refused: ${answer.code} ${answer.message}`);
}

function readable<T>(value: T | null, what: string): T {
  if (value === null) throw new PlatformUnavailable(`Kuaishou's answer for ${what} lacks fields that the rules need`);
  return value;
}
