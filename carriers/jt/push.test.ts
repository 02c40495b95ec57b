import { describe, expect, test } from '@jest/globals';
import type { RawPush } from '../port.ts';
import { formPush, NOW } from '../testing/pushes.ts';
import { readJtPush } from './push.ts';
import { signJt } from './signature.ts';

const KEY = 'jt-private-key';
const DETAIL = {
  scanTime: '2023-01-28 10:40:00',
  scanType: '快件揽收',
  desc: '已取件',
  scanNetworkId: 1772,
  scanNetworkName: '上海示例网点',
};
const MESSAGE = { billCode: 'JT0000000000001', txlogisticId: 'TX-1', details: [DETAIL] };
const pushOf = (bizContent: string, digest: string = signJt(bizContent, KEY)) =>
  formPush({ bizContent }, { apiaccount: '178', digest, timestamp: '1674873600000' });
const read = (message: unknown) => readJtPush(pushOf(JSON.stringify(message)), KEY, NOW);

describe('track push', () => {
  test('reads a scan and answers as J&T wants it', () => {
    const reading = read(MESSAGE);
    expect(reading).toMatchObject({
      kind: 'VERIFIED',
      unreadable: null,
      scans: [
        {
          carrier: 'JT',
          waybillNo: 'JT0000000000001',
          event: 'PICKED_UP',
          occurredAt: Date.UTC(2023, 0, 28, 2, 40),
          outletCode: '1772',
          text: '已取件',
          raw: DETAIL,
        },
      ],
    });
    expect(reading.reply).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(reading.reply.body)).toEqual({ code: '1', msg: 'success', data: 'SUCCESS', requestId: expect.any(String) });
  });

  test('several details: the history they tell, the bad one named', () => {
    const details = [
      { ...DETAIL, scanType: '快件签收', scanTime: '2023-01-29 20:00:00' },
      { ...DETAIL, scanType: 14, scanTime: '2023-01-29 03:12:00' },
      { ...DETAIL, scanTime: '?' },
      DETAIL,
    ];
    expect(read({ ...MESSAGE, details })).toMatchObject({
      kind: 'VERIFIED',
      scans: [{ event: 'PICKED_UP' }, { event: 'RETURNING' }, { event: 'RETURN_SIGNED' }],
      unreadable: 'scanTime ? is no time',
    });
  });

  test('a return revoked in the same push is none', () => {
    const at = (hour: string, scanType: string) => ({ ...DETAIL, scanTime: `2023-01-28 ${hour}:00:00`, scanType });
    const details = [at('08', '退件扫描'), at('09', '退件撤销'), at('12', '快件签收')];
    expect(read({ ...MESSAGE, details })).toMatchObject({ scans: [{ event: 'PROBLEM' }, { event: 'PROBLEM' }, { event: 'SIGNED' }] });
    expect(read({ ...MESSAGE, details: [details[1]] })).toMatchObject({ scans: [{ event: 'PROBLEM' }], unreadable: null });
  });

  test('a sign alone stays a sign', () => {
    expect(read({ ...MESSAGE, details: [{ ...DETAIL, scanType: '快件签收' }] })).toMatchObject({ scans: [{ event: 'SIGNED' }] });
  });

  const repeated = { digest: [signJt('{}', KEY), 'x'] } as unknown as RawPush['headers'];
  test.each([
    ['wrong', pushOf('{}', signJt('{}', 'other'))],
    ['empty', pushOf('{}', '')],
    ['missing', formPush({ bizContent: '{}' })],
    ['of a repeated header', formPush({ bizContent: '{}' }, repeated)],
    ['of a joined header', pushOf('{}', `${signJt('{}', KEY)}, x`)],
    ['without content', formPush({}, { digest: signJt('', KEY) })],
  ])('signature %s is refused in J&T’s form', (_case, push) => {
    const reading = readJtPush(push, KEY, NOW);
    expect(reading.kind).toBe('BAD_SIGNATURE');
    expect(reading.reply.status).toBe(401);
    expect(JSON.parse(reading.reply.body)).toMatchObject({ code: '145003030' });
  });

  test.each([
    ['not JSON'],
    ['7'],
    [JSON.stringify({ ...MESSAGE, billCode: null })],
    [JSON.stringify({ ...MESSAGE, details: [] })],
    [JSON.stringify({ ...MESSAGE, details: 'x' })],
    [JSON.stringify({ ...MESSAGE, details: [{}] })],
  ])('%s is acknowledged and unreadable', (bizContent) => {
    const reading = readJtPush(pushOf(bizContent), KEY, NOW);
    expect(reading).toMatchObject({ kind: 'VERIFIED', scans: [], unreadable: expect.any(String), reply: { status: 200 } });
  });
});
