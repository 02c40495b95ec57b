import { randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandLineOf, type ProcessRecord, recordOf } from '../process-identity.ts';
import type { LogLine } from '../programs/program-search.ts';
import { runCommand } from '../programs/run-command.ts';
import { keptSecret } from '../secrets.ts';
import { type Account, canEnter, type PostgresBinaries, SHARED_STATE_DIR } from './binaries.ts';

const INITDB_LIMIT_MS = 60_000;
const SUPERUSER = 'postgres';

/** The database of the product inside the embedded cluster. */
export const DATABASE_NAME = 'refund_intercept';

/** A PostgreSQL that runs on a cluster's files, as its `postmaster.pid` tells. */
export type RunningPostmaster = { process: ProcessRecord; port: number; ready: boolean };

/** The files of the embedded PostgreSQL of a data directory (`DATA_DIR/postgres`), links resolved; `undefined` before the first start. */
export async function existingCluster(dataDir: string): Promise<string | undefined> {
  const path = join(dataDir, 'postgres');
  const initialised = await lstat(join(path, 'PG_VERSION')).catch(() => undefined);
  return initialised === undefined ? undefined : realpath(path);
}

/** The URL of the embedded database on a port; the password is kept under `DATA_DIR` and made on first use. */
export async function databaseUrlOf(dataDir: string, port: number): Promise<string> {
  return `postgresql://${SUPERUSER}:${await keptSecret(dataDir, 'postgres-password', newPassword)}@127.0.0.1:${port}/${DATABASE_NAME}`;
}

/**
 * Makes the cluster of a data directory (`initdb`: UTF-8, no locale, passwords by SCRAM) and answers its path. It takes its place in one rename, so
 * an interrupted start leaves nothing half-made. When the account cannot reach `DATA_DIR`, the files go to `/var/lib` and a link takes their place.
 */
export async function createCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: Account | undefined,
  log: LogLine,
): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const baseDir = (await canEnter(dataDir, account)) ? dataDir : await reachableFolder(account);
  const draft = await mkdtemp(join(baseDir, 'postgres-new-'));
  const passwordFile = `${draft}.password`;
  try {
    await writeFile(passwordFile, await keptSecret(dataDir, 'postgres-password', newPassword), { mode: 0o600 });
    for (const path of [draft, passwordFile]) if (account !== undefined) await chown(path, account.uid, account.gid);
    const args = [
      '-D',
      draft,
      '-U',
      SUPERUSER,
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-locale',
      '-E',
      'UTF8',
      '--no-instructions',
    ];
    await runCommand(binaries.initdb, args, {
      timeoutMs: INITDB_LIMIT_MS,
      environment: { ...process.env, TZ: 'UTC' },
      cwd: draft,
      account,
    });
    const path = join(baseDir, 'postgres');
    await rename(draft, path);
    if (baseDir === dataDir) return realpath(path);
    await replaceLink(path, join(dataDir, 'postgres'));
    log(`PostgreSQL's account cannot reach ${dataDir}: the database files are in ${path}`);
    return realpath(path);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** A link that leads nowhere any more (its target was cleared away) must not stand in the way. */
async function replaceLink(target: string, path: string): Promise<void> {
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink() === true) await rm(path);
  await symlink(target, path);
}

async function reachableFolder(account: Account | undefined): Promise<string> {
  await mkdir(SHARED_STATE_DIR, { recursive: true, mode: 0o755 });
  const folder = await mkdtemp(join(SHARED_STATE_DIR, 'data-'));
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  if (await canEnter(folder, account)) return folder;
  throw new Error(
    `PostgreSQL's account (uid ${account?.uid ?? 'own'}) can reach neither DATA_DIR nor ${dirname(folder)}; set DATA_DIR to a folder it can enter, or DATABASE_URL`,
  );
}

/** The account that owns a cluster's files, if this process is root and so has to become it. */
export async function ownerOf(cluster: string, fallback: Account | undefined): Promise<Account | undefined> {
  if (fallback === undefined) return undefined;
  const { uid, gid } = await stat(cluster);
  return uid === 0 ? fallback : { uid, gid };
}

/** The PostgreSQL running on a cluster's files, `undefined` when there is none: a `postmaster.pid` alone proves nothing after `kill -9`. */
export async function runningPostmaster(cluster: string): Promise<RunningPostmaster | undefined> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const found = await recordOf(pid);
  if (found === undefined) return undefined;
  if (!(await commandLineOf(pid)).includes(`postgres -D ${cluster} `)) return undefined;
  return { process: found, port, ready: ['ready', 'standby'].includes(lines[7]?.trim() ?? '') };
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
