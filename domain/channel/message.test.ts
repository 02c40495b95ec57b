import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHANNEL_CODES } from './channel.ts';
import { englishTitle } from './english.ts';
import { composeMessage, composeTest, type MessageFrame, type NoticeToTell } from './message.ts';

const FRAME: MessageFrame = {
  shopName: '禾木家居旗舰店',
  language: 'zh-CN',
  consoleUrl: 'https://intercept.example.com/console',
  mostBytes: 2_048,
};
const AUTO_REFUND_AT = Date.parse('2026-11-20T16:00:00.000Z');
const PARCEL = { refundId: '2260718200000012', waybillNo: '75312345678901', refundFeeFen: 9_900, autoRefundAt: AUTO_REFUND_AT };
const notice = (over: Partial<NoticeToTell> = {}): NoticeToTell => ({
  noticeId: 1,
  code: 'intercept.failed',
  detail: {},
  at: 0,
  parcel: PARCEL,
  ...over,
});

describe('a message', () => {
  test('says what, of which refund and parcel, how much, until when, and leads to the case', () => {
    expect(composeMessage([notice()], FRAME)).toBe(
      [
        '【禾木家居旗舰店】拦截失败，请决定是否退款',
        '退款单 2260718200000012 · 运单 75312345678901 · ¥99.00 · 自动退款 2026-11-21 00:00',
        'https://intercept.example.com/console/refunds/2260718200000012',
      ].join('\n'),
    );
    expect(composeMessage([notice()], { ...FRAME, language: 'en-US', consoleUrl: null })).toBe(
      [
        '[禾木家居旗舰店] Not intercepted: please decide the refund',
        'refund 2260718200000012 · waybill 75312345678901 · ¥99.00 · paid by itself at 2026-11-21 00:00',
      ].join('\n'),
    );
    expect(composeMessage([notice({ parcel: { ...PARCEL, autoRefundAt: null } })], FRAME)).not.toContain('自动退款 ');
    const lying = notice({ code: 'return.failed', detail: { returnTo: 'OUTLET', returnFailure: 'OVERDUE' } });
    expect(composeMessage([lying], FRAME)).toContain('退回异常：退回逾期（退回收件网点的包裹可能已到站，请到网点查询）');
    expect(composeMessage([lying], { ...FRAME, language: 'en-US' })).toContain('overdue (it goes to the pick-up outlet and may lie there');
    expect(composeTest('店', 'en-US')).toBe('[店] A test: notices will come here');
  });

  test('of several notices numbers them, and counts what does not fit', () => {
    const some = [notice(), notice({ code: 'QUARANTINE_GREW', detail: { count: 3, reason: 'FAULTY' }, parcel: null })];
    expect(composeMessage(some, FRAME)).toMatch(
      /^【禾木家居旗舰店】2 条通知\n1\. 拦截失败.*\n2\. 有 3 条.*（FAULTY）\nhttps:\/\/intercept\.example\.com\/console\/notices$/s,
    );
    const many = composeMessage(
      Array.from({ length: 200 }, () => notice()),
      FRAME,
    );
    const [, left] = /另有 (\d+) 条\nhttps:\/\/intercept\.example\.com\/console\/notices$/.exec(many) ?? [];
    expect(200 - Number(left)).toBe(many.match(/\d+\. 拦截失败/g)?.length);
  });

  test('never exceeds what the channel takes, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.constantFrom<MessageFrame['language']>('zh-CN', 'en-US'), (count, language) => {
        const text = composeMessage(
          Array.from({ length: count }, () => notice()),
          { ...FRAME, language },
        );
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(FRAME.mostBytes);
      }),
    );
  });

  test('holds no word of a carrier, the platform or a person', () => {
    const foreign = '签收人张三 13800001234 浙江省杭州市';
    const detail = {
      message: foreign,
      reason: foreign,
      outletName: foreign,
      code: foreign,
      waybillNo: foreign,
      kind: foreign,
      staffName: foreign,
    };
    for (const code of CHANNEL_CODES)
      for (const language of ['zh-CN', 'en-US'] as const)
        expect(composeMessage([notice({ code, detail })], { ...FRAME, language })).not.toMatch(/张三|138|杭州/);
  });

  test('leaves no gap where a foreign word stood', () => {
    const refused = notice({
      code: 'subscription.reviewed',
      detail: { status: 'REJECTED', outletName: '杭州一部', reason: '超区' },
      parcel: null,
    });
    expect(composeMessage([refused], { ...FRAME, consoleUrl: null })).toBe('【禾木家居旗舰店】网点驳回了订购');
  });

  test('names nobody whom a case was escalated to', () => {
    const detail = { staffName: '张三', deactivated: 1, refundFeeFen: 9_900, autoRefundAt: '2026-11-20T16:00:00.000Z' };
    const told = (language: MessageFrame['language']) =>
      composeMessage([notice({ code: 'DECISION_ESCALATED', detail })], { ...FRAME, language }).split('\n')[0];
    expect(told('zh-CN')).toBe(
      '【禾木家居旗舰店】已上报（已停用，请店主处理）：无人处理，将自动退款 ¥99.00：2026-11-21 00:00:00（北京时间）',
    );
    expect(told('en-US')).toBe(
      '[禾木家居旗舰店] Escalated to somebody deactivated (an owner has to see to it): nobody decided. Refund ¥99.00 is about to be paid by itself at 2026-11-21 00:00 (Beijing time)',
    );
  });

  test('every code has English words of its own, also without facts', () => {
    const titles = CHANNEL_CODES.map((code) => englishTitle(code, {}));
    for (const title of titles) expect(title).toMatch(/^[A-Z][\x20-\x7e’]{7,}$/);
    expect(new Set(titles).size).toBe(titles.length);
    expect(englishTitle('refund.deadline_near', { refundFeeFen: 9_900, autoRefundAt: '2026-11-20T16:00:00.000Z' })).toBe(
      'Refund ¥99.00 is about to be paid by itself at 2026-11-21 00:00 (Beijing time)',
    );
    expect(englishTitle('toString', {})).toBe('toString');
  });
});
