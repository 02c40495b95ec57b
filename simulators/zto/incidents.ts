import { asRecord, readNumber, readText } from '../exact-json.ts';
import { jsonAnswer } from '../exchange.ts';
import type { Outgoing } from '../exchange.ts';
import { toShanghaiText } from '../shanghai-time.ts';
import type { Stage } from '../stage.ts';
import type { Deed, Incident } from '../state.ts';

const CLAIM_KINDS = ['damage-compensation', 'lose-claim', 'damage-claim'];
const OTHER_KINDS = [
  'event-urge',
  'event-sign-not-receive',
  'check_goods_weight',
  'edit_delivery_address',
  'return_to_sender',
  'return_to_net_code',
  'cancel_return',
  'cancel_edit_address',
  'modify_recipient_contact_number',
];
const STATUS_NAME: Record<Incident['status'], string> = { created: '已受理', processing: '处理中', finished: '已完结' };

function failure(statusCode: string, message: string): Outgoing {
  return jsonAnswer({ status: false, statusCode, message, result: null });
}

/** `zto.open.merchant.incident.create`: opens a work order; the same `traceId` again returns the same one. */
export function createIncident(stage: Stage, body: Record<string, unknown>): Outgoing {
  const incident = asRecord(body.incident);
  const traceId = readText(body, 'traceId');
  const waybillNo = readText(incident, 'billCode');
  const kind = readText(incident, 'type');
  if (traceId === null || waybillNo === null || kind === null || readText(asRecord(body.customer), 'name') === null) {
    return failure('S208', '缺少必填参数 traceId、customer.name、incident.billCode 或 incident.type');
  }
  if (!CLAIM_KINDS.includes(kind) && !OTHER_KINDS.includes(kind)) return failure('E50001', `工单类型 ${kind} 不存在`);
  if (
    CLAIM_KINDS.includes(kind) &&
    readNumber(asRecord(body.extraInfo), 'expectedCompensationAmount') === null &&
    readText(asRecord(body.extraInfo), 'expectedCompensationAmount') === null
  ) {
    return failure('E50002', '理赔类工单必须填写期望赔付金额');
  }
  if (stage.state.parcels[waybillNo]?.carrier !== 'ZTO') return failure('E416', '非中通运单');
  const known = stage.lookup.incidentOfTrace(traceId);
  if (known !== null) return success(traceId, { bizNo: known });
  const reference = `GD${stage.nextNumber()}`;
  stage.state.incidents[reference] = { reference, traceId, waybillNo, kind, createdAt: stage.now(), status: 'created', replies: [] };
  stage.changed('incidents', reference);
  stage.schedule.add(
    { kind: 'INCIDENT', reference, status: 'processing', reply: '客服已受理，正在联系网点核实' },
    stage.settings.paceMs * 2,
  );
  stage.schedule.add(
    { kind: 'INCIDENT', reference, status: 'finished', reply: '经核实情况属实，同意按申报金额赔付' },
    stage.settings.paceMs * 4,
  );
  return success(traceId, { bizNo: reference });
}

/** `zto.open.merchant.incident.query`: by work order number, or the newest one of a waybill. */
export function queryIncident(stage: Stage, body: Record<string, unknown>): Outgoing {
  const reference = readText(body, 'bizNo');
  const waybillNo = readText(body, 'billCode');
  if (reference === null && waybillNo === null) return failure('S208', '缺少必填参数 bizNo 或 billCode');
  const incident =
    reference === null
      ? Object.values(stage.state.incidents).findLast((each) => each.waybillNo === waybillNo)
      : stage.state.incidents[reference];
  if (incident === undefined) return failure('E50003', '工单不存在');
  return success(incident.traceId, {
    bizNo: incident.reference,
    billCode: incident.waybillNo,
    incidentStatus: incident.status,
    incidentMessage: STATUS_NAME[incident.status],
    handleRecords: incident.replies.map(({ handleTime, reply }) => ({ handleTime: toShanghaiText(handleTime), reply })),
  });
}

function success(traceId: string, result: unknown): Outgoing {
  return jsonAnswer({ status: true, statusCode: 'SYS000', message: '请求成功', traceId, result });
}

/** Lets the carrier's customer service go one step further with a work order. */
export function advanceIncident(stage: Stage, deed: Extract<Deed, { kind: 'INCIDENT' }>): void {
  const incident = stage.state.incidents[deed.reference];
  if (incident === undefined) return;
  incident.status = deed.status;
  incident.replies.push({ handleTime: stage.now(), reply: deed.reply });
  stage.changed('incidents', deed.reference);
}
