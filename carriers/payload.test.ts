import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asList, asRecord, isSameWaybill, member, readJson, textOf, textOrNull, truthOf } from './payload.ts';

describe('readJson', () => {
  test('parses JSON and says undefined for what is none', () => {
    expect(readJson('{"a":[1,"x",null,true]}')).toEqual({ a: [1, 'x', null, true] });
    expect(readJson('null')).toBeNull();
    for (const text of ['', '{', 'nonsense', '<xml/>']) expect(readJson(text)).toBeUndefined();
  });

  test('keeps every digit of a whole number, and other numbers as they are', () => {
    expect(readJson('{"no":12345678901234567890,"n":7,"x":1.5,"e":1e20}')).toEqual({ no: '12345678901234567890', n: 7, x: 1.5, e: 1e20 });
  });

  test('leaves nothing in texts and names that PostgreSQL cannot store', () => {
    expect(readJson('{"a\\u0000b":"x\\u0000y\\ud800"}')).toEqual({ ab: 'xy\ufffd' });
  });

  test('refuses nesting that could not be walked later', () => {
    expect(readJson('[1,[2]]')).toEqual([1, [2]]);
    expect(readJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
    expect(readJson('{"a":'.repeat(40) + '1' + '}'.repeat(40))).toBeUndefined();
  });

  test('a __proto__ in a payload reaches no prototype', () => {
    const value = readJson('{"__proto__":{"status":true}}');
    expect(member(value, 'status')).toBeUndefined();
    expect(({} as Record<string, unknown>)['status']).toBeUndefined();
  });

  test('gives back any JSON value', () => {
    const shallow = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme-ascii' });
    fc.assert(fc.property(shallow, (value) => expect(readJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))));
  });
});

describe('members of a payload', () => {
  test.each([
    ['x', 'x'],
    ['  x ', 'x'],
    [7, '7'],
    [770000000000001, '770000000000001'],
    [Number.NaN, ''],
    [true, ''],
    [null, ''],
    [undefined, ''],
    [['x'], ''],
    [{}, ''],
  ])('text of %j is %j', (value, text) => {
    expect(textOf(value)).toBe(text);
    expect(textOrNull(value)).toBe(text === '' ? null : text);
  });

  test.each([
    [true, true],
    ['true', true],
    [' TRUE ', true],
    [false, false],
    ['false', false],
    ['', null],
    [1, null],
    ['yes', null],
    [null, null],
    [{}, null],
  ])('truth of %j is %j', (value, truth) => {
    expect(truthOf(value)).toBe(truth);
  });

  test('records and lists', () => {
    expect(asRecord([])).toBeNull();
    expect(asRecord(null)).toBeNull();
    expect(asRecord({ a: 1 })).toEqual({ a: 1 });
    expect(asList({ a: 1 })).toEqual([{ a: 1 }]);
    expect(asList([1])).toEqual([1]);
    expect(asList('x')).toEqual([]);
    expect(member({ a: 1 }, 'a')).toBe(1);
    expect(member({ a: 1 }, 'toString')).toBeUndefined();
    expect(member(null, 'a')).toBeUndefined();
  });

  test('waybill numbers are the same whatever their case', () => {
    expect(isSameWaybill('YT1', ' yt1')).toBe(true);
    expect(isSameWaybill('YT1', 'YT2')).toBe(false);
  });
});
