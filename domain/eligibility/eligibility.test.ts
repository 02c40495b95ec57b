import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOUR_MS } from '../time.ts';
import { TRACK_EVENTS, type TrackEvent, type TrackScan } from '../track.ts';
import { DEFAULT_BLOCKED_CATEGORIES } from './category.ts';
import { judgeEligibility } from './eligibility.ts';
import type { EligibilityFacts } from './facts.ts';
import { BLOCKING_REASONS, type BlockingReasonCode, WARNINGS, WORDS } from './reason.ts';

const NOW = Date.parse('2026-03-10T02:00:00.000Z');
const OUTLET = { outletCode: '02100', outletName: '上海示例' };

function scans(...route: [TrackEvent, number][]): EligibilityFacts['track'] {
  const made = route.map(
    ([event, agoMs]): TrackScan => ({
      carrier: 'ZTO',
      waybillNo: '73100000000001',
      event,
      occurredAt: NOW - agoMs,
      outletCode: null,
      outletName: null,
      text: event,
      raw: null,
    }),
  );
  return { kind: 'SCANS', scans: made };
}

/** Facts against which nothing stands. */
function goodFacts(): EligibilityFacts {
  return {
    now: NOW,
    shop: { status: 'OPERATING' },
    service: { status: 'OPEN' },
    refund: {
      refundId: '9007199254740993',
      orderId: '9007199254740995',
      refundFeeFen: 12_345,
      status: 10,
      handlingWay: 10,
      negotiateStatus: 1,
      receiptStatus: 1,
      updatedAt: NOW - HOUR_MS,
      createdAt: NOW - HOUR_MS,
      expireAt: null,
      reason: '不想要了',
      waybillNo: '73100000000001',
      expressCode: 9,
      itemTitle: '羽绒服',
    },
    isPriceProtection: false,
    order: {
      status: 40,
      orderType: 0,
      goodsFen: 12_345,
      categories: [{ id: '1', name: '女装' }],
      parcels: [{ waybillNo: '73100000000001' }],
      totalPackages: 1,
    },
    carrier: { code: 'ZTO', nameZh: '中通快递', outletsOpenByDefault: false },
    blockedCategories: DEFAULT_BLOCKED_CATEGORIES,
    ebillOutlets: [OUTLET],
    waybillOutlet: OUTLET,
    subscription: { status: 'ACTIVE' },
    track: scans(['PICKED_UP', 20 * HOUR_MS], ['ARRIVED', 5 * HOUR_MS]),
    returnReachable: true,
    otherGoods: [],
    sharedWith: null,
    refusedAttempts: 0,
    lastRefusal: null,
  };
}

