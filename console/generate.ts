import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const OPENAPI = new URL('../openapi.json', import.meta.url);
const TYPES = fileURLToPath(new URL('./src/api/schema.d.ts', import.meta.url));

/** The console's types of the `/v1` contract, made from openapi.json and formatted like the rest of the project. */
async function renderTypes(): Promise<string> {
  const text = `/** Made from openapi.json by console/generate.ts; not edited by hand. */\n${astToString(await openapiTS(OPENAPI))}`;
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=console/src/api/schema.d.ts'], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
}

if (import.meta.main) {
  const wanted = await renderTypes();
  if (process.argv.includes('--check')) {
    if (readFileSync(TYPES, 'utf8') !== wanted) {
      process.stderr.write('console/src/api/schema.d.ts is not what openapi.json says: run "npm run console-types"\n');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(TYPES, wanted);
  }
}
