/**
 * Two projects over the same rules. `unit` needs no server and starts none: the pure rules, the adapters with their
 * in-process HTTP servers, the simulators, the docs. `service` is everything else; its set-up starts one PostgreSQL for the run.
 * Jest runs a project's set-up only when one of its files runs, so `npm test -- domain` costs nothing extra.
 */

const UNIT_FOLDERS = ['domain', 'carriers', 'platforms', 'sealing', 'simulators', 'docs', 'test/simulation'];

const common = {
  rootDir: import.meta.dirname,
  // Node loads the modules, types and all: the tests run what Node runs.
  runtime: `${import.meta.dirname}/test/support/native-runtime.ts`,
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/console/dist/'],
};

const ignored = ['/node_modules/', '<rootDir>/dist/', '<rootDir>/console/dist/', '<rootDir>/.data/'];

export default {
  // Two more than the cores the suite is measured on: the long files mostly wait. A fifth worker cost more processor time than it filled.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/*.test.ts', ...UNIT_FOLDERS.map((folder) => `<rootDir>/${folder}/**/*.test.ts`)],
      testPathIgnorePatterns: ignored,
    },
    {
      ...common,
      displayName: 'service',
      testMatch: ['<rootDir>/*/**/*.test.ts'],
      testPathIgnorePatterns: [...ignored, ...UNIT_FOLDERS.map((folder) => `<rootDir>/${folder}/`)],
      globalSetup: '<rootDir>/test/support/global-setup.mts',
      globalTeardown: '<rootDir>/test/support/global-teardown.mts',
    },
  ],
};
