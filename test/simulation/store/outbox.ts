import type * as real from '../../../store/outbox.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

export const insertOutboxEvents: Real['insertOutboxEvents'] = (trx, events) => {
  const session = sessionOf(trx);
  return session.statement(({ outbox }) => {
    const fresh = events.filter(({ eventKey }) => !outbox.has(eventKey));
    session.write(() => {
      for (const { eventKey, interceptId, type, occurredAt } of fresh)
        if (!outbox.has(eventKey)) outbox.set(eventKey, { eventKey, interceptId, type, occurredAt, storedAt: session.now });
    });
    return fresh.length;
  });
};

export const insertOutbox: Real['insertOutbox'] = async (trx, event) => (await insertOutboxEvents(trx, [event])) > 0;
