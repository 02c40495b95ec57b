import { type Client, WorkflowNotFoundError } from '@temporalio/client';

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
