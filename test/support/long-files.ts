/** The test files of ten seconds and more, longest first; most of it is waiting for real clocks, browsers and servers. */
export const LONG_FILES = [
  'test/console/console-cases.test.ts',
  'test/stack/kill.test.ts',
  'test/stack/demo.test.ts',
  'test/console/console-people.test.ts',
  'workflows/intercept-overtaken.test.ts',
  'dev/start.test.ts',
  'test/stack/carriers.test.ts',
  'workflows/intercept-silence.test.ts',
  'dev/postgres.test.ts',
  'test/stack/production.test.ts',
  'test/stack/telemetry.test.ts',
  'dev/cli/commands.test.ts',
  'workflows/intercept-database.test.ts',
  'workflows/intercept-payment.test.ts',
  'workflows/intercept-carrier.test.ts',
  'dev/programs/chromium.test.ts',
];
