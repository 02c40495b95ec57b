import { Client, type ConnectionLike } from '@temporalio/client';
import { clientConverter } from '../sealing/data-converter.ts';
import type { PayloadKey } from '../sealing/payload-keys.ts';
import { traceWorkflowCalls } from '../telemetry/spans.ts';

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
