import { parseRecord, readText } from '../exact-json.ts';
import { jsonAnswer, readForm, xmlAnswer } from '../exchange.ts';
import type { Gateway, Incoming, Outgoing } from '../exchange.ts';
import { decideIntercept } from '../intercepts.ts';
import type { Hindrance } from '../intercepts.ts';
import { scansInOrder, subscribeParcel } from '../parcels.ts';
import { toShanghaiText } from '../shanghai-time.ts';
import type { Stage } from '../stage.ts';
import { signYtoCall } from './signature.ts';
import { INFO_CONTENT } from './words.ts';

/** YTO publishes one sentence (the duplicate's); the others are of the same kind. None has a code beside `statusCode` 1. */
const REFUSALS: Record<Hindrance, string> = {
  UNKNOWN_WAYBILL: '运单号不存在，请核实',
  DUPLICATE: '已有有效拦截件，不能重复发起拦截',
  NO_TRACK: '运单未揽收，不能发起拦截',
  SIGNED: '运单已签收，不能发起拦截',
  DISPATCHED: '运单已派件，不能发起拦截',
  AT_STATION: '运单已入柜，不能发起拦截',
  RETURNING: '运单正在退回，不能发起拦截',
  LOST: '运单已登记遗失，不能发起拦截',
  RULES: '该运单不满足拦截条件',
};

type Api = (stage: Stage, param: Record<string, unknown>) => Outgoing;

const APIS: Record<string, Api> = {
  wanted_report_adapter: reportWanted,
  track_query_adapter: queryTrack,
  subscribe_adapter: subscribeTrack,
};

function reportWanted(stage: Stage, param: Record<string, unknown>): Outgoing {
  const waybillNo = readText(param, 'waybillNo');
  if (waybillNo === null) return jsonAnswer({ statusCode: 1, statusMessage: '运单号不能为空' });
  if (readText(param, 'wantedDesc') === null) return jsonAnswer({ statusCode: 1, statusMessage: '拦截描述不能为空' });
  const decision = decideIntercept(stage, 'YTO', waybillNo, null);
  if (decision.kind === 'ACCEPTED') return jsonAnswer({ statusCode: 0, statusMessage: '上报成功' });
  return jsonAnswer({ statusCode: 1, statusMessage: decision.message ?? REFUSALS[decision.hindrance] });
}

function queryTrack(stage: Stage, param: Record<string, unknown>): Outgoing {
  const member = Object.keys(param).find((name) => name.toUpperCase() === 'NUMBER');
  const waybillNo = member === undefined ? null : readText(param, member);
  if (waybillNo === null) return jsonAnswer({ success: false, code: 400, reason: '缺少参数 NUMBER' });
  const parcel = stage.state.parcels[waybillNo];
  if (parcel === undefined || parcel.carrier !== 'YTO' || parcel.scans.length === 0) {
    return jsonAnswer({ map: { [waybillNo]: [] }, code: '1001', success: 'true', message: '查询结果为空。' });
  }
  return jsonAnswer(
    scansInOrder(parcel).map((scan, index) => ({
      waybill_No: waybillNo,
      upload_Time: toShanghaiText(scan.occurredAt),
      infoContent: INFO_CONTENT[scan.event],
      processInfo: scan.text,
      city: scan.station.city,
      district: '',
      ...(index === 0 ? { weight: 0.68 } : {}),
    })),
  );
}

/** The waybill stands in a JSON text within the parameter; the client id, in both, names the account whose address is pushed to. */
function subscribeTrack(stage: Stage, param: Record<string, unknown>): Outgoing {
  const inner = parseRecord(readText(param, 'logistics_interface') ?? '');
  const waybillNo = readText(inner, 'waybillNo');
  const { YTO_CLIENT_ID } = stage.settings.credentials;
  if (readText(param, 'client_id') !== YTO_CLIENT_ID || readText(inner, 'clientId') !== YTO_CLIENT_ID)
    return jsonAnswer({ success: false, code: 403, reason: '商家代码不存在' });
  if (waybillNo === null || readText(param, 'msg_type') !== 'online')
    return jsonAnswer({ success: false, code: 400, reason: '请求参数不完整' });
  if (!subscribeParcel(stage, 'YTO', waybillNo)) return jsonAnswer({ success: false, code: 1001, reason: '运单号不存在' });
  return jsonAnswer({ success: true, waybillNo });
}

const BAD_SIGNATURE = { success: false, code: 401, reason: '请求加密校验失败' };

/** The four fields of a call, from a JSON body or a form. */
function readFields(call: Incoming): Record<string, unknown> | null {
  if ((call.headers['content-type'] ?? '').includes('x-www-form-urlencoded')) return Object.fromEntries(readForm(call));
  return parseRecord(call.body.toString('utf8'));
}

/** YTO's open gateway: `POST {base}/open/{method}/{version}/{urlKey}/{appKey}`. */
export function openYtoGateway(stage: Stage): Gateway {
  return {
    party: 'YTO',
    routes: ['/yto/open/:method/:version/:urlKey/:appKey'],
    prefix: '/yto/open/',
    identify: (call) => call.path.split('/')[0] || '?',
    answer(call) {
      const { YTO_APP_KEY, YTO_URL_KEY, YTO_SECRET } = stage.settings.credentials;
      const [method = '', version = '', urlKey, appKey] = call.path.split('/');
      const api = APIS[method];
      if (call.method !== 'POST' || api === undefined || version !== 'v1')
        return jsonAnswer({ success: false, code: 404, reason: '接口不存在' });
      if (urlKey !== YTO_URL_KEY || appKey !== YTO_APP_KEY) return jsonAnswer({ success: false, code: 403, reason: '没有接口权限' });
      const fields = readFields(call);
      const text = readText(fields, 'param');
      if (fields === null || text === null || !/^\d{13}$/.test(String(fields.timestamp)))
        return jsonAnswer({ success: false, code: 400, reason: '请求参数不完整' });
      if (readText(fields, 'sign') !== signYtoCall(text, method, version, YTO_SECRET)) return jsonAnswer(BAD_SIGNATURE);
      const param = parseRecord(text);
      return param === null ? jsonAnswer({ success: false, code: 400, reason: 'param 不是 JSON 对象' }) : api(stage, param);
    },
    refusal: (api, code, message) =>
      api === 'track_query_adapter'
        ? jsonAnswer({ success: false, code: Number(code ?? 500), reason: message ?? '查询失败' })
        : jsonAnswer({ statusCode: 1, statusMessage: message ?? REFUSALS.RULES }),
    gatewayError: (_api, code, message) =>
      jsonAnswer({ success: false, code: Number(code ?? 500), reason: message ?? '系统繁忙，请稍后重试' }),
    gatewayXml: (code, message) =>
      xmlAnswer('Response', { success: 'false', code: code ?? '500', reason: message ?? '系统繁忙，请稍后重试' }),
  };
}
