import { readSetting } from '../settings.ts';
import { VARIABLES } from '../../config/variables.ts';
import { noMoreWords, onlyOptions, runCommand, UsageError, type Words } from './command.ts';
import { withTemporal } from './temporal.ts';
import { type Deployment, makeCurrent, ramp, rollBack, UNVERSIONED } from './worker-deployment.ts';

const USAGE = `  npm run deploy:ramp -- BUILD PERCENT
      gives the workers of a build (their TEMPORAL_WORKER_BUILD_ID) that share of the open cases
  npm run deploy:current -- BUILD
      gives them all cases
  npm run deploy:rollback
      ends a ramp, or else gives all cases back to the build before
BUILD may be ${UNVERSIONED}: workers without a build.`;

await runCommand(USAGE, [], async (words) => {
  onlyOptions(words, []);
  const act = readStep(words);
  const name = readSetting(process.env, 'TEMPORAL_DEPLOYMENT_NAME') ?? VARIABLES['TEMPORAL_DEPLOYMENT_NAME']?.default ?? '';
  const said = await withTemporal((client) => act({ client, name, clock: Date.now }));
  process.stdout.write(`${said}\n`);
});

function readStep({ positionals }: Words): (deployment: Deployment) => Promise<string> {
  const [step, buildId, percent, ...more] = positionals;
  noMoreWords(more);
  if (step === 'rollback' && buildId === undefined) return rollBack;
  if (step === 'current' && buildId !== undefined && percent === undefined) return (deployment) => makeCurrent(deployment, buildId);
  if (step === 'ramp' && buildId !== undefined && percent !== undefined) {
    if (!/^([1-9]\d?|100)$/.test(percent)) throw new UsageError(`"${percent}" is no share: write whole percents from 1 to 100`);
    return (deployment) => ramp(deployment, buildId, Number(percent));
  }
  throw new UsageError(`"${positionals.join(' ')}" is not what can be done here`);
}
