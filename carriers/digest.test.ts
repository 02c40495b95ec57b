import { describe, expect, test } from '@jest/globals';
import { isDigest, md5Base64 } from './digest.ts';

describe('md5Base64', () => {
  test('is the vector of YTO’s document', () => {
    expect(md5Base64('opentest', '123456')).toBe('YLstCNa3x8ijQx16e/jqOA==');
  });

  test('counts text as UTF-8 and takes bytes as they are', () => {
    expect(md5Base64('退回', 's')).toBe(md5Base64(Buffer.from('退回s', 'utf8')));
  });
});

describe('isDigest', () => {
  const expected = 'h+oGKTtEoCwC9DVxaVB76g==';

  test('the same text is right, also with a + that arrived as a blank', () => {
    expect(isDigest(expected, expected)).toBe(true);
    expect(isDigest(expected, 'h oGKTtEoCwC9DVxaVB76g==')).toBe(true);
  });

  test.each([
    [undefined],
    [null],
    [''],
    ['h+oGKTtEoCwC9DVxaVB76g'],
    ['H+oGKTtEoCwC9DVxaVB76g=='],
    ['长'.repeat(24)],
    [[expected]],
    [{}],
    [7],
  ])('%j is wrong and throws nothing', (received) => {
    expect(isDigest(expected, received)).toBe(false);
  });
});
