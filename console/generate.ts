import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const OPENAPI = new URL('../openapi.json', import.meta.url);
const TYPES = 'client/src/schema.ts';
/** Parts of OpenAPI that the contract has none of. */
const NOTHING = /^export type \S+ = Record<string, never>;\n/gm;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The types of the `/v1` contract, which the published client brings and the console shares, made from openapi.json and formatted like the rest of the project. */
async function renderTypes(): Promise<string> {
  const text =
    `/** Made from openapi.json by console/generate.ts; not edited by hand. */\n${astToString(await openapiTS(OPENAPI))}`.replaceAll(
      NOTHING,
      '',
    );
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${TYPES}`], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    cwd: ROOT,
  });
}

if (import.meta.main) {
  const wanted = await renderTypes();
  if (!process.argv.includes('--check')) {
    writeFileSync(join(ROOT, TYPES), wanted);
  } else if (readFileSync(join(ROOT, TYPES), 'utf8') !== wanted) {
    process.stderr.write(`${TYPES} is not what openapi.json says: run "npm run console-types"\n`);
    process.exitCode = 1;
  }
}
