import { migrate } from '../../store/migrate.ts';
import { onlyOptions, runCommand, UsageError } from './command.ts';
import { withDatabaseUrl } from './surroundings.ts';

await runCommand('  npm run migrate', [], async (words) => {
  onlyOptions(words, []);
  if (words.positionals.length > 0) throw new UsageError('there is nothing to write after the command');
  await withDatabaseUrl('migrate', migrate);
  process.stdout.write('The database has its newest form.\n');
});
