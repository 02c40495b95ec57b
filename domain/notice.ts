import { toShanghaiText } from './time.ts';
import type { ToldEvent } from './intercept/event.ts';
import { RETURN_FAILURE_TEXT } from './intercept/narrative.ts';
import { type ForeignReason, type InterceptState, isForeignReason, type Notice, type ReturnFailure } from './intercept/state.ts';
import type { UnconfirmedCause } from './intercept/unconfirmed.ts';
import { toYuanText } from './money.ts';

/** Things a person of the shop should know that belong to no single case. */
export const SHOP_NOTICES = [
  'WEBHOOK_ENDPOINT_DISABLED',
  'QUARANTINE_GREW',
  'CLAIM_QUIET',
  'CLAIM_VERDICT_MISSING',
  'CLAIM_REFUSED_BY_CARRIER',
  'NOTICE_CHANNEL_DISABLED',
  'DECISION_ESCALATED',
] as const;
export type ShopNotice = (typeof SHOP_NOTICES)[number];

/** Every code the shop's notice list (消息) knows. */
export type NoticeCode = Notice | ShopNotice | ToldEvent;

/** The few facts the words of a notice need. */
export type NoticeDetail = Record<string, string | number | null>;

const DETAIL_FIELDS = [
  'waybillNo',
  'carrier',
  'refundFeeFen',
  'returnTo',
  'returnFailure',
  'autoRefundAt',
  'status',
  'outletName',
  'reason',
  'kind',
] as const;
const LONGEST_DETAIL = 200;

/** What of a told snapshot the notice about it keeps: flat and short, whatever the snapshot holds. */
export function noticeDetail(payload: unknown): NoticeDetail {
  if (typeof payload !== 'object' || payload === null) return {};
  const members = payload as Record<string, unknown>;
  const kept = DETAIL_FIELDS.flatMap((field): [string, string | number][] => {
    const value = members[field];
    if (typeof value === 'string') return [[field, short(value)]];
    return typeof value === 'number' ? [[field, value]] : [];
  });
  return { ...Object.fromEntries(kept), ...refusalDetail(members['platformRefusal']) };
}

function refusalDetail(refusal: unknown): NoticeDetail {
  if (!isForeignReason(refusal)) return {};
  return { code: refusal.code === null ? null : short(refusal.code), message: short(refusal.message) };
}

const short = (value: string): string => value.slice(0, LONGEST_DETAIL).toWellFormed();

/** What the notice of an unconfirmed payment keeps: why, as far as we can tell, and the platform's words where it refuses. */
export function unconfirmedDetail(
  { input: { waybillNo, carrier }, refundFeeFen }: InterceptState,
  cause: UnconfirmedCause,
  refusal: ForeignReason | null,
): NoticeDetail {
  return { waybillNo, carrier, refundFeeFen, cause, ...refusalDetail(refusal) };
}

/** What a told snapshot is about, if it is not a case: its claim or subscription. */
export function noticeReference(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { claimId, subscriptionId } = payload as { claimId?: unknown; subscriptionId?: unknown };
  return typeof claimId === 'string' ? claimId : typeof subscriptionId === 'string' ? subscriptionId : null;
}

/** The merchant's own doing is told to its systems but is no news to its people. */
export function isListed(event: ToldEvent): boolean {
  return event !== 'intercept.requested' && event !== 'intercept.accepted';
}

const CLAIM_STATUS_TEXT: Record<string, string> = {
  SUBMITTED: '已提交',
  ACCEPTED: '已受理',
  ARBITRATING: '仲裁中',
  UPHELD: '成立',
  DISMISSED: '不成立',
  WITHDRAWN: '已撤回',
};

const CAUSE_TEXT: Record<UnconfirmedCause, string> = {
  REFUSED: '平台拒绝',
  TAKEN: '平台已受理，尚未确认',
  UNAUTHORISED: '店铺授权失效',
  SILENT: '平台没有应答',
  NOT_SENT: '尚未发出，请联系服务方',
  CLOCKS_DISAGREE: '系统时钟不一致，请联系服务方',
};

const text = (detail: NoticeDetail, field: string): string => String(detail[field] ?? '');

function amount({ refundFeeFen }: NoticeDetail): string {
  return typeof refundFeeFen === 'number' ? ` ¥${toYuanText(refundFeeFen)}` : '';
}

function shanghai(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : `${toShanghaiText(at)}（北京时间）`;
}

const bracketed = (words: string | undefined): string => (words ? `（${words}）` : '');

/** A return to the outlet that went quiet: the parcel may lie there, waiting to be fetched. */
export function mayLieAtOutlet({ returnTo, returnFailure }: NoticeDetail): boolean {
  return returnTo === 'OUTLET' && (returnFailure === 'STALLED' || returnFailure === 'OVERDUE');
}