type Change = (facts: EligibilityFacts) => void;
function judge(...changes: Change[]) {
  const facts = goodFacts();
  for (const change of changes) change(facts);
  const { reasons, warnings } = judgeEligibility(facts);
  return { reasons: reasons.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
}

/** One fault for each reason, on its own. */
const FAULTS: Record<BlockingReasonCode, { rule: string; change: Change }> = {
  CROSS_BORDER_SHOP: { rule: 'R15', change: (f) => void (f.order.orderType = 8) },
  CARRIER_NOT_SUPPORTED: { rule: 'R16', change: (f) => void (f.carrier = null) },
  SHOP_NOT_OPERATING: { rule: 'R17', change: (f) => void (f.shop.status = 'SUSPENDED') },
  AGREEMENT_NOT_SIGNED: { rule: 'R18', change: (f) => void (f.service.status = 'NOT_OPENED') },
  SERVICE_NOT_OPEN: { rule: 'R18', change: (f) => void (f.service.status = 'CLOSED') },
  CATEGORY_NOT_SUPPORTED: { rule: 'R19', change: (f) => void (f.order.categories = [{ id: '7', name: '生鲜' }]) },
  MULTI_PARCEL_ORDER: { rule: 'R20', change: (f) => void (f.order.parcels = [...f.order.parcels, { waybillNo: '73100000000002' }]) },
  REFUND_AMOUNT_NOT_BELOW_500: { rule: 'R21', change: (f) => void ((f.refund.refundFeeFen = 50_000), (f.order.goodsFen = null)) },
  EBILL_NOT_OPENED: { rule: 'R22', change: (f) => void ((f.ebillOutlets = []), (f.waybillOutlet = null)) },
  WAYBILL_NOT_EBILL: { rule: 'Q22', change: (f) => void (f.waybillOutlet = null) },
  NOT_REFUND_ONLY: { rule: 'R23', change: (f) => void ((f.refund.handlingWay = 1), (f.refund.status = 11)) },
  REFUND_NOT_OPEN: { rule: 'R23', change: (f) => void (f.refund.status = 60) },
  NOT_SHIPPED: { rule: 'R23', change: (f) => void (f.order.status = 30) },
  ORDER_SIGNED: { rule: 'R23', change: (f) => void (f.refund.receiptStatus = 2) },
  NO_TRACK: { rule: 'R24 Q16', change: (f) => void (f.track = { kind: 'NO_TRACK' }) },
  OUT_FOR_DELIVERY: { rule: 'R24 Q18', change: (f) => void (f.track = scans(['PICKED_UP', 9 * HOUR_MS], ['OUT_FOR_DELIVERY', HOUR_MS])) },
  SIGNED: { rule: 'R24 Q18', change: (f) => void (f.track = scans(['PICKED_UP', 9 * HOUR_MS], ['SIGNED', HOUR_MS])) },
  AWAITING_PICKUP: { rule: 'R24 Q17', change: (f) => void (f.track = scans(['PICKED_UP', 9 * HOUR_MS], ['AWAITING_PICKUP', HOUR_MS])) },
  STALLED: { rule: 'R24 Q15', change: (f) => void (f.track = scans(['PICKED_UP', 90 * HOUR_MS], ['ARRIVED', 72 * HOUR_MS + 1])) },
  RETURN_ADDRESS_UNREACHABLE: { rule: 'R24 Q20', change: (f) => void (f.returnReachable = false) },
  ALREADY_RETURNING: { rule: 'Q19', change: (f) => void (f.track = scans(['PICKED_UP', 9 * HOUR_MS], ['RETURNING', HOUR_MS])) },
  OUTLET_NOT_SUBSCRIBED: { rule: 'R10 Q23', change: (f) => void (f.subscription = null) },
  OUTLET_PENDING_REVIEW: { rule: 'R10 R11', change: (f) => void (f.subscription = { status: 'PENDING' }) },
  OUTLET_REJECTED: { rule: 'Q25', change: (f) => void (f.subscription = { status: 'REJECTED', reason: '超出服务范围' }) },
  TRACK_UNAVAILABLE: { rule: 'R24', change: (f) => void (f.track = { kind: 'UNAVAILABLE' }) },
  CARRIER_REFUSED: {
    rule: 'Q27 Q34',
    change: (f) => void ((f.refusedAttempts = 5), (f.lastRefusal = { code: 'E23120', message: '有派件扫描不允许拦截' })),
  },
};

describe('each reason alone', () => {
  test('nothing stands against good facts', () => expect(judge()).toEqual({ reasons: [], warnings: [] }));
  test.each(Object.entries(FAULTS))('%s', (code, { change }) => expect(judge(change)).toEqual({ reasons: [code], warnings: [] }));
  test('all have words in two languages', () => {
    for (const code of [...BLOCKING_REASONS, ...WARNINGS]) for (const words of WORDS[code]) expect(words).not.toBe('');
  });
});

describe('boundaries', () => {
  test.each([
    [0, []],
    [49_999, []],
    [50_000, ['REFUND_AMOUNT_NOT_BELOW_500']],
    [50_001, ['REFUND_AMOUNT_NOT_BELOW_500']],
  ])('R21, Q13: %i fen', (fen, reasons) => {
    expect(judge((f) => void ((f.refund.refundFeeFen = fen), (f.order.goodsFen = fen))).reasons).toEqual(reasons);
  });
  test.each([
    [72 * HOUR_MS - 1, []],
    [72 * HOUR_MS, []],
    [72 * HOUR_MS + 1, ['STALLED']],
  ])('Q15: the latest scan %i ms ago', (agoMs, reasons) => {
    expect(judge((f) => void (f.track = scans(['PICKED_UP', 100 * HOUR_MS], ['ARRIVED', agoMs]))).reasons).toEqual(reasons);
  });
  test('Q15: any scan counts, even one that says nothing', () => {
    expect(judge((f) => void (f.track = scans(['PICKED_UP', 100 * HOUR_MS], ['OTHER', HOUR_MS]))).reasons).toEqual([]);
  });
  test('Q27: the fifth refusal ends it, the fourth does not', () => {
    expect(judge((f) => void (f.refusedAttempts = 4)).reasons).toEqual([]);
    expect(judge((f) => void (f.refusedAttempts = 6)).reasons).toEqual(['CARRIER_REFUSED']);
  });
  test('Q14: less than the goods’ price is partial, as much or unknown is not', () => {
    expect(judge((f) => void (f.order.goodsFen = 12_346)).warnings).toEqual(['PARTIAL_REFUND']);
    expect(judge((f) => void (f.order.goodsFen = 12_344)).warnings).toEqual([]);
    expect(judge((f) => void (f.order.goodsFen = null)).warnings).toEqual([]);
  });
});

describe('the refund and the order (R23)', () => {
  test('field case 6: price protection takes no goods back, so it is nothing to intercept', () => {
    expect(judge((f) => void (f.isPriceProtection = true)).reasons).toEqual(['NOT_REFUND_ONLY']);
    expect(judge((f) => void ((f.isPriceProtection = true), (f.refund.status = 60))).reasons).toEqual(['NOT_REFUND_ONLY']);
    const { reasons } = judgeEligibility({ ...goodFacts(), isPriceProtection: true });
    expect(reasons[0]?.message).toContain('价保');
  });
  test('field case 8: other goods in the parcel are named and have to be acknowledged', () => {
    expect(judge((f) => void (f.otherGoods = [{ itemTitle: '毛巾', quantity: 2 }]))).toEqual({
      reasons: [],
      warnings: ['OTHER_GOODS_IN_PARCEL'],
    });
    const otherGoods = [
      { itemTitle: '毛巾', quantity: 2 },
      { itemTitle: '', quantity: 1 },
    ];
    const { warnings } = judgeEligibility({ ...goodFacts(), otherGoods });
    expect(warnings[0]?.message).toBe('包裹内还有不在本退款单中的商品（毛巾×2、其他商品×1），拦截后会一并退回');
  });
  test.each([
    [11, 10, 'NOT_REFUND_ONLY'],
    [10, 1, 'NOT_REFUND_ONLY'],
    [60, 1, 'NOT_REFUND_ONLY'],
    [10, 3, 'NOT_REFUND_ONLY'],
    [21, 10, 'NOT_REFUND_ONLY'],
    [45, 10, 'NOT_REFUND_ONLY'],
    [12, 10, 'REFUND_NOT_OPEN'],
    [20, 10, 'REFUND_NOT_OPEN'],
    [50, 10, 'REFUND_NOT_OPEN'],
    [60, 10, 'REFUND_NOT_OPEN'],
    [70, 10, 'REFUND_NOT_OPEN'],
    [99, 10, 'REFUND_NOT_OPEN'],
  ])('status %i, handling way %i: %s alone', (status, handlingWay, code) => {
    expect(judge((f) => void ((f.refund.status = status), (f.refund.handlingWay = handlingWay))).reasons).toEqual([code]);
  });
  test.each([
    [0, []],
    [1, []],
    [2, ['REFUND_NOT_OPEN']],
    [3, ['REFUND_NOT_OPEN']],
  ])('asked, negotiation %i', (negotiateStatus, reasons) => {
    expect(judge((f) => void (f.refund.negotiateStatus = negotiateStatus)).reasons).toEqual(reasons);
  });
  test.each([
    [10, ['NOT_SHIPPED']],
    [30, ['NOT_SHIPPED']],
    [40, []],
    [50, ['ORDER_SIGNED']],
    [70, ['ORDER_SIGNED']],
    [80, ['REFUND_NOT_OPEN']],
  ])('order status %i', (status, reasons) => expect(judge((f) => void (f.order.status = status)).reasons).toEqual(reasons));
  test('the buyer says received: signed, once', () => {
    expect(judge((f) => void (f.refund.receiptStatus = 2)).reasons).toEqual(['ORDER_SIGNED']);
    expect(judge((f) => void ((f.refund.receiptStatus = 2), (f.order.status = 50))).reasons).toEqual(['ORDER_SIGNED']);
  });
  test('without a parcel nothing of carriers is told', () => {
    const noParcel: Change = (f) =>
      void ((f.order.parcels = []), (f.refund.waybillNo = null), (f.carrier = null), (f.track = { kind: 'NO_TRACK' }));
    expect(judge(noParcel).reasons).toEqual(['NOT_SHIPPED']);
  });
});

describe('overlaps that the contract names', () => {
  test('another carrier hides what depends on it', () => {
    const { EBILL_NOT_OPENED, OUTLET_REJECTED, SIGNED, RETURN_ADDRESS_UNREACHABLE, CARRIER_REFUSED, CARRIER_NOT_SUPPORTED, ORDER_SIGNED } =
      FAULTS;
    const changes = [
      EBILL_NOT_OPENED,
      OUTLET_REJECTED,
      SIGNED,
      RETURN_ADDRESS_UNREACHABLE,
      CARRIER_REFUSED,
      CARRIER_NOT_SUPPORTED,
      ORDER_SIGNED,
    ];
    expect(judge(...changes.map(({ change }) => change)).reasons).toEqual(['CARRIER_NOT_SUPPORTED', 'ORDER_SIGNED']);
  });
  test('no e-waybill, and a waybill from elsewhere, hide the outlet', () => {
    expect(judge(FAULTS.EBILL_NOT_OPENED.change, FAULTS.OUTLET_PENDING_REVIEW.change).reasons).toEqual(['EBILL_NOT_OPENED']);
    expect(judge(FAULTS.WAYBILL_NOT_EBILL.change, FAULTS.OUTLET_PENDING_REVIEW.change).reasons).toEqual(['WAYBILL_NOT_EBILL']);
  });
  test('a service that is not open is told alone, not with its outlets', () => {
    expect(judge(FAULTS.AGREEMENT_NOT_SIGNED.change, FAULTS.OUTLET_NOT_SUBSCRIBED.change).reasons).toEqual(['AGREEMENT_NOT_SIGNED']);
    const closed: Change = (f) => void (f.subscription = { status: 'CLOSED' });
    expect(judge(FAULTS.SERVICE_NOT_OPEN.change, closed).reasons).toEqual(['SERVICE_NOT_OPEN']);
    expect(judge(closed).reasons).toEqual(['OUTLET_NOT_SUBSCRIBED']);
  });
  test('R10, Q24: outlets open by default need no subscription', () => {
    const yto: Change = (f) => void (f.carrier = { code: 'YTO', nameZh: '圆通速递', outletsOpenByDefault: true });
    expect(judge(yto, FAULTS.OUTLET_NOT_SUBSCRIBED.change).reasons).toEqual([]);
    expect(judge(yto, FAULTS.EBILL_NOT_OPENED.change).reasons).toEqual(['EBILL_NOT_OPENED']);
  });
  test('Q21: a parcel that our own intercept turned round is no obstacle for the next refund, but must be acknowledged', () => {
    const shared: Change = (f) => void (f.sharedWith = '1001-1');
    expect(judge(shared)).toEqual({ reasons: [], warnings: ['SHARED_PARCEL'] });
    expect(judge(shared, FAULTS.ALREADY_RETURNING.change)).toEqual({ reasons: [], warnings: ['SHARED_PARCEL'] });
    expect(judge(shared, (f) => void (f.track = scans(['PICKED_UP', 99 * HOUR_MS], ['RETURNING', 80 * HOUR_MS]))).reasons).toEqual([]);
    expect(judge(shared, FAULTS.SIGNED.change).reasons).toEqual(['SIGNED']);
  });
  test('a parcel signed for, or on its way back, is not called stalled', () => {
    expect(judge((f) => void (f.track = scans(['PICKED_UP', 200 * HOUR_MS], ['SIGNED', 100 * HOUR_MS]))).reasons).toEqual(['SIGNED']);
    expect(judge((f) => void (f.track = scans(['PICKED_UP', 200 * HOUR_MS], ['RETURNING', 100 * HOUR_MS]))).reasons).toEqual([
      'ALREADY_RETURNING',
    ]);
    const waiting = scans(['PICKED_UP', 200 * HOUR_MS], ['AWAITING_PICKUP', 100 * HOUR_MS]);
    expect(judge((f) => void (f.track = waiting)).reasons).toEqual(['AWAITING_PICKUP', 'STALLED']);
  });
});

describe('more ways to the same reason', () => {
  test('R19: vouchers and top-ups are virtual whatever their category', () => {
    expect(judge((f) => void (f.order.orderType = 2)).reasons).toEqual(['CATEGORY_NOT_SUPPORTED']);
    expect(judge((f) => void (f.order.orderType = 3)).reasons).toEqual(['CATEGORY_NOT_SUPPORTED']);
  });
  test('R20: the same waybill twice is one parcel, several packages are several', () => {
    expect(judge((f) => void (f.order.parcels = [...f.order.parcels, ...f.order.parcels])).reasons).toEqual([]);
    expect(judge((f) => void (f.order.totalPackages = 2)).reasons).toEqual(['MULTI_PARCEL_ORDER']);
    expect(judge((f) => void (f.order.totalPackages = null)).reasons).toEqual([]);
  });
  test('Q16: an empty track is no track', () => expect(judge((f) => void (f.track = scans())).reasons).toEqual(['NO_TRACK']));
  test('Q20: an address nobody knows about is left to the carrier', () => {
    expect(judge((f) => void (f.returnReachable = null)).reasons).toEqual([]);
  });
  test('Q18: an earlier dispatch is a warning', () => {
    const redelivered = scans(['PICKED_UP', 40 * HOUR_MS], ['OUT_FOR_DELIVERY', 20 * HOUR_MS], ['ARRIVED', 2 * HOUR_MS]);
    expect(judge((f) => void (f.track = redelivered))).toEqual({ reasons: [], warnings: ['EARLIER_DISPATCH'] });
  });
});

describe('words', () => {
  function reasonOf(code: BlockingReasonCode) {
    const facts = goodFacts();
    FAULTS[code].change(facts);
    return judgeEligibility(facts).reasons[0];
  }
  test('name the facts', () => {
    expect(reasonOf('REFUND_AMOUNT_NOT_BELOW_500')?.message).toBe('退款金额需低于500元，当前为500.00元');
    expect(reasonOf('OUTLET_REJECTED')?.message).toBe('网点（上海示例）未通过订购申请：超出服务范围');
    expect(reasonOf('EBILL_NOT_OPENED')?.message).toBe('请先开通中通快递的快手电子面单');
    expect(reasonOf('CATEGORY_NOT_SUPPORTED')?.message).toBe('该类目（生鲜）不支持拦截');
  });
  test('Q34: the carrier speaks verbatim, code and text', () => {
    expect(reasonOf('CARRIER_REFUSED')).toEqual({
      code: 'CARRIER_REFUSED',
      carrierCode: 'E23120',
      message: '快递公司多次拒绝拦截，不能再次发起：E23120 有派件扫描不允许拦截',
      messageEn: 'The carrier has refused too often; no further attempt is possible: E23120 有派件扫描不允许拦截',
    });
  });
  test('no carrier code where the carrier sends none', () => {
    const facts = goodFacts();
    facts.refusedAttempts = 5;
    expect(judgeEligibility(facts).reasons).toEqual([
      { code: 'CARRIER_REFUSED', message: WORDS.CARRIER_REFUSED[0], messageEn: WORDS.CARRIER_REFUSED[1] },
    ]);
  });
});

/** Reasons that others may hide; every other reason survives any further fault. */
const HIDDEN_BY: Partial<Record<BlockingReasonCode, readonly BlockingReasonCode[]>> = {
  REFUND_NOT_OPEN: ['NOT_REFUND_ONLY'],
  WAYBILL_NOT_EBILL: ['EBILL_NOT_OPENED', 'CARRIER_NOT_SUPPORTED'],
  AGREEMENT_NOT_SIGNED: ['SERVICE_NOT_OPEN'],
  SERVICE_NOT_OPEN: ['AGREEMENT_NOT_SIGNED'],
};
const OF_CARRIER: readonly BlockingReasonCode[] = ['EBILL_NOT_OPENED', 'RETURN_ADDRESS_UNREACHABLE', 'CARRIER_REFUSED'];
const OF_OUTLET: readonly BlockingReasonCode[] = ['OUTLET_NOT_SUBSCRIBED', 'OUTLET_PENDING_REVIEW', 'OUTLET_REJECTED'];
const HIDES_OUTLET: readonly BlockingReasonCode[] = [
  'EBILL_NOT_OPENED',
  'WAYBILL_NOT_EBILL',
  'AGREEMENT_NOT_SIGNED',
  'SERVICE_NOT_OPEN',
  'CARRIER_NOT_SUPPORTED',
];
const OF_TRACK: readonly BlockingReasonCode[] = [
  'NO_TRACK',
  'OUT_FOR_DELIVERY',
  'SIGNED',
  'AWAITING_PICKUP',
  'STALLED',
  'ALREADY_RETURNING',
  'TRACK_UNAVAILABLE',
];

function mayHide(hidden: BlockingReasonCode, by: BlockingReasonCode): boolean {
  if (OF_OUTLET.includes(hidden)) return HIDES_OUTLET.includes(by) || OF_OUTLET.includes(by);
  if (OF_TRACK.includes(hidden)) return by === 'CARRIER_NOT_SUPPORTED' || OF_TRACK.includes(by);
  if (OF_CARRIER.includes(hidden)) return by === 'CARRIER_NOT_SUPPORTED';
  return HIDDEN_BY[hidden]?.includes(by) ?? false;
}

describe('properties', () => {
  const faultList = fc.uniqueArray(fc.constantFrom(...BLOCKING_REASONS), { maxLength: 8 });

  test('reasons are unique, in the fixed order, and the same whatever order the faults came in', () => {
    fc.assert(
      fc.property(faultList, (codes) => {
        const { reasons } = judge(...codes.map((code) => FAULTS[code].change));
        expect(new Set(reasons).size).toBe(reasons.length);
        expect(reasons).toEqual(BLOCKING_REASONS.filter((code) => reasons.includes(code)));
        if (codes.length > 0) expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  test('one more fault never removes an unrelated reason', () => {
    fc.assert(
      fc.property(faultList, fc.constantFrom(...BLOCKING_REASONS), (codes, added) => {
        const changes = codes.map((code) => FAULTS[code].change);
        const before = judge(...changes).reasons;
        const after = judge(...changes, FAULTS[added].change).reasons;
        for (const code of before) if (!after.includes(code)) expect([code, added, mayHide(code, added)]).toEqual([code, added, true]);
      }),
    );
  });

  test('no facts make it throw, and the facts stay as they were', () => {
    const anyFacts = fc.record({
      status: fc.integer(),
      handlingWay: fc.integer(),
      fee: fc.integer(),
      paid: fc.option(fc.integer()),
      category: fc.string(),
      blocked: fc.array(fc.string()),
      packages: fc.option(fc.integer()),
      events: fc.array(fc.tuple(fc.constantFrom(...TRACK_EVENTS), fc.integer({ min: -(10 ** 12), max: 10 ** 12 }))),
      refused: fc.integer(),
      shared: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(anyFacts, (drawn) => {
        const facts = goodFacts();
        facts.refund.status = drawn.status;
        facts.refund.handlingWay = drawn.handlingWay;
        facts.refund.refundFeeFen = drawn.fee;
        facts.order.goodsFen = drawn.paid;
        facts.order.categories = [{ id: drawn.category, name: drawn.category }];
        facts.blockedCategories = drawn.blocked;
        facts.order.totalPackages = drawn.packages;
        facts.track = scans(...drawn.events);
        facts.refusedAttempts = drawn.refused;
        facts.sharedWith = drawn.shared;
        const before = structuredClone(facts);
        const { reasons, warnings } = judgeEligibility(facts);
        expect(facts).toEqual(before);
        for (const { message, messageEn } of [...reasons, ...warnings]) expect(message.length * messageEn.length).toBeGreaterThan(0);
      }),
    );
  });
});
