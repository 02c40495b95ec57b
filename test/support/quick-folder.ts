import { constants } from 'node:fs';
import { access, chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 * 1024 ** 3;

/** Where the tests keep databases: memory where the machine has room in it, for half of what a new database costs is the files it is made of. */
export async function quickFolder(): Promise<string> {
  try {
    await access(MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize >= ROOM_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A new folder there for a PostgreSQL, which under root runs as another account that must be able to enter. */
export async function databaseFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(await quickFolder(), `refund-intercept-${prefix}-`));
  await chmod(folder, 0o711);
  return folder;
}
