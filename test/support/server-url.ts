/**
 * Where the run's PostgreSQL server is. Jest's set-up tells its worker processes through the environment,
 * the only channel there is between them.
 */
const VARIABLE = 'TEST_POSTGRES_URL';

/** Called once by the set-up, before the worker processes start. */
export function tellServerUrl(url: string): void {
  process.env[VARIABLE] = url;
}

/** URL of the maintenance database of the run's server, or an error that says how to run the test. */
export function serverUrl(): string {
  const url = process.env[VARIABLE];
  if (!url)
    throw new Error(`${VARIABLE} is not set: this test needs PostgreSQL, run it with "npm test" from a folder of the project "service"`);
  return url;
}
