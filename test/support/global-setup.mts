import { startTestPostgres } from './test-postgres.ts';
import { tellServerUrl } from './server-url.ts';

/** Starts the one PostgreSQL of the run, or uses the server of DATABASE_URL. */
export default async function globalSetup(): Promise<void> {
  const server = await startTestPostgres();
  globalThis.testPostgres = server;
  tellServerUrl(server.url);
}
