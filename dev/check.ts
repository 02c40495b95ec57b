import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `npm run check`: everything that can be said of the tree without running the service. One line a check, exit 1 if any failed. */

const ROOT = join(import.meta.dirname, '..');

/** Answers nothing when all is well, else what is wrong. */
type Check = () => Promise<string | null>;

/** Everything the import law speaks of, as far as it is there. */
const LAWFUL_FOLDERS = [
  'domain',
  'workflows',
  'activities',
  'evidence',
  'carriers',
  'platforms',
  'sealing',
  'store',
  'telemetry',
  'worker',
  'api',
  'console/src',
  'client/src',
  'client/recipes',
  'simulators',
  'config',
  'config.ts',
  'dev',
  'bench',
  'test',
];

const CHECKS: Record<string, Check> = {
  types: () => tool('typescript7/bin/tsc', '--noEmit', '--pretty', 'false', '-p', 'tsconfig.json'),
  'types of the console': async () =>
    existsSync(join(ROOT, 'console/tsconfig.json'))
      ? tool('typescript7/bin/tsc', '--noEmit', '--pretty', 'false', '-p', 'console/tsconfig.json')
      : null,
  lint: () => tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--format', 'unix'),
  format: () => tool('@biomejs/biome/bin/biome', 'format', '--reporter=summary', '.'),
  'import law': () =>
    tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      ...LAWFUL_FOLDERS.filter((folder) => existsSync(join(ROOT, folder))),
    ),
  'dead code': () => tool('knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'),
  'openapi.json': async () => {
    const { OPENAPI_DOCUMENT, renderOpenApi } = await import('./openapi.ts');
    return inStep(OPENAPI_DOCUMENT, await renderOpenApi(), 'npm run openapi');
  },
  "types of the API's callers": () => run('console/generate.ts', '--check'),
  'alert rules': async () => {
    const { checkAlertRules } = await import('./alert-rules.ts');
    return checkAlertRules(process.env, (line) => void process.stdout.write(`      ${line}\n`));
  },
  'docs/configuration.md': async () => {
    const { CONFIGURATION_DOC, renderConfigurationDoc } = await import('./configuration-doc.ts');
    return inStep(CONFIGURATION_DOC, renderConfigurationDoc(), 'npm run configuration');
  },
  'THIRD_PARTY.md': async () => {
    const { THIRD_PARTY_DOC, renderThirdPartyDoc } = await import('./third-party-doc.ts');
    return inStep(THIRD_PARTY_DOC, renderThirdPartyDoc(), 'npm run third-party');
  },
  'docs/webhook-events.md': async () => {
    const { renderWebhookEventsDoc, WEBHOOK_EVENTS_DOC } = await import('./webhook-events-doc.ts');
    return inStep(WEBHOOK_EVENTS_DOC, renderWebhookEventsDoc(), 'npm run webhook-events');
  },
  'docs/recipes.md': async () => {
    const { RECIPES_DOC, renderRecipesDoc } = await import('./recipes-doc.ts');
    return inStep(RECIPES_DOC, renderRecipesDoc(), 'npm run recipes');
  },
  'docs/carrier-words.md': async () => {
    const { CARRIER_WORDS_DOC, renderCarrierWordsDoc } = await import('./carrier-words-doc.ts');
    return inStep(CARRIER_WORDS_DOC, renderCarrierWordsDoc(), 'npm run carrier-words');
  },
};

/** Runs a tool of node_modules as `run` does. */
function tool(path: string, ...args: string[]): Promise<string | null> {
  return run(join('node_modules', path), ...args);
}

/** Runs a program with this Node, from the root; what it printed if it failed. */
function run(path: string, ...args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, FORCE_COLOR: '0' } };
    execFile(process.execPath, [join(ROOT, path), ...args], options, (error, stdout, stderr) => {
      resolve(error === null ? null : `${stdout}${stderr}`.trim() || error.message);
    });
  });
}

/** Whether a kept file is what is generated now. */
async function inStep(file: string, generated: string, command: string): Promise<string | null> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  return kept === generated ? null : `${file} is not what is generated now: run "${command}" and commit the result.`;
}

async function runCheck(name: string, check: Check): Promise<boolean> {
  const since = performance.now();
  const wrong = await check().catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  const seconds = ((performance.now() - since) / 1_000).toFixed(1);
  process.stdout.write(`${wrong === null ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)\n`);
  if (wrong !== null) process.stdout.write(`${wrong.replaceAll(/^/gm, '      ')}\n`);
  return wrong === null;
}

const failed: string[] = [];
for (const [name, check] of Object.entries(CHECKS)) if (!(await runCheck(name, check))) failed.push(name);
process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
