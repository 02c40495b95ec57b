import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { findTestServer } from '../../dev/programs/test-server.ts';
import { startTestPostgres } from './test-postgres.ts';
import { tellServerUrl } from './server-url.ts';

/**
 * Starts the one PostgreSQL of the run, or uses the server of DATABASE_URL. Meanwhile fetches what was not yet fetched, so that no test's limit
 * runs while it comes; the tests that need what is not to be had say why themselves.
 */
export default async function globalSetup(): Promise<void> {
  const options = { environment: process.env, log: () => {} };
  const [server] = await Promise.all([startTestPostgres(), Promise.allSettled([findTemporalCli(options), findTestServer(options)])]);
  globalThis.testPostgres = server;
  tellServerUrl(server.url);
}
