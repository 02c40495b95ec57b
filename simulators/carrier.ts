import type { Carrier } from './parties.ts';
import type { Parcel, Scan } from './state.ts';
import type { Credentials } from './settings.ts';

/** A push ready to be sent. */
export interface OutgoingPush {
  /** Below the product's webhook base. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** How one carrier pushes scans and knows that they arrived. */
export interface Pusher {
  carrier: Carrier;
  /** The push of one scan, signed; `breakSignature` spoils the signature. */
  write(parcel: Parcel, scan: Scan, credentials: Credentials, now: number, breakSignature: boolean): OutgoingPush;
  /** Whether the body of a 2xx answer is this carrier's acknowledgement. */
  acknowledged(body: string): boolean;
}

/** A digest with its first character changed: still of the right shape, never right. */
export function spoil(digest: string): string {
  return (digest.startsWith('A') ? 'B' : 'A') + digest.slice(1);
}

export const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';
