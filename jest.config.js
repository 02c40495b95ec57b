/**
 * Two projects over the same rules. `unit` needs no server and starts none: the pure rules, the adapters with their
 * in-process HTTP servers, the simulators, the docs. `service` is everything else; its set-up starts one PostgreSQL for the run.
 * Jest runs a project's set-up only when one of its files runs, so `npm test -- domain` costs nothing extra.
 */

/** Types are stripped, nothing else changes: the tests run what Node runs. */
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', tsx: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
};
const swcTsx = { ...swc, jsc: { ...swc.jsc, parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } } };

const UNIT_FOLDERS = ['domain', 'carriers', 'platforms', 'sealing', 'simulators', 'docs', 'test/simulation'];

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc], '^.+\\.tsx$': ['@swc/jest', swcTsx] },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/console/dist/'],
};

const ignored = ['/node_modules/', '<rootDir>/dist/', '<rootDir>/console/dist/', '<rootDir>/.data/'];

export default {
  // One more than the two cores the suite is measured on: the long files mostly wait.
  maxWorkers: 3,
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
      setupFiles: ['<rootDir>/test/support/plugin-names.ts'],
      testMatch: ['<rootDir>/*/**/*.test.ts', '<rootDir>/*/**/*.test.tsx'],
      testPathIgnorePatterns: [...ignored, ...UNIT_FOLDERS.map((folder) => `<rootDir>/${folder}/`)],
      globalSetup: '<rootDir>/test/support/global-setup.mts',
      globalTeardown: '<rootDir>/test/support/global-teardown.mts',
    },
  ],
};
