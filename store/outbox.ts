import type { ToldEvent } from '../domain/intercept/event.ts';
import { isListed, noticeDetail, noticeReference } from '../domain/notice.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { insertNotices } from './notices.ts';
import { instant, jsonb, sha256 } from './values.ts';

/** Something to tell a shop's own systems. */
export interface NewOutboxEvent {
  /** Told once for ever: a second one with the same key is not stored. */
  eventKey: string;
  shopId: string;
  interceptId: string | null;
  /** Grows with the case, so that receivers can order its events; null outside a case. */
  sequence: number | null;
  type: ToldEvent;
  payload: unknown;
  occurredAt: EpochMs;
}

/** The same event has the same id also when a database restored to an earlier state gets it anew: a receiver that had it drops it. */
function messageIdOf(eventKey: string): string {
  return `msg_${sha256(eventKey).toString('hex').slice(0, 32)}`;
}

/** Stores an event to be told, in the transaction of what it tells; false when its key was stored before. */
export async function insertOutbox(trx: Db, event: NewOutboxEvent): Promise<boolean> {
  return (await insertOutboxEvents(trx, [event])) > 0;
}

/** Several at once; how many were new. What is news to people too stands on the shop's notice list with the same key. */
export async function insertOutboxEvents(trx: Db, events: NewOutboxEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const rows = await trx
    .insertInto('outbox')
    .values(
      events.map((event) => ({
        event_key: event.eventKey,
        message_id: messageIdOf(event.eventKey),
        shop_id: event.shopId,
        intercept_id: event.interceptId,
        sequence: event.sequence,
        type: event.type,
        payload: jsonb(event.payload),
        occurred_at: instant(event.occurredAt),
      })),
    )
    .onConflict((conflict) => conflict.column('event_key').doNothing())
    .returning('outbox_id')
    .execute();
  await insertNotices(
    trx,
    events
      .filter(({ type }) => isListed(type))
      .map(({ eventKey, shopId, interceptId, occurredAt, type, payload }) => ({
        eventKey,
        shopId,
        interceptId,
        at: occurredAt,
        kind: 'EVENT',
        code: type,
        reference: noticeReference(payload),
        detail: noticeDetail(payload),
      })),
  );
  return rows.length;
}
