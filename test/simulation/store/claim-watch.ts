import { isSettled } from '../../../domain/claim/claim.ts';
import type * as real from '../../../store/claim-watch.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

export const openClaims: Real['openClaims'] = (db, { afterId, limit, settledForMs }) => {
  const session = sessionOf(db);
  return session.statement(({ claims }) =>
    [...claims.values()]
      .filter(({ state, runStarted }) => runStarted && !isSettled(state) && state.updatedAt < session.now - settledForMs)
      .map(({ details }) => details.claimId)
      .filter((claimId) => afterId === null || claimId > afterId)
      .toSorted()
      .slice(0, limit),
  );
};

const noteMissing = (db: unknown, claimId: string, runMissing: boolean): Promise<void> =>
  sessionOf(db).statement(({ claims }) => {
    const row = claims.get(claimId);
    if (row !== undefined) row.runMissing = runMissing;
  });

export const noteClaimRunMissing: Real['noteClaimRunMissing'] = (db, claimId) => noteMissing(db, claimId, true);
export const noteClaimRunSeen: Real['noteClaimRunSeen'] = (db, claimId) => noteMissing(db, claimId, false);

export const adoptWorkOrder: Real['adoptWorkOrder'] = (db, claim, reference) =>
  db.transaction().execute(async (trx) => {
    const session = sessionOf(trx);
    await session.lock(`work-orders:${claim.carrier}:${claim.waybillNo}`, 'ALONE');
    return session.statement(({ claims }) => {
      const ofParcel = [...claims.values()].filter(({ details }) => details.waybillNo === claim.waybillNo);
      const own = ofParcel.find(({ details }) => details.claimId === claim.claimId);
      if (own !== undefined && own.carrierReference !== null) return reference === null || reference === own.carrierReference;
      const others = ofParcel.filter((row) => row !== own && row.state.channel === 'CARRIER_API');
      if (others.some(({ carrierReference }) => carrierReference === null || carrierReference === reference)) return false;
      if (reference === null) return others.length === 0;
      session.write(() => {
        if (own !== undefined) own.carrierReference = reference;
      });
      return true;
    });
  });
