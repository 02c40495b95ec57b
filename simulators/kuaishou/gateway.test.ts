import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callPlatform, control, seed } from '../testing/callers.ts';
import { startReceiver } from '../testing/receiver.ts';
import type { Receiver } from '../testing/receiver.ts';
import { DEMO_SHOP, startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  sim = await startSimulators({ webhookBase: receiver.url, paceMs: 60_000, paymentDelayMs: 1 });
});
afterAll(async () => {
  await sim.close();
  await receiver.close();
});

const REFUND = 'open.seller.order.refund';
const detail = (refundId: string) => callPlatform(sim, `${REFUND}.detail`, `{"refundId":${refundId}}`);
const approve = (refundId: string, changes: Record<string, unknown> = {}) => {
  const rest = JSON.stringify({ refundAmount: 8990, status: 10, negotiateStatus: 1, refundHandingWay: 10, ...changes });
  return callPlatform(sim, `${REFUND}.approve`, `{"refundId":${refundId},${rest.slice(1)}`);
};
const book = async (refundId: string) =>
  (await control(sim, 'GET', `/payments?refundId=${refundId}`)).json as {
    items: { applied: boolean; code: unknown; amountFen: number }[];
    paidMoreThanOnce: string[];
  };

describe('reads', () => {
  test('a refund shows its int64 ids with every digit', async () => {
    const { refundId, orderId, waybillNo } = await seed(sim, { refundId: '9007199254740993', carrier: 'JT' });
    const { text, json } = await detail(refundId);
    expect(text).toContain('"refundId":9007199254740993,');
    expect(text).toContain(`"oid":${orderId},`);
    expect(json).toMatchObject({
      result: 1,
      data: { refundFee: 8990, status: 10, handlingWay: 10, negotiateStatus: 1, logisticsInfo: { expressNo: waybillNo, expressCode: 109 } },
    });
  });

  test('an order shows parcels, categories and refunds', async () => {
    const order = {
      coType: 8,
      status: 50,
      categories: [{ itemCid: 7, categoryName: '海鲜' }],
      extraParcels: [{ waybillNo: 'YT0000000000002', expressCode: 6 }],
    };
    const { orderId, waybillNo } = await seed(sim, { carrier: 'YTO', order });
    const { json } = await callPlatform(sim, 'open.order.detail', `{"oid":${orderId}}`);
    expect(json.data).toMatchObject({
      orderBaseInfo: { status: 50, coType: 8 },
      orderItemInfo: { itemExtra: { categoryInfo: [{ itemCid: 7, categoryName: '海鲜' }] } },
      orderLogisticsInfo: [
        { expressNo: waybillNo, expressCode: 6 },
        { expressNo: 'YT0000000000002', expressCode: 6 },
      ],
      orderDeliveryInfo: { totalPackageNum: 2 },
      orderRefundList: [{ refundStatus: 10 }],
    });
  });

  test('e-waybill outlets by company, and whether their address is served', async () => {
    await control(sim, 'POST', '/shops', {
      shopId: '77',
      accessToken: 'at-77',
      outlets: {
        ZTO: [
          { outletCode: '1', outletName: '一', reachable: false, detail: '一号' },
          { outletCode: '2', outletName: '二', reachable: null, detail: '二号' },
        ],
      },
    });
    const outlets = await callPlatform(sim, 'open.express.subscribe.query', '{"expressCompanyCode":"ZTO"}', { accessToken: 'at-77' });
    expect(outlets.json.data).toMatchObject([{ netSiteCode: '1', netSiteName: '一', expressCompanyCode: 'ZTO' }, { netSiteCode: '2' }]);
    const none = await callPlatform(sim, 'open.express.subscribe.query', '{"expressCompanyCode":"YTO"}', {
      accessToken: 'at-77',
      httpMethod: 'POST',
    });
    expect(none.json).toMatchObject({ result: 1, data: [] });
    const requests = ['一号', '二号', '三号'].map((detailAddress, index) => ({
      requestId: String(index),
      expressCompanyCode: 'ZTO',
      type: 2,
      receiverAddress: { cityName: '金华市', detailAddress },
    }));
    const reach = await callPlatform(sim, 'open.express.reachable.query', JSON.stringify({ reachableRequests: requests }), {
      accessToken: 'at-77',
      httpMethod: 'POST',
    });
    expect(reach.json.data).toEqual([
      { requestId: '0', reachable: false, errorCode: 50002, errorMessage: '该地址快递不配送' },
      { requestId: '1', errorCode: 50001, errorMessage: '物流公司未返回结果' },
      { requestId: '2', reachable: true },
    ]);
  });

  test('the list goes by day, time kind and cursor', async () => {
    await control(sim, 'POST', '/shops', { shopId: '88', accessToken: 'at-88' });
    const createdAt = Date.now() - 3_600_000;
    const seeded = await Promise.all([0, 1, 2].map((index) => seed(sim, { shopId: '88', createdAt: createdAt + index })));
    await seed(sim, { shopId: '88', status: 60, createdAt });
    const list = (changes: Record<string, unknown>) => {
      const param = {
        beginTime: createdAt - 1000,
        endTime: createdAt + 1000,
        type: 8,
        queryType: 1,
        sort: 2,
        pageSize: 2,
        currentPage: 1,
        pcursor: '',
        ...changes,
      };
      return callPlatform(sim, `${REFUND}.pcursor.list`, JSON.stringify(param), { accessToken: 'at-88' });
    };
    const first = await list({});
    const second = await list({ pcursor: (first.json.data as { pcursor: string }).pcursor });
    const ids = [first, second].flatMap(({ text }) => [...text.matchAll(/"refundId":(\d+)/g)].map((match) => match[1]));
    expect(ids).toEqual(seeded.map((each) => each.refundId).toSorted());
    expect(second.json.data).toMatchObject({ pcursor: 'nomore' });
    expect((await list({ type: 9, pageSize: 100 })).json.data).toMatchObject({ totalCount: 4, pcursor: 'nomore' });
    expect((await list({ endTime: createdAt + 90_000_000 })).json.result).toBe(300019);
    expect((await list({ beginTime: 1, endTime: 2 })).json.result).toBe(300005);
    expect((await list({ endTime: createdAt - 2000 })).json.result).toBe(300003);
  });
});

