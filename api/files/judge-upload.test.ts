import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeUpload } from './judge-upload.ts';
import { JPEG, PDF, PNG, ZIP } from './sample-files.ts';

const judge = async (...parts: (Buffer | string)[]) => {
  const judged = await judgeUpload(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));
  return judged.kind === 'ACCEPTED' ? judged.contentType : judged.reason;
};
/** A picture with something in a place where decoders skip it. */
const jpegWithComment = (comment: string) => {
  const text = Buffer.from(comment, 'latin1');
  return Buffer.concat([
    JPEG.subarray(0, 2),
    Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff]),
    text,
    JPEG.subarray(2),
  ]);
};

describe('what a file is', () => {
  test('JPEG, PNG and PDF, by content', async () => {
    expect([await judge(JPEG), await judge(PNG), await judge(PDF)]).toEqual(['image/jpeg', 'image/png', 'application/pdf']);
  });

  test.each([
    ['an empty file', [''], 'EMPTY'],
    ['text', ['hello'], 'TYPE_NOT_SUPPORTED'],
    ['a page', ['<!DOCTYPE html><script>alert(1)</script>'], 'TYPE_NOT_SUPPORTED'],
    ['SVG', ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'], 'TYPE_NOT_SUPPORTED'],
    ['a GIF', ['GIF89a\x01\x00\x01\x00\x00\x00\x00;'], 'TYPE_NOT_SUPPORTED'],
    ['a program', ['MZ\x90\x00'], 'TYPE_NOT_SUPPORTED'],
    ['an archive', [ZIP], 'TYPE_NOT_SUPPORTED'],
    ['a PDF behind other bytes', ['xx', PDF], 'TYPE_NOT_SUPPORTED'],
  ] as const)('%s is refused', async (_name, parts, reason) => expect(await judge(...parts)).toBe(reason));

  test.each([
    ['a PDF in a JPEG comment', [jpegWithComment('%PDF-1.4 1 0 obj')]],
    ['a PDF behind a JPEG', [JPEG, PDF]],
    ['a PDF behind a PNG', [PNG, PDF]],
    ['an archive behind a JPEG', [JPEG, ZIP]],
    ['an archive behind a PNG, with a comment', [PNG, ZIP.subarray(0, -2), '\x03\x00abc']],
    ['an archive behind a PDF', [PDF, ZIP]],
    ['a picture behind a PDF', [PDF, PNG]],
    ['a picture of another type behind a PNG', [PNG, JPEG]],
    ['a picture of another type behind a JPEG', [JPEG, PNG]],
    ['a page in a JPEG comment', [jpegWithComment('--><script>alert(1)</script>')]],
    ['PHP in a JPEG comment', [jpegWithComment('<?php system($_GET[0]);')]],
    ['a page behind a PNG', [PNG, '<!DOCTYPE html>']],
    ['a RAR in a PNG', [PNG, 'Rar!\x1a\x07\x01\x00']],
  ])('%s makes it two types', async (_name, parts) => expect(await judge(...parts)).toBe('MORE_THAN_ONE_TYPE'));

  test.each(['/JavaScript', '/Launch', '/EmbeddedFile', '/RichMedia'])('a PDF with %s acts', async (name) => {
    expect(await judge(PDF.toString('latin1').replace('/Type /Catalog', `/Type /Catalog ${name} 2 0 R`))).toBe('ACTIVE_CONTENT');
  });

  test('pictures as phones and editors write them are accepted', async () => {
    expect(await judge(JPEG, JPEG)).toBe('image/jpeg');
    expect(await judge(JPEG, '\0\0\0\0')).toBe('image/jpeg');
    expect(await judge(jpegWithComment('<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>'))).toBe('image/jpeg');
    expect(await judge(PDF, '\r\n')).toBe('application/pdf');
    expect(await judge(PDF.subarray(0, -6), Buffer.from('\nstream\n'), JPEG, '\nendstream\n%%EOF')).toBe('application/pdf');
  });

  test('any bytes, whole or cut off anywhere, are judged without failing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(JPEG, PNG, PDF, ZIP), fc.uint8Array({ maxLength: 60 }), fc.nat(200), async (file, noise, cut) => {
        expect(await judge(file.subarray(0, cut), Buffer.from(noise))).toMatch(/^(image|application)\/|^[A-Z_]+$/);
      }),
      { numRuns: 500 },
    );
  });
});
