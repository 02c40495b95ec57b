import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import pino from 'pino';
import { replayConverter } from '../../sealing/data-converter.ts';
import { loadWorkflowBundle } from '../../worker/bundle.ts';
import { onlyOptions, runCommand, UsageError } from './command.ts';
import { temporalPayloadKeys } from './temporal.ts';

const HISTORIES = fileURLToPath(new URL('../../test/histories/', import.meta.url));

await runCommand('  npm run replay', [], async (words) => {
  onlyOptions(words, []);
  if (words.positionals.length > 0) throw new UsageError('there is nothing to write after the command');
  const failed = await replaySavedHistories();
  if (failed.length > 0) {
    throw new Error(
      `The workflows' code does not fit ${failed.length} saved histories, so it would wedge cases like them; make the change behind patched():\n${failed.join('\n')}`,
    );
  }
});

/** Replays each saved history with the code of this tree, one line each; those that do not fit, with the reason. */
async function replaySavedHistories(): Promise<string[]> {
  const files = (await readdir(HISTORIES).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new Error(`There are no saved histories in ${HISTORIES}.`);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const workflowBundle = await loadWorkflowBundle(pino({ level: 'warn' }, pino.destination(2)), { sealed: false });
  const dataConverter = replayConverter(temporalPayloadKeys());
  const histories = await Promise.all(
    files.map(async (name) => ({ workflowId: name, history: JSON.parse(await readFile(HISTORIES + name, 'utf8')) as unknown })),
  );
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, dataConverter }, histories)) {
    process.stdout.write(`${error === undefined ? 'fits ' : 'FAILS'} ${workflowId}\n`);
    if (error !== undefined) failed.push(`  ${workflowId}: ${error.message}`);
  }
  return failed;
}
