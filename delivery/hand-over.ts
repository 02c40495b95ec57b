import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { DurationMs } from '../domain/time.ts';
import { BACKGROUND_QUEUE, DELIVER_WEBHOOK_WORKFLOW, type DeliverWebhookArgs, webhookWorkflowId } from '../workflows/messages.ts';

/** A delivery whose first attempt failed. */
export interface FailedDelivery {
  deliveryId: string;
  type: string;
  /** Its schedule was started anew: a run of that id may have ended before. */
  replayed: boolean;
  waitMs: DurationMs;
}

const START_LIMIT_MS = 3_000;

/**
 * Gives the rest of a delivery's schedule to its one run `webhook:{deliveryId}`. That run may have been started before:
 * a process may die between starting it and noting so. Throws when Temporal does not answer.
 */
export async function handOver(client: Client, { deliveryId, type, replayed, waitMs }: FailedDelivery): Promise<void> {
  const args: [DeliverWebhookArgs] = [{ deliveryId, waitMs }];
  try {
    await client.withDeadline(Date.now() + START_LIMIT_MS, () =>
      client.workflow.start(DELIVER_WEBHOOK_WORKFLOW, {
        workflowId: webhookWorkflowId(deliveryId),
        taskQueue: BACKGROUND_QUEUE,
        args,
        workflowIdReusePolicy: replayed ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `重新投递 ${type}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
