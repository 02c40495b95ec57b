import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { interceptWorkflowId } from '../workflows/messages.ts';

/** Whether Temporal has, or had, a run of this case; null when it knows none. */
async function statusOfRun(client: Client, interceptId: string): Promise<string | null> {
  try {
    return (await client.workflow.getHandle(interceptWorkflowId(interceptId)).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Whether the case has a run that has not ended. */
export async function hasOpenRun(client: Client, interceptId: string): Promise<boolean> {
  const status = await statusOfRun(client, interceptId);
  return status === 'RUNNING' || status === 'PAUSED';
}

/** Whether the case has a run, ended or not. */
export async function hasRun(client: Client, interceptId: string): Promise<boolean> {
  return (await statusOfRun(client, interceptId)) !== null;
}
