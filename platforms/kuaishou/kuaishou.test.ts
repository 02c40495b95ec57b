import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { PlatformRefund } from '../../domain/refund.ts';
import { PlatformUnavailable } from '../port.ts';
import { type Received, type Reply, settingsFor, startFakePlatform, storeTokens, tokensOf } from './fake-platform.ts';
import { connectKuaishou } from './kuaishou.ts';
import { signParameters } from './signature.ts';

const NOW = 1_674_873_600_000;
const SHOP = '2788410001';
const REFUND: PlatformRefund = {
  refundId: '9007199254740993',
  orderId: '9007199254740995',
  refundFeeFen: 12_345,
  status: 10,
  handlingWay: 10,
  negotiateStatus: 1,
  receiptStatus: 1,
  updatedAt: NOW,
  createdAt: NOW,
  expireAt: null,
  reason: '',
  waybillNo: null,
  expressCode: null,
  itemTitle: '',
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const platform of open.splice(0)) await platform.close();
});

/** An answer that comes does so in time also on a busy machine; one that never comes is not waited for. */
const CALM_MS = 10_000;
const IMPATIENT_MS = 200;

async function connected(answer: (request: Received) => Reply | Promise<Reply>, accessToken = 'at-test', limitMs = CALM_MS) {
  const fake = await startFakePlatform(answer);
  open.push(fake);
  const tokens = storeTokens({ [SHOP]: tokensOf(accessToken) });
  const platform = connectKuaishou(settingsFor(fake.url), tokens.store, () => NOW, { callMs: limitMs, renewalMs: limitMs });
  return { platform, received: fake.received, tokens };
}
const says = (body: unknown): Reply => ({ text: JSON.stringify(body) });

