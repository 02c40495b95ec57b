import { Client, type ConnectionLike } from '@temporalio/client';
import { traceWorkflowCalls } from '../telemetry/spans.ts';

/** The API's client of Temporal. A run that has ended answers no query, so that its record is shown in its place. */
export function temporalClient(connection: ConnectionLike, namespace: string): Client {
  return new Client({
    connection,
    namespace,
    workflow: { queryRejectCondition: 'NOT_OPEN' },
    interceptors: { workflow: [traceWorkflowCalls] },
  });
}
