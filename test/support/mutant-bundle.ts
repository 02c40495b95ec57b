import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workflowBundle } from './workflow-bundle.ts';

/** A text that occurs once in the finished bundle of the workflows, and what is put in its place. */
export type Mutant = readonly [text: string, by: string];

/** Before the next timer of a case is started. */
export const NEXT_TIMER = 'if (next !== null) ';
/** Makes other decisions for every case that waits. */
export const UNFIT: Mutant = [NEXT_TIMER, NEXT_TIMER.replace('!==', '===')];

const VIEW = 'function viewIntercept(';
/** Other code that makes the same decisions. */
export const FITTING: Mutant = [VIEW, `const Other = 1;\n${VIEW}`];

/** The bundle of this tree's workflows with one text replaced, in a new file of `folder`. */
export async function mutantBundle(folder: string, [text, by]: Mutant): Promise<{ codePath: string }> {
  const { codePath: present } = await workflowBundle();
  const code = await readFile(present, 'utf8');
  if (code.split(text).length !== 2) throw new Error(`"${text}" must occur once in the bundle of the workflows`);
  const codePath = join(folder, `mutant-${randomUUID()}.js`);
  // What was told in place of the text may hold a $.
  await writeFile(
    codePath,
    code.replace(text, () => by),
  );
  return { codePath };
}
