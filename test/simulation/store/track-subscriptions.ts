import type * as real from '../../../store/track-subscriptions.ts';

type Real = typeof real;

/** The simulated carriers push unasked. */
export const keepPhoneTail: Real['keepPhoneTail'] = async () => {};
export const phoneTailOf: Real['phoneTailOf'] = async () => null;
export const dueSubscriptions: Real['dueSubscriptions'] = async () => [];
export const settleSubscription: Real['settleSubscription'] = async () => {};
export const noteSubscriptionFailed: Real['noteSubscriptionFailed'] = async () => {};
