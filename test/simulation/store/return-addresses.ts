import type * as real from '../../../store/return-addresses.ts';

/** Nobody here asks for a parcel to go anywhere but back. */
export const hasReturnAddress: (typeof real)['hasReturnAddress'] = async () => false;
