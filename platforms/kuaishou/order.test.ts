import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OrderFacts } from '../../domain/eligibility/facts.ts';
import { readEbillOutlets, readReachable } from './ebill.ts';
import { parseExactJson } from './exact-json.ts';
import { readOrder } from './order.ts';
import { readRefund, readRejectReasons } from './refund.ts';

const ORDER = `{"orderBaseInfo":{"oid":9007199254740995,"status":40,"coType":0,"totalFee":11000,"expressFee":1000,"discountFee":0},
 "orderItemInfo":{"itemId":1,"itemTitle":"羽绒服","num":2,"price":6000,"itemExtra":{"categoryInfo":[{"itemCid":1024,"categoryName":"女装"}]}},
 "orderLogisticsInfo":[{"expressNo":"73100000000001","expressCode":9,"logisticsId":9007199254740997},{"expressNo":"","expressCode":9}],
 "subOrderInfo":[{"subOrderBaseInfo":{"oid":5,"status":40},"subOrderItemInfo":{"itemTitle":"帽子","num":2},"subOrderLogisticsInfo":[{"expressNo":"73100000000001","expressCode":9},{"expressNo":"YT0000000000001","expressCode":6}]}],
 "orderDeliveryInfo":{"totalPackageNum":2,"packageNum":2,"deliveryNum":2}}`;

function orderWith(base: object, item: object = {}) {
  return readOrder({ orderBaseInfo: { oid: 1, status: 40, ...base }, orderItemInfo: item });
}

describe('orders', () => {
  test('as the rules need them', () => {
    expect(readOrder(parseExactJson(ORDER))).toEqual({
      orderId: '9007199254740995',
      status: 40,
      orderType: 0,
      itemTitle: '羽绒服',
      goodsFen: 11_000,
      categories: [{ id: '1024', name: '女装' }],
      parcels: [
        { waybillNo: '73100000000001', expressCode: 9 },
        { waybillNo: 'YT0000000000001', expressCode: 6 },
      ],
      totalPackages: 2,
      subOrders: [{ itemTitle: '帽子', quantity: 2, waybillNos: ['73100000000001', 'YT0000000000001'] }],
      province: null,
      buyerId: null,
      phoneTail: null,
    });
  });
  test.each([
    ['138****0000', '0000'],
    ['138****8000-1234', '1234'],
    ['1**********', null],
    ['***', null],
    ['', null],
    [undefined, null],
  ])('of the masked phone %p four digits are left: %p', (desensitiseMobile, phoneTail) => {
    expect(readOrder({ orderBaseInfo: { oid: 1, status: 40 }, orderAddress: { desensitiseMobile } })?.phoneTail).toBe(phoneTail);
  });
  test('say where the parcel goes and who the buyer is to the platform', () => {
    const order = { orderBaseInfo: { oid: 1, status: 40, buyerOpenId: 'f18d1' }, orderAddress: { province: '四川省', city: '成都市' } };
    expect(readOrder(order)).toMatchObject({ province: '四川省', buyerId: 'f18d1' });
  });
  test('serve the rules as they are', () => {
    const facts: OrderFacts | null = readOrder(parseExactJson(ORDER));
    expect(new Set(facts?.parcels.map(({ waybillNo }) => waybillNo)).size).toBe(2);
  });
  test('field fact 9: the price of the goods is their total as it is, postage lies beside it; else price × number (Q14)', () => {
    expect(orderWith({ totalFee: 9000, expressFee: 800 }, { price: 5000, num: 2 })?.goodsFen).toBe(9000);
    expect(orderWith({}, { price: 5000, num: 2 })?.goodsFen).toBe(10_000);
    expect(orderWith({ totalFee: 0 }, { price: 5000 })?.goodsFen).toBe(5000);
    expect(orderWith({})?.goodsFen).toBeNull();
    expect(orderWith({ totalFee: 0 })?.goodsFen).toBeNull();
  });
  test('field case 8: sub-orders are other goods, in whatever parcel, unless they came to nothing', () => {
    const subOrder = (status: number, ...expressNos: string[]) => ({
      subOrderBaseInfo: { oid: 2, status },
      subOrderItemInfo: { itemTitle: '赠品毛巾', num: 1 },
      subOrderLogisticsInfo: expressNos.map((expressNo) => ({ expressNo, expressCode: 9 })),
    });
    const order = (...subOrderInfo: unknown[]) => readOrder({ orderBaseInfo: { oid: 1, status: 40 }, subOrderInfo })?.subOrders;
    expect(order(subOrder(40, '73100000000001'))).toEqual([{ itemTitle: '赠品毛巾', quantity: 1, waybillNos: ['73100000000001'] }]);
    expect(order(subOrder(80, '73100000000001'))).toEqual([]);
    expect(order(subOrder(30), null)).toEqual([
      { itemTitle: '赠品毛巾', quantity: 1, waybillNos: [] },
      { itemTitle: '', quantity: 1, waybillNos: [] },
    ]);
  });
  test('a category alone, as the declarations have it', () => {
    expect(orderWith({}, { itemExtra: { categoryInfo: { itemCid: 7, categoryName: '生鲜' } } })?.categories).toEqual([
      { id: '7', name: '生鲜' },
    ]);
  });
  test('without id or status it is none', () => {
    expect(readOrder({ orderBaseInfo: { status: 40 } })).toBeNull();
    expect(readOrder({ orderBaseInfo: { oid: 1 } })).toBeNull();
    expect(readOrder('')).toBeNull();
  });
});

