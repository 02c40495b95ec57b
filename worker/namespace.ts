import { type Client, isGrpcServiceError, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { BACKGROUND_QUEUE, PATROL_SCHEDULE, PATROL_WORKFLOW } from '../workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';

const GRPC_NOT_FOUND = 5;

type SearchAttribute = (typeof SEARCH_ATTRIBUTES)[number];

/** Numbers of the server's IndexedValueType for the types we use. */
const INDEXED_VALUE_TYPE: Partial<Record<SearchAttributeType, number>> = {
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.DATETIME]: 6,
};

/** The Temporal namespace cannot be used as it is; the message says what to do about it. */
export class UnusableNamespace extends Error {
  override name = 'UnusableNamespace';
}

/**
 * Registers the search attributes the namespace lacks and answers their names; those it has are left alone. Throws `UnusableNamespace`
 * when there is no such namespace, or when attributes are missing and this account may not add them (Temporal Cloud).
 */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const missing = await missingAttributes(client);
  if (missing.length === 0) return [];
  try {
    await client.connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type] ?? 0])),
    });
  } catch (error) {
    // Another worker may have added them meanwhile.
    const lacking = await missingAttributes(client);
    if (lacking.length > 0) throw lacks(namespace, lacking, error);
  }
  return missing.map(({ name }) => name);
}

async function missingAttributes(client: Client): Promise<SearchAttribute[]> {
  const { namespace } = client.options;
  try {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
    return SEARCH_ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
  } catch (error) {
    const code: number | null = isGrpcServiceError(error) ? error.code : null;
    if (code !== GRPC_NOT_FOUND) throw error;
    const create = `temporal operator namespace create --namespace ${namespace} --retention 30d`;
    const problem = `Temporal has no namespace "${namespace}": set TEMPORAL_NAMESPACE to the right one, or create it: ${create}`;
    throw new UnusableNamespace(problem, { cause: error });
  }
}

function lacks(namespace: string, lacking: SearchAttribute[], cause: unknown): UnusableNamespace {
  const list = lacking.map(({ name, type }) => `${name} (${type})`).join(', ');
  const why = cause instanceof Error ? cause.message : String(cause);
  const problem = `The Temporal namespace "${namespace}" lacks the search attributes ${list}, and they could not be added (${why})`;
  return new UnusableNamespace(`${problem}: add them by hand, then start again.`, { cause });
}

const SPEC = { intervals: [{ every: '1m' }] };
const ACTION = {
  type: 'startWorkflow',
  workflowType: PATROL_WORKFLOW,
  workflowId: 'patrol',
  taskQueue: BACKGROUND_QUEUE,
  args: [],
  staticSummary: '巡检：积压证据、安静运单、平台退款、授权',
  workflowExecutionTimeout: '10m',
} as const;
const POLICIES = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' } as const;

/** Creates the patrol's schedule, or brings an older one up to date. */
export async function ensurePatrol(client: Client): Promise<void> {
  try {
    await client.schedule.create({ scheduleId: PATROL_SCHEDULE, spec: SPEC, action: { ...ACTION, args: [] }, policies: POLICIES });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(PATROL_SCHEDULE).update((present) => ({
      ...present,
      spec: SPEC,
      action: { ...ACTION, args: [] },
      policies: { ...present.policies, ...POLICIES },
    }));
  }
}