/** Titles by code; a function where the facts belong into it. */
const TITLES: Record<NoticeCode, string | ((detail: NoticeDetail) => string)> = {
  'intercept.requested': '已发起拦截',
  'intercept.accepted': '快递已受理拦截',
  'intercept.refused': '快递拒绝拦截，退款恢复普通售后处理',
  'intercept.succeeded': '拦截成功，包裹将退回',
  'intercept.failed': '拦截失败，请决定是否退款',
  'refund.reject_unlocked': '满 72 小时未有结果，现可拒绝退款',
  'refund.deadline_near': (detail) => `即将自动退款${amount(detail)}：${shanghai(text(detail, 'autoRefundAt'))}`,
  'refund.refunded': (detail) => `已退款${amount(detail)}`,
  'refund.rejected': '已拒绝退款',
  'refund.arbitration_requested': '平台已介入，自动退款暂停',
  'refund.closed': '退款已关闭',
  'return.returning': '包裹正在退回',
  'return.signed': (detail) => (detail['returnTo'] === 'OUTLET' ? '退回包裹已由收件网点签收，请到网点取件' : '退回包裹已签收'),
  'return.failed': (detail) =>
    `退回异常：${RETURN_FAILURE_TEXT[text(detail, 'returnFailure') as ReturnFailure] ?? '原因未知'}${mayLieAtOutlet(detail) ? '（退回收件网点的包裹可能已到站，请到网点查询）' : ''}`,
  'subscription.reviewed': (detail) =>
    `网点${text(detail, 'outletName')}${text(detail, 'status') === 'ACTIVE' ? '通过了订购' : ['驳回了订购', text(detail, 'reason')].filter((part) => part !== '').join('：')}`,
  'claim.updated': (detail) => `索赔${CLAIM_STATUS_TEXT[text(detail, 'status')] ?? '有新进展'}`,
  REFUND_PAYMENT_FAILED: '平台打款失败，退款恢复待处理，请人工处理',
  REFUND_UNCONFIRMED: (detail) =>
    `退款到期后仍未得到平台确认${bracketed(CAUSE_TEXT[text(detail, 'cause') as UnconfirmedCause])}，请在平台核实`,
  REFUND_REOPENED: '买家在拒绝后再次申请退款',
  REJECTION_UNCONFIRMED: '拒绝退款已提交超过 1 小时，平台仍显示待处理，请在平台核实',
  REFUND_AMOUNT_RAISED: '买家提高了退款金额，自动退款已停止，请决定',
  REFUND_TYPE_CHANGED: '买家改为其他售后类型，自动退款已停止，请决定',
  WAYBILL_CHANGED: '退款单的运单已更换，与被拦截的包裹不同，自动退款已停止，请决定',
  LATE_SUCCESS_AFTER_REJECTION: '拒绝退款后包裹又被拦回，请处理买家退款',
  PARCEL_RETURNS_AFTER_WITHDRAWAL: '买家已撤销退款，但包裹正在退回，请联系买家',
  PARCEL_RETURNS_AFTER_REFUSAL: '快递曾拒绝拦截，但包裹正在退回',
  ACTION_REFUSED_BY_PLATFORM: (detail) =>
    `平台拒绝了操作${bracketed([text(detail, 'code'), text(detail, 'message')].filter((part) => part !== '').join(' '))}`,
  PLATFORM_DEADLINE_EARLIER: '平台的处理期限早于自动退款时间，请尽早处理',
  PLATFORM_AUTHORISATION_EXPIRING: '店铺授权即将到期，请重新授权',
  CARRIER_ACCESS_BROKEN: '与快递公司的对接正在修复，拦截申请恢复后自动提交',
  WEBHOOK_ENDPOINT_DISABLED: (detail) =>
    `推送地址已停用：${text(detail, 'reason') === 'GONE' ? '对方答复不再接收（410）' : '连续多日投递失败'}`,
  NOTICE_CHANNEL_DISABLED: '通知渠道已停用：连续三天发送失败',
  QUARANTINE_GREW: (detail) => `有 ${text(detail, 'count')} 条快递或平台消息无法处理，已隔离待查（${text(detail, 'reason')}）`,
  CLAIM_QUIET: '索赔多日没有进展，请联系网点',
  CLAIM_VERDICT_MISSING: '快递已完结索赔工单但未写明赔付结果，请核实后录入',
  DECISION_ESCALATED: (detail) =>
    `${['已上报', text(detail, 'staffName')].join(' ').trim()}${detail['deactivated'] === 1 ? '（已停用，请店主处理）' : ''}：无人处理，将自动退款${amount(detail)}：${shanghai(text(detail, 'autoRefundAt'))}`,
  CLAIM_REFUSED_BY_CARRIER: '快递未受理索赔工单，请打印索赔单交给网点',
};

/** One line in zh-CN for the notice list. A code of a newer version reads as itself. */
export function noticeTitle(code: string, detail: NoticeDetail): string {
  const title = Object.hasOwn(TITLES, code) ? TITLES[code as NoticeCode] : code;
  return typeof title === 'string' ? title : title(detail);
}
