import type * as real from '../../../store/price-protections.ts';

type Real = typeof real;

export const notePriceProtection: Real['notePriceProtection'] = async () => {};
export const isPriceProtection: Real['isPriceProtection'] = async () => false;
