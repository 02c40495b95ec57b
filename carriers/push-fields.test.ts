import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readForm, signedContent } from './push-fields.ts';

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

describe('signedContent', () => {
  const CONTENT = '{"desc":"退件 100% + & <a href=\\"/x?y=1\\">","n":1}';
  const is = (content: string) => (bytes: Buffer) => bytes.equals(Buffer.from(content));
  const find = (body: string | Buffer, content = CONTENT) =>
    signedContent({ body: Buffer.from(body), contentType: 'anything', headers: {} }, 'data', is(content))?.toString('utf8') ?? null;
  const multipart = (content: string, over = '') =>
    `--XyZ\r\nContent-Disposition: form-data; name="msg_type"\r\n\r\nTraces\r\n--XyZ\r\ncontent-disposition: form-data; name="data"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n${over}--XyZ--\r\n`;

  test.each([
    ['a form', new URLSearchParams({ data: CONTENT, msg_type: 'Traces' }).toString()],
    ['an unescaped form', `msg_type=Traces&data=${CONTENT}&data_digest=x`],
    ['JSON', JSON.stringify({ data: CONTENT, msg_type: 'Traces', company_id: null })],
    ['JSON after a byte order mark', `\ufeff ${JSON.stringify({ data: CONTENT })}`],
    ['multipart', multipart(CONTENT)],
  ])('%s', (_wrapping, body) => {
    expect(find(body)).toBe(CONTENT);
  });

  test('content of several lines in multipart', () => {
    expect(find(multipart('a\r\nb\r\n--Xy\r\n'), 'a\r\nb\r\n--Xy\r\n')).toBe('a\r\nb\r\n--Xy\r\n');
  });

  test.each([
    ['not the signed content', JSON.stringify({ data: `${CONTENT} ` })],
    ['JSON of another kind', '["data"]'],
    ['a member that is no text', '{"data":{"desc":1}}'],
    ['cut JSON', '{"data":"x"'],
    ['a multipart field sent twice', multipart(CONTENT, `--XyZ\r\nContent-Disposition: form-data; name="data"\r\n\r\n${CONTENT}\r\n`)],
    ['multipart cut within the part', multipart(CONTENT).slice(0, -20)],
    ['a delimiter alone', '--XyZ'],
    ['nothing', ''],
  ])('%s is nothing', (_what, body) => {
    expect(find(body)).toBeNull();
  });

  test('any content comes out of any wrapping as the bytes that went in; a field of the sender’s beside it changes nothing', () => {
    const wrappings = [
      (content: string) => new URLSearchParams({ before: 'x', data: content, after: 'y' }).toString(),
      (content: string) => JSON.stringify({ before: 1, data: content, after: 'y' }),
      (content: string) => multipart(content),
    ];
    const text = fc.string({ unit: 'grapheme' }).filter((content) => content.isWellFormed() && !content.includes('--XyZ'));
    fc.assert(
      fc.property(text, fc.constantFrom(...wrappings), (content, wrap) => {
        expect(find(wrap(content), content)).toBe(content);
      }),
    );
  });

  test('never throws', () => {
    const starts = fc.constantFrom('', '{', '--', '--a\r\n', '{"data":', 'data=', 'a=b&data=');
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 300 }), (start, bytes) => {
        const body = Buffer.concat([Buffer.from(start), Buffer.from(bytes)]);
        expect(signedContent({ body, contentType: '', headers: {} }, 'data', () => false)).toBeNull();
      }),
    );
  });
});
