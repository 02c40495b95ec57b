import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { emptyState } from './state.ts';
import type { Changed, State, Table, Tables } from './state.ts';

/** The state in memory and its copy on disk. */
interface StateFile {
  state: State;
  /** Says which record changed; it is written soon. */
  changed: Changed;
  /** Resolves once everything changed until now is on disk; one write serves all who wait. Rejects when the disk refuses. */
  saved(): Promise<void>;
}

/** What one write adds: the records that changed, null for those that are gone. */
type Changes = { lastNumber: number } & { [Name in Table]?: Record<string, Tables[Name][string] | null> };

/** The file is written anew, without what was overwritten, when as much was added to it as it held, but not for less than this. */
const LEAST_ADDED_BYTES = 4 * 1024 * 1024;
/** To the end of a file that is there: one that was taken away is no beginning to add to. */
const APPEND = constants.O_WRONLY | constants.O_APPEND;

function apply(state: State, { lastNumber, ...changes }: Changes): void {
  state.lastNumber = lastNumber;
  for (const [table, records] of Object.entries(changes)) {
    const target = state[table as Table] as Record<string, unknown>;
    for (const [key, record] of Object.entries(records)) {
      if (record === null) delete target[key];
      else target[key] = record;
    }
  }
}

/** A state of version 1 was one JSON text, with lists of what now has keys. */
function fromVersion1(old: Record<string, unknown>): Record<string, unknown> {
  const keyed = (name: string, key: (record: Record<string, unknown>, index: number) => unknown) =>
    Object.fromEntries(((old[name] ?? []) as Record<string, unknown>[]).map((record, index) => [key(record, index), record]));
  const { seeded: _seeded, ...rest } = old;
  return {
    ...rest,
    version: 2,
    payments: keyed('payments', (_, index) => `B${index}`),
    faults: keyed('faults', ({ faultId }) => faultId),
    tasks: keyed('tasks', ({ taskId }) => taskId),
  };
}

/** The state a file holds, and its length when that is all it holds: else it is worth writing anew. Null when there is no file. */
async function readState(path: string): Promise<{ state: State; tidyLength: number | null } | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const [first = '', ...added] = text.split('\n');
  const written = JSON.parse(first) as Record<string, unknown>;
  const state = (written.version === 1 ? fromVersion1(written) : written) as unknown as State;
  if (state.version !== 2) throw new Error(`${path} was written by another version of the simulators: move it away to start a new world`);
  // What follows the last line's end is a line that a kill cut off: nobody was told that it is saved.
  for (const line of added.slice(0, -1)) apply(state, JSON.parse(line) as Changes);
  return { state, tidyLength: written.version === 2 && text === `${first}\n` ? text.length : null };
}

/** Replaces the file in one step: a kill at any moment leaves the old or the new one, never half of one. Answers its length. */
async function replaceFile(path: string, state: State): Promise<number> {
  const temporary = `${path}.${process.pid}.tmp`;
  const text = `${JSON.stringify(state)}\n`;
  await writeFile(temporary, text);
  await rename(temporary, path);
  return text.length;
}

async function appendLine(path: string, changes: Changes): Promise<number> {
  const line = `${JSON.stringify(changes)}\n`;
  const file = await open(path, APPEND);
  try {
    await file.appendFile(line);
  } finally {
    await file.close();
  }
  return line.length;
}

/**
 * Opens the state kept at `path` (null: memory only). The first line of the file is a whole state, each further line the records one write
 * found changed, so that a write costs what changed and not what there is. A kill leaves a file without the last line at worst.
 */
export async function openStateFile(path: string | null, report: (error: unknown) => void): Promise<StateFile> {
  if (path === null) return { state: emptyState(), changed: () => {}, saved: async () => {} };
  await mkdir(dirname(path), { recursive: true });
  const found = await readState(path);
  const state = found?.state ?? emptyState();
  const changes = new Map<Table, Set<string>>();
  let isDirty = false;
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  /** Characters of the whole state at the file's beginning; null: there is none that could be added to. */
  let wholeLength = found === null ? null : (found.tidyLength ?? (await replaceFile(path, state)));
  let addedLength = 0;

  function takeChanges(): Changes {
    const taken: Record<string, unknown> = { lastNumber: state.lastNumber };
    for (const [table, keys] of changes) taken[table] = Object.fromEntries([...keys].map((key) => [key, state[table][key] ?? null]));
    changes.clear();
    return taken as Changes;
  }

  async function write(target: string): Promise<void> {
    next = null;
    isDirty = false;
    const added = takeChanges();
    try {
      if (wholeLength !== null && addedLength <= Math.max(wholeLength, LEAST_ADDED_BYTES)) {
        addedLength += await appendLine(target, added);
        return;
      }
      wholeLength = await replaceFile(target, state);
      addedLength = 0;
    } catch (error) {
      isDirty = true;
      wholeLength = null;
      throw error;
    }
  }

  function saved(): Promise<void> {
    if (!isDirty) return current;
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
    changed: (table, key) => {
      changes.set(table, (changes.get(table) ?? new Set()).add(key));
      isDirty = true;
      saved().catch(report);
    },
  };
}
