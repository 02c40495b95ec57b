import { describe, expect, test } from '@jest/globals';
import { scanKey } from '../../domain/track.ts';
import { formPush, NOW } from '../testing/pushes.ts';
import { readStoPush } from './push.ts';
import { signSto } from './signature.ts';

const SECRET = 'sto-push-secret';
const TRACE = {
  outBizCode: 'b-1',
  opTime: '2023-01-29 03:12:00',
  scanType: '退回件',
  memo: '快件退回',
  opOrgCode: '310900',
  opOrgName: '杭州转运中心',
  opOrgType: '2',
};
const MESSAGE = { waybillNo: '770000000000001', linkCode: 'L1', trace: TRACE };
const pushOf = (content: string, over: Record<string, string> = {}) =>
  formPush({
    content,
    data_digest: signSto(content, SECRET),
    api_name: 'STO_TRACE_PLATFORM_PUSH',
    from_appkey: 'sto_trace_platform',
    from_code: 'sto_trace_platform',
    to_appkey: 'ours',
    to_code: 'ours',
    ...over,
  });
const read = (message: unknown) => readStoPush(pushOf(JSON.stringify(message)), SECRET, NOW);

describe('track push', () => {
  test('reads a scan and answers as STO wants it', () => {
    const reading = read(MESSAGE);
    expect(reading).toMatchObject({
      kind: 'VERIFIED',
      unreadable: null,
      scans: [
        {
          carrier: 'STO',
          waybillNo: '770000000000001',
          event: 'RETURNING',
          occurredAt: Date.UTC(2023, 0, 28, 19, 12),
          outletCode: '310900',
          outletName: '杭州转运中心',
          text: '快件退回',
          raw: TRACE,
        },
      ],
    });
    expect(reading.reply).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(reading.reply.body)).toMatchObject({ success: 'true', needRetry: 'false' });
  });

  test('several traces, and a sign after a return stays a sign: the state machine decides', () => {
    const trace = [{ ...TRACE, opTime: '2023-01-29 20:00:00', scanType: '签收' }, TRACE];
    expect(read({ ...MESSAGE, trace })).toMatchObject({ scans: [{ event: 'RETURNING' }, { event: 'SIGNED' }] });
  });

  test('pushed again because the answer was late: the same scan, whatever types its members have', () => {
    const odd = { ...TRACE, weight: 1.2, tz: null, opOrgType: 2, signoffPeople: null };
    const [first, again] = [read({ ...MESSAGE, trace: odd }), read({ ...MESSAGE, linkCode: null, trace: [{ ...odd, weight: '1.20' }] })];
    expect(first).toMatchObject({ unreadable: null, scans: [{ event: 'RETURNING' }] });
    const keys = [first, again].map((reading) => (reading.kind === 'VERIFIED' ? reading.scans.map(scanKey) : []));
    expect(keys[0]).toEqual(keys[1]);
  });

  test.each([
    ['wrong', pushOf('{}', { data_digest: signSto('{}', 'other') })],
    ['missing', formPush({ content: '{}' })],
    ['content missing', formPush({ data_digest: signSto('', SECRET) })],
    ['too long', pushOf('{}', { data_digest: 'x'.repeat(1_000) })],
  ])('signature %s is refused in STO’s form', (_case, push) => {
    const reading = readStoPush(push, SECRET, NOW);
    expect(reading.kind).toBe('BAD_SIGNATURE');
    expect(reading.reply.status).toBe(401);
    expect(JSON.parse(reading.reply.body)).toMatchObject({ success: 'false', errorCode: '007' });
  });

  test.each([
    ['not JSON'],
    ['[]'],
    [JSON.stringify({ ...MESSAGE, waybillNo: '' })],
    [JSON.stringify({ ...MESSAGE, trace: null })],
    [JSON.stringify({ ...MESSAGE, trace: [] })],
    [JSON.stringify({ ...MESSAGE, trace: { ...TRACE, opTime: 'x' } })],
    [JSON.stringify({ ...MESSAGE, trace: { ...TRACE, scanType: undefined } })],
  ])('%s is acknowledged and unreadable', (content) => {
    const reading = readStoPush(pushOf(content), SECRET, NOW);
    expect(reading).toMatchObject({ kind: 'VERIFIED', scans: [], unreadable: expect.any(String), reply: { status: 200 } });
  });
});
