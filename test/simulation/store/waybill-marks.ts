import type * as real from '../../../store/waybill-marks.ts';
import { type Marks, sessionOf } from './tables.ts';

type Real = typeof real;

function mark(db: unknown, waybills: real.Waybill[], column: keyof Marks): Promise<void> {
  const session = sessionOf(db);
  return session.statement(({ marks }) => {
    const at = session.now;
    session.write(() => {
      for (const { carrier, waybillNo } of waybills) {
        const key = `${carrier}:${waybillNo}`;
        marks.set(key, { pushedAt: null, polledAt: null, ...marks.get(key), [column]: at });
      }
    });
  });
}

export const notePushed: Real['notePushed'] = (trx, waybills) => mark(trx, waybills, 'pushedAt');
export const notePolled: Real['notePolled'] = (db, waybills) => mark(db, waybills, 'polledAt');

export const quietWaybills: Real['quietWaybills'] = (db, { quietForMs, limit }) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts, marks }) => {
    const heard = new Map<string, { waybill: real.Waybill; at: number }>();
    for (const { phase, state } of intercepts.values()) {
      if (phase !== 'OPEN') continue;
      const { interceptStatus, returnStatus, returnFailure } = state;
      const awaitsResult = interceptStatus === 'REQUESTED' || interceptStatus === 'INTERCEPTING';
      const awaitsReturn =
        interceptStatus === 'SUCCEEDED' &&
        returnStatus !== 'RETURN_SIGNED' &&
        !['LOST', 'DELIVERED_TO_BUYER'].includes(returnFailure ?? '');
      if (!awaitsResult && !awaitsReturn) continue;
      const { carrier, waybillNo, initiatedAt } = state.input;
      const key = `${carrier}:${waybillNo}`;
      const { pushedAt, polledAt } = marks.get(key) ?? { pushedAt: null, polledAt: null };
      const at = Math.max(initiatedAt, pushedAt ?? 0, polledAt ?? 0, heard.get(key)?.at ?? 0);
      heard.set(key, { waybill: { carrier, waybillNo }, at });
    }
    return [...heard.values()]
      .filter(({ at }) => at <= session.now - quietForMs)
      .sort((a, b) => a.at - b.at)
      .slice(0, limit)
      .map(({ waybill }) => waybill);
  });
};
