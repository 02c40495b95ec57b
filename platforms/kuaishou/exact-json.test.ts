import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bareDigits, isInt64, parseExactJson } from './exact-json.ts';

const int64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });

describe('numbers larger than 2^53', () => {
  test('are read and written with every digit', () => {
    expect(parseExactJson('{"refundId":9007199254740993,"n":7,"list":[9223372036854775807,-9007199254740993]}')).toEqual({
      refundId: '9007199254740993',
      n: 7,
      list: ['9223372036854775807', '-9007199254740993'],
    });
    expect(JSON.stringify({ refundId: bareDigits('9007199254740993'), status: 10 })).toBe('{"refundId":9007199254740993,"status":10}');
  });
  test('everything else is ordinary JSON', () => {
    const text = '{"a":1.5,"b":"9007199254740993","c":[true,null,{"d":1e3}],"e":1e20}';
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
    expect(() => parseExactJson('{')).toThrow(SyntaxError);
  });
  test('any int64 survives the way there and back', () => {
    fc.assert(
      fc.property(int64, (id) => {
        const text = JSON.stringify({ id: bareDigits(String(id)) });
        expect(text).toBe(`{"id":${id}}`);
        expect(String((parseExactJson(text) as { id: unknown }).id)).toBe(String(id));
      }),
    );
  });
  test.each(['', '-1', '01', '1.0', '1e3', 'abc', '1 ', '9223372036854775808', '12345678901234567890', '1,"x":2'])(
    '“%s” is no id',
    (text) => {
      expect(isInt64(text)).toBe(false);
      expect(() => bareDigits(text)).toThrow(/is not an id/);
    },
  );
});
