import { randomUUID } from 'node:crypto';
import { asRecord, parseExact, readNumber, readText } from '../exact-json.ts';
import { jsonAnswer } from '../exchange.ts';
import type { Gateway, Incoming, Outgoing } from '../exchange.ts';
import { decideIntercept } from '../intercepts.ts';
import type { Hindrance } from '../intercepts.ts';
import { scansInOrder } from '../parcels.ts';
import type { Stage } from '../stage.ts';
import type { Parcel, Scan } from '../state.ts';
import { reverseWaybillNo, writeJdScan } from './scan.ts';
import { signJd } from './signature.ts';

/** JD's business codes are not public: code and words are made up. */
const REFUSALS: Record<Hindrance, { code: string; message: string }> = {
  UNKNOWN_WAYBILL: { code: '3001', message: '运单不存在' },
  DUPLICATE: { code: '3002', message: '该运单已存在拦截单，请勿重复拦截' },
  NO_TRACK: { code: '3003', message: '运单暂无轨迹' },
  SIGNED: { code: '3004', message: '运单已妥投，不能取消' },
  DISPATCHED: { code: '3005', message: '运单派送中，不能拦截' },
  AT_STATION: { code: '3006', message: '运单已自提上架，不能拦截' },
  RETURNING: { code: '3007', message: '运单已换单，不能拦截' },
  LOST: { code: '3008', message: '运单异常，不能拦截' },
  RULES: { code: '3009', message: '该运单不支持拦截' },
};
/** `resultType` of an intercept that is under way (拦截中). */
const UNDER_WAY = 4;

type Api = (stage: Stage, request: Record<string, unknown>) => Outgoing;
const APIS: Record<string, Api> = { '/ecap/v1/orders/cancel': cancelOrder, '/ecap/v1/orders/trace/query': queryTrace };

function envelope(code: string, msg: string, data: unknown = null): Outgoing {
  return jsonAnswer({ code: Number(code), success: code === '0', msg, data, requestId: randomUUID() });
}

/** The gateway's own errors. Their numbers are not public but for 62. */
function gatewayError(code: string, words: string): Outgoing {
  return jsonAnswer({ error_response: { code: Number(code), zh_desc: words, en_desc: words } });
}

function isOwnOrder(stage: Stage, request: Record<string, unknown>): boolean {
  return readNumber(request, 'orderOrigin') === 1 && readText(request, 'customerCode') === stage.settings.credentials.JD_CUSTOMER_CODE;
}

function cancelOrder(stage: Stage, request: Record<string, unknown>): Outgoing {
  const waybillNo = readText(request, 'waybillCode');
  const reason = readText(request, 'cancelReason');
  if (waybillNo === null || reason === null || reason.length > 30 || readNumber(request, 'cancelType') !== 1)
    return envelope('3000', '参数校验失败：waybillCode、cancelReason、cancelType');
  if (!isOwnOrder(stage, request)) return envelope('3010', '客户编码与运单不匹配');
  const decision = decideIntercept(stage, 'JD', waybillNo, null);
  if (decision.kind === 'ACCEPTED')
    return envelope('0', '成功', { waybillCode: waybillNo, orderCode: decision.reference, resultType: UNDER_WAY });
  const usual = REFUSALS[decision.hindrance];
  return envelope(decision.code ?? usual.code, decision.message ?? usual.message);
}

/** Scans of a waybill: those under the old label up to the new one, those under the new one after it. */
function scansOf(stage: Stage, waybillNo: string): Scan[] {
  const own = stage.state.parcels[waybillNo];
  const before = (scans: Scan[]): number => scans.findIndex(({ event }) => event === 'RETURNING') + 1;
  if (own?.carrier === 'JD') {
    const scans = scansInOrder(own);
    return scans.slice(0, before(scans) || scans.length);
  }
  const returned = Object.values(stage.state.parcels).find(
    (parcel): parcel is Parcel => parcel?.carrier === 'JD' && reverseWaybillNo(parcel.waybillNo) === waybillNo,
  );
  const scans = returned === undefined ? [] : scansInOrder(returned);
  return before(scans) === 0 ? [] : scans.slice(before(scans));
}

function queryTrace(stage: Stage, request: Record<string, unknown>): Outgoing {
  const waybillNo = readText(request, 'waybillCode');
  if (waybillNo === null) return envelope('3000', '参数校验失败：waybillCode');
  if (!isOwnOrder(stage, request)) return envelope('3010', '客户编码与运单不匹配');
  const traceDetails = scansOf(stage, waybillNo).map((scan) => writeJdScan(scan, waybillNo));
  return envelope('0', '成功', { collectorName: '', collectorPhone: '', traceDetails });
}

function checkCaller(stage: Stage, { path, query, body }: Incoming): Outgoing | null {
  const { JD_APP_KEY, JD_APP_SECRET, JD_ACCESS_TOKEN } = stage.settings.credentials;
  const told = (name: string): string => query.get(name) ?? '';
  if (told('LOP-DN') !== 'ECAP') return gatewayError('10', 'LOP-DN 不存在');
  if (told('app_key') !== JD_APP_KEY) return gatewayError('11', '无效app_key');
  if (told('access_token') !== JD_ACCESS_TOKEN) return gatewayError('19', 'access_token 无效');
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(told('timestamp'))) return gatewayError('8', '非法的时间戳参数');
  const parameters = {
    access_token: told('access_token'),
    app_key: told('app_key'),
    method: path,
    param_json: body.toString('utf8'),
    timestamp: told('timestamp'),
    v: told('v'),
  };
  const isRight = told('algorithm') === 'md5-salt' && told('sign').toLowerCase() === signJd(parameters, JD_APP_SECRET);
  return isRight ? null : gatewayError('12', '无效签名');
}

/** The one request in the list that JD wants; null when it is none. */
function requestIn(body: Buffer): Record<string, unknown> | null {
  try {
    const list = parseExact(body.toString('utf8'));
    return Array.isArray(list) && list.length === 1 ? asRecord(list[0]) : null;
  } catch {
    return null;
  }
}

/** JD Logistics' gateway: `POST {base}{path}?LOP-DN=…&sign=…` with a list of one request. */
export function openJdGateway(stage: Stage): Gateway {
  return {
    party: 'JD',
    routes: ['/jd/*'],
    prefix: '/jd',
    identify: (call) => call.path || '?',
    answer(call) {
      const api = APIS[call.path];
      if (call.method !== 'POST' || api === undefined) return gatewayError('15', '接口不存在');
      const refused = checkCaller(stage, call);
      if (refused !== null) return refused;
      const request = requestIn(call.body);
      return request === null ? gatewayError('62', '入参不是数组') : api(stage, request);
    },
    refusal: (_api, code, message) => envelope(code ?? REFUSALS.RULES.code, message ?? REFUSALS.RULES.message),
    gatewayError: (_api, code, message) => gatewayError(code ?? '1', message ?? '服务不可用'),
  };
}
