import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_OF_DIRECTORY_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

type DirectoryEntry = { name: string; method: number; compressedSize: number; size: number; offset: number };

/**
 * Reads one file out of a ZIP archive (a Python wheel is one): the first whose name the predicate accepts.
 * Throws when the archive is damaged, has no such file, or uses more than store and deflate below 4 GiB.
 */
export function readZipEntry(archive: Buffer, accepts: (name: string) => boolean): Buffer {
  const entry = directoryEntries(archive).find((candidate) => accepts(candidate.name));
  if (entry === undefined) throw new Error('the archive does not hold the file looked for');
  if (archive.readUInt32LE(entry.offset) !== LOCAL_HEADER) throw new Error(`the archive is damaged at ${entry.name}`);
  const start = entry.offset + 30 + archive.readUInt16LE(entry.offset + 26) + archive.readUInt16LE(entry.offset + 28);
  const packed = archive.subarray(start, start + entry.compressedSize);
  const content = unpack(entry, packed);
  if (content.length !== entry.size) throw new Error(`${entry.name} in the archive has ${content.length} bytes instead of ${entry.size}`);
  return content;
}

function unpack(entry: DirectoryEntry, packed: Buffer): Buffer {
  if (entry.method === STORED) return packed;
  if (entry.method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`${entry.name} in the archive is packed by method ${entry.method}, which is not supported`);
}

function directoryEntries(archive: Buffer): DirectoryEntry[] {
  const end = endOfDirectory(archive);
  const entries: DirectoryEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error("the archive's directory is damaged");
    const nameLength = archive.readUInt16LE(at + 28);
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      compressedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function endOfDirectory(archive: Buffer): number {
  const earliest = Math.max(0, archive.length - END_OF_DIRECTORY_SIZE - LONGEST_COMMENT);
  for (let at = archive.length - END_OF_DIRECTORY_SIZE; at >= earliest; at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('this is not a ZIP archive');
}
