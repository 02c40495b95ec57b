import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
/** Where the bundle of the present sources is kept. */
export const KEPT_DIR = join(PROJECT_DIR, 'node_modules', '.cache', 'refund-intercept');

/** The bundle of today's sources in a folder of such bundles: made by `bundle` unless it is there. Bundles of other sources go. */
export async function keepBundle(
  folder: string,
  { sealed }: { sealed: boolean },
  bundle: (path: string) => Promise<unknown>,
): Promise<{ codePath: string }> {
  const ending = `-${fingerprint()}.js`;
  const codePath = join(folder, `workflow-bundle${sealed ? '-sealed' : ''}${ending}`);
  if (existsSync(codePath)) return { codePath };
  await bundle(codePath);
  const others = (await readdir(folder)).filter((name) => /^workflow-bundle-[\w-]+\.js$/.test(name) && !name.endsWith(ending));
  await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
  return { codePath };
}

/** A digest over everything the bundle is made of. */
function fingerprint(): string {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const digest = createHash('sha256').update(version);
  const files = globSync(['workflows/**/*.ts', 'domain/**/*.ts'], { cwd: PROJECT_DIR }).filter((file) => !file.endsWith('.test.ts'));
  for (const file of [...files.sort(), 'worker/bundle.ts']) digest.update(`\0${file}\0`).update(readFileSync(join(PROJECT_DIR, file)));
  return digest.digest('hex').slice(0, 24);
}
