import { parseRecord, readNumber, readText } from '../exact-json.ts';
import { jsonAnswer } from '../exchange.ts';
import type { Gateway, Incoming, Outgoing } from '../exchange.ts';
import { decideIntercept } from '../intercepts.ts';
import type { Hindrance } from '../intercepts.ts';
import { scansInOrder, subscribeParcel } from '../parcels.ts';
import type { Stage } from '../stage.ts';
import type { Parcel, ReturnPlace, Scan } from '../state.ts';
import { createIncident, queryIncident } from './incidents.ts';
import { signZto } from './signature.ts';
import { QUERY_SCAN_TYPE, returnType, STATUS_NAME } from './words.ts';

/** The document's codes for what stands in the way of an intercept. */
const REFUSALS: Record<Hindrance, { code: string; message: string }> = {
  UNKNOWN_WAYBILL: { code: 'E23102', message: '订单信息不存在' },
  DUPLICATE: { code: 'E23121', message: '存在相同渠道的拦截件,不允许再次发起' },
  NO_TRACK: { code: 'E23119', message: '无任何轨迹不允许发起拦截' },
  SIGNED: { code: 'E23101', message: '快件已签收' },
  DISPATCHED: { code: 'E23120', message: '有派件扫描不允许拦截' },
  AT_STATION: { code: 'E23112', message: '已第三方进站不允许拦截' },
  RETURNING: { code: 'E23123', message: '存在退改件信息不允许拦截' },
  LOST: { code: 'E23140', message: '包裹已确认遗失，不允许拦截' },
  RULES: { code: 'E23139', message: '不满足拦截发起业务规则' },
};

/** 返回收件网点, 修改派送地址, 退回指定地址; 2 返回寄件人地址 is the usual way. */
const TO_OUTLET = 1;
const TO_OTHER_ADDRESS = 3;
const TO_GIVEN_ADDRESS = 4;

/** Where the parcel is to go; undefined: back to the sender. */
function placeOf(destinationType: number, body: Record<string, unknown>): ReturnPlace | undefined {
  if (destinationType === TO_OUTLET) return { kind: 'OUTLET' };
  if (destinationType !== TO_GIVEN_ADDRESS) return undefined;
  return { kind: 'ADDRESS', province: readText(body, 'receiveProvince') ?? '', city: readText(body, 'receiveCity') ?? '' };
}

/** What ZTO says against the new address; the document's codes for its phone. */
function faultOfReceiver(body: Record<string, unknown>): Outgoing | null {
  const missing = ['receiveUsername', 'receiveAddress', 'receiveDistrict', 'receiveCity', 'receiveProvince'].find(
    (field) => readText(body, field) === null,
  );
  if (missing !== undefined) return ztoFailure('S208', `缺少必填参数 ${missing}`);
  const phone = readText(body, 'receivePhone') ?? '';
  if (phone.length > 16) return ztoFailure('E23150', '联系方式超过16位，请删减');
  return /^[0-9-]{7,}$/.test(phone) ? null : ztoFailure('E23148', '联系方式格式错误，请检查后提交或不填写');
}

/** ZTO refuses, also its gateway, under HTTP 200 with `status: false`. */
function ztoFailure(statusCode: string, message: string): Outgoing {
  return jsonAnswer({ status: false, statusCode, message, result: null });
}

type Api = (stage: Stage, body: Record<string, unknown>) => Outgoing;

const APIS: Record<string, Api> = {
  'thirdcenter.createIntercept': createIntercept,
  'thirdcenter.queryInterceptAndReturnStatus': queryIntercept,
  'zto.merchant.waybill.track.query': queryTrack,
  'zto.merchant.waybill.track.subsrcibe': subscribeTrack,
  'zto.open.merchant.incident.create': createIncident,
  'zto.open.merchant.incident.query': queryIncident,
};

function createIntercept(stage: Stage, body: Record<string, unknown>): Outgoing {
  const billCode = readText(body, 'billCode');
  const requestId = readText(body, 'requestId');
  if (billCode === null || requestId === null || readText(body, 'thirdBizNo') === null)
    return ztoFailure('S208', '缺少必填参数 billCode、requestId 或 thirdBizNo');
  const destinationType = readNumber(body, 'destinationType');
  if (destinationType === null || destinationType < 1 || destinationType > 4) return ztoFailure('E23108', '无效的拦截、退改方式');
  const fault = destinationType === TO_OTHER_ADDRESS || destinationType === TO_GIVEN_ADDRESS ? faultOfReceiver(body) : null;
  if (fault !== null) return fault;
  const decision = decideIntercept(stage, 'ZTO', billCode, requestId, placeOf(destinationType, body));
  if (decision.kind === 'ACCEPTED')
    return jsonAnswer({ status: true, statusCode: 'SYS000', message: '操作成功', data: { centerBizNo: decision.reference } });
  const usual = REFUSALS[decision.hindrance];
  const ended = decision.hindrance === 'DUPLICATE' && stage.state.parcels[billCode]?.intercept?.status !== 'INTERCEPTING';
  if (ended) return ztoFailure('E23127', '已经有相同诉求,不允许再次发起');
  return ztoFailure(decision.code ?? usual.code, decision.message ?? usual.message);
}

