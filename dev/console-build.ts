import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from './programs/executables.ts';
import { publishFolder, withdrawFolder } from './programs/fetch-cache.ts';
import type { LogLine } from './programs/program-search.ts';
import { runCommand } from './programs/run-command.ts';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const DIST_DIR = join(PROJECT_DIR, 'dist');
/** Within the built folder: what it was built from. */
const STAMP = '.stamp';
const BUILD_LIMIT_MS = 5 * 60_000;

/** Builds the console's pages into a folder with Vite. Throws with Vite's last words. */
export async function buildConsole(environment: Environment, outDir: string): Promise<void> {
  const vite = join(PROJECT_DIR, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'];
  // Whatever runs the build, a test too: the pages are built as they are shipped.
  const shipped = { ...environment, NODE_ENV: 'production' };
  await runCommand(process.execPath, args, { timeoutMs: BUILD_LIMIT_MS, environment: shipped, cwd: join(PROJECT_DIR, 'console') });
}

/**
 * Builds the console unless `dist/console` was built from exactly the present sources. Several may do so at a time: the folder is always whole.
 * Answers at once in a checkout without a console.
 */
export async function ensureConsoleBuilt(environment: Environment, log: LogLine): Promise<void> {
  const sourceDir = join(PROJECT_DIR, 'console');
  if (!existsSync(join(sourceDir, 'vite.config.ts'))) return;
  const stamp = await fingerprint(sourceDir);
  if (await isBuiltFrom(stamp)) return;
  log('building the console (once, and after changes to it)');
  await publishFolder(DIST_DIR, 'console', async (stagingDir) => {
    await buildConsole(environment, stagingDir);
    await writeFile(join(stagingDir, STAMP), stamp);
    // What was built from other sources makes room; the same, built by another meanwhile, stays.
    if (!(await isBuiltFrom(stamp))) await withdrawFolder(DIST_DIR, 'console');
  });
}

async function isBuiltFrom(stamp: string): Promise<boolean> {
  return (await readFile(join(DIST_DIR, 'console', STAMP), 'utf8').catch(() => '')) === stamp;
}

/** A digest over the names and contents of a folder's files and of the lock file that fixes what they import. */
async function fingerprint(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digest = createHash('sha256');
  for (const path of [...paths.filter((path) => !path.includes('node_modules')).sort(), join(PROJECT_DIR, 'package-lock.json')]) {
    digest.update(`${relative(PROJECT_DIR, path)}\0`).update(await readFile(path));
  }
  return digest.digest('hex');
}
