import type { ScanEvent } from '../state.ts';

/** `infoContent`, the same words in push and query. YTO has no word for "signed back by the sender": it is SIGNED again. */
export const INFO_CONTENT: Record<ScanEvent, string> = {
  PICKED_UP: 'GOT',
  DEPARTED: 'DEPARTURE',
  ARRIVED: 'ARRIVAL',
  OUT_FOR_DELIVERY: 'SENT_SCAN',
  AWAITING_PICKUP: 'INBOUND',
  SIGNED: 'SIGNED',
  DELIVERY_FAILED: 'FAILED',
  PROBLEM: 'FAILED',
  RETURNING: 'TMS_RETURN',
  REDIRECTED: 'FORWARDING',
  RETURN_SIGNED: 'SIGNED',
  LOST: 'FAILED',
  DAMAGED: 'FAILED',
  OTHER: 'PACKAGE',
};
