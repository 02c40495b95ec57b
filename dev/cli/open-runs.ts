import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { TASK_QUEUE } from '../../workflows/messages.ts';

/** Whether Temporal has an open run of that id. */
export async function hasOpenRun(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' || status.name === 'PAUSED';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Why a run is not made. */
export function openRun(workflowId: string): Error {
  return new Error(`${workflowId} has an open run: terminate it first if it is to be made again from its record.`);
}

/** Ends a run that knows less than its record: left alone it would do again, and record, what is long past. False when there is none. */
export async function endRun(client: Client, workflowId: string): Promise<boolean> {
  await mustBeIdle(client);
  try {
    await client.workflow.getHandle(workflowId).terminate('Temporal was restored to a state before its record');
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** A run that a worker carries on may be ahead of what was read of it. */
async function mustBeIdle(client: Client): Promise<void> {
  const { namespace } = client.options;
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: 1 });
  if ((pollers ?? []).length > 0)
    throw new Error('A worker polled within the last five minutes: stop all workers, then restore and start Temporal, then run this.');
}
