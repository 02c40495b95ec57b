import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS } from '../../domain/time.ts';
import { readResultPush } from './result-push.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const BODY = { eventId: 'e-1', waybillNo: '73100000000001', result: 'SUCCEEDED', occurredAt: '2026-01-02T11:04:05.123456+08:00' };

test('a full push is read, its time in milliseconds', () => {
  expect(readResultPush({ ...BODY, code: 'E1', message: '拦截成功' }, NOW)).toEqual({
    kind: 'READ',
    push: { eventId: 'e-1', waybillNo: '73100000000001', result: 'SUCCEEDED', occurredAt: NOW + 123, code: 'E1', message: '拦截成功' },
  });
});

test('code and message may be absent or null', () => {
  const expected = { kind: 'READ', push: { code: null, message: '' } };
  expect(readResultPush(BODY, NOW)).toMatchObject(expected);
  expect(readResultPush({ ...BODY, code: null, message: null }, NOW)).toMatchObject(expected);
});

test.each(['SUCCEEDED', 'FAILED', 'REFUSED', 'LOST', 'DAMAGED'])('%s is a result', (result) => {
  expect(readResultPush({ ...BODY, result }, NOW)).toMatchObject({ kind: 'READ', push: { result } });
});

describe('a fault is named by its pointer', () => {
  const faults: [string, Record<string, unknown>][] = [
    ['/eventId', { eventId: undefined }],
    ['/eventId', { eventId: '' }],
    ['/eventId', { eventId: 7 }],
    ['/eventId', { eventId: 'x'.repeat(129) }],
    ['/eventId', { eventId: 'a\u0000b' }],
    ['/waybillNo', { waybillNo: '1' }],
    ['/waybillNo', { waybillNo: 73100000000001 }],
    ['/waybillNo', { waybillNo: '7310 0000' }],
    ['/result', { result: 'succeeded' }],
    ['/result', { result: ['SUCCEEDED'] }],
    ['/result', { result: 'toString' }],
    ['/occurredAt', { occurredAt: '2026-01-02 11:04:05' }],
    ['/occurredAt', { occurredAt: '2026-01-02T11:04:05' }],
    ['/occurredAt', { occurredAt: '2026-02-30T11:04:05Z' }],
    ['/occurredAt', { occurredAt: '2026-01-02T11:04:05+99:99' }],
    ['/occurredAt', { occurredAt: '1970-01-01T00:00:00Z' }],
    ['/occurredAt', { occurredAt: NOW }],
    ['/occurredAt', { occurredAt: new Date(NOW + DAY_MS + 1).toISOString() }],
    ['/code', { code: 1 }],
    ['/code', { code: 'x'.repeat(65) }],
    ['/message', { message: 'x'.repeat(501) }],
    ['/message', { message: '\ud800' }],
    ['/message', { message: 'a\u0000' }],
    ['/amount', { amount: 1 }],
    ['/a~1b~0c', { 'a/b~c': 1 }],
  ];
  test.each(faults)('%s %j', (pointer, over) => {
    const reading = readResultPush({ ...BODY, ...over }, NOW);
    expect(reading).toMatchObject({ kind: 'FAULTY', errors: [{ pointer }] });
  });

  test('all of them at once', () => {
    const reading = readResultPush({ nonsense: true }, NOW);
    expect(reading.kind === 'FAULTY' && reading.errors.map((fault) => fault.pointer)).toEqual([
      '/nonsense',
      '/eventId',
      '/waybillNo',
      '/result',
      '/occurredAt',
    ]);
  });
});

test('what is no object is one fault, and nothing ever throws', () => {
  for (const body of [null, [], 'x', 1]) expect(readResultPush(body, NOW)).toMatchObject({ kind: 'FAULTY', errors: [{ pointer: '' }] });
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(readResultPush(body, NOW).kind).toBe('FAULTY');
    }),
  );
});
