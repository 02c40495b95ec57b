import { Client, Connection, type ConnectionLike, type ConnectionOptions } from '@temporalio/client';
import { clientConverter } from '../sealing/data-converter.ts';
import type { PayloadKey } from '../sealing/payload-keys.ts';
import { traceWorkflowCalls } from '../telemetry/spans.ts';

/** Of a connection that the network lost without a word; the SDK takes 45 s. The server takes a question in 10 s for too many. */
const NOTICED_LOST = { 'grpc.keepalive_time_ms': 15_000, 'grpc.keepalive_timeout_ms': 5_000 };

/** A connection that is made with the first call, and once lost, within 20 s anew. */
export function temporalConnection(options: ConnectionOptions): Connection {
  return Connection.lazy({ ...options, channelArgs: NOTICED_LOST });
}

/** The API's client of Temporal. A run that has ended answers no query, so that its record is shown in its place. */
export function temporalClient(connection: ConnectionLike, namespace: string, payloadKeys: readonly PayloadKey[]): Client {
  return new Client({
    connection,
    namespace,
    dataConverter: clientConverter(payloadKeys),
    workflow: { queryRejectCondition: 'NOT_OPEN' },
    interceptors: { workflow: [traceWorkflowCalls] },
  });
}
