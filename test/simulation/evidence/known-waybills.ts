import type * as real from '../../../evidence/known-waybills.ts';
import { HOLD_MS, UNKNOWN_WAYBILL } from '../store/inbox.ts';
import { sessionOf } from '../store/tables.ts';

type Real = typeof real;

export const knownWaybills: Real['knownWaybills'] = (db, carrier, waybillNos) =>
  sessionOf(db).statement(
    ({ intercepts }) =>
      new Set(
        [...intercepts.values()]
          .filter(({ state: { input } }) => input.carrier === carrier && waybillNos.includes(input.waybillNo))
          .map(({ state }) => state.input.waybillNo),
      ),
  );

export const freeCrossedEvidence: Real['freeCrossedEvidence'] = (db, withinMs) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    let freed = 0;
    for (const { interceptId, phase, evidenceFrom, state } of tables.intercepts.values()) {
      const { initiatedAt, carrier, waybillNo } = state.input;
      if (phase === 'ENDED' || initiatedAt <= session.now - withinMs) continue;
      for (const row of tables.inbox.values()) {
        if (row.carrier !== carrier || row.waybillNo !== waybillNo || row.receivedAt <= evidenceFrom) continue;
        const wasUnknown = row.status === 'QUARANTINED' && row.reason === UNKNOWN_WAYBILL;
        const wasSettled = row.status === 'DELIVERED' || row.status === 'SUPERSEDED';
        const settledAt = row.settledAt ?? 0;
        const crossed = wasSettled && Math.abs(settledAt - initiatedAt) <= HOLD_MS;
        if (!wasUnknown && !(crossed && !tables.deliveries.has(`${row.inboxId}:${interceptId}`))) continue;
        Object.assign(row, { status: 'PENDING', reason: null, nextAttemptAt: session.now, settledAt: null });
        freed += 1;
      }
    }
    if (freed > 0) tables.onChange('INBOX');
    return freed;
  });
};
