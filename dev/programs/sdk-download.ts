import { readdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from './executables.ts';
import { isReachable } from './reachability.ts';
import { runCommand } from './run-command.ts';

const DOWNLOAD_SITE = 'https://temporal.download';
const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const SDK_VERSION: string = readSdkVersion();

/** The two programs the SDK can download. */
export type SdkProgram = 'temporal' | 'temporal-test-server';

/** Folder of the fetch cache for the CLI this SDK version downloads. */
export const SDK_CLI_FOLDER = `temporal-cli-sdk-${SDK_VERSION}`;

/** Folder of the fetch cache for the test server this SDK version downloads. */
export const SDK_TEST_SERVER_FOLDER = `temporal-test-server-sdk-${SDK_VERSION}`;

/**
 * Lets the TypeScript SDK download a program from Temporal's own site into `targetDir`, under the program's name.
 * The SDK can only download by starting a server, so it does that in a process of its own. Throws when the site does not accept a connection.
 */
export async function downloadThroughSdk(program: SdkProgram, targetDir: string, environment: Environment): Promise<void> {
  if (!(await isReachable(DOWNLOAD_SITE, environment))) throw new Error(`${DOWNLOAD_SITE} does not accept a connection within 5 s`);
  const script = fileURLToPath(new URL('./sdk-download-process.ts', import.meta.url));
  await runCommand(process.execPath, [script, program, targetDir], { timeoutMs: DOWNLOAD_LIMIT_MS, environment });
  const downloaded = (await readdir(targetDir)).find((name) => name.startsWith('temporal'));
  if (downloaded === undefined) throw new Error(`the SDK left no program in ${targetDir}`);
  if (downloaded !== program) await rename(join(targetDir, downloaded), join(targetDir, program));
}

function readSdkVersion(): string {
  const description: unknown = createRequire(import.meta.url)('@temporalio/testing/package.json');
  if (typeof description === 'object' && description !== null && 'version' in description) return String(description.version);
  throw new Error('@temporalio/testing does not tell its version; run npm ci');
}
