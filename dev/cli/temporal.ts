import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { clientConverter } from '../../sealing/data-converter.ts';
import { type PayloadKey, readPayloadKeys } from '../../sealing/payload-keys.ts';
import { readSetting, readStackSettings } from '../settings.ts';

const CONNECT_LIMIT_MS = 5_000;

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
