import { link, mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf } from './error-code.ts';
import { isRunning, type ProcessRecord, recordOf } from './process-identity.ts';
import { waitFor } from './waiting.ts';

const CLEARING_LEFT_BEHIND_AFTER_MS = 10_000;
const CLEARING_LIMIT_MS = 20_000;

type Holder = ProcessRecord & { purpose: string; since: string };

/** The data directory is in use by another process; the message says which. */
export class DataDirHeldError extends Error {
  override readonly name = 'DataDirHeldError';
}

/** The right to start servers on a data directory. It ends with `release`, or with the process. */
export type DataLock = { release: () => Promise<void> };

/**
 * Takes a data directory for this process; `purpose` is told to whoever comes second ("npm start"). A lock whose holder is dead is taken over.
 * Throws `DataDirHeldError` when a live process has it.
 */
export async function lockDataDir(dataDir: string, purpose: string): Promise<DataLock> {
  const runDir = join(dataDir, 'run');
  await mkdir(runDir, { recursive: true });
  const path = join(runDir, 'lock.json');
  const own = await recordOf(process.pid);
  if (own === undefined) throw new Error('This process cannot be identified; /proc or ps is needed');
  const text = JSON.stringify({ ...own, purpose, since: new Date().toISOString() } satisfies Holder);
  while (!(await createWhole(path, text))) {
    const holder = await readHolder(path);
    if (holder === null) continue;
    if (holder !== undefined && (await isRunning(holder))) throw new DataDirHeldError(heldBy(dataDir, holder));
    await removeDeadLock(path);
  }
  return { release: () => rm(path, { force: true }) };
}

/** Creates the file with its content in one step: whoever sees it sees all of it. Answers false when it is there already. */
async function createWhole(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.${crypto.randomUUID()}`;
  await writeFile(draft, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Only one process at a time may judge and remove a dead lock, else the second removal could hit the first one's fresh lock. */
async function removeDeadLock(path: string): Promise<void> {
  const guard = `${path}.clearing`;
  const taken = await waitFor(() => takeGuard(guard), CLEARING_LIMIT_MS);
  if (taken === undefined) throw new Error(`${guard} stays; remove it if no other start is under way`);
  try {
    const holder = await readHolder(path);
    // One that is gone by now is left alone: in its place somebody may just be putting his own.
    if (holder === undefined || (holder !== null && !(await isRunning(holder)))) await rm(path, { force: true });
  } finally {
    await rmdir(guard);
  }
}

async function takeGuard(guard: string): Promise<boolean> {
  try {
    await mkdir(guard);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const madeAt = await stat(guard).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - madeAt > CLEARING_LEFT_BEHIND_AFTER_MS) await rmdir(guard).catch(() => undefined);
    return false;
  }
}

/** Null when there is no lock, undefined when it names nobody. */
async function readHolder(path: string): Promise<Holder | null | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'startedAs' in value;
}

function heldBy(dataDir: string, holder: Holder): string {
  return `${resolve(dataDir)} is in use by ${holder.purpose} (process ${holder.pid}, since ${holder.since}). Stop it first, or set DATA_DIR to another folder (and other ports).`;
}
