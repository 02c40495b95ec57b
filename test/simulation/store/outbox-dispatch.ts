import type * as real from '../../../store/outbox-dispatch.ts';
import { SHOP } from './shops.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

/** The one endpoint of a simulated shop wants every type. */
export const dispatchOutbox: Real['dispatchOutbox'] = (db, limit, bodyOf) =>
  sessionOf(db)
    .transaction()
    .execute((session) =>
      session.statement(({ outbox, webhooks, endpoint, onChange }) => {
        const events = [...outbox.values()].filter(({ dispatched }) => !dispatched).slice(0, limit);
        session.write(() => {
          for (const event of events) {
            event.dispatched = true;
            const { messageId, interceptId, type } = event;
            const deliveryId = `dlv_${messageId}`;
            if (endpoint === null || webhooks.has(deliveryId)) continue;
            const body = bodyOf({ ...event, shopId: SHOP.shopId });
            const fresh = { attempts: 0, nextAttemptAt: session.now, handedOver: false, status: 'PENDING' } as const;
            webhooks.set(deliveryId, { deliveryId, messageId, interceptId, type, body, ...fresh });
          }
          if (events.length > 0) onChange('OUTBOX');
        });
        return events.length;
      }),
    );
