import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../dev/programs/executables.ts';
import { fetchCacheDir, publishFolder } from '../../dev/programs/fetch-cache.ts';
import { findPip, PIP_PATIENCE, runPip } from '../../dev/programs/pip.ts';

/** https://pypi.org/project/schemathesis/ */
const VERSION = '4.32.5';
const SITE = 'site';
const INSTALL_LIMIT_MS = 5 * 60_000;

/** Schemathesis as it is run: resolves with its exit code. Its words go where ours go, its files into `folder`. */
type Schemathesis = (folder: string, args: readonly string[]) => Promise<number>;

/** Schemathesis in a folder of its own in the cache, installed there at first. Throws when there is no Python, no pip, or the index cannot be reached. */
export async function installSchemathesis(environment: Environment): Promise<Schemathesis> {
  const [cache, name] = [fetchCacheDir(environment), `schemathesis-${VERSION}`];
  const site = join(cache, name, SITE);
  if (!existsSync(site)) await publishFolder(cache, name, (staging) => install(staging, environment));
  return async (folder, args) => {
    const child = spawn('python3', ['-m', 'schemathesis.cli', ...args], {
      cwd: folder,
      env: { ...environment, PYTHONPATH: site },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  };
}

async function install(staging: string, environment: Environment): Promise<void> {
  const pip = await findPip(environment);
  const args = ['install', '--quiet', '--disable-pip-version-check', ...PIP_PATIENCE, '--target', join(staging, SITE)];
  await runPip(pip, [...args, `schemathesis==${VERSION}`], INSTALL_LIMIT_MS, environment);
}
