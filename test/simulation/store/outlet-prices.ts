import type * as real from '../../../store/outlet-prices.ts';

type Real = typeof real;

/** What the outlet is paid in every simulated world. */
export const FEE_FEN = 450;

export const priceAt: Real['priceAt'] = async () => FEE_FEN;
