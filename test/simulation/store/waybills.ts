import type * as real from '../../../store/waybills.ts';

type Real = typeof real;

export const waybillOutlet: Real['waybillOutlet'] = async () => null;
