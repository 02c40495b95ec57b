import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { BACKGROUND_QUEUE, PATROL_SCHEDULE, PATROL_WORKFLOW } from '../workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';

/** Numbers of the server's IndexedValueType for the types we use. */
const INDEXED_VALUE_TYPE: Partial<Record<SearchAttributeType, number>> = { [SearchAttributeType.KEYWORD]: 2, [SearchAttributeType.DATETIME]: 6 };

/** Registers the search attributes the namespace lacks; those it has are left alone. */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const { operatorService } = client.connection;
  const { namespace } = client.options;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return [];
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type] ?? 0])),
  });
  return missing.map(({ name }) => name);
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
