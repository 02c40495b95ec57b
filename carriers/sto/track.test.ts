import { describe, expect, test } from '@jest/globals';
import type { CarrierReply } from '../http.ts';
import { NOW } from '../testing/pushes.ts';
import { readTrackAnswer } from './track.ts';

const WAYBILL = '770000000000001';
const answer = (body: unknown): CarrierReply => ({
  kind: 'REPLY',
  status: 200,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const ok = (data: unknown) => ({ success: 'true', errorCode: '', errorMsg: '', needRetry: 'false', data });
const read = (body: unknown) => readTrackAnswer(answer(body), WAYBILL, NOW);
const scan = (scanType: string, opTime: string, over: object = {}) => ({
  waybillNo: WAYBILL,
  scanType,
  opTime,
  memo: scanType,
  weight: '1.2',
  ...over,
});

describe('track query', () => {
  test('reads the list under the waybill’s own name', () => {
    const reading = read(
      ok({ [WAYBILL]: [scan('退回件', '2023-01-29 03:12:00'), scan('收件', '2023-01-28 10:40:00'), scan('签收', '2023-01-29 20:00:00')] }),
    );
    expect(reading.kind === 'SCANS' && reading.scans.map((one) => [one.event, one.waybillNo])).toEqual([
      ['PICKED_UP', WAYBILL],
      ['RETURNING', WAYBILL],
      ['RETURN_SIGNED', WAYBILL],
    ]);
  });

  test.each([[{ [WAYBILL]: [] }], [{ [WAYBILL]: null }], [{}], [null], [[]], [{ 999: [scan('收件', '2023-01-28 10:40:00')] }]])(
    'data %j is no track',
    (data) => {
      expect(read(ok(data))).toEqual({ kind: 'NO_TRACK' });
    },
  );

  test('no answer', () => {
    expect(read({ success: false, errorCode: '005', errorMsg: '运单号错误' })).toEqual({ kind: 'UNAVAILABLE', reason: '005 运单号错误' });
    expect(read({ success: false, errorCode: '009', errorMsg: '繁忙' })).toEqual({ kind: 'UNAVAILABLE', reason: '009 繁忙' });
    expect(read('<response><success>false</success><errorCode>S01</errorCode></response>')).toEqual({ kind: 'UNAVAILABLE', reason: 'S01' });
    expect(read('nonsense')).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read(ok({ [WAYBILL]: [scan('收件', 'x')] }))).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(read(ok({ [WAYBILL]: [scan('签收', '2023-01-28 10:40:00', { waybillNo: '99' })] }))).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(readTrackAnswer({ kind: 'FAILED', sent: false, reason: 'refused' }, WAYBILL, NOW)).toEqual({
      kind: 'UNAVAILABLE',
      reason: 'refused',
    });
  });
});
