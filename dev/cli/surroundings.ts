import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { clientConverter } from '../../sealing/data-converter.ts';
import { type PayloadKey, readPayloadKeys } from '../../sealing/payload-keys.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { migrate } from '../../store/migrate.ts';
import { withEmbeddedPostgres } from '../postgres.ts';
import { keptSecret } from '../secrets.ts';
import { readSetting, readStackSettings } from '../settings.ts';

const CONNECT_LIMIT_MS = 5_000;

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

/** The keys told that seal and open what Temporal keeps. */
export function temporalPayloadKeys(): PayloadKey[] {
  try {
    return readPayloadKeys(readSetting(process.env, 'TEMPORAL_PAYLOAD_KEYS'));
  } catch (cause) {
    throw new Error('TEMPORAL_PAYLOAD_KEYS cannot be used', { cause });
  }
}

/** Does something with Temporal over a connection that is closed afterwards. */
export async function withTemporal<T>(act: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectTemporal();
  try {
    return await act(client);
  } finally {
    await client.connection.close();
  }
}

/** The server the environment names, as the SDK reads it, else the one of `npm start`, which then has to be running. */
async function connectTemporal(): Promise<Client> {
  const { temporalTold, ports } = await readStackSettings(process.env);
  const embedded = temporalTold ? null : `127.0.0.1:${ports.temporal}`;
  const { connectionOptions, namespace } =
    embedded === null
      ? loadClientConnectConfig()
      : { connectionOptions: { address: embedded }, namespace: readSetting(process.env, 'TEMPORAL_NAMESPACE') };
  try {
    const connection = await Connection.connect({ ...connectionOptions, connectTimeout: CONNECT_LIMIT_MS });
    return new Client({ connection, namespace: namespace ?? 'default', dataConverter: clientConverter(temporalPayloadKeys()) });
  } catch (cause) {
    const hint =
      embedded === null ? 'check TEMPORAL_ADDRESS and its credentials' : 'start the service first ("npm start"), or set TEMPORAL_ADDRESS';
    throw new Error(`Temporal does not answer at ${connectionOptions.address ?? 'its default address'}: ${hint}`, { cause });
  }
}
