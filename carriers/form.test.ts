import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readForm } from './form.ts';

describe('readForm', () => {
  test('reads what URLSearchParams writes', () => {
    const field = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(field, field, (one, other) => {
        const form = readForm(Buffer.from(new URLSearchParams({ one, other }).toString()));
        expect(form.text('one')).toBe(one);
        expect(form.text('other')).toBe(other);
      }),
    );
  });

  test('keeps bytes that are not UTF-8', () => {
    expect(readForm(Buffer.from('data=%CD%CB%BB%D8')).bytes('data')).toEqual(Buffer.from([0xcd, 0xcb, 0xbb, 0xd8]));
  });

  test('leaves a broken escape as it stands', () => {
    expect(readForm(Buffer.from('a=100%&b=%zz&c=%4')).text('a')).toBe('100%');
    expect(readForm(Buffer.from('a=100%&b=%zz&c=%4')).text('b')).toBe('%zz');
    expect(readForm(Buffer.from('a=100%&b=%zz&c=%4')).text('c')).toBe('%4');
  });

  test('a field sent twice is no field', () => {
    expect(readForm(Buffer.from('data=1&data=1')).bytes('data')).toBeNull();
    expect(readForm(Buffer.from('data=1&data=1&data=1')).bytes('data')).toBeNull();
  });

  test('absent, empty and nameless fields', () => {
    const form = readForm(Buffer.from('&&a&b=&=c'));
    expect(form.text('a')).toBe('');
    expect(form.text('b')).toBe('');
    expect(form.text('')).toBe('c');
    expect(form.text('x')).toBeNull();
    expect(readForm(Buffer.alloc(0)).text('a')).toBeNull();
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expect(() => readForm(Buffer.from(bytes)).text('a')).not.toThrow()),
    );
  });
});
