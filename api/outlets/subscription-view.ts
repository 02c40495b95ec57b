import { toRfc3339 } from '../../domain/time.ts';
import type { OutletSubscription } from '../../store/outlet-subscriptions.ts';
import type { CooperatingOutlet } from './cooperating-outlets.ts';

const instantOrNull = (at: number | null) => (at === null ? null : toRfc3339(at));

/** A subscription on the wire, also as the payload of `subscription.reviewed`. */
export function viewSubscription(subscription: OutletSubscription) {
  const { subscriptionId, carrier, outletCode, outletName, status, source, reason, createdAt, remindedAt } = subscription;
  return {
    subscriptionId,
    carrier,
    outletCode,
    outletName,
    status,
    source,
    reason,
    createdAt: toRfc3339(createdAt),
    remindedAt: instantOrNull(remindedAt),
  };
}

export type OutletAction = 'SUBSCRIBE' | 'REMIND' | 'UNSUBSCRIBE';

/** What the merchant may do at an outlet now (R9–R11); what is open by default needs nothing and cannot be closed. */
function allowedActions(subscription: Pick<OutletSubscription, 'status' | 'source'> | null, serviceOpen: boolean): OutletAction[] {
  switch (subscription?.status) {
    case 'PENDING':
      return ['REMIND', 'UNSUBSCRIBE'];
    case 'ACTIVE':
      return subscription.source === 'MERCHANT' ? ['UNSUBSCRIBE'] : [];
    case 'REJECTED':
    case 'CLOSED':
    case undefined:
      return serviceOpen ? ['SUBSCRIBE'] : [];
  }
}

/** A cooperating outlet on the wire. Where outlets are open by default, that stands in for a subscription (R10). */
export function viewOutlet(
  { carrier, outletCode, outletName, subscription, openByDefault, returnsTo, feeFen }: CooperatingOutlet,
  serviceOpen: boolean,
) {
  const implicit = {
    subscriptionId: null,
    carrier,
    outletCode,
    outletName,
    status: 'ACTIVE',
    source: 'DEFAULT',
    reason: null,
    createdAt: null,
    remindedAt: null,
  } as const;
  const shown = openByDefault && subscription?.status !== 'ACTIVE' ? implicit : subscription && viewSubscription(subscription);
  return {
    carrier,
    outletCode,
    outletName,
    subscription: shown,
    feeFen,
    returnsTo: [...returnsTo],
    allowedActions: allowedActions(shown, serviceOpen),
  };
}
