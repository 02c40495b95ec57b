import type { CarrierCode } from '../../domain/carrier.ts';
import {
  closeSubscription,
  findSubscription,
  type OutletSubscription,
  remindSubscription,
  reviewSubscription,
  subscribeOutlet,
} from '../../store/outlet-subscriptions.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import { problem } from '../problems/problem.ts';
import { connectedCarrier, requireCooperatingOutlet, requireOpenService } from './cooperating-outlets.ts';
import { viewSubscription } from './subscription-view.ts';

/** Orders the service at an outlet (R9, R10); asked again it finds the live subscription. The outlet must be one of the shop's e-waybills. */
export async function subscribe(
  deps: AppDeps,
  shopId: string,
  { carrier, outletCode }: { carrier: CarrierCode; outletCode: string },
): Promise<{ created: boolean; subscription: OutletSubscription }> {
  await requireOpenService(deps, shopId);
  const { outletName } = await requireCooperatingOutlet(deps, shopId, carrier, outletCode);
  const source = connectedCarrier(deps, carrier)?.carrier.outletsOpenByDefault === true ? 'DEFAULT' : 'MERCHANT';
  return subscribeOutlet(deps.db, { shopId, carrier, outletCode, outletName, source });
}

/** Notes that the shop urged the outlet (R11: nobody but the merchant does). */
export async function remind(deps: AppDeps, shopId: string, subscriptionId: string): Promise<OutletSubscription> {
  return (await remindSubscription(deps.db, shopId, subscriptionId)) ?? refuseNotPending(deps, shopId, subscriptionId);
}

/** The outlet's decision (R10). */
export async function review(
  deps: AppDeps,
  { shopId, actor }: Caller,
  subscriptionId: string,
  { decision, reason }: { decision: 'APPROVE' | 'REJECT'; reason?: string },
): Promise<OutletSubscription> {
  const reviewed = await reviewSubscription(
    deps.db,
    { shopId, subscriptionId, decision, reason: reason ?? null, reviewedBy: actor },
    viewSubscription,
  );
  return reviewed ?? refuseNotPending(deps, shopId, subscriptionId);
}

/** Closes one subscription; closing a closed one changes nothing. What is open by default cannot be closed. */
export async function unsubscribe(deps: AppDeps, shopId: string, subscriptionId: string): Promise<OutletSubscription> {
  const present = await findSubscription(deps.db, shopId, subscriptionId);
  if (present === null) throw problem('NOT_FOUND');
  if (present.status === 'CLOSED') return present;
  if (present.source === 'DEFAULT') throw problem('SUBSCRIPTION_BY_DEFAULT');
  return (await closeSubscription(deps.db, shopId, subscriptionId)) ?? present;
}

async function refuseNotPending(deps: AppDeps, shopId: string, subscriptionId: string): Promise<never> {
  const present = await findSubscription(deps.db, shopId, subscriptionId);
  throw present === null
    ? problem('NOT_FOUND')
    : problem('SUBSCRIPTION_NOT_PENDING', { extensions: { subscriptionStatus: present.status } });
}
