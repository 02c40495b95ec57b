import { describe, expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { compileValidator } from './validation.ts';

const validate = compileValidator({ schema: Type.String({ format: 'uri' }), httpPart: 'body', method: 'POST', url: '/' });
const isTaken = (text: string): boolean => 'value' in (validate(text) as object);

describe('an address in a body', () => {
  test.each([
    'https://img.example.com/a.jpg',
    'http://a.example:8080/%E5%9B%BE.png?x=1&y=[2]#z',
    'https://user@a.example/~b',
    'https://[::1]/',
  ])('%s is one', (text) => expect(isTaken(text)).toBe(true));

  test.each([
    'https://Ï',
    'https://a.example/图.jpg',
    'https://a.example/a b',
    'https://a.example/%zz',
    'https://a.example\\b',
    'a.jpg',
    'https://',
  ])('%s is none, as RFC 3986 and the document have it', (text) => expect(isTaken(text)).toBe(false));
});
