import type * as real from '../../../store/webhook-deliveries.ts';
import { inTransaction } from './db.ts';
import { type Session, sessionOf, type Tables, type WebhookRow } from './tables.ts';

type Real = typeof real;

export const claimDeliveries: Real['claimDeliveries'] = (db, { perEndpoint, leaseMs, lateMs, exceptEndpoints }) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const { endpoint, webhooks } = tables;
    if (endpoint === null || exceptEndpoints.includes(endpoint.endpointId)) return [];
    const due = [...webhooks.values()].filter((row) => row.status === 'PENDING' && dueOf(row, lateMs) <= session.now).slice(0, perEndpoint);
    for (const row of due) change(tables, row, { nextAttemptAt: session.now + leaseMs });
    return due.map(({ deliveryId, interceptId, type }) => ({ deliveryId, endpointId: endpoint.endpointId, interceptId, type }));
  });
};

/** When the pump takes a pending delivery up: one in the care of a run only when it is late. */
export function dueOf({ nextAttemptAt, handedOver }: WebhookRow, lateMs: number): number {
  return (nextAttemptAt ?? Number.POSITIVE_INFINITY) + (handedOver ? lateMs : 0);
}

export const readDelivery: Real['readDelivery'] = (db, deliveryId) =>
  sessionOf(db).statement(({ webhooks, endpoint }) => {
    const row = webhooks.get(deliveryId);
    return row === undefined || endpoint === null ? null : { ...row, ofEvent: true, replayed: false, endpoint };
  });

export const recordAttempt: Real['recordAttempt'] = (db, record) =>
  inTransaction(db, async (trx) => {
    const session = sessionOf(trx);
    await session.lock(`delivery:${record.deliveryId}`, 'ALONE');
    return session.statement((tables) => {
      const row = rowOf(tables, record.deliveryId);
      const attempts = row.attempts + 1;
      if (row.status !== 'PENDING') return keep({ attempts }, { kind: 'SETTLED', status: row.status });
      if (record.outcome === 'DELIVERED')
        return keep({ attempts, ...SETTLED, status: 'DELIVERED' }, { kind: 'SETTLED', status: 'DELIVERED' });
      const waitMs = record.waitAfter(attempts);
      if (waitMs === null) return keep({ attempts, ...SETTLED, status: 'FAILED' }, { kind: 'SETTLED', status: 'FAILED' });
      return keep({ attempts, nextAttemptAt: session.now + waitMs }, { kind: 'WAITING', waitMs });

      function keep(what: Partial<WebhookRow>, progress: real.DeliveryProgress): real.DeliveryProgress {
        session.write(() => change(tables, row, what));
        return progress;
      }
    });
  });

const SETTLED = { nextAttemptAt: null };

export const settleDelivery: Real['settleDelivery'] = (db, deliveryId, status) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const row = rowOf(tables, deliveryId);
    if (row.status !== 'DELIVERED') writeNow(session, tables, row, { ...SETTLED, status });
    return { kind: 'SETTLED', status };
  });
};

export const markHandedOver: Real['markHandedOver'] = (db, deliveryId) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const row = rowOf(tables, deliveryId);
    if (row.status === 'PENDING') writeNow(session, tables, row, { handedOver: true });
  });
};

function rowOf({ webhooks }: Tables, deliveryId: string): WebhookRow {
  const row = webhooks.get(deliveryId);
  if (row === undefined) throw new Error(`no result`);
  return row;
}

function writeNow(session: Session, tables: Tables, row: WebhookRow, what: Partial<WebhookRow>): void {
  session.write(() => change(tables, row, what));
}

function change(tables: Tables, row: WebhookRow, what: Partial<WebhookRow>): void {
  Object.assign(row, what);
  tables.onChange('OUTBOX');
}
