import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JPEG, PDF, PNG } from './sample-files.ts';
import { stripMetadata } from './strip-metadata.ts';

const PLACE = '31°14′N 121°28′E';

function segment(marker: number, content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]), bytes]);
}

/** Exif as phones write it: how to turn the picture, and a GPS directory with a text. */
function exif(orientation: number, little: boolean): Buffer {
  const u16 = (value: number) => Buffer.from(little ? [value & 0xff, value >> 8] : [value >> 8, value & 0xff]);
  const u32 = (value: number) => (little ? Buffer.concat([u16(value), u16(0)]) : Buffer.concat([u16(0), u16(value)]));
  const place = Buffer.from(PLACE);
  const entry = (tag: number, type: number, count: number, value: Buffer) => Buffer.concat([u16(tag), u16(type), u32(count), value]);
  const gpsAt = 8 + 2 + 2 * 12 + 4;
  const placeAt = gpsAt + 2 + 12 + 4;
  return Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    Buffer.from(little ? 'II' : 'MM'),
    u16(42),
    u32(8),
    u16(2),
    entry(0x0112, 3, 1, Buffer.concat([u16(orientation), u16(0)])),
    entry(0x8825, 4, 1, u32(gpsAt)),
    u32(0),
    u16(1),
    entry(0x001d, 2, place.length, u32(placeAt)),
    u32(0),
    place,
  ]);
}
const withSegments = (...segments: Buffer[]) => Buffer.concat([JPEG.subarray(0, 2), ...segments, JPEG.subarray(2)]);
const JFIF = segment(0xe0, 'JFIF\0\x01\x02\0\0\x01\0\x01\0\0');
const ICC = segment(0xe2, 'ICC_PROFILE\0\x01\x01colours');
const ADOBE = segment(0xee, 'Adobe\0d\0\0\0\0\x01');

test.each([true, false])(
  'a photo loses place, time, texts and further pictures; coded data, colours and orientation stay (little-endian: %p)',
  (little) => {
    const photo = Buffer.concat([
      withSegments(
        JFIF,
        segment(0xe1, exif(6, little)),
        segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${PLACE}</x:xmpmeta>`),
        segment(0xe2, `MPF\0${PLACE}`),
        ICC,
        segment(0xed, `Photoshop 3.0\0${PLACE}`),
        ADOBE,
        segment(0xfe, `taken at ${PLACE}`),
      ),
      withSegments(segment(0xe1, exif(1, little))),
    ]);
    const place = Buffer.from(PLACE);
    expect(photo.includes(place)).toBe(true);
    const stripped = stripMetadata(photo, 'image/jpeg');
    expect(stripped.includes(place)).toBe(false);
    const turned = Buffer.from('4578696600004d4d002a00000008000101120003000000010006000000000000', 'hex');
    expect(stripped.toString('hex')).toBe(withSegments(segment(0xe1, turned), JFIF, ICC, ADOBE).toString('hex'));
    expect(stripMetadata(stripped, 'image/jpeg').equals(stripped)).toBe(true);
  },
);

test('an upright photo needs no Exif at all, and what is between segments goes', () => {
  const photo = withSegments(segment(0xe1, exif(1, true)), Buffer.from(PLACE.repeat(3)));
  expect(stripMetadata(photo, 'image/jpeg').equals(JPEG)).toBe(true);
});

test('a PNG loses texts, Exif and times', () => {
  const chunk = (name: string, content: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(content));
    return Buffer.concat([length, Buffer.from(name), Buffer.from(content), Buffer.alloc(4)]);
  };
  const header = PNG.subarray(0, 8 + 25);
  const kept = chunk('pHYs', '123456789');
  const texts = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'prIv'].map((name) => chunk(name, PLACE));
  const picture = Buffer.concat([header, ...texts, kept, PNG.subarray(header.length), Buffer.from(PLACE)]);
  expect(stripMetadata(picture, 'image/png').equals(Buffer.concat([header, kept, PNG.subarray(header.length)]))).toBe(true);
});

test('pictures without metadata, and documents, stay as they are', () => {
  for (const [bytes, type] of [
    [JPEG, 'image/jpeg'],
    [PNG, 'image/png'],
    [PDF, 'application/pdf'],
  ] as const)
    expect(stripMetadata(bytes, type).equals(bytes)).toBe(true);
});

test('whatever the bytes, it ends, adds at most the orientation, and leaves no Exif beside it', () => {
  const photo = withSegments(segment(0xe1, exif(8, true)), ADOBE);
  fc.assert(
    fc.property(fc.nat(photo.length), fc.uint8Array({ maxLength: 40 }), fc.nat(photo.length), (cut, noise, rest) => {
      const bytes = Buffer.concat([photo.subarray(0, cut), Buffer.from(noise), photo.subarray(rest)]);
      const stripped = stripMetadata(bytes, 'image/jpeg');
      expect(stripped.length).toBeLessThanOrEqual(bytes.length + 36);
      expect(stripped.toString('latin1').split('Exif\0\0MM').length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 300 },
  );
});
