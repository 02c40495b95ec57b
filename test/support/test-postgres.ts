import { rm } from 'node:fs/promises';
import { startPostgres } from '../../dev/postgres.ts';
import { databaseFolder } from './quick-folder.ts';
import { tetherServer } from './tether.ts';

/** The run's PostgreSQL: where it is, and how it ends. */
export interface TestPostgres {
  url: string;
  stop(): Promise<void>;
}

declare global {
  /** Set by the set-up for the tear-down of the same process. */
  var testPostgres: TestPostgres | undefined;
}

/**
 * The server of `DATABASE_URL`, else an embedded one in a temporary folder, on a free loopback port. Its files are
 * thrown away, so it does not wait for the disk. It ends with
 * Ctrl-C too, and when the run is killed.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const told = process.env.DATABASE_URL;
  if (told) return { url: told, stop: async () => {} };
  const dataDir = await databaseFolder('test');
  const server = await startPostgres({ dataDir, durable: false, log: () => {} });
  tetherServer(server.pid, dataDir);
  const end = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const endForSignal = (signal: NodeJS.Signals): void => void end().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  process.once('SIGINT', endForSignal).once('SIGTERM', endForSignal);
  return {
    url: server.url,
    stop: async () => {
      process.off('SIGINT', endForSignal).off('SIGTERM', endForSignal);
      await end();
    },
  };
}
