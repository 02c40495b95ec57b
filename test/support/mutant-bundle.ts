import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleAt } from './workflow-bundle.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A bundle of this tree's workflows with one text of one file replaced, in a new folder below `parent`. */
export function mutantBundle(parent: string, file: string, text: string, by: string): Promise<{ codePath: string }> {
  const folder = mkdtempSync(join(parent, 'mutant-'));
  for (const part of ['workflows', 'domain', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) throw new Error(`"${text}" must occur once in ${file}`);
  writeFileSync(path, source.replace(text, by));
  return bundleAt(join(folder, 'bundle.js'), join(folder, 'workflows/index.ts'));
}
