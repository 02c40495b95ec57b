import { randomUUID } from 'node:crypto';
import { asRecord, parseRecord, readNumber, readText } from '../exact-json.ts';
import { jsonAnswer, readForm } from '../exchange.ts';
import type { Gateway, Incoming, Outgoing } from '../exchange.ts';
import { decideIntercept } from '../intercepts.ts';
import type { Hindrance } from '../intercepts.ts';
import { scansInOrder, subscribeParcel } from '../parcels.ts';
import type { Stage } from '../stage.ts';
import { writeJtScan } from './scan.ts';
import { signJt } from './signature.ts';

/** J&T's intercept codes for mainland China are not public: code and words are made up in the manner of its other APIs. */
const REFUSALS: Record<Hindrance, { code: string; message: string }> = {
  UNKNOWN_WAYBILL: { code: '999001030', message: '数据未找到' },
  DUPLICATE: { code: '145003201', message: '该运单已存在拦截件登记，不能重复登记' },
  NO_TRACK: { code: '145003202', message: '该运单未揽收，不能登记拦截' },
  SIGNED: { code: '145003203', message: '该运单已签收，不能登记拦截' },
  DISPATCHED: { code: '145003204', message: '该运单已出仓派件，不能登记拦截' },
  AT_STATION: { code: '145003205', message: '该运单已入代理点，不能登记拦截' },
  RETURNING: { code: '145003206', message: '该运单已登记退件，不能登记拦截' },
  LOST: { code: '145003207', message: '该运单已登记遗失，不能登记拦截' },
  RULES: { code: '145003208', message: '该运单不满足拦截登记条件' },
};
const MOST_WAYBILLS = 30;

type Api = (stage: Stage, content: Record<string, unknown>) => Outgoing;
const APIS: Record<string, Api> = {
  'waybill/intercept': registerIntercept,
  'logistics/trace': queryTrace,
  'trace/subscribe': subscribeTrace,
};

function envelope(code: string, msg: string, data: unknown): Outgoing {
  return jsonAnswer({ code, msg, data, requestId: randomUUID() });
}

function registerIntercept(stage: Stage, content: Record<string, unknown>): Outgoing {
  const waybillNo = readText(content, 'mailNo');
  if (waybillNo === null || readNumber(content, 'applyTypeCode') !== 4) return envelope('145003050', '非法的业务参数', null);
  const decision = decideIntercept(stage, 'JT', waybillNo, null);
  if (decision.kind === 'ACCEPTED') return envelope('1', 'success', { mailNo: waybillNo, interceptNo: decision.reference });
  const usual = REFUSALS[decision.hindrance];
  return envelope(decision.code ?? usual.code, decision.message ?? usual.message, null);
}

function queryTrace(stage: Stage, content: Record<string, unknown>): Outgoing {
  const waybillNos = (readText(content, 'billCodes') ?? '').split(',').filter((each) => each !== '');
  if (waybillNos.length === 0) return envelope('145003050', '非法的业务参数', null);
  if (waybillNos.length > MOST_WAYBILLS) return envelope('145003502', '查询运单数量超过30', null);
  const parcels = waybillNos.map((waybillNo) => stage.state.parcels[waybillNo]).filter((parcel) => parcel?.carrier === 'JT');
  const data = parcels.flatMap((parcel) =>
    parcel === undefined ? [] : [{ billCode: parcel.waybillNo, details: scansInOrder(parcel).toReversed().map(writeJtScan) }],
  );
  return envelope('1', 'success', data);
}

function subscribeTrace(stage: Stage, content: Record<string, unknown>): Outgoing {
  const id = readText(content, 'id');
  if (id !== stage.settings.credentials.JT_API_ACCOUNT || !Array.isArray(content.list))
    return envelope('145003050', '非法的业务参数', null);
  const list = content.list.map((each) => {
    const waybillCode = readText(asRecord(each), 'waybillCode') ?? '';
    const traceNode = readText(asRecord(each), 'traceNode');
    return { id, waybillCode, traceNode, isSuccess: traceNode !== null && subscribeParcel(stage, 'JT', waybillCode) };
  });
  return envelope('1', 'success', { list });
}

function checkCaller(stage: Stage, call: Incoming, bizContent: string): Outgoing | null {
  const { JT_API_ACCOUNT, JT_PRIVATE_KEY } = stage.settings.credentials;
  const { apiaccount, digest, timestamp } = call.headers;
  if (!apiaccount) return envelope('145003051', 'apiAccount 为空', null);
  if (!digest) return envelope('145003052', 'digest 为空', null);
  if (!timestamp || !/^\d{13}$/.test(timestamp)) return envelope('145003053', 'timestamp 为空', null);
  if (apiaccount !== JT_API_ACCOUNT) return envelope('145003010', 'API 账号不存在', null);
  return digest === signJt(bizContent, JT_PRIVATE_KEY) ? null : envelope('145003030', 'headers 签名验证失败', null);
}

/** J&T's open platform: `POST {base}/webopenplatformapi/api/{api}` with the form field `bizContent`. */
export function openJtGateway(stage: Stage): Gateway {
  return {
    party: 'JT',
    routes: ['/jt/webopenplatformapi/api/*'],
    prefix: '/jt/webopenplatformapi/api/',
    identify: (call) => call.path || '?',
    answer(call) {
      const api = APIS[call.path];
      if (call.method !== 'POST' || api === undefined) return envelope('145003012', '没有接口权限', null);
      const bizContent = readForm(call).get('bizContent') ?? '';
      const refused = checkCaller(stage, call, bizContent);
      if (refused !== null) return refused;
      const content = parseRecord(bizContent);
      return content === null ? envelope('145003050', '非法的业务参数', null) : api(stage, content);
    },
    refusal: (_api, code, message) => envelope(code ?? REFUSALS.RULES.code, message ?? REFUSALS.RULES.message, null),
    gatewayError: (_api, code, message) => envelope(code ?? '145003040', message ?? '接口调用内部异常', null),
  };
}
