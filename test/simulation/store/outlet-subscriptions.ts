import type * as real from '../../../store/outlet-subscriptions.ts';

type Real = typeof real;

export const outletSubscription: Real['outletSubscription'] = async () => ({ status: 'ACTIVE' }) as unknown as real.OutletSubscription;
