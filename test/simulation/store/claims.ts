import type { ClaimDetails } from '../../../domain/claim/claim.ts';
import { isSettled } from '../../../domain/claim/claim.ts';
import type { ClaimWrite } from '../../../domain/claim/record.ts';
import { tellClaim } from '../../../domain/claim/view.ts';
import type * as real from '../../../store/claims.ts';
import { addOutboxNow } from './outbox.ts';
import { type ClaimRow, sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

export const insertClaim: Real['insertClaim'] = async (trx, details, write) => {
  const session = sessionOf(trx);
  // PostgreSQL's unique index makes a second one wait for the first.
  await session.lock(`claims:${details.interceptId}:${details.kind}`, 'ALONE');
  return session.statement((tables) => {
    const { interceptId, kind, claimId } = details;
    const open = [...tables.claims.values()].find(
      ({ details: other, state }) => other.interceptId === interceptId && other.kind === kind && !isSettled(state),
    );
    if (open !== undefined) return { claimId: open.details.claimId };
    session.write(() => {
      tables.claims.set(claimId, { details, state: write.state, carrierReference: null, runStarted: false, runMissing: false });
      addNews(tables, details, write);
    });
    return 'INSERTED';
  });
};

export const saveClaim: Real['saveClaim'] = (db, write) =>
  db.transaction().execute(async (trx) => {
    const session = sessionOf(trx);
    const { state, credit } = write;
    await session.lock(`claim:${state.claimId}`, 'ALONE');
    await session.statement((tables) => {
      const row = rowOf(tables, state.claimId);
      session.write(() => {
        if (state.version > row.state.version)
          Object.assign(row, { state, runMissing: false, carrierReference: state.carrierReference ?? row.carrierReference });
        addNews(tables, row.details, write);
        const lineId = `${state.claimId}-award`;
        if (credit !== null && !tables.awards.has(lineId))
          tables.awards.set(lineId, { claimId: state.claimId, amountFen: -credit.amountFen });
      });
    });
  });

function addNews(tables: Tables, details: ClaimDetails, { state, notices, told }: ClaimWrite): void {
  const { claimId, shopId, interceptId } = details;
  const eventKey = `${claimId}:${state.version}`;
  tables.claimVersions.push({ at: tables.kernel.now, state });
  const payload = tellClaim(details, state);
  if (told)
    addOutboxNow(tables, [{ eventKey, shopId, interceptId, sequence: null, type: 'claim.updated', payload, occurredAt: state.updatedAt }]);
  for (const code of notices) {
    const key = `${eventKey}:${code}`;
    if (!tables.notices.has(key)) tables.notices.set(key, { interceptId, kind: 'NOTICE', code, at: state.updatedAt });
  }
  tables.onChange('CASE');
}

function rowOf({ claims }: Tables, claimId: string): ClaimRow {
  const row = claims.get(claimId);
  if (row === undefined) throw new Error(`claim ${claimId} is not in the database`);
  return row;
}

const recordOf = ({ details, state }: ClaimRow): real.ClaimRecord => ({ details, state });

export const findAnyClaim: Real['findAnyClaim'] = (db, claimId) =>
  sessionOf(db).statement(({ claims }) => {
    const row = claims.get(claimId);
    return row === undefined ? null : recordOf(row);
  });

export const findClaim: Real['findClaim'] = async (db, shopId, claimId) => {
  const record = await findAnyClaim(db, claimId);
  return record?.details.shopId === shopId ? record : null;
};

export const markClaimStarted: Real['markClaimStarted'] = (db, claimId) =>
  sessionOf(db).statement((tables) => {
    rowOf(tables, claimId).runStarted = true;
  });

export const unstartedClaims: Real['unstartedClaims'] = (db, olderThanMs, limit) => {
  const session = sessionOf(db);
  return session.statement(({ claims }) =>
    [...claims.values()]
      .filter(({ runStarted, details }) => !runStarted && details.createdAt < session.now - olderThanMs)
      .slice(0, limit)
      .map(recordOf),
  );
};
