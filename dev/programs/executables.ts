import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { SearchOutcome } from './program-search.ts';

/** Environment variables, as in `process.env`. */
export type Environment = Record<string, string | undefined>;

/** Whether the path is a file this process may execute. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The first of the names that is an executable file in a folder of `PATH`; names are tried in order, each over the whole of `PATH`. */
export async function findOnPath(names: string[], environment: Environment): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** A path told by an environment variable: `MISSING` when the variable is not set, `WRONG` when it names nothing executable. */
export async function toldBy(variable: string, environment: Environment): Promise<SearchOutcome<string>> {
  const path = environment[variable];
  if (path === undefined || path === '') return { kind: 'MISSING', reason: 'not set' };
  if (await isExecutable(path)) return { kind: 'FOUND', program: path };
  return { kind: 'WRONG', reason: `names ${path}, which is not an executable file` };
}
