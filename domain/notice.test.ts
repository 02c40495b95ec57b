import { describe, expect, test } from '@jest/globals';
import { TOLD_EVENTS } from './intercept/event.ts';
import { NOTICES } from './intercept/state.ts';
import { isListed, noticeDetail, noticeReference, noticeTitle, SHOP_NOTICES } from './notice.ts';

describe('notices', () => {
  test('every code has words of its own, also without facts', () => {
    const titles = [...TOLD_EVENTS, ...NOTICES, ...SHOP_NOTICES].map((code) => noticeTitle(code, {}));
    for (const title of titles) expect(title).toMatch(/[\u4e00-\u9fff]{3,}/);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('the facts stand in the words', () => {
    expect(noticeTitle('return.failed', { returnFailure: 'STALLED' })).toBe('退回异常：退回停滞');
    const toOutlet = { returnTo: 'OUTLET', returnFailure: 'STALLED' };
    expect(noticeTitle('return.failed', toOutlet)).toBe('退回异常：退回停滞（退回收件网点的包裹可能已到站，请到网点查询）');
    expect(noticeTitle('return.failed', { ...toOutlet, returnFailure: 'LOST' })).toBe('退回异常：包裹遗失');
    expect(noticeTitle('return.signed', toOutlet)).toBe('退回包裹已由收件网点签收，请到网点取件');
    expect(noticeDetail(toOutlet)).toEqual(toOutlet);
    expect(noticeTitle('refund.refunded', { refundFeeFen: 9_900 })).toBe('已退款 ¥99.00');
    expect(noticeTitle('refund.deadline_near', { refundFeeFen: 9_900, autoRefundAt: '2026-11-20T16:00:00.000Z' })).toBe(
      '即将自动退款 ¥99.00：2026-11-21 00:00:00（北京时间）',
    );
    const undecided = { staffName: '张三', refundFeeFen: 9_900, autoRefundAt: '2026-11-20T16:00:00.000Z' };
    expect(noticeTitle('DECISION_ESCALATED', { ...undecided, deactivated: 0 })).toBe(
      '已上报 张三：无人处理，将自动退款 ¥99.00：2026-11-21 00:00:00（北京时间）',
    );
    expect(noticeTitle('DECISION_ESCALATED', { ...undecided, deactivated: 1 })).toContain('张三（已停用，请店主处理）');
    expect(noticeTitle('subscription.reviewed', { status: 'REJECTED', outletName: '杭州一部', reason: '超区' })).toBe(
      '网点杭州一部驳回了订购：超区',
    );
    expect(noticeTitle('toString', {})).toBe('toString');
  });

  test('keeps flat, short facts of a snapshot only', () => {
    const detail = noticeDetail({
      waybillNo: 'W1',
      refundFeeFen: 5,
      allowedActions: [1],
      reason: '长'.repeat(1_000),
      buyer: '张三',
      status: null,
    });
    expect(detail).toEqual({ waybillNo: 'W1', refundFeeFen: 5, reason: '长'.repeat(200) });
    expect(noticeDetail(null)).toEqual({});
    expect(noticeReference({ claimId: 'clm_1', interceptId: '1-1' })).toBe('clm_1');
    expect(noticeReference({ interceptId: '1-1' })).toBeNull();
  });

  test('what the merchant did itself is not listed', () => {
    expect(TOLD_EVENTS.filter((event) => !isListed(event))).toEqual(['intercept.requested', 'intercept.accepted']);
  });
});
