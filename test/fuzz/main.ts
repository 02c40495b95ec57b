import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onStopSignals } from '../../dev/stop-signals.ts';
import { startRunningStack } from '../support/running-stack.ts';
import { type KnownIds, liveIn } from './lived-in-shop.ts';
import { installSchemathesis } from './schemathesis.ts';

/**
 * `npm run fuzz`: Schemathesis reads the document of the running product and asks whatever it allows and does not allow, with a
 * real key, over the whole product on simulators. Ends with 1 when an answer is a 5xx or not as documented, or the database
 * breaks a promise afterwards.
 *
 *   -- --seed 42        other requests
 *   -- --examples 100   so many a route
 *   -- --only /v1/claims   routes whose path has this
 */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, examples: { type: 'string', default: '12' }, only: { type: 'string' } },
});

/** `negative_data_rejection` too: what the document does not allow is refused. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
];
/** Answers that refuse what the document does not allow; a body that is too long may be refused for that first. */
const REFUSALS = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429];
/** Below what one caller may ask. */
const RATE = '40/s';
/** How often a path names something that is there. */
const KNOWN_ID_SHARE = 0.7;

function configOf(known: KnownIds): string {
  const named = [...known].map(([name, ids]) => ({ name, values: JSON.stringify([...ids].slice(0, 40)) }));
  return [
    ...named.map(({ name, values: ids }) => `[dictionaries.${name}]\nvalues = ${ids}`),
    '[checks.negative_data_rejection]',
    `expected-statuses = ${JSON.stringify(REFUSALS)}`,
    '[parameters]',
    ...named.map(({ name }) => `"path.${name}" = { dictionary = "${name}", probability = ${KNOWN_ID_SHARE} }`),
    '',
  ].join('\n');
}

async function main(): Promise<number> {
  const schemathesis = await installSchemathesis(process.env).catch((error: unknown) => {
    throw new Error('Schemathesis could not be installed: it needs python3 with pip, and PyPI', { cause: error });
  });
  const folder = await mkdtemp(join(tmpdir(), 'refund-intercept-fuzz-'));
  const stack = await startRunningStack({ LOG_LEVEL: 'error' });
  const end = async (): Promise<void> => {
    await stack.remove();
    await rm(folder, { recursive: true, force: true });
  };
  onStopSignals({ stop: () => void end().then(() => process.exit(130)), kill: () => process.exit(130) });
  try {
    const config = join(folder, 'schemathesis.toml');
    await writeFile(config, configOf(await liveIn(stack)));
    const { api, demoApiKey = '' } = stack.addresses;
    const about = [
      '--config-file',
      config,
      'run',
      `${api}/v1/openapi.json`,
      '--url',
      api,
      '--header',
      `Authorization: Bearer ${demoApiKey}`,
    ];
    const how = ['--seed', values.seed, '--max-examples', values.examples, '--rate-limit', RATE, '--checks', CHECKS.join(',')];
    const only = values.only === undefined ? [] : ['--include-path-regex', values.only];
    const code = await schemathesis(folder, [...about, ...how, ...only, '--continue-on-failure', '--warnings', 'off']);
    await stack.checkInvariants();
    return code;
  } finally {
    await end();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
