import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');

/** A file, a text that occurs in it once, and what is put in its place. */
export type Mutant = readonly [file: string, text: string, by: string];

/** A bundle of this tree's workflows with one text of one file replaced, in a new folder below `parent`. */
export async function mutantBundle(parent: string, ...mutant: Mutant): Promise<{ codePath: string }> {
  const [bundle] = await mutantBundles(parent, [mutant]);
  if (bundle === undefined) throw new Error('nothing was bundled');
  return bundle;
}

/** A bundle for each mutant, all by one process: the bundler takes longer to load and to warm up than to bundle. */
export async function mutantBundles(parent: string, mutants: readonly Mutant[]): Promise<{ codePath: string }[]> {
  const folders = mutants.map((mutant) => mutated(mutant, mkdtempSync(join(parent, 'mutant-'))));
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'bundle-folders.ts'), ...folders], { cwd: ROOT });
  return folders.map((folder) => ({ codePath: join(folder, 'bundle.js') }));
}

function mutated([file, text, by]: Mutant, folder: string): string {
  for (const part of ['workflows', 'domain', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) throw new Error(`"${text}" must occur once in ${file}`);
  writeFileSync(path, source.replace(text, by));
  return folder;
}
