import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../error-code.ts';
import type { Environment } from './executables.ts';

const STAGING_PREFIX = '.staging-';
const STAGING_LEFT_BEHIND_AFTER_MS = 24 * 60 * 60 * 1000;

/** Where fetched programs are kept: `${XDG_CACHE_HOME:-~/.cache}/refund-intercept`. It outlives `npm ci`, which empties `node_modules`. */
export function fetchCacheDir(environment: Environment): string {
  const base = environment['XDG_CACHE_HOME'];
  return join(base !== undefined && base !== '' ? base : join(homedir(), '.cache'), 'refund-intercept');
}

/**
 * Fills a folder of the cache: `fill` works in a staging folder beside it, which then takes the final name in one rename, so a half-made copy is
 * never seen and two processes fetching at once do no harm (the first to finish wins, the other's work is dropped). Answers the final path.
 */
export async function publishFolder(cacheDir: string, name: string, fill: (stagingDir: string) => Promise<void>): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  await removeAbandonedStaging(cacheDir);
  const finalDir = join(cacheDir, name);
  const stagingDir = await mkdtemp(join(cacheDir, STAGING_PREFIX));
  try {
    await fill(stagingDir);
    await rename(stagingDir, finalDir).catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
  } finally {
    await rm(stagingDir, { recursive: true, force: true });
  }
  return finalDir;
}

/** Takes a folder out of the cache: in one rename, so that nobody finds half of it. One that is gone already is none of its business. */
export async function withdrawFolder(cacheDir: string, name: string): Promise<void> {
  const stagingDir = await mkdtemp(join(cacheDir, STAGING_PREFIX));
  try {
    await rename(join(cacheDir, name), join(stagingDir, name)).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  } finally {
    await rm(stagingDir, { recursive: true, force: true });
  }
}

function isAlreadyThere(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '');
}

async function removeAbandonedStaging(cacheDir: string): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    if (!entry.startsWith(STAGING_PREFIX)) continue;
    const path = join(cacheDir, entry);
    const changedAt = await stat(path).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - changedAt > STAGING_LEFT_BEHIND_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
