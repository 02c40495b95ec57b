import { parseDuration } from '../../domain/time.ts';
import { checkInvariants, SETTLES_WITHIN_MS } from '../../store/invariants.ts';
import { noMoreWords, runCommand, UsageError } from './command.ts';
import { withDatabase } from './surroundings.ts';

const USAGE = `  npm run invariants [-- --settled 5m]
      holds the database against the service's promises and names whoever breaks one; reads only, safe while the service runs
      --settled: what was recorded within is left its time`;

await runCommand(USAGE, ['settled'], async ({ options, positionals }) => {
  noMoreWords(positionals);
  const settledMs = readSettled(options['settled']);
  const { checked, offences } = await withDatabase('invariants', (db) => checkInvariants(db, settledMs));
  for (const { name, promise, offenders } of checked)
    process.stdout.write(
      `${offenders === 0 ? 'holds ' : 'BROKEN'} ${name.padEnd(3)} ${promise}${offenders === 0 ? '' : `: ${offenders}`}\n`,
    );
  for (const { name, about, what } of offences) process.stdout.write(`  ${name} ${about}: ${what}\n`);
  if (offences.length > 0) throw new Error(`${checked.filter(({ offenders }) => offenders > 0).length} promises are broken`);
});

function readSettled(text: string | undefined): number {
  if (text === undefined) return SETTLES_WITHIN_MS;
  try {
    return parseDuration(text);
  } catch (error) {
    throw new UsageError(`--settled ${error instanceof Error ? error.message : String(error)}`);
  }
}
