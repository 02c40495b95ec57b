import { execFile } from 'node:child_process';
import { open, rename, rm, mkdir, stat, chown, chmod, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../../dev/waiting.ts';
import { acceptedCase, type Drill, expectStatus, lateMs, paidBefore, paidOnce, paidOnDay5, psql, type Scene, turnRound } from './scene.ts';

const run = promisify(execFile);
/** What the disk has left after the data were moved to it: less than PostgreSQL's log takes by itself. */
const LEFT_BYTES = 48 * 2 ** 20;
/** Pages of its tables have room for some. */
const CREATES_AT_MOST = 150;

/** A disk of its own for PostgreSQL's data, all of it in use but for a little. */
interface SmallDisk {
  /** Takes every byte that is left. */
  fill(): Promise<void>;
  /** Gives back what was filled. */
  free(): Promise<void>;
  /** The data go back to the disk they came from. PostgreSQL is stopped before. */
  remove(): Promise<void>;
}

/** Moves the data of the stopped PostgreSQL to a disk of their own; null where nothing may be mounted. */
async function moveToSmallDisk({ folder }: Scene): Promise<SmallDisk | null> {
  const [data, aside] = [join(folder, 'postgres'), join(folder, 'postgres-aside')];
  const { uid, gid } = await stat(data);
  const { stdout } = await run('du', ['-sb', data]);
  await rename(data, aside);
  await mkdir(data);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${Number.parseInt(stdout, 10) + LEFT_BYTES}`, 'refund-intercept-drill', data]);
  } catch {
    await rm(data, { recursive: true });
    await rename(aside, data);
    return null;
  }
  await run('cp', ['-a', `${aside}/.`, data]);
  await chown(data, uid, gid);
  await chmod(data, 0o700);
  const ballast = join(data, 'ballast');
  return {
    async fill() {
      const { bavail, bsize } = await statfs(data);
      const file = await open(ballast, 'a');
      try {
        for (let block = 0; block < bavail; block += 1) await file.write(Buffer.alloc(bsize, 1));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      await rm(ballast, { force: true });
      await rm(aside, { recursive: true });
      await run('cp', ['-a', data, aside]);
      await run('umount', [data]);
      await rm(data, { recursive: true });
      await rename(aside, data);
    },
  };
}

/** Creates until the database has no room for one; those that it had room for. */
async function createUntilRefused(scene: Scene) {
  const { shop } = scene.stack;
  const taken = [];
  for (;;) {
    const { refundId } = await shop.seed({ carrier: 'YTO', parcel: { onIntercept: 'SILENT' } });
    const { status, body } = await shop.call<{ interceptId: string; code: string }>('POST', '/intercepts', { refundId, confirm: true });
    if (status === 503 && body.code === 'DATABASE_UNAVAILABLE') return { taken, refusedId: refundId };
    if (status !== 201 && status !== 202) throw new Error(`a create answered ${status} ${body.code} on a full disk`);
    taken.push({ refundId, interceptId: body.interceptId });
    if (taken.length === CREATES_AT_MOST) throw new Error(`the full disk took ${CREATES_AT_MOST} creates`);
  }
}

/** PostgreSQL's log goes on to segment after segment until the disk has no room for another; then it ends, as its manual says. */
async function endByItsLog(scene: Scene, isFull: () => Promise<void>): Promise<void> {
  const isGone = () =>
    psql(scene, `select pg_switch_wal() from pg_logical_emit_message(true, 'drill', repeat('x', 1000))`).then(
      () => isFull().then(() => false),
      () => true,
    );
  if ((await waitFor(isGone, 30_000)) !== true) throw new Error('PostgreSQL goes on without room for its log');
}

const diskFull: Drill = {
  name: 'the disk of PostgreSQL is full past a day 5',
  section: 'the-database-is-down',
  alerts: [],
  async play(scene) {
    const { postgres, note } = scene;
    await postgres.stop();
    const disk = await moveToSmallDisk(scene);
    await postgres.start();
    if (disk === null) return note('skipped: nothing may be mounted here (it needs root and CAP_SYS_ADMIN)');
    try {
      await paidBefore(scene);
      const pushed = await acceptedCase(scene, 'JT');
      const due = await acceptedCase(scene, 'ZTO');
      await disk.fill();
      const { taken, refusedId } = await createUntilRefused(scene);
      await turnRound(scene, pushed);
      await endByItsLog(scene, disk.fill);
      await paidOnDay5(scene, due, 'the disk was full');
      note(`${taken.length} creates had room, then 503 and the end of the server; paid ${await lateMs(scene, due)} ms after it was due`);
      await disk.free();
      await postgres.stop();
      await postgres.start();
      for (const one of [due, pushed, ...taken]) await paidOnce(scene, one, 150_000);
      await expectStatus(scene, refusedId, 201, 202);
    } finally {
      await postgres.stop();
      await disk.remove();
      await postgres.start();
    }
  },
};

/** There is no room left. */
export const DISKS: readonly Drill[] = [diskFull];