describe('who calls', () => {
  test('both signatures are taken, a wrong one is not', async () => {
    const { refundId } = await seed(sim);
    const read = (options: Parameters<typeof callPlatform>[3]) =>
      callPlatform(sim, `${REFUND}.detail`, `{"refundId":${refundId}}`, options);
    expect((await read({ signMethod: 'MD5' })).json.result).toBe(1);
    expect((await read({ secret: 'wrong' })).json).toMatchObject({ result: 28, error_msg: '签名校验失败' });
    expect((await read({ httpMethod: 'POST' })).json.result).toBe(21);
    expect((await callPlatform(sim, 'open.no.such', '{}')).json.result).toBe(29);
  });

  test('a foreign shop sees nothing of another', async () => {
    await control(sim, 'POST', '/shops', { shopId: '99', accessToken: 'at-99' });
    const { refundId, orderId } = await seed(sim);
    expect((await callPlatform(sim, `${REFUND}.detail`, `{"refundId":${refundId}}`, { accessToken: 'at-99' })).json.result).toBe(300012);
    expect((await callPlatform(sim, 'open.order.detail', `{"oid":${orderId}}`, { accessToken: 'at-99' })).json.result).toBe(200001);
    expect((await detail('1')).json.result).toBe(300011);
  });
});

describe('approve', () => {
  test('pays once: 10, 50, 60, and the book says so', async () => {
    const { refundId } = await seed(sim);
    expect((await approve(refundId)).json.result).toBe(1);
    await receiver.waitFor(
      3,
      (push) =>
        push.path.endsWith('/messages') && sim.world.pushes.entries().some((sent) => sent.subject === refundId && sent.body === push.body),
    );
    expect((await detail(refundId)).json.data).toMatchObject({ status: 60, negotiateStatus: 2 });
    expect((await approve(refundId)).json.result).toBe(300010);
    const { items, paidMoreThanOnce } = await book(refundId);
    expect(items.map(({ applied, code, amountFen }) => [applied, code, amountFen])).toEqual([
      [true, 1, 8990],
      [false, 300010, 8990],
    ]);
    expect(paidMoreThanOnce).toEqual([]);
  });

  test.each([
    ['another amount', {}, { refundAmount: 8991 }, 300014],
    ['no amount', {}, { refundAmount: 0 }, 300009],
    ['an old status', { status: 20 }, {}, 300014],
    ['arbitration', { status: 20 }, { status: 20 }, 300018],
    ['a negotiation that moved', { negotiateStatus: 3 }, {}, 300017],
    ['a negotiation that cannot be', {}, { negotiateStatus: 9 }, 300016],
    ['another kind of refund', { handlingWay: 1, status: 11 }, { status: 11 }, 300018],
    ['a refund being paid', { status: 50 }, {}, 300010],
  ])('refuses %s', async (_name, refund, call, code) => {
    const { refundId } = await seed(sim, refund);
    const { json } = await approve(refundId, call);
    expect(json.result).toBe(code);
    expect((await book(refundId)).items).toMatchObject([{ applied: false, code }]);
  });

  test('refuses a withdrawn refund with 300013', async () => {
    const { refundId } = await seed(sim);
    await control(sim, 'POST', `/refunds/${refundId}`, { withdrawn: true });
    expect((await detail(refundId)).json.data).toMatchObject({ status: 70 });
    expect((await approve(refundId)).json.result).toBe(300013);
  });

  test('a payment that fails ends in 70', async () => {
    const { refundId } = await seed(sim, { paymentFails: true });
    await approve(refundId);
    await receiver.waitFor(3, (push) => sim.world.pushes.entries().some((sent) => sent.subject === refundId && sent.body === push.body));
    expect((await detail(refundId)).json.data).toMatchObject({ status: 70 });
  });
});

