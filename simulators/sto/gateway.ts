import { asRecord, parseRecord, readText } from '../exact-json.ts';
import { jsonAnswer, readForm, xmlAnswer } from '../exchange.ts';
import type { Gateway, Outgoing } from '../exchange.ts';
import { decideIntercept } from '../intercepts.ts';
import type { Hindrance } from '../intercepts.ts';
import { scansInOrder, subscribeParcel } from '../parcels.ts';
import { problemWord } from '../scans.ts';
import { toShanghaiText } from '../shanghai-time.ts';
import type { Stage } from '../stage.ts';
import { signSto } from './signature.ts';
import { SCAN_TYPE } from './words.ts';

/** STO's intercept codes are not public: code and words are made up in the manner of its other APIs. */
const REFUSALS: Record<Hindrance, { code: string; message: string }> = {
  UNKNOWN_WAYBILL: { code: '005', message: '运单号不存在' },
  DUPLICATE: { code: 'INTERCEPT_EXIST', message: '该运单已存在拦截件，请勿重复发起' },
  NO_TRACK: { code: 'INTERCEPT_NO_TRACE', message: '该运单无揽收轨迹，不允许发起拦截' },
  SIGNED: { code: 'INTERCEPT_SIGNED', message: '该运单已签收，不允许发起拦截' },
  DISPATCHED: { code: 'INTERCEPT_DISPATCHED', message: '该运单已派件，不允许发起拦截' },
  AT_STATION: { code: 'INTERCEPT_STATION', message: '该运单已入驿站，不允许发起拦截' },
  RETURNING: { code: 'INTERCEPT_RETURN', message: '该运单正在退回，不允许发起拦截' },
  LOST: { code: 'INTERCEPT_LOST', message: '该运单已登记遗失，不允许发起拦截' },
  RULES: { code: 'INTERCEPT_RULE', message: '该运单不满足拦截规则' },
};

/** Where each API must be addressed: `to_appkey` and `to_code`. */
const APIS: Record<string, { to: string; answer: (stage: Stage, content: Record<string, unknown>) => Outgoing }> = {
  INTERCEPT_CREATE_STANDARD: { to: 'reverse-center', answer: createIntercept },
  STO_TRACE_QUERY_COMMON: { to: 'sto_trace_query', answer: queryTrace },
  STO_TRACE_PLATFORM_SUBSCRIBE: { to: 'sto_trace_platform', answer: subscribeTrace },
};

function envelope(success: boolean, errorCode: string, errorMsg: string, data: unknown, needRetry = false): Outgoing {
  return jsonAnswer({ success: String(success), errorCode, errorMsg, needRetry: String(needRetry), requestId: '', expInfo: '', data });
}

function createIntercept(stage: Stage, content: Record<string, unknown>): Outgoing {
  const waybillNo = readText(content, 'waybillNo');
  if (waybillNo === null || readText(content, 'interceptForAct') !== 'DEFAULT')
    return envelope(false, '008', '参数错误：waybillNo、interceptForAct', null);
  const decision = decideIntercept(stage, 'STO', waybillNo, null);
  if (decision.kind === 'ACCEPTED') return envelope(true, '', '', { waybillNo, interceptNo: decision.reference });
  const usual = REFUSALS[decision.hindrance];
  return envelope(false, decision.code ?? usual.code, decision.message ?? usual.message, null);
}

function queryTrace(stage: Stage, content: Record<string, unknown>): Outgoing {
  const numbers = content.waybillNoList;
  if (!Array.isArray(numbers) || numbers.length === 0 || !numbers.every((each) => typeof each === 'string'))
    return envelope(false, '008', '参数错误：waybillNoList', null);
  const newestFirst = readText(content, 'order') === 'desc';
  const data: Record<string, unknown[]> = {};
  for (const waybillNo of numbers) {
    const parcel = stage.state.parcels[waybillNo];
    if (parcel === undefined || parcel.carrier !== 'STO' || parcel.scans.length === 0) continue;
    const scans = scansInOrder(parcel).map((scan) => ({
      waybillNo,
      opTime: toShanghaiText(scan.occurredAt),
      scanType: SCAN_TYPE[scan.event],
      memo: scan.text,
      weight: '1.20',
      opOrgCode: scan.station.code,
      opOrgName: scan.station.name,
      opOrgProvinceName: scan.station.province,
      opOrgCityName: scan.station.city,
      opOrgTel: '',
      opOrgTypeCode: scan.station.kind === 'HUB' ? '0003' : '0001',
      nextOrgCode: '',
      nextOrgName: '',
      issueName: problemWord(scan.event) ?? '',
      signoffPeople: scan.event === 'SIGNED' ? '本人' : '',
    }));
    data[waybillNo] = newestFirst ? scans.toReversed() : scans;
  }
  return envelope(true, '', '', data);
}

function subscribeTrace(stage: Stage, content: Record<string, unknown>): Outgoing {
  const list = content.subscribeInfoList;
  if (!Array.isArray(list) || list.length === 0) return envelope(false, '008', '参数错误：subscribeInfoList', null);
  const data = list.map((each) => {
    const waybillNo = readText(asRecord(each), 'waybillNo') ?? '';
    const done = subscribeParcel(stage, 'STO', waybillNo);
    return { waybillNo, status: String(done), message: done ? '' : '运单号错误' };
  });
  return envelope(true, '', '', data);
}

/** STO's link gateway: one address, the API in the form field `api_name`. */
export function openStoGateway(stage: Stage): Gateway {
  return {
    party: 'STO',
    routes: ['/sto/gateway/link.do'],
    prefix: '/sto/gateway/',
    identify: (call) => readForm(call).get('api_name') ?? '?',
    answer(call) {
      const { STO_FROM_APPKEY, STO_FROM_CODE, STO_SECRET } = stage.settings.credentials;
      const form = readForm(call);
      const api = APIS[form.get('api_name') ?? ''];
      if (call.method !== 'POST' || api === undefined) return envelope(false, '004', '接口不存在', null);
      if (form.get('from_appkey') !== STO_FROM_APPKEY || form.get('from_code') !== STO_FROM_CODE)
        return envelope(false, '006', '没有接口权限', null);
      if (form.get('to_appkey') !== api.to || form.get('to_code') !== api.to) return envelope(false, '006', '目标应用未订阅该接口', null);
      const text = form.get('content') ?? '';
      if (form.get('data_digest') !== signSto(text, STO_SECRET)) return envelope(false, '007', '签名校验失败', null);
      const content = parseRecord(text);
      return content === null ? envelope(false, '008', 'content 不是 JSON 对象', null) : api.answer(stage, content);
    },
    refusal: (_api, code, message) => envelope(false, code ?? REFUSALS.RULES.code, message ?? REFUSALS.RULES.message, null),
    gatewayError: (_api, code, message) => envelope(false, code ?? '009', message ?? '系统繁忙', null, (code ?? '009') === '009'),
    gatewayXml: (code, message) =>
      xmlAnswer('response', { success: 'false', errorCode: code ?? '009', errorMsg: message ?? '系统繁忙', needRetry: 'true' }),
  };
}