function queryIntercept(stage: Stage, body: Record<string, unknown>): Outgoing {
  const billCode = readText(body, 'billCode');
  if (billCode === null) return ztoFailure('S208', '缺少必填参数 billCode');
  const parcel = stage.state.parcels[billCode];
  if (parcel === undefined || parcel.carrier !== 'ZTO' || parcel.intercept === null) return ztoFailure('E23102', '订单信息不存在');
  const { status, reference } = parcel.intercept;
  return jsonAnswer({
    status: true,
    statusCode: 'SYS000',
    message: '操作成功',
    data: { billCode, serviceCode: reference, status, statusName: STATUS_NAME[status] },
  });
}

function queryTrack(stage: Stage, body: Record<string, unknown>): Outgoing {
  const billCode = readText(body, 'billCode');
  if (billCode === null) return ztoFailure('S208', '缺少必填参数 billCode');
  if (!/^\d{14}$/.test(billCode)) return ztoFailure('E416', '非中通运单');
  const parcel = stage.state.parcels[billCode];
  const denied = parcel === undefined ? null : denyTrack(parcel, readText(body, 'mobilePhone'));
  if (denied !== null) return denied;
  const result = parcel?.carrier === 'ZTO' ? scansInOrder(parcel).map((scan) => writeScan(parcel, scan)) : [];
  return jsonAnswer({ status: true, statusCode: 'SYS000', message: '请求成功', result });
}

function subscribeTrack(stage: Stage, body: Record<string, unknown>): Outgoing {
  const billCode = readText(body, 'billCode');
  if (billCode === null) return ztoFailure('S208', '缺少必填参数 billCode');
  const parcel = stage.state.parcels[billCode];
  const denied = parcel === undefined ? null : denyTrack(parcel, readText(body, 'mobilePhone'));
  if (denied !== null) return denied;
  if (!subscribeParcel(stage, 'ZTO', billCode)) return ztoFailure('E416', '非中通运单');
  return jsonAnswer({ status: true, statusCode: 'SYS000', message: '操作成功', result: true });
}

/** ZTO's data permission: who is not bound names the last four digits of a party's phone. */
function denyTrack({ asksPhone }: Parcel, phone: string | null): Outgoing | null {
  if (!asksPhone || phone === asksPhone) return null;
  if (phone === null) return ztoFailure('E413', '鉴权失败,请输入收寄人任一方电话号码后4位');
  return ztoFailure('E409', '鉴权失败,收寄人电话号码校验不一致');
}

function writeScan(parcel: Parcel, scan: Scan): unknown {
  const { code, name, province, city, kind } = scan.station;
  const siteId = Number.parseInt(code, 10) || 0;
  return {
    billCode: parcel.waybillNo,
    scanType: QUERY_SCAN_TYPE[scan.event],
    scanDate: scan.occurredAt,
    desc: scan.text,
    scanSite: { id: siteId, siteId, code, name, prov: province, city, phone: '', isCenter: kind === 'HUB' ? 'T' : 'F', isTransfer: 2 },
    preOrNextSite: null,
    operateUser: '业务员',
    operateUserPhone: '',
    signMan: scan.event === 'SIGNED' ? '本人' : '',
    returnType: returnType(scan.event),
    returnUpdateType: returnType(scan.event),
  };
}

function checkCaller(stage: Stage, call: Incoming): Outgoing | null {
  const { ZTO_APP_KEY, ZTO_APP_SECRET } = stage.settings.credentials;
  const appKey = call.headers['x-appkey'] ?? call.headers['x-companyid'];
  const digest = call.headers['x-datadigest'];
  if (appKey === undefined || digest === undefined) return ztoFailure('S208', '缺少请求头 x-appKey 或 x-dataDigest');
  if (appKey !== ZTO_APP_KEY) return ztoFailure('S210', '没有接口权限');
  const timestamp = call.headers['x-timestamp'];
  if (timestamp !== undefined && !/^\d{13}$/.test(timestamp)) return ztoFailure('S214', '时间戳错误');
  return digest === signZto(call.body, ZTO_APP_SECRET) ? null : ztoFailure('S211', '签名错误');
}

/** ZTO's open gateway: `POST {base}/{api name}` with a JSON body. */
export function openZtoGateway(stage: Stage): Gateway {
  return {
    party: 'ZTO',
    routes: ['/zto/*'],
    prefix: '/zto/',
    identify: (call) => call.path || '?',
    answer(call) {
      const api = APIS[call.path];
      if (call.method !== 'POST' || api === undefined) return ztoFailure('S207', '接口不存在');
      const refused = checkCaller(stage, call);
      if (refused !== null) return refused;
      const body = parseRecord(call.body.toString('utf8'));
      return body === null ? ztoFailure('S208', '请求体不是 JSON 对象') : api(stage, body);
    },
    refusal: (_api, code, message) => ztoFailure(code ?? REFUSALS.RULES.code, message ?? REFUSALS.RULES.message),
    gatewayError: (_api, code, message) => ztoFailure(code ?? 'S202', message ?? '系统异常'),
  };
}
