import { describe, expect, test } from '@jest/globals';
import { asInt64, parseExact, parseRecord, readId } from './exact-json.ts';

describe('int64 ids', () => {
  test('are written and read digit by digit above 2^53', () => {
    const text = JSON.stringify({ refundId: asInt64('9223372036854775807'), small: asInt64('12') });
    expect(text).toBe('{"refundId":9223372036854775807,"small":12}');
    expect(parseExact(text)).toEqual({ refundId: '9223372036854775807', small: 12 });
  });

  test('refuse everything that is no digits', () => {
    for (const bad of ['', '-1', '1e3', '12345678901234567890', 'x']) expect(() => asInt64(bad)).toThrow('int64');
  });

  test('come as number or as text', () => {
    expect([readId(17), readId('24000000144010101'), readId('a'), readId(null), readId(1.5)]).toEqual([
      '17',
      '24000000144010101',
      null,
      null,
      null,
    ]);
  });
});

test('what is no object is no record', () => {
  expect([parseRecord('[1]'), parseRecord('1'), parseRecord('{'), parseRecord('{"a":1}')]).toEqual([null, null, null, { a: 1 }]);
});
