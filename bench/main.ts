/** `npm run bench -- [SCENARIO] [options]`: one measurement by its name, `cases` when none is given. Each tells its options in its own file. */
const SCENARIOS: Record<string, () => Promise<unknown>> = {
  cases: () => import('./cases.ts'),
  crash: () => import('./crash.ts'),
  day: () => import('./day.ts'),
  growth: () => import('./growth.ts'),
  patrol: () => import('./patrol.ts'),
  park: () => import('./park.ts'),
  sealed: () => import('./sealed.ts'),
  storm: () => import('./storm.ts'),
  rules: () => import('./rules.ts'),
};

const [, , first] = process.argv;
const named = first !== undefined && !first.startsWith('-');
// The measurement reads what follows its name.
if (named) process.argv.splice(2, 1);
const scenario = SCENARIOS[named ? first : 'cases'];

if (scenario === undefined) {
  process.stderr.write(`There is no measurement "${first}": write one of ${Object.keys(SCENARIOS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  await scenario();
}
