import { toYuanText } from '../money.ts';
import { toShanghaiText } from '../time.ts';
import { autoRefundAt, rejectUnlockAt } from './action.ts';
import { nextDeadline } from './deadline.ts';
import { RETURN_TO_TEXT, returnToOf } from './return-to.ts';
import {
  type InterceptState,
  type InterceptStatus,
  type RefundStatus,
  type ReturnFailure,
  type ReturnStatus,
  standingNotices,
} from './state.ts';

/** 拦截状态, as people read it. */
export const INTERCEPT_TEXT: Record<InterceptStatus, string> = {
  REQUESTED: '已发起，等待快递受理',
  INTERCEPTING: '物流拦截中',
  SUCCEEDED: '拦截成功',
  FAILED: '拦截失败',
  REJECTED_BY_CARRIER: '快递拒绝拦截',
};
export const REFUND_TEXT: Record<RefundStatus, string> = {
  OPEN: '待处理',
  REFUNDING: '退款执行中',
  REFUNDED: '已退款',
  REJECTED: '已拒绝退款',
  UNDER_ARBITRATION: '平台介入中',
  CLOSED: '退款已关闭',
  RELEASED: '恢复普通售后处理',
};
export const RETURN_TEXT: Record<ReturnStatus, string> = {
  WAITING_RETURN: '等待退回',
  RETURNING: '退回途中',
  RETURN_SIGNED: '退回已签收',
  RETURN_FAILED: '退回异常',
};
export const RETURN_FAILURE_TEXT: Record<ReturnFailure, string> = {
  LOST: '包裹遗失',
  DAMAGED: '包裹破损',
  DELIVERED_TO_BUYER: '已派送给买家',
  STALLED: '退回停滞',
  OVERDUE: '退回逾期',
};

function whatHappensNext(state: InterceptState): string {
  if (state.refundStatus === 'REFUNDING') {
    const { platformRefusal: refusal } = state;
    return refusal === null
      ? '正在退款，等待平台确认'
      : `平台拒绝退款（${[refusal.code, refusal.message].filter(Boolean).join(' ')}），继续尝试`;
  }
  if (state.refundStatus === 'OPEN' && state.automaticRefund === 'DISARMED') return '等待商家处理，不会自动退款';
  if (state.automaticRefund === 'SUSPENDED') return '平台介入，自动退款已暂停';
  const next = nextDeadline(state);
  return next === null ? '等待快递或平台的消息' : next.summary;
}

/** The case in a few lines of zh-CN Markdown: where it stands, both deadlines, what happens next. */
export function describeCase(state: InterceptState): string {
  const { input } = state;
  const parcel =
    state.returnStatus === null
      ? ''
      : ` · ${RETURN_TEXT[state.returnStatus]}${state.returnFailure === null ? '' : `（${RETURN_FAILURE_TEXT[state.returnFailure]}）`}`;
  const lines = [
    `**${INTERCEPT_TEXT[state.interceptStatus]}** · 退款：${REFUND_TEXT[state.refundStatus]} ¥${toYuanText(state.refundFeeFen)}${parcel}`,
    `- 运单 ${input.carrier} ${input.waybillNo}，${RETURN_TO_TEXT[returnToOf(input)]}，退款单 ${input.refundId}，第 ${input.attempt} 次`,
    `- 发起 ${toShanghaiText(input.initiatedAt)}（北京时间）`,
    `- 可拒绝退款 ${toShanghaiText(rejectUnlockAt(state))} · 自动退款 ${toShanghaiText(autoRefundAt(state))}（${state.automaticRefund}）`,
    `- 接下来：${whatHappensNext(state)}`,
  ];
  const notices = standingNotices(state);
  if (notices.length > 0) lines.push(`- 提醒：${notices.join('、')}`);
  return lines.join('\n');
}
