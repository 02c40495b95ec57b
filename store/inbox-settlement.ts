import type { EpochMs } from '../domain/time.ts';
import type { InboxStatus } from './tables.ts';

/** An event of the inbox as claimed: until when nobody else takes it. */
interface Claimed {
  inboxId: number;
  nextAttemptAt: EpochMs;
}

/** What becomes of a claimed event. */
export interface Settlement {
  event: Claimed;
  /** `PENDING`: tried again after `delayMs`. */
  status: InboxStatus;
  /** Why it is not delivered, an UPPER_SNAKE word; null for what is, or waits. */
  reason: string | null;
  delayMs: number;
  /** What failed; a failed try is counted. */
  error: string | null;
  /** Cases that were given it with this try. */
  givenTo: string[];
}

const SETTLED = { reason: null, delayMs: 0, error: null, givenTo: [] as string[] };

/** Every case it concerns was given it, the named ones just now. */
export function delivered(event: Claimed, givenTo: string[] = []): Settlement {
  return { ...SETTLED, event, status: 'DELIVERED', givenTo };
}

/** It decides nothing any more. */
export function superseded(event: Claimed, reason: string): Settlement {
  return { ...SETTLED, event, status: 'SUPERSEDED', reason };
}

/** It is set aside for a person, or until its waybill is known (`UNKNOWN_WAYBILL`). */
export function quarantined(event: Claimed, reason: string, error: string | null = null): Settlement {
  return { ...SETTLED, event, status: 'QUARANTINED', reason, error };
}

/** It is tried again after `delayMs`; `error` null when nothing failed and it only has to wait. */
export function postponed(event: Claimed, delayMs: number, error: string | null): Settlement {
  return { ...SETTLED, event, status: 'PENDING', delayMs, error };
}
