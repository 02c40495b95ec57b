import { existsSync } from 'node:fs';
import { type LoadFnOutput, registerHooks } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** One place of the product's source, and what is put there instead. */
export interface Edit {
  file: string;
  find: string;
  put: string;
}

const ROOT = join(import.meta.dirname, '../..');
/** The promised timers: the machine's own cannot be put on another clock from outside. */
const TIMERS = pathToFileURL(join(import.meta.dirname, 'timers.ts')).href;
/** Folders whose modules may be pure SQL: those that have a namesake in the folder of that name here are stood for by it. */
const WITH_SQL = ['store', 'evidence'];
/** The clock of the process: one, whatever is planted. */
const SHARED = [join(import.meta.dirname, 'globals.ts'), import.meta.filename];
/** The name of no plant: all is loaded once with it, before any other. */
export const NO_PLANT = 'none';

/**
 * Puts `test/simulation/{store,evidence}/*` in place of the modules of the same name that hold SQL; every other module of the product is
 * the real one. A stand-in that lacks something the product imports does not link, and Node says what; one that imports what it
 * stands for gets it. A module imported with `?plant=NAME` is loaded anew with what has the edits of that plant below it; the rest is shared with
 * `?plant=none`, which must have been loaded.
 */
export function standIn(plants: ReadonlyMap<string, readonly Edit[]>): void {
  /** Who imports a file. */
  const importers = new Map<string, Set<string>>();
  /** Plant → the files that have an edit of it, or something below them has. */
  const touched = new Map<string, ReadonlySet<string>>();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier === 'node:timers/promises' && isOurs(context.parentURL)) return { url: TIMERS, shortCircuit: true };
      const found = nextResolve(specifier, context);
      if (!found.url.startsWith('file:') || found.url.includes('/node_modules/')) return found;
      const file = fileURLToPath(found.url);
      if (!file.startsWith(ROOT) || SHARED.includes(file)) return found;
      const other = standInOf(file);
      const parent = context.parentURL === undefined ? null : fileOf(context.parentURL);
      const url = new URL(other === null || parent === other ? found.url : pathToFileURL(other));
      const child = fileURLToPath(url);
      if (parent !== null) importers.set(child, (importers.get(child) ?? new Set()).add(parent));
      const [asked, above] = [url.searchParams.get('plant'), plantOf(context.parentURL)];
      if (asked !== null) {
        const edited = (plants.get(asked) ?? []).map((edit) => join(ROOT, edit.file));
        touched.set(asked, withImporters(edited, importers));
      } else if (above !== null) url.searchParams.set('plant', touched.get(above)?.has(child) ? above : NO_PLANT);
      return { ...found, url: url.href };
    },
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const plant = plantOf(url);
      if (plant === null) return loaded;
      const file = fileURLToPath(url);
      const edits = (plants.get(plant) ?? []).filter((edit) => join(ROOT, edit.file) === file);
      if (edits.length === 0) return loaded;
      return { ...loaded, source: edits.reduce((text, edit) => planted(text, plant, edit), textOf(loaded.source)) };
    },
  });
}

/** Files, and all that import them, nearly or not. */
function withImporters(files: readonly string[], importers: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set(files);
  // Grows while it is gone through.
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

function standInOf(file: string): string | null {
  const folder = relative(ROOT, dirname(file));
  const other = join(import.meta.dirname, folder, basename(file));
  return WITH_SQL.includes(folder) && existsSync(other) ? other : null;
}

function fileOf(url: string): string | null {
  return url.startsWith('file:') ? fileURLToPath(url) : null;
}

function textOf(source: LoadFnOutput['source']): string {
  if (typeof source === 'string') return source;
  return Buffer.from(source as Uint8Array).toString();
}

function isOurs(url: string | undefined): boolean {
  return url?.startsWith('file:') === true && !url.includes('/node_modules/');
}

function plantOf(url: string | undefined): string | null {
  return url?.startsWith('file:') === true ? new URL(url).searchParams.get('plant') : null;
}

/** A plant whose place is gone must not pass for one that was looked for. */
function planted(text: string, plant: string, { file, find, put }: Edit): string {
  if (text.split(find).length !== 2) throw new Error(`${plant}: ${file} does not have exactly one "${find}"`);
  return text.replace(find, () => put);
}