describe('reject and arbitration', () => {
  const reject = (refundId: string, changes: Record<string, unknown> = {}) => {
    const rest = JSON.stringify({
      sellerDisagreeReason: 1002,
      sellerDisagreeDesc: '',
      sellerDisagreeImages: [],
      status: 10,
      negotiateStatus: 1,
      ...changes,
    });
    return callPlatform(sim, `${REFUND}.disagree.refund`, `{"refundId":${refundId},${rest.slice(1)}`);
  };

  test.each([
    [10, {}],
    [12, { afterRejection: 12 }],
  ])('a rejection leaves status %i and negotiation 3', async (status, refund) => {
    const { refundId } = await seed(sim, refund);
    expect((await reject(refundId)).json.result).toBe(1);
    expect((await detail(refundId)).json.data).toMatchObject({ status, negotiateStatus: 3 });
    expect((await reject(refundId, { status, negotiateStatus: 3 })).json.result).toBe(300018);
  });

  test('reasons are listed and held to', async () => {
    const { refundId } = await seed(sim);
    const reasons = await callPlatform(sim, 'open.refund.reject.reason', `{"refundId":${refundId}}`);
    expect(reasons.json.data).toContainEqual(expect.objectContaining({ code: 1003, requiredRejectDesc: true, requiredRejectImage: true }));
    expect((await reject(refundId, { sellerDisagreeReason: 5 })).json.result).toBe(300002);
    expect((await reject(refundId, { sellerDisagreeReason: 1001 })).json.result).toBe(300020);
    expect((await reject(refundId, { sellerDisagreeReason: 1003, sellerDisagreeDesc: '协商' })).json.result).toBe(300021);
    expect((await reject(refundId, { sellerDisagreeImages: Array.from({ length: 7 }, () => 'x') })).json.result).toBe(300015);
    expect((await reject(refundId, { status: 20 })).json.result).toBe(300014);
  });

  test('arbitration needs words, at most three pictures, and the present status', async () => {
    const { refundId } = await seed(sim);
    const apply = (param: Record<string, unknown>) =>
      callPlatform(sim, `${REFUND}.apply.entry`, `{"refundId":${refundId},${JSON.stringify(param).slice(1)}`);
    expect((await apply({ status: 10 })).json.result).toBe(300007);
    expect((await apply({ desc: '物流已拦截', status: 10, pictures: ['1', '2', '3', '4'] })).json.result).toBe(300015);
    expect((await apply({ desc: '物流已拦截', status: 50 })).json.result).toBe(300014);
    expect((await apply({ desc: '物流已拦截', status: 10 })).json.result).toBe(1);
    expect((await detail(refundId)).json.data).toMatchObject({ status: 20 });
  });
});

test('the demo shop may call at once', async () => {
  const { json } = await callPlatform(sim, 'open.express.subscribe.query', '{"expressCompanyCode":"JTSD"}', {
    accessToken: DEMO_SHOP.accessToken,
  });
  expect(json.data).toMatchObject([{ netSiteName: '义乌福田网点' }]);
});
