import { attemptDelivery } from '../delivery/attempt.ts';
import type { DeliveryDeps } from '../delivery/deps.ts';
import type { WebhookActivities } from './types.ts';

/** What `deliverWebhook` causes outside: the attempts. */
export function createWebhookActivities(deps: DeliveryDeps): WebhookActivities {
  return {
    attemptWebhook: ({ deliveryId }) => attemptDelivery(deps, deliveryId),
  };
}
