import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { emptyState } from './state.ts';
import type { State } from './state.ts';

/** The state in memory and its copy on disk. */
interface StateFile {
  state: State;
  /** Says that the state changed; it is written soon. */
  changed(): void;
  /** Resolves once everything changed until now is on disk; one write serves all who wait. Rejects when the disk refuses. */
  saved(): Promise<void>;
}

async function readState(path: string): Promise<State> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyState();
    throw error;
  }
  const state = JSON.parse(text) as Partial<State>;
  if (state.version !== 1) throw new Error(`${path} was written by another version of the simulators: move it away to start a new world`);
  return { ...emptyState(), ...state };
}

/**
 * Opens the state kept at `path` (null: memory only). Writes are atomic: a temporary file beside it, then a rename,
 * so a kill at any moment leaves the old or the new state, never half of one.
 */
export async function openStateFile(path: string | null, report: (error: unknown) => void): Promise<StateFile> {
  if (path === null) return { state: emptyState(), changed: () => {}, saved: async () => {} };
  await mkdir(dirname(path), { recursive: true });
  const state = await readState(path);
  let dirty = false;
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function write(target: string): Promise<void> {
    next = null;
    dirty = false;
    const temporary = `${target}.${process.pid}.tmp`;
    try {
      await writeFile(temporary, JSON.stringify(state));
      await rename(temporary, target);
    } catch (error) {
      dirty = true;
      throw error;
    }
  }

  function saved(): Promise<void> {
    if (!dirty) return current;
    if (next === null) {
      const queued = current
        .catch(() => {})
        .then(() => {
          current = write(path as string);
          return current;
        });
      next = queued;
    }
    return next;
  }

  return {
    state,
    saved,
    changed: () => {
      dirty = true;
      saved().catch(report);
    },
  };
}
