/**
 * Where a caught parcel is to be sent (退回方式): to the sender's address, to the outlet that picked it up, where the shop fetches it, or
 * to the shop's own return address.
 */
export type ReturnTo = 'SENDER' | 'OUTLET' | 'ADDRESS';

/** 退回方式, as people read it. */
export const RETURN_TO_TEXT: Record<ReturnTo, string> = { SENDER: '退回寄件人地址', OUTLET: '退回收件网点', ADDRESS: '退回指定地址' };

/** The input of a case, as far as it says where the parcel goes. */
interface Destined {
  returnTo?: ReturnTo;
}

/** Where the parcel of a case was asked to go; cases that say nothing, all older ones among them, go to the sender. */
export function returnToOf({ returnTo = 'SENDER' }: Destined): ReturnTo {
  return returnTo;
}

/**
 * What may be asked for: whatever the carrier's call has, a return address where the shop gave one; of a parcel that another intercept
 * is turning round only where that one sends it.
 */
export function returnsOffered(
  carrier: { returnsTo: readonly ReturnTo[] } | null,
  leader: Destined | null,
  hasReturnAddress: boolean,
): readonly ReturnTo[] {
  if (leader !== null) return [returnToOf(leader)];
  return (carrier?.returnsTo ?? []).filter((returnTo) => returnTo !== 'ADDRESS' || hasReturnAddress);
}