describe('refunds', () => {
  const detail = { refundId: '9007199254740993', oid: 5, refundFee: 12_345, status: 10, handlingWay: 10, updateTime: 1_674_873_600_000 };
  test('only what no decision can do without is required', () => {
    expect(readRefund(detail)).toEqual({
      refundId: '9007199254740993',
      orderId: '5',
      refundFeeFen: 12_345,
      status: 10,
      handlingWay: 10,
      negotiateStatus: 0,
      receiptStatus: 0,
      updatedAt: 1_674_873_600_000,
      createdAt: 1_674_873_600_000,
      expireAt: null,
      reason: '',
      waybillNo: null,
      expressCode: null,
      itemTitle: '',
      specialRefundType: null,
    });
  });
  test.each([0, 1])('field case 6: special refund type %i', (specialRefundType) => {
    expect(readRefund({ ...detail, specialRefundType })).toMatchObject({ specialRefundType });
    expect(readRefund({ ...detail, specialRefundType: String(specialRefundType) })).toMatchObject({ specialRefundType });
  });
  test.each(Object.keys(detail))('without %s it is none', (field) => expect(readRefund({ ...detail, [field]: undefined })).toBeNull());
  test('its words, its deadline and its own parcel', () => {
    const more = {
      refundReasonDesc: '不想要了',
      expireTime: 1_675_000_000_000,
      createTime: 1_674_000_000_000,
      negotiateStatus: 1,
      receiptStatus: 1,
    };
    expect(readRefund({ ...detail, ...more, logisticsInfo: { expressNo: '73100000000001', expressCode: 9 } })).toMatchObject({
      reason: '不想要了',
      expireAt: 1_675_000_000_000,
      createdAt: 1_674_000_000_000,
      waybillNo: '73100000000001',
      expressCode: 9,
    });
  });
  test('reject reasons', () => {
    const data = [
      { code: 101, desc: '商品已发出', tip: '请上传凭证', requiredRejectDesc: true, requiredRejectImage: false },
      { code: 'x' },
      null,
      { code: '102' },
    ];
    expect(readRejectReasons(data)).toEqual([
      { reason: '101', text: '商品已发出', descriptionRequired: true, imageRequired: false },
      { reason: '102', text: '102', descriptionRequired: false, imageRequired: false },
    ]);
  });
});

describe('e-waybills', () => {
  test('outlets, each code once, with the first sender address', () => {
    const address = { provinceName: '上海', cityName: '上海市', districtName: '青浦区', streetName: '华新镇', detailAddress: '示例路1号' };
    const data = [
      { netSiteCode: '02100', netSiteName: '上海示例', senderAddress: [address, { provinceName: '江苏' }] },
      { netSiteCode: '02100', netSiteName: '重复' },
      { netSiteCode: 57100 },
      {},
    ];
    expect(readEbillOutlets(data)).toEqual([
      {
        outletCode: '02100',
        outletName: '上海示例',
        senderAddress: { province: '上海', city: '上海市', district: '青浦区', street: '华新镇', detail: '示例路1号' },
      },
      { outletCode: '57100', outletName: '57100', senderAddress: null },
    ]);
    expect(readEbillOutlets(null)).toEqual([]);
  });
  test.each([
    [[{ requestId: '1', reachable: true }], true],
    [[{ requestId: '1', reachable: false, errorCode: 5 }], false],
    [[{ requestId: '1', errorCode: 5 }], null],
    [[], null],
    [null, null],
  ])('reachable %j: %s', (data, reachable) => expect(readReachable(data)).toBe(reachable));
});

test('no data make the readers throw', () => {
  const anyData = fc.jsonValue();
  fc.assert(
    fc.property(
      anyData,
      (data) => void [readOrder(data), readRefund(data), readRejectReasons(data), readEbillOutlets(data), readReachable(data)],
    ),
  );
  const anyOrder = fc.record({
    orderBaseInfo: anyData,
    orderItemInfo: anyData,
    orderLogisticsInfo: anyData,
    subOrderInfo: anyData,
    orderDeliveryInfo: anyData,
  });
  fc.assert(fc.property(anyOrder, (data) => void readOrder(data)));
});