/** A port that nobody listens on. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

describe('reads', () => {
  test('go out as a signed GET with everything in the query, ids as bare digits', async () => {
    const text = `{"result":1,"data":{"refundId":9007199254740993,"oid":9007199254740995,"refundFee":12345,"status":10,"handlingWay":10,"updateTime":${NOW}}}`;
    const { platform, received } = await connected(() => ({ text }));
    expect(await platform.readRefund(SHOP, '9007199254740993')).toMatchObject({
      refundId: '9007199254740993',
      orderId: '9007199254740995',
    });
    const [request] = received;
    const { sign, ...signed } = request?.parameters ?? {};
    expect(request).toMatchObject({ verb: 'GET', path: '/open/seller/order/refund/detail' });
    expect(signed).toEqual({
      access_token: 'at-test',
      appkey: 'ks-test',
      method: 'open.seller.order.refund.detail',
      param: '{"refundId":9007199254740993}',
      signMethod: 'HMAC_SHA256',
      timestamp: String(NOW),
      version: '1',
    });
    expect(sign).toBe(signParameters(signed, 'test-secret', 'HMAC_SHA256'));
  });

  test('the known signature is what goes over the wire', async () => {
    const { platform, received } = await connected(() => says({ result: 300011, error_msg: 'REFUND ORDER NOT FOUND' }));
    expect(await platform.readRefund(SHOP, '1001')).toBeNull();
    expect(received[0]?.parameters.sign).toBe('WTtE1bNcdAc/cQwbo5JNmqw0zmObZGf0FdXW9VlSlIg=');
  });

  test.each([
    [{ result: 300011, error_msg: 'REFUND ORDER NOT FOUND' }],
    [{ result: 300012, error_msg: '不能操作他人退款单' }],
    [{ result: 1, data: null }],
  ])('%j: no such refund of this shop', async (body) => {
    const { platform } = await connected(() => says(body));
    expect(await platform.readRefund(SHOP, '1001')).toBeNull();
  });

  test('what cannot be an id is asked of nobody', async () => {
    const { platform, received } = await connected(() => says({ result: 1 }));
    expect(await platform.readRefund(SHOP, '1,"status":60')).toBeNull();
    expect(await platform.readOrder(SHOP, '99999999999999999999')).toBeNull();
    expect(received).toEqual([]);
  });

  test.each<[string, Reply]>([
    ['a refusal that is not about the refund', says({ result: 21, error_msg: '参数错误' })],
    ['a refusal of our access', says({ result: 30, error_msg: '验签失败' })],
    ['a limit', says({ result: 11, error_msg: 'Exceed qps limit' })],
    ['HTTP 502', { status: 502, text: '' }],
    ['nonsense', { text: '<html>' }],
    ['fields missing', says({ result: 1, data: { refundId: 1001 } })],
    ['a redirect', { status: 302, text: '', headers: { location: 'http://127.0.0.1:1/' } }],
    ['silence', 'HANG'],
    ['a broken connection', 'RESET'],
  ])('%s is unavailable, and no message quotes the token', async (_name, reply) => {
    const { platform } = await connected(() => reply, 'secret-token', reply === 'HANG' ? IMPATIENT_MS : CALM_MS);
    const failure = await platform.readRefund(SHOP, '1001').then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(PlatformUnavailable);
    expect(String(failure)).not.toContain('secret-token');
  });

  test('S5 an answer about another refund than the one asked for is no answer', async () => {
    const { platform } = await connected(() =>
      says({ result: 1, data: { refundId: 1002, oid: 1, refundFee: 1, status: 10, handlingWay: 10, updateTime: NOW } }),
    );
    await expect(platform.readRefund(SHOP, '1001')).rejects.toThrow('asked for refund 1001');
    expect((await platform.readRefund(SHOP, '1002'))?.refundId).toBe('1002');
  });

  test('orders, outlets, reachability and reject reasons', async () => {
    const { platform, received } = await connected(({ path }) => {
      if (path === '/open/order/detail') return { text: '{"result":1,"data":{"orderBaseInfo":{"oid":9007199254740995,"status":40}}}' };
      if (path === '/open/express/subscribe/query') return says({ result: 1, data: [{ netSiteCode: '02100', netSiteName: '上海示例' }] });
      if (path === '/open/express/reachable/query') return says({ result: 1, data: [{ requestId: '1', reachable: false }] });
      return says({ result: 1, data: [{ code: 101, desc: '商品已发出' }] });
    });
    expect(await platform.readOrder(SHOP, '9007199254740995')).toMatchObject({ orderId: '9007199254740995', status: 40 });
    expect(await platform.listEbillOutlets(SHOP, 'ZTO')).toEqual([{ outletCode: '02100', outletName: '上海示例', senderAddress: null }]);
    const address = { province: '上海', city: '上海市', district: '青浦区', street: '', detail: '示例路1号' };
    expect(await platform.isReachable(SHOP, 'ZTO', address)).toBe(false);
    expect(await platform.listRejectReasons(SHOP, '9007199254740993')).toMatchObject([{ reason: '101', text: '商品已发出' }]);
    expect(received.map(({ verb, parameters }) => [verb, parameters.param])).toEqual([
      ['GET', '{"oid":9007199254740995}'],
      ['GET', '{"expressCompanyCode":"ZTO"}'],
      [
        'GET',
        '{"reachableRequests":[{"requestId":"1","expressCompanyCode":"ZTO","type":2,"receiverAddress":{"provinceName":"上海","cityName":"上海市","districtName":"青浦区","streetName":"","detailAddress":"示例路1号"}}]}',
      ],
      ['GET', '{"refundId":9007199254740993}'],
    ]);
  });

  test('not opened is an empty list, an address that is not known is null', async () => {
    const { platform } = await connected(({ path }) =>
      says({ result: 2001, error_msg: path.includes('subscribe') ? '商家未开通电子面单' : '地址无法识别' }),
    );
    expect(await platform.listEbillOutlets(SHOP, 'ZTO')).toEqual([]);
    expect(await platform.isReachable(SHOP, 'ZTO', { province: '', city: '', district: '', street: '', detail: '' })).toBeNull();
  });
});

describe('writes', () => {
  test('go out as a signed form for the refund asked for, as it was just read', async () => {
    const { platform, received } = await connected(() => says({ result: 1 }));
    const read = { ...REFUND, refundId: '1' };
    expect(await platform.approveRefund(SHOP, REFUND.refundId, read)).toEqual({ kind: 'DONE' });
    const rejection = { reason: '101', description: '包裹已由快递送达', images: ['https://img.example/1.jpg'] };
    expect(await platform.rejectRefund(SHOP, REFUND.refundId, read, rejection)).toEqual({ kind: 'DONE' });
    const arbitration = { description: '请平台介入', pictures: [] };
    expect(await platform.requestArbitration(SHOP, REFUND.refundId, read, arbitration)).toEqual({ kind: 'DONE' });
    expect(received.map(({ verb, path, parameters }) => [verb, path, parameters.param])).toEqual([
      [
        'POST',
        '/open/seller/order/refund/approve',
        '{"refundId":9007199254740993,"refundAmount":12345,"status":10,"negotiateStatus":1,"refundHandingWay":10}',
      ],
      [
        'POST',
        '/open/seller/order/refund/disagree/refund',
        '{"refundId":9007199254740993,"sellerDisagreeReason":101,"sellerDisagreeDesc":"包裹已由快递送达","sellerDisagreeImages":["https://img.example/1.jpg"],"status":10,"negotiateStatus":1}',
      ],
      ['POST', '/open/seller/order/refund/apply/entry', '{"refundId":9007199254740993,"desc":"请平台介入","pictures":[],"status":10}'],
    ]);
    for (const { parameters } of received) {
      const { sign, ...signed } = parameters;
      expect(sign).toBe(signParameters(signed, 'test-secret', 'HMAC_SHA256'));
    }
  });

  test.each([
    [300013, 'WITHDRAWN'],
    [300014, 'STALE'],
    [300016, 'STALE'],
    [300017, 'STALE'],
    [300009, 'REFUSED'],
    [300010, 'REFUSED'],
    [300011, 'REFUSED'],
    [300012, 'REFUSED'],
    [300015, 'REFUSED'],
    [300018, 'REFUSED'],
    [21, 'REFUSED'],
  ])('%i is %s, code and text verbatim', async (result, kind) => {
    const { platform } = await connected(() => says({ result, error_msg: '平台的话' }));
    expect(await platform.approveRefund(SHOP, REFUND.refundId, REFUND)).toEqual({ kind, code: String(result), message: '平台的话' });
  });

  test.each<[string, Reply, boolean]>([
    ['HTTP 500', { status: 500, text: '{"result":1}' }, true],
    ['nonsense', { text: '<html>' }, true],
    ['a broken connection', 'RESET', true],
    ['a redirect', { status: 307, text: '', headers: { location: 'http://127.0.0.1:1/' } }, true],
    ['the platform’s own trouble', says({ result: 2, error_msg: '系统繁忙' }), true],
    ['an answer without end', { text: 'x'.repeat(4_000_001) }, true],
    ['a limit', says({ result: 11, error_msg: 'Exceed qps limit' }), false],
    ['HTTP 429', { status: 429, text: '' }, false],
    ['a refusal of our access', says({ result: 30, error_msg: '验签失败' }), false],
  ])('%s leaves the outcome unknown', async (_name, reply, sent) => {
    const { platform, received } = await connected(() => reply);
    expect(await platform.approveRefund(SHOP, REFUND.refundId, REFUND)).toEqual({ kind: 'UNKNOWN', sent, reason: expect.any(String) });
    expect(received).toHaveLength(1);
  });

  test('silence: given up after the limit, and perhaps carried out', async () => {
    const { platform } = await connected(() => 'HANG', 'at-test', IMPATIENT_MS);
    expect(await platform.approveRefund(SHOP, REFUND.refundId, REFUND)).toEqual({
      kind: 'UNKNOWN',
      sent: true,
      reason: `no answer within ${IMPATIENT_MS} ms`,
    });
  });

  test('nobody listens: certainly not sent', async () => {
    const tokens = storeTokens({ [SHOP]: tokensOf('at-test') });
    const platform = connectKuaishou(settingsFor(await closedPort()), tokens.store);
    expect(await platform.approveRefund(SHOP, REFUND.refundId, REFUND)).toEqual({
      kind: 'UNKNOWN',
      sent: false,
      reason: 'the connection failed (ECONNREFUSED)',
    });
  });

  test('a shop without tokens, and a database that is down from the start: not sent', async () => {
    const { platform, tokens } = await connected(() => says({ result: 1 }));
    expect(await platform.approveRefund('999', REFUND.refundId, REFUND)).toMatchObject({ kind: 'UNKNOWN', sent: false });
    tokens.state.down = true;
    expect(await platform.approveRefund(SHOP, REFUND.refundId, REFUND)).toMatchObject({ kind: 'UNKNOWN', sent: false });
  });

  test('what the platform would refuse anyway is not sent', async () => {
    const { platform, received } = await connected(() => says({ result: 1 }));
    const images = Array.from({ length: 7 }, (_, index) => `https://img.example/${index}.jpg`);
    expect(await platform.rejectRefund(SHOP, REFUND.refundId, REFUND, { reason: '101', description: '', images })).toMatchObject({
      kind: 'REFUSED',
    });
    expect(await platform.rejectRefund(SHOP, REFUND.refundId, REFUND, { reason: 'other', description: '', images: [] })).toMatchObject({
      kind: 'REFUSED',
    });
    expect(
      await platform.requestArbitration(SHOP, REFUND.refundId, REFUND, { description: '', pictures: images.slice(0, 4) }),
    ).toMatchObject({
      kind: 'REFUSED',
      code: '300015',
    });
    expect(received).toEqual([]);
    expect(
      await platform.rejectRefund(SHOP, REFUND.refundId, REFUND, { reason: '101', description: '', images: images.slice(0, 6) }),
    ).toEqual({
      kind: 'DONE',
    });
    expect(await platform.requestArbitration(SHOP, REFUND.refundId, REFUND, { description: '', pictures: images.slice(0, 3) })).toEqual({
      kind: 'DONE',
    });
  });
});

test('a message key that cannot decrypt anything is refused at the start', () => {
  const settings = { ...settingsFor('http://127.0.0.1:1'), KUAISHOU_MESSAGE_KEY: 'short' };
  expect(() => connectKuaishou(settings, storeTokens({}).store)).toThrow(/KUAISHOU_MESSAGE_KEY/);
});
