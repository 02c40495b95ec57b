import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from './programs/executables.ts';
import type { LogLine } from './programs/program-search.ts';
import { runCommand } from './programs/run-command.ts';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const BUILD_LIMIT_MS = 5 * 60_000;

/** Builds the console's pages into a folder, `dist/console` unless told, with Vite. Throws with Vite's last words. */
export async function buildConsole(environment: Environment, outDir = join(PROJECT_DIR, 'dist', 'console')): Promise<void> {
  const vite = join(PROJECT_DIR, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'];
  // Whatever runs the build, a test too: the pages are built as they are shipped.
  const shipped = { ...environment, NODE_ENV: 'production' };
  await runCommand(process.execPath, args, { timeoutMs: BUILD_LIMIT_MS, environment: shipped, cwd: join(PROJECT_DIR, 'console') });
}

/**
 * Builds the console unless `dist/console` was built from exactly the present sources. Answers at once in a checkout without a console.
 */
export async function ensureConsoleBuilt(environment: Environment, log: LogLine): Promise<void> {
  const sourceDir = join(PROJECT_DIR, 'console');
  if (!existsSync(join(sourceDir, 'vite.config.ts'))) return;
  const stampPath = join(PROJECT_DIR, 'dist', 'console.stamp');
  const stamp = await fingerprint(sourceDir);
  const builtFrom = await readFile(stampPath, 'utf8').catch(() => '');
  if (builtFrom === stamp && existsSync(join(PROJECT_DIR, 'dist', 'console', 'index.html'))) return;
  log('building the console (once, and after changes to it)');
  await buildConsole(environment);
  await mkdir(dirname(stampPath), { recursive: true });
  await writeFile(stampPath, stamp);
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
