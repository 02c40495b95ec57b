import { randomBytes } from 'node:crypto';
import { seedDemo } from '../seed.ts';
import { required, runCommand } from './command.ts';
import { dataKeyText, withDatabaseUrl } from './surroundings.ts';

await runCommand('  demo-shop --simulators http://HOST:PORT', ['simulators'], async (words) => {
  const [simulatorsUrl, dataKey] = [required(words, 'simulators'), await dataKeyText()];
  // Only a process beside its simulators takes a demo key: here nobody is to know it, keys are made by the command.
  const demoApiKey = `demo_${randomBytes(24).toString('base64url')}`;
  await withDatabaseUrl('demo-shop', (databaseUrl) => seedDemo({ databaseUrl, dataKey, demoApiKey, simulatorsUrl }));
  process.stdout.write('The demo shop is in the database.\n');
});
