/** The longest test files, about the longest first: beside what they do, the cores have little left. */
export const LONGEST_FILES = [
  'test/console/console-cases.test.ts',
  'test/console/console-people.test.ts',
  'test/stack/short-days.test.ts',
  'test/simulation/simulation.test.ts',
  'test/stack/production.test.ts',
  'dev/cli/commands.test.ts',
  'test/stack/whole-product.test.ts',
  'worker/deployment.test.ts',
  'dev/start.test.ts',
];

/**
 * The other test files of some seven seconds and more. In turn one that waits most of its time, for real clocks and servers, and one that computes:
 * two that wait beside two others leave the cores idle. Those that wait are here from five seconds on, for at the end they would be waited for.
 */
export const LONG_FILES = [
  'workflows/intercept-silence.test.ts',
  'workflows/intercept-unconfirmed.test.ts',
  'workflows/intercept-database.test.ts',
  'worker/replay-open-runs.test.ts',
  'workflows/intercept-carrier.test.ts',
  'dev/programs/chromium.test.ts',
  'workflows/intercept-clock.test.ts',
  'dev/cli/reconcile.test.ts',
  'workflows/intercept-payment.test.ts',
  'workflows/intercept-sealed.test.ts',
  'api/sandbox.test.ts',
  'client/src/packed.test.ts',
  'api/intercepts/evidence-at-create.test.ts',
  'workflows/intercept-parcel.test.ts',
  'api/console/event-routes.test.ts',
  'api/tenants.test.ts',
  'workflows/intercept-overtaken.test.ts',
  'evidence/patrol-rounds.test.ts',
  'test/support/tether.test.ts',
  'workflows/intercept-run.test.ts',
  'test/support/temporal-env.test.ts',
  'workflows/intercept-decision.test.ts',
  'dev/ci-run.test.ts',
  'dev/postgres.test.ts',
  'api/admin.test.ts',
  'workflows/intercept-arbitration.test.ts',
  'dev/data-lock.test.ts',
];
