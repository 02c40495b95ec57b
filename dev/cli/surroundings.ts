import { randomBytes } from 'node:crypto';
import { type Database, openDatabase } from '../../store/db.ts';
import { migrate } from '../../store/migrate.ts';
import { withEmbeddedPostgres } from '../postgres.ts';
import { keptSecret } from '../secrets.ts';
import { readStackSettings } from '../settings.ts';

/**
 * Does something with the service's database: `DATABASE_URL`, else the embedded PostgreSQL of `DATA_DIR`, the running
 * one if there is one, else started for the command. An embedded one is brought to the newest form first.
 */
export async function withDatabaseUrl<T>(purpose: string, act: (databaseUrl: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = await readStackSettings(process.env);
  if (databaseUrl !== undefined) return act(databaseUrl);
  return withEmbeddedPostgres({ dataDir, purpose, log: (line) => process.stderr.write(`${line}\n`) }, async (url) => {
    await migrate(url);
    return act(url);
  });
}

/** As `withDatabaseUrl`, with a connection that is closed afterwards. */
export async function withDatabase<T>(purpose: string, act: (db: Database['kysely']) => Promise<T>): Promise<T> {
  return withDatabaseUrl(purpose, async (url) => {
    const database = openDatabase(url, { max: 2, applicationName: `refund-intercept ${purpose}`, onError: () => {} });
    try {
      return await act(database.kysely);
    } finally {
      await database.close();
    }
  });
}

/**
 * The key that seals tokens: `DATA_KEY`, else the one `npm start` keeps under `DATA_DIR`. With a `DATABASE_URL` there is
 * no such else, for a key of this machine would make tokens that the service cannot open.
 */
export async function dataKeyText(): Promise<string> {
  const { databaseUrl, dataDir, dataKey } = await readStackSettings(process.env);
  if (dataKey !== undefined) return dataKey;
  if (databaseUrl !== undefined) throw new Error('DATA_KEY is not set: write the one the service runs with, tokens are encrypted with it');
  return keptSecret(dataDir, 'data-key', () => randomBytes(32).toString('base64'));
}
