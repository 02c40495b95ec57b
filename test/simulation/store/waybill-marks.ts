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

export const dueWaybills: Real['dueWaybills'] = (db, carrier, { everyMs, correctionEveryMs }, limit) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts, marks }) => {
    const heard = new Map<string, { at: number; isAwaited: boolean }>();
    for (const { phase, state } of intercepts.values()) {
      const { interceptStatus, returnStatus, returnFailure } = state;
      const { waybillNo, initiatedAt } = state.input;
      if (phase !== 'OPEN' || state.input.carrier !== carrier) continue;
      const endedSoFar = ['LOST', 'DELIVERED_TO_BUYER'].includes(returnFailure ?? '');
      const awaitsResult = interceptStatus === 'REQUESTED' || interceptStatus === 'INTERCEPTING';
      const awaitsReturn = interceptStatus === 'SUCCEEDED' && returnStatus !== 'RETURN_SIGNED' && !endedSoFar;
      const mayBeCorrected = interceptStatus === 'FAILED' || (interceptStatus === 'SUCCEEDED' && endedSoFar);
      const isAwaited = awaitsResult || awaitsReturn;
      if (!isAwaited && !mayBeCorrected) continue;
      const { pushedAt, polledAt } = marks.get(`${carrier}:${waybillNo}`) ?? { pushedAt: null, polledAt: null };
      const other = heard.get(waybillNo);
      const at = Math.max(initiatedAt, pushedAt ?? 0, polledAt ?? 0, other?.at ?? 0);
      heard.set(waybillNo, { at, isAwaited: isAwaited || other?.isAwaited === true });
    }
    return [...heard]
      .map(([waybillNo, { at, isAwaited }]) => ({ waybillNo, dueAt: at + (isAwaited ? everyMs : correctionEveryMs) }))
      .filter(({ dueAt }) => dueAt <= session.now)
      .sort((a, b) => a.dueAt - b.dueAt || (a.waybillNo < b.waybillNo ? -1 : 1))
      .slice(0, limit)
      .map(({ waybillNo }) => waybillNo);
  });
};
