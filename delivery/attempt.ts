import type { DeliveryProgress, DeliveryToSend } from '../store/webhook-deliveries.ts';
import { readDelivery, recordAttempt, settleDelivery } from '../store/webhook-deliveries.ts';
import type { DeliveryDeps } from './deps.ts';
import { validSecrets } from './endpoint-secrets.ts';
import { waitAfter } from './retry-schedule.ts';
import { signedHeaders } from './standard-webhook.ts';

/**
 * Sends one delivery once and notes how it went. Safe to repeat: the message keeps its id and body, so a receiver that got it
 * although we never learnt so sees the same message again. What is delivered, or has nowhere to go any more, is not sent.
 */
export async function attemptDelivery(deps: DeliveryDeps, deliveryId: string): Promise<DeliveryProgress> {
  const delivery = await readDelivery(deps.db, deliveryId);
  if (delivery === null) throw new Error(`there is no delivery ${deliveryId}`);
  if (delivery.status !== 'PENDING') return { kind: 'SETTLED', status: delivery.status };
  if (delivery.endpoint.deleted) return settleDelivery(deps.db, deliveryId, 'FAILED', 'ENDPOINT_DELETED');
  if (!delivery.endpoint.enabled) return settleDelivery(deps.db, deliveryId, 'FAILED', 'ENDPOINT_DISABLED');
  return send(deps, delivery, false);
}

/** As `attemptDelivery`, because a person asked: whatever became of it before, and outside its schedule. */
export async function attemptByHand(deps: DeliveryDeps, deliveryId: string): Promise<void> {
  const delivery = await readDelivery(deps.db, deliveryId);
  if (delivery === null) throw new Error(`there is no delivery ${deliveryId}`);
  await send(deps, delivery, true);
}

async function send(deps: DeliveryDeps, delivery: DeliveryToSend, manual: boolean): Promise<DeliveryProgress> {
  const { endpoint, messageId, body } = delivery;
  const at = deps.clock();
  const secrets = validSecrets(deps.dataKey, endpoint, endpoint.secretsSealed, at);
  const startedAt = performance.now();
  const outcome = await deps.sender.send({ url: endpoint.url, headers: signedHeaders(secrets, { messageId, at, body }), body, now: at });
  return recordAttempt(deps.db, {
    deliveryId: delivery.deliveryId,
    at,
    durationMs: Math.round(performance.now() - startedAt),
    outcome: outcome.kind,
    responseStatus: outcome.status,
    error: outcome.reason,
    manual,
    waitAfter: (failedAttempts) => waitAfter(failedAttempts, deps.random(), outcome.retryAfterMs),
  });
}
