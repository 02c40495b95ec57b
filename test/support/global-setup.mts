import { ensureConsoleBuilt } from '../../dev/console-build.ts';
import { findChromium } from '../../dev/programs/chromium.ts';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { findTestServer } from '../../dev/programs/test-server.ts';
import { ensureWorkflowBundle } from '../../dev/workflow-bundle.ts';
import { becomeBatchWork } from './batch-work.ts';
import { startTestPostgres } from './test-postgres.ts';
import { tellServerUrl } from './server-url.ts';

/**
 * Starts the one PostgreSQL of the run, or uses the server of DATABASE_URL. Meanwhile fetches what was not yet fetched, so that no test's limit
 * runs while it comes, and builds and unpacks for a run of everything what several files would at the same moment; the tests that need what is not to
 * be had say why themselves.
 */
export default async function globalSetup({ testPathPatterns }: { testPathPatterns: { patterns: string[] } }): Promise<void> {
  await becomeBatchWork();
  const options = { environment: process.env, log: () => {} };
  const isWhole = testPathPatterns.patterns.length === 0;
  const built = isWhole
    ? [ensureConsoleBuilt(process.env, options.log), ensureWorkflowBundle(process.env, options.log), findChromium(options)]
    : [];
  const fetched = [findTemporalCli(options), findTestServer(options)];
  const [server] = await Promise.all([startTestPostgres(), Promise.allSettled([...fetched, ...built])]);
  globalThis.testPostgres = server;
  tellServerUrl(server.url);
}
