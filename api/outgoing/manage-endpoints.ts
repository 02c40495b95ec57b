import { attemptByHand } from '../../delivery/attempt.ts';
import type { DeliveryDeps } from '../../delivery/deps.ts';
import { addSecret, sealSecret } from '../../delivery/endpoint-secrets.ts';
import { eventBody, testBody } from '../../delivery/event-body.ts';
import { newWebhookSecret } from '../../delivery/standard-webhook.ts';
import { TargetRefused } from '../../delivery/target.ts';
import type { ToldEvent } from '../../domain/intercept/event.ts';
import type { EpochMs } from '../../domain/time.ts';
import { insertTestDelivery, replayOutbox } from '../../store/outbox-dispatch.ts';
import { newId } from '../../store/values.ts';
import { findDelivery, type LoggedDelivery } from '../../store/webhook-delivery-log.ts';
import { changeSecrets, enableEndpoint, findEndpoint, insertEndpoint, type WebhookEndpoint } from '../../store/webhook-endpoints.ts';
import { notFound, problem } from '../problems/problem.ts';

/** More would be a list of somebody's customers, not of a shop's own systems. */
export const MOST_ENDPOINTS = 20;
/** Events one replay takes up. */
export const REPLAY_LIMIT = 1_000;
export const TEST_EVENT = 'webhook.test';

/** An endpoint with the secret that is shown this once. */
export interface NewlySecret {
  endpoint: WebhookEndpoint;
  secret: string;
}

/** Registers an address that may be called (S17); its secret is shown here and nowhere else. */
export async function registerEndpoint(
  deps: DeliveryDeps,
  shopId: string,
  { url, types }: { url: string; types: ToldEvent[] },
): Promise<NewlySecret> {
  const target = await checkTarget(deps, url);
  const owner = { shopId, endpointId: newId('whe') };
  const secret = newWebhookSecret();
  const secretSealed = sealSecret(deps.dataKey, owner, secret);
  const endpoint = await insertEndpoint(deps.db, { ...owner, url: target.href, types, secretSealed }, MOST_ENDPOINTS);
  if (endpoint === null) throw problem('WEBHOOK_ENDPOINT_LIMIT', { params: { limit: MOST_ENDPOINTS } });
  return { endpoint, secret };
}

async function checkTarget(deps: DeliveryDeps, url: string): Promise<URL> {
  try {
    return await deps.sender.check(url);
  } catch (error) {
    if (error instanceof TargetRefused) throw problem('WEBHOOK_URL_REFUSED', { extensions: { reason: error.reason } });
    throw error;
  }
}

/** Gives an endpoint a new secret; the former one signs beside it for a day. */
export async function rotateSecret(deps: DeliveryDeps, shopId: string, endpointId: string): Promise<NewlySecret> {
  const secret = newWebhookSecret();
  const owner = { shopId, endpointId };
  const endpoint = await changeSecrets(deps.db, shopId, endpointId, (sealed) =>
    addSecret(deps.dataKey, owner, sealed, secret, deps.clock()),
  );
  return { endpoint: endpoint ?? notFound(), secret };
}

/** The endpoint gets what happens from now on; what it missed is sent by `replay`. */
export async function enable(deps: DeliveryDeps, shopId: string, endpointId: string): Promise<WebhookEndpoint> {
  return (await enableEndpoint(deps.db, shopId, endpointId)) ?? notFound();
}

export async function requireEndpoint(deps: DeliveryDeps, shopId: string, endpointId: string): Promise<WebhookEndpoint> {
  return (await findEndpoint(deps.db, shopId, endpointId)) ?? notFound();
}

/** Sends a message of no event at once, also to a disabled endpoint, and tells how it went. */
export async function sendTest(deps: DeliveryDeps, shopId: string, endpointId: string): Promise<LoggedDelivery> {
  await requireEndpoint(deps, shopId, endpointId);
  const body = testBody(endpointId, deps.clock());
  const { deliveryId } = await insertTestDelivery(deps.db, { shopId, endpointId, type: TEST_EVENT, body });
  return attemptNow(deps, shopId, endpointId, deliveryId);
}

/** Sends a delivery once more at once, under the same message id, whatever became of it. */
export async function redeliver(deps: DeliveryDeps, shopId: string, endpointId: string, deliveryId: string): Promise<LoggedDelivery> {
  await requireEndpoint(deps, shopId, endpointId);
  if ((await findDelivery(deps.db, shopId, endpointId, deliveryId)) === null) notFound();
  return attemptNow(deps, shopId, endpointId, deliveryId);
}

/** Puts what an endpoint missed in `[from, to)` on its way again; how many, and whether more is left for another call. */
export async function replay(
  deps: DeliveryDeps,
  shopId: string,
  endpointId: string,
  { from, to }: { from: EpochMs; to: EpochMs | null },
): Promise<{ count: number; more: boolean }> {
  const { types, enabled } = await requireEndpoint(deps, shopId, endpointId);
  if (!enabled) throw problem('WEBHOOK_ENDPOINT_DISABLED');
  const count = await replayOutbox(deps.db, { shopId, endpointId, types, from, to, limit: REPLAY_LIMIT }, eventBody);
  return { count, more: count === REPLAY_LIMIT };
}

async function attemptNow(deps: DeliveryDeps, shopId: string, endpointId: string, deliveryId: string): Promise<LoggedDelivery> {
  await attemptByHand(deps, deliveryId);
  return (await findDelivery(deps.db, shopId, endpointId, deliveryId)) ?? notFound();
}
