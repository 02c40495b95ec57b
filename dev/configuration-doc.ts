import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { VariableGroup, VariableNotes } from '../config/notes.ts';
import { VARIABLE_GROUPS } from '../config/variables.ts';

/** Where the page is kept. */
export const CONFIGURATION_DOC = fileURLToPath(new URL('../docs/configuration.md', import.meta.url));

/** Variables only `npm start`, the commands and the tests read. */
const RUNNER: [name: string, unset: string, meaning: string][] = [
  ['`WORKER_ADMIN_PORT`', '9091', 'Admin port of the worker that `npm start` runs beside the API.'],
  ['`SIM_PORT`', '8090', 'Port of the simulators.'],
  ['`POSTGRES_PORT`', 'any free one', 'Port of the embedded PostgreSQL.'],
  ['`TEMPORAL_CLI_PATH`', 'found or fetched', 'The Temporal CLI to use.'],
  ['`TEMPORAL_TEST_SERVER_PATH`', 'found or fetched', 'The time-skipping test server to use.'],
  ['`CHROME_PATH`', 'found or unpacked', 'The Chrome, Chromium or Edge of the browser tests.'],
  ['`XDG_CACHE_HOME`', '`~/.cache`', 'Fetched programs are kept in `refund-intercept` below it.'],
];

const INTRODUCTION = `# Configuration

The service is configured by its environment alone. A process reads and checks all of it once, before anything else, and refuses to start with one
message that names every bad variable: what is wrong with it and what to write. An empty variable counts as unset.

- A **secret** may also come as a file: \`ZTO_APP_SECRET_FILE=/run/secrets/zto\` is read instead of \`ZTO_APP_SECRET\`; a closing line end does not count.
  A secret that is printed in somebody's documents or in this project's simulators is refused, except under \`npm start\`.
- A **duration** is a whole number and one of \`ms s m h d\`: \`72h\`, \`5m\`, \`250ms\`.
- A **gateway's URL** must be \`https://\` and not this machine. Under \`npm start\` plain \`http://\` and loopback are allowed, and a URL that is set
  replaces that one simulator and leaves the others.
- A name that is almost one of these (\`REJECT_UNLOCK_AFTR\`) is warned of at the start.

This page is written by \`npm run configuration\` from \`config/variables.ts\` and the carriers' own settings; \`npm run check\` compares it.
`;

/** The page \`docs/configuration.md\`, from the one table of variables. */
export function renderConfigurationDoc(): string {
  const runner = RUNNER.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return [
    INTRODUCTION,
    ...VARIABLE_GROUPS.map(renderGroup),
    `## \`npm start\`, commands and tests\n\n| variable | when unset | meaning |\n| --- | --- | --- |\n${runner}\n`,
  ].join('\n');
}

function renderGroup({ title, variables }: VariableGroup): string {
  const rows = Object.entries(variables).map(([name, notes]) => `| \`${name}\` | ${whenUnset(notes)} | ${meaning(notes)} |`);
  return `## ${title}\n\n| variable | when unset | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

function whenUnset(notes: VariableNotes): string {
  if (notes.defaultNote !== undefined) return notes.defaultNote;
  if (notes.default !== undefined) return `\`${notes.default}\``;
  return 'left out';
}

function meaning(notes: VariableNotes): string {
  const words = notes.description.endsWith('.') ? notes.description : `${notes.description}.`;
  return `${notes.secret ? '**Secret.** ' : ''}${words}`.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

if (import.meta.main) writeFileSync(CONFIGURATION_DOC, renderConfigurationDoc());
