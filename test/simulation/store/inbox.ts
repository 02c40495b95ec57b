import type * as real from '../../../store/inbox.ts';
import { type InboxRow, type Session, sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

export const messageKey: Real['messageKey'] = (_world, eventId) => `platform:${eventId}`;
export const UNKNOWN_WAYBILL = 'UNKNOWN_WAYBILL';
export const HOLD_MS = 15_000;
const REVIVE_WITHIN_MS = 2 * 60_000;

export const storeEvents: Real['storeEvents'] = (db, events) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const fresh: InboxRow[] = [];
    for (const event of events) {
      if (tables.inboxKeys.has(event.eventKey) || fresh.some(({ eventKey }) => eventKey === event.eventKey)) continue;
      const reason = event.quarantine ?? null;
      fresh.push({
        inboxId: ++tables.inboxIds,
        eventKey: event.eventKey,
        kind: event.kind,
        carrier: event.carrier,
        waybillNo: event.waybillNo,
        refundId: event.refundId,
        shopId: event.shopId,
        payload: event.payload,
        receivedAt: session.now,
        status: reason === null ? 'PENDING' : 'QUARANTINED',
        reason,
        attempts: 0,
        nextAttemptAt: session.now,
        settledAt: null,
      });
    }
    session.write(() => {
      for (const row of fresh) {
        if (tables.inboxKeys.has(row.eventKey)) continue;
        tables.inbox.set(row.inboxId, row);
        tables.inboxKeys.set(row.eventKey, row);
      }
      if (fresh.length > 0) tables.onChange('INBOX');
    });
    return fresh.map((row) => ({ ...row }));
  });
};

/** Makes rows due again. */
function revive(tables: Tables, at: number, which: (row: InboxRow) => boolean): number {
  let count = 0;
  for (const row of tables.inbox.values()) {
    if (!which(row)) continue;
    Object.assign(row, { status: 'PENDING', reason: null, nextAttemptAt: at, settledAt: null });
    count += 1;
  }
  if (count > 0) tables.onChange('INBOX');
  return count;
}

export const claimDue: Real['claimDue'] = (db, limit) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    reviveLately(tables, session);
    const due = [...tables.inbox.values()]
      .filter((row) => row.status === 'PENDING' && row.nextAttemptAt <= session.now)
      .sort((a, b) => a.nextAttemptAt - b.nextAttemptAt || a.inboxId - b.inboxId)
      .slice(0, limit);
    for (const row of due) row.nextAttemptAt = session.now + HOLD_MS;
    return due.map((row) => ({ ...row })).sort((a, b) => a.inboxId - b.inboxId);
  });
};

function reviveLately(tables: Tables, session: Session): void {
  const since = session.now - REVIVE_WITHIN_MS;
  const young = [...tables.intercepts.values()].filter(({ phase, state }) => phase !== 'ENDED' && state.input.initiatedAt > since);
  if (young.length === 0) return;
  revive(
    tables,
    session.now,
    (row) =>
      row.status === 'QUARANTINED' &&
      row.reason === UNKNOWN_WAYBILL &&
      young.some(({ state: { input } }) => input.carrier === row.carrier && input.waybillNo === row.waybillNo),
  );
}

export const deliveriesOf: Real['deliveriesOf'] = (db, inboxIds) =>
  sessionOf(db).statement(({ deliveries }) => {
    const given = new Map(inboxIds.map((inboxId) => [inboxId, new Set<string>()]));
    for (const key of deliveries) {
      const at = key.indexOf(':');
      given.get(Number(key.slice(0, at)))?.add(key.slice(at + 1));
    }
    return given;
  });

/** Each only while the claim that was made of it lasts; which cases were given it is noted in any case. */
export const settleEvents: Real['settleEvents'] = (db, settlements) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const at = session.now;
    for (const { event, status, reason, delayMs, error, givenTo } of settlements) {
      for (const interceptId of givenTo) tables.deliveries.add(`${event.inboxId}:${interceptId}`);
      const row = tables.inbox.get(event.inboxId);
      if (row?.status !== 'PENDING' || row.nextAttemptAt !== event.nextAttemptAt || row.nextAttemptAt <= at) continue;
      const later = { nextAttemptAt: at + delayMs, attempts: row.attempts + (error === null ? 0 : 1) };
      Object.assign(row, status === 'PENDING' ? later : { status, reason, settledAt: at });
      tables.onChange('INBOX');
    }
  });
};

/** Part of the create's transaction: see intercept-opening.ts. */
export function reviveQuarantinedNow(tables: Tables, at: number, carrier: string, waybillNo: string): void {
  revive(
    tables,
    at,
    (row) => row.carrier === carrier && row.waybillNo === waybillNo && row.status === 'QUARANTINED' && row.reason === UNKNOWN_WAYBILL,
  );
}

export function reviveSettledNow(tables: Tables, at: number, carrier: string, waybillNo: string, since: number): void {
  revive(
    tables,
    at,
    (row) =>
      row.carrier === carrier &&
      row.waybillNo === waybillNo &&
      row.kind !== 'PLATFORM' &&
      (row.status === 'DELIVERED' || row.status === 'SUPERSEDED') &&
      row.receivedAt > since,
  );
}

export const givenEvidence: Real['givenEvidence'] = (db, carrier, waybillNo, interceptId) =>
  sessionOf(db).statement(({ inbox, deliveries }) =>
    [...inbox.values()]
      .filter((row) => row.carrier === carrier && row.waybillNo === waybillNo && (row.kind === 'TRACK' || row.kind === 'RESULT'))
      .filter((row) => deliveries.has(`${row.inboxId}:${interceptId}`))
      .map((row) => ({ ...row })),
  );

export const pendingEvidence: Real['pendingEvidence'] = (db, carrier, waybillNo, interceptId) =>
  sessionOf(db).statement(({ inbox, deliveries }) =>
    [...inbox.values()]
      .filter((row) => row.carrier === carrier && row.waybillNo === waybillNo && row.status === 'PENDING')
      .filter((row) => row.kind === 'TRACK' || row.kind === 'RESULT')
      .filter((row) => interceptId === undefined || !deliveries.has(`${row.inboxId}:${interceptId}`))
      .map((row) => ({ ...row })),
  );
