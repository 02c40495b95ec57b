import { proxyActivities, sleep } from '@temporalio/workflow';
import type { WebhookActivities } from '../activities/types.ts';
import type { DeliverWebhookArgs } from './messages.ts';

const { attemptWebhook } = proxyActivities<WebhookActivities>({
  // The request itself ends after 15 s; the rest is the database's.
  startToCloseTimeout: '45s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
  summary: '投递',
});

/**
 * The further attempts of one delivery whose first one failed: waits, tries, and waits as long as that attempt's answer says,
 * until it is delivered or the schedule ends. The delivery's row knows the schedule, so a run lost or started anew goes on in it.
 */
export async function deliverWebhook({ deliveryId, waitMs }: DeliverWebhookArgs): Promise<'DELIVERED' | 'FAILED'> {
  let wait = waitMs;
  for (;;) {
    await sleep(wait, { summary: '等待下次投递' });
    const progress = await attemptWebhook({ deliveryId });
    if (progress.kind === 'SETTLED') return progress.status;
    wait = progress.waitMs;
  }
}
