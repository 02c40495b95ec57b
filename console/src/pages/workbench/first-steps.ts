import type { Outlet, Service } from '../../api/types.ts';

export const FIRST_STEPS = ['open', 'subscribe', 'price', 'intercept'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** Which of a new shop's first steps are done: the service opened (开通), an outlet open to it (订购), a price agreed with one that is (议价), an intercept begun. */
export function stepsDone(service: Pick<Service, 'status'>, outlets: readonly Outlet[], hasIntercept: boolean): Set<FirstStep> {
  const open = outlets.filter(({ subscription }) => subscription?.status === 'ACTIVE');
  const done: Record<FirstStep, boolean> = {
    open: service.status === 'OPEN',
    subscribe: open.length > 0,
    price: open.some(({ feeFen }) => feeFen !== null),
    intercept: hasIntercept,
  };
  return new Set(FIRST_STEPS.filter((step) => done[step]));
}
