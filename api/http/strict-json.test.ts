import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../test/support/any-text.ts';
import { MAX_JSON_DEPTH, readStrictJson } from './strict-json.ts';

const read = (text: string) => readStrictJson(new TextEncoder().encode(text));
const pointerOf = (text: string) => {
  const reading = read(text);
  return reading.ok ? null : reading.errors[0]?.pointer;
};

describe('reading a body strictly', () => {
  test.each([
    ['{"a":{"b":[1,{"c":"x","c":"y"}]}}', '/a/b/1/c', 'repeated key'],
    ['{"a":1,"\\u0061":2}', '/a', 'repeated key, once escaped'],
    ['{"a":"x\\u0000y"}', '/a', 'NUL'],
    ['{"a":["ok","\\ud800"]}', '/a/1', 'half a surrogate pair'],
    ['{"\\udc00":1}', '', 'half a surrogate pair in a key'],
    ['{"__proto__":{"x":1}}', '/__proto__', '__proto__'],
    ['{"a":[{"__pro\\u0074o__":1}]}', '/a/0/__proto__', '__proto__, escaped'],
    ['{"constructor":{"prototype":{}}}', '/constructor/prototype', 'constructor.prototype'],
    ['{"a/b":{"~":1e2}}', '/a~1b/~0', 'a number with exponent, pointer escaped'],
    ['[1.0]', '/0', '1.0'],
    ['[-0]', '/0', 'minus zero'],
    ['[9007199254740992]', '/0', '2^53'],
    ['[9007199254740993]', '/0', '2^53 + 1'],
    ['[1e400]', '/0', 'beyond a double'],
    ['[0.1000000000000000055]', '/0', 'more digits than a double holds'],
  ])('%s is refused at %s (%s)', (text, pointer) => {
    expect(pointerOf(text)).toBe(pointer);
  });

  test.each(['', '  ', '{', '{"a":1,}', "{'a':1}", '{"a":1} x', '{"a":01}', '// c\n{}', '\ufeff{}', 'NaN'])('%j is not JSON', (text) => {
    expect(pointerOf(text)).toBe('');
  });

  test('UTF-16 and broken UTF-8 are refused', () => {
    expect(readStrictJson(Buffer.from('{}', 'utf16le')).ok).toBe(false);
    expect(readStrictJson(Buffer.from([0x22, 0xff, 0x22])).ok).toBe(false);
  });

  test('nesting is allowed to the limit and not one deeper; a very deep body is refused, not a crash', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(read(nested(MAX_JSON_DEPTH)).ok).toBe(true);
    expect(read(nested(MAX_JSON_DEPTH + 1)).ok).toBe(false);
    expect(read(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`).ok).toBe(false);
  });

  test('a key may repeat in different objects, and "prototype" alone is a word', () => {
    expect(read('{"a":{"k":1},"b":{"k":"a\\"}{"},"prototype":[{"k":1},{"k":2}]}').ok).toBe(true);
  });

  test('whatever this service itself would write is read back unchanged', () => {
    const safe = fc.jsonValue({ maxDepth: 5 }).filter((value) => read(JSON.stringify(value)).ok);
    fc.assert(
      fc.property(safe, (value) => expect(read(JSON.stringify(value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) })),
    );
  });

  test('plain documents are never refused', () => {
    const plain = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.integer(),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z/~"{}\\]{1,6}$/), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(fc.property(plain, (value) => expect(read(JSON.stringify(value, null, 1)).ok).toBe(true)));
  });

  test('no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expect(typeof readStrictJson(bytes).ok).toBe('boolean')));
    fc.assert(fc.property(anyText(), (text) => expect(typeof read(text).ok).toBe('boolean')));
  });
});
