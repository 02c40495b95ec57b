import { sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { isSandboxEvent, UNKNOWN_WAYBILL } from './inbox.ts';
import { onlyRow } from './values.ts';

/** How much of the real world waits in the inbox, and how much is set aside. */
export interface InboxDepth {
  pending: number;
  /** Null when nothing waits. */
  oldestReceivedAt: EpochMs | null;
  /** Set aside for a person to look at. */
  faulty: number;
  /** Of waybills without an intercept, counted up to `MOST_COUNTED`. */
  unknown: number;
}

/** Parcels nobody intercepts are pushed too: beyond this number it does not matter how many they are. */
const MOST_COUNTED = 1_000;

/** For gauges. Each part is read by an index of its own, none over what was delivered; the order keeps the counting from reading more. */
export async function inboxDepth(db: Db): Promise<InboxDepth> {
  const { rows } = await sql<InboxDepth>`
    select count(*) as pending, min(received_at) as "oldestReceivedAt",
      (select count(*) from inbox where status = 'QUARANTINED' and reason is distinct from ${sql.lit(UNKNOWN_WAYBILL)} and not ${isSandboxEvent('inbox')})
        as faulty,
      (select count(*) from (select from inbox where status = 'QUARANTINED' and reason = ${sql.lit(UNKNOWN_WAYBILL)}
          order by received_at, inbox_id limit ${MOST_COUNTED}) of_them)
        as unknown
    from inbox where status = 'PENDING' and not ${isSandboxEvent('inbox')}`.execute(db);
  return onlyRow(rows, 'depth of the inbox');
}
