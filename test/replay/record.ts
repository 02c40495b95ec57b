import { createDevServerEnv } from '../support/dev-server.ts';
import { CaseWorld } from '../support/case-world.ts';
import { tellServerUrl } from '../support/server-url.ts';
import { startTestPostgres } from '../support/test-postgres.ts';
import { CLAIM_RECORDINGS } from './claim-endings.ts';
import { RECORDINGS as CASE_RECORDINGS } from './endings.ts';
import { RULES_2_RECORDINGS } from './rules-2-endings.ts';
import { isSaved, saveHistory } from './saved-history.ts';

const RECORDINGS = [...CASE_RECORDINGS, ...RULES_2_RECORDINGS, ...CLAIM_RECORDINGS];

/** Run as a program: records the histories named by the arguments, else all that are not saved yet. */
const names = process.argv.slice(2);
const unknown = names.filter((name) => !RECORDINGS.some((recording) => recording.name === name));
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such recording in test/replay/endings.ts`);
const wanted = RECORDINGS.filter(({ name }) => (names.length === 0 ? !isSaved(name) : names.includes(name)));

const postgres = await startTestPostgres();
tellServerUrl(postgres.url);
const world = await CaseWorld.open(await createDevServerEnv());
try {
  for (const recording of wanted) {
    const workflowId = await recording.play(world);
    await world.control('DELETE', '/sim/faults');
    const events = await saveHistory(world.env.client, workflowId, recording);
    process.stdout.write(`${recording.name}: ${events} events\n`);
  }
} finally {
  await world.close();
  await postgres.stop();
}
