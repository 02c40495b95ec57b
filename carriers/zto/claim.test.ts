import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import type { ClaimRequest } from '../port.ts';
import { createIncidentBody, queryIncidentBody, readClaimAnswer, readClaimProgress } from './claim.ts';

const reply = (body: unknown): CarrierReply => ({ kind: 'REPLY', status: 200, text: JSON.stringify(body) });
const REQUEST: ClaimRequest = {
  waybillNo: '73100000000001',
  kind: 'DAMAGE',
  claimId: 'c-1',
  contactPhone: '13800000000',
  contactName: '示例店铺',
  claimedFen: 12345,
  commodity: '连衣裙 x1',
  description: '外包装破损',
};

describe('work order', () => {
  test('says what ZTO asks for, the amount in yuan', () => {
    expect(JSON.parse(createIncidentBody(REQUEST))).toEqual({
      traceId: 'c-1',
      customer: { name: '示例店铺', type: '2' },
      incident: {
        billCode: '73100000000001',
        type: 'damage-compensation',
        desc: '外包装破损',
        mobile: '13800000000',
        commodity: '连衣裙 x1',
      },
      extraInfo: { expectedCompensationAmount: '123.45', collectionCustomerMobile: '13800000000' },
    });
    expect(JSON.parse(createIncidentBody({ ...REQUEST, kind: 'LOSS' }))).toMatchObject({ incident: { type: 'lose-claim' } });
    expect(queryIncidentBody('73')).toBe('{"billCode":"73"}');
  });

  test('answers', () => {
    expect(readClaimAnswer(reply({ status: true, statusCode: 'SYS000', result: { bizNo: 'G1' } }))).toEqual({
      kind: 'ACCEPTED',
      reference: 'G1',
    });
    expect(readClaimAnswer(reply({ status: false, statusCode: 'E1', messag: '工单类型不支持' }))).toEqual({
      kind: 'REFUSED',
      code: 'E1',
      message: '工单类型不支持',
    });
    expect(readClaimAnswer(reply({ status: false, statusCode: 'S200', message: '超时' }))).toEqual({
      kind: 'UNKNOWN',
      sent: true,
      reason: 'S200 超时',
    });
    expect(readClaimAnswer({ kind: 'FAILED', sent: true, reason: 'HTTP 502' })).toEqual({
      kind: 'UNKNOWN',
      sent: true,
      reason: 'HTTP 502',
    });
  });

  test.each(['重复提交', '该运单已有理赔工单', '工单已存在', '请勿重复创建'])('%s: a work order is there', (message) => {
    expect(readClaimAnswer(reply({ status: false, statusCode: 'E2', message }))).toEqual({ kind: 'EXISTS', code: 'E2', message });
  });

  test.each(['工单不存在', '已有签收记录，不能理赔', '是否已有工单', '没有已创建的工单', '运单已存在'])('%s: a refusal', (message) => {
    expect(readClaimAnswer(reply({ status: false, statusCode: 'E2', message })).kind).toBe('REFUSED');
  });

  test('a right that is not granted is no verdict on the parcel', () => {
    expect(readClaimAnswer(reply({ status: false, statusCode: 'S210', message: '无权限访问' }))).toMatchObject({
      kind: 'UNKNOWN',
      sent: false,
      accessFault: { code: 'S210' },
    });
  });
});

describe('progress', () => {
  const progress = (over: object) => readClaimProgress(reply({ status: true, result: { bizNo: 'G1', billCode: '73', ...over } }), '73');

  test.each([
    [{ incidentStatus: 'created' }, 'CREATED'],
    [{ incidentStatus: 'processing' }, 'PROCESSING'],
    [{ incidentStatus: 'finished', incidentMessage: '已完结' }, 'FINISHED'],
    [{ incidentStatus: '', incidentMessage: '处理中' }, 'PROCESSING'],
    [{ incidentStatus: '1', incidentMessage: 'created' }, 'CREATED'],
  ])('%j is %s', (over, kind) => {
    expect(progress(over)).toEqual({ kind, replies: [], reference: 'G1' });
  });

  test('replies of the staff with their time', () => {
    const handleRecords = [
      { handleTime: '2023-01-28 10:40:00', reply: '已核实' },
      { handleTime: 'x', reply: '赔付' },
    ];
    expect(progress({ incidentStatus: 'processing', handleRecords })).toMatchObject({
      replies: [
        { at: Date.UTC(2023, 0, 28, 2, 40), text: '已核实' },
        { at: null, text: '赔付' },
      ],
    });
  });

  test('no progress known', () => {
    expect(progress({ incidentStatus: 'strange' })).toMatchObject({ kind: 'UNKNOWN' });
    expect(progress({ billCode: '99', incidentStatus: 'finished' })).toMatchObject({ kind: 'UNKNOWN' });
    expect(readClaimProgress(reply({ status: true, result: null }), '73')).toMatchObject({ kind: 'UNKNOWN' });
    expect(readClaimProgress(reply({ status: false, statusCode: 'E9', message: '无权限' }), '73')).toEqual({
      kind: 'UNKNOWN',
      reason: 'E9 无权限',
    });
    expect(readClaimProgress({ kind: 'FAILED', sent: true, reason: 'reset' }, '73')).toMatchObject({ kind: 'UNKNOWN', reason: 'reset' });
  });
});
