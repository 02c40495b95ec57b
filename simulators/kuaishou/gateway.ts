import { asRecord, parseRecord, readId, readText } from '../exact-json.ts';
import { jsonAnswer, readForm } from '../exchange.ts';
import type { Gateway, Incoming, Outgoing } from '../exchange.ts';
import { CARRIER_FACTS, CARRIERS } from '../parties.ts';
import type { Carrier } from '../parties.ts';
import type { Stage } from '../stage.ts';
import type { Outlet, Shop } from '../state.ts';
import { approveRefund, bookPayment, listRefunds, listRejectReasons, rejectRefund, requestArbitration, showRefund } from './refunds.ts';
import type { Parameters } from './refunds.ts';
import { accessDenied, failure, GATEWAY_ERRORS, success } from './replies.ts';
import { signKuaishou } from './signature.ts';
import { findShopByToken, refreshToken } from './tokens.ts';
import { viewOrder, viewOutlets } from './views.ts';

interface Api {
  methods: ('GET' | 'POST')[];
  answer(stage: Stage, shop: Shop, parameters: Parameters): Outgoing;
}

const APIS: Record<string, Api> = {
  'open.seller.order.refund.detail': { methods: ['GET'], answer: showRefund },
  'open.seller.order.refund.pcursor.list': { methods: ['GET'], answer: listRefunds },
  'open.seller.order.refund.approve': { methods: ['POST'], answer: approveRefund },
  'open.seller.order.refund.disagree.refund': { methods: ['POST'], answer: rejectRefund },
  'open.seller.order.refund.apply.entry': { methods: ['POST'], answer: requestArbitration },
  'open.refund.reject.reason': { methods: ['GET'], answer: listRejectReasons },
  'open.order.detail': { methods: ['GET'], answer: showOrder },
  'open.express.subscribe.query': { methods: ['GET', 'POST'], answer: listOutlets },
  'open.express.reachable.query': { methods: ['GET', 'POST'], answer: queryReachable },
};

function showOrder(stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const orderId = readId(parameters.oid);
  const order = orderId === null ? undefined : stage.state.orders[orderId];
  return order === undefined || order.shopId !== shop.shopId ? failure(200001, '订单不存在') : success(viewOrder(stage, order));
}

function findCarrierByCompanyCode(companyCode: string | null): Carrier | null {
  return CARRIERS.find((carrier) => CARRIER_FACTS[carrier].companyCode === companyCode) ?? null;
}

function listOutlets(_stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const companyCode = readText(parameters, 'expressCompanyCode');
  const carriers = companyCode === null ? [...CARRIERS] : [findCarrierByCompanyCode(companyCode)].filter((each) => each !== null);
  return success(carriers.flatMap((carrier) => viewOutlets(shop, carrier, CARRIER_FACTS[carrier].companyCode)));
}

/** The outlet whose sender lives at an address, if the shop has one. */
function findOutletAt(shop: Shop, carrier: Carrier | null, address: Record<string, unknown> | null): Outlet | undefined {
  if (carrier === null || address === null) return undefined;
  return shop.outlets[carrier]?.find(
    ({ senderAddress }) => senderAddress.detailAddress === address.detailAddress && senderAddress.cityName === address.cityName,
  );
}

function queryReachable(_stage: Stage, shop: Shop, parameters: Parameters): Outgoing {
  const requests = parameters.reachableRequests;
  if (!Array.isArray(requests) || requests.length === 0 || requests.length >= 10)
    return failure(GATEWAY_ERRORS.BAD_REQUEST, '请求个数应为1到9');
  return success(
    requests.map((each) => {
      const request = asRecord(each);
      const requestId = readText(request, 'requestId') ?? '';
      const outlet = findOutletAt(
        shop,
        findCarrierByCompanyCode(readText(request, 'expressCompanyCode')),
        asRecord(request?.receiverAddress),
      );
      if (outlet?.reachable === null) return { requestId, errorCode: 50001, errorMessage: '物流公司未返回结果' };
      const reachable = outlet?.reachable ?? true;
      return reachable ? { requestId, reachable } : { requestId, reachable, errorCode: 50002, errorMessage: '该地址快递不配送' };
    }),
  );
}

function readParameters(call: Incoming): URLSearchParams {
  return call.method === 'GET' ? call.query : new URLSearchParams([...call.query, ...readForm(call)]);
}

/** Answers a call to an API whose name and HTTP method are right: first who calls, then the signature, then the matter. */
function answerApi(stage: Stage, api: Api, parameters: URLSearchParams): Outgoing {
  const { KUAISHOU_APP_KEY, KUAISHOU_SIGN_SECRET } = stage.settings.credentials;
  if (parameters.get('appkey') !== KUAISHOU_APP_KEY)
    return jsonAnswer({ result: 100200101, error: 'unauthorized_client', error_msg: 'appkey is wrong' });
  if (parameters.get('version') !== '1' || !/^\d{13}$/.test(parameters.get('timestamp') ?? ''))
    return failure(GATEWAY_ERRORS.BAD_REQUEST, '公共参数不完整');
  const sign = signKuaishou(parameters, KUAISHOU_SIGN_SECRET);
  if (sign === null || parameters.get('sign') !== sign) return failure(GATEWAY_ERRORS.BAD_SIGNATURE, '签名校验失败');
  const shop = findShopByToken(stage, parameters.get('access_token'));
  if (shop === null) return accessDenied();
  const param = parseRecord(parameters.get('param') ?? '');
  return param === null ? failure(GATEWAY_ERRORS.BAD_REQUEST, 'param 不是 JSON 对象') : api.answer(stage, shop, param);
}

/** The platform's open gateway: `{base}/open/a/b/c` for the API `open.a.b.c`, and `{base}/oauth2/refresh_token`. */
export function openKuaishouGateway(stage: Stage): Gateway {
  return {
    party: 'KUAISHOU',
    routes: ['/kuaishou/*'],
    prefix: '/kuaishou/',
    identify: (call) => (call.path === 'oauth2/refresh_token' ? 'oauth2.refresh_token' : call.path.replaceAll('/', '.') || '?'),
    answer(call) {
      const parameters = readParameters(call);
      if (call.path === 'oauth2/refresh_token') return refreshToken(stage, parameters);
      const name = call.path.replaceAll('/', '.');
      const api = APIS[name];
      if (api === undefined || parameters.get('method') !== name) return failure(GATEWAY_ERRORS.NO_SUCH_API, '接口不存在');
      if (!api.methods.some((method) => method === call.method))
        return failure(GATEWAY_ERRORS.BAD_REQUEST, `接口只支持 ${api.methods.join('、')}`);
      return answerApi(stage, api, parameters);
    },
    refusal: (_api, code, message) => failure(Number(code ?? 300010), message ?? undefined),
    gatewayError: (api, code, message) =>
      failure(
        Number(code ?? GATEWAY_ERRORS.LIMITED),
        message ?? `Exceed qps limit, KEY [apiId:${api};appkey:${stage.settings.credentials.KUAISHOU_APP_KEY}], MAX_QPS [300.0]`,
      ),
    struck(call, api, fault) {
      // A payment call that a fault kept from being looked at still stands in the book.
      if (api === 'open.seller.order.refund.approve')
        bookPayment(stage, parseRecord(readParameters(call).get('param') ?? ''), null, `fault:${fault.kind}`);
    },
  };
}
