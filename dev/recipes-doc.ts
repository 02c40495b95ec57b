import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fillBlocks } from './doc-blocks.ts';

const ROOT = join(import.meta.dirname, '..');
/** Where the page is kept. */
export const RECIPES_DOC = join(ROOT, 'docs/recipes.md');

/** The page with each recipe as its tested file has it, by the package's published name. */
export function renderRecipesDoc(): string {
  const blocks = globSync('client/recipes/*.ts', { cwd: ROOT }).map((file): [string, string] => {
    const code = readFileSync(join(ROOT, file), 'utf8').replace("'../src/index.ts'", "'refund-intercept-client'");
    return [basename(file, '.ts'), `\`\`\`ts\n${code}\`\`\``];
  });
  return fillBlocks('docs/recipes.md', readFileSync(RECIPES_DOC, 'utf8'), new Map(blocks));
}

if (import.meta.main) writeFileSync(RECIPES_DOC, renderRecipesDoc());
