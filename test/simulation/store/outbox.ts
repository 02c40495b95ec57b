import type * as real from '../../../store/outbox.ts';
import { sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

/** Writes what is not there yet, as a transaction that commits. */
export function addOutboxNow(tables: Tables, events: readonly real.NewOutboxEvent[]): void {
  const { outbox, kernel } = tables;
  for (const { eventKey, interceptId, sequence, type, payload, occurredAt } of events) {
    if (outbox.has(eventKey)) continue;
    const messageId = `msg_${outbox.size + 1}`;
    outbox.set(eventKey, {
      eventKey,
      interceptId,
      type,
      occurredAt,
      storedAt: kernel.now,
      messageId,
      sequence,
      payload,
      dispatched: false,
    });
  }
  if (events.length > 0) tables.onChange('OUTBOX');
}

export const insertOutboxEvents: Real['insertOutboxEvents'] = (trx, events) => {
  const session = sessionOf(trx);
  return session.statement((tables) => {
    const fresh = events.filter(({ eventKey }) => !tables.outbox.has(eventKey));
    session.write(() => addOutboxNow(tables, fresh));
    return fresh.length;
  });
};

export const insertOutbox: Real['insertOutbox'] = async (trx, event) => (await insertOutboxEvents(trx, [event])) > 0;
