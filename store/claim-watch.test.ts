import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClaimDetails } from '../domain/claim/claim.ts';
import { applyClaim, beginClaim } from '../domain/claim/progress.ts';
import { firstClaimWrite, laterClaimWrite } from '../domain/claim/record.ts';
import { SAMPLE_DURATIONS, sampleClaim } from '../domain/claim/sample-claim.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { adoptWorkOrder, missingClaimRunCount, noteClaimRunMissing, noteClaimRunSeen, openClaims } from './claim-watch.ts';
import { insertClaim, markClaimStarted, saveClaim } from './claims.ts';
import { type Database, inTransaction, openDatabase } from './db.ts';
import { addShops } from './test-cases.ts';
import { succeededIntercept } from './test-settlement.ts';
import { newId } from './values.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 6, applicationName: 'claim-watch-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function parcel() {
  const { input } = await succeededIntercept(database.kysely, { carrier: 'ZTO' });
  const { interceptId, shopId, carrier, outletCode, outletName, waybillNo } = input;
  return { interceptId, shopId, carrier, outletCode, outletName, waybillNo };
}

async function open(over: Partial<ClaimDetails>, hasApi = true): Promise<ClaimDetails> {
  const claim = sampleClaim({ claimId: newId('claim'), createdAt: Date.now(), ...over });
  await inTransaction(database.kysely, (trx) => insertClaim(trx, claim, firstClaimWrite(beginClaim(claim, hasApi, SAMPLE_DURATIONS))));
  return claim;
}
const adopt = (claim: ClaimDetails, reference: string | null) => adoptWorkOrder(database.kysely, claim, reference);
const referenceOf = async ({ claimId }: ClaimDetails) =>
  (await database.kysely.selectFrom('claims').select('carrier_reference').where('claim_id', '=', claimId).executeTakeFirstOrThrow())
    .carrier_reference;

describe('finding 13: whose work order it is', () => {
  test('of the only claim it is its own, with or without a number; the number is kept', async () => {
    const claim = await open(await parcel());
    expect(await adopt(claim, null)).toBe(true);
    expect(await adopt(claim, 'GD1')).toBe(true);
    expect(await referenceOf(claim)).toBe('GD1');
    expect([await adopt(claim, 'GD1'), await adopt(claim, null), await adopt(claim, 'GD2')]).toEqual([true, true, false]);
    expect(await referenceOf(claim)).toBe('GD1');
  });

  test('of two claims of a parcel none takes the other’s, nor one without a number', async () => {
    const of = await parcel();
    const damage = await open(of);
    expect(await adopt(damage, 'GD1')).toBe(true);
    const loss = await open({ ...of, kind: 'LOSS', evidence: [] });
    expect([await adopt(loss, 'GD1'), await adopt(loss, null)]).toEqual([false, false]);
    expect(await referenceOf(loss)).toBeNull();
    expect(await adopt(loss, 'GD2')).toBe(true);
    expect(await adopt(damage, 'GD1')).toBe(true);
  });

  test('none is adopted as long as another claim does not know its own, at once or one after another', async () => {
    const of = await parcel();
    const claims = [await open(of), await open({ ...of, kind: 'LOSS', evidence: [] })];
    expect(await Promise.all(claims.map((claim) => adopt(claim, 'GD1')))).toEqual([false, false]);
  });

  test('a claim by sheet, or of another parcel, stands in no way', async () => {
    const of = await parcel();
    await open(of, false);
    await open(await parcel());
    const claim = await open({ ...of, kind: 'LOSS', evidence: [] });
    expect([await adopt(claim, null), await adopt(claim, 'GD1')]).toEqual([true, true]);
  });

  test('a later write of the run that does not know the number keeps it', async () => {
    const claim = await open(await parcel());
    await adopt(claim, 'GD1');
    const { state } = beginClaim(claim, true, SAMPLE_DURATIONS);
    const step = applyClaim(state, { type: 'TIME_PASSED', at: claim.createdAt + SAMPLE_DURATIONS.remindAfterMs });
    await saveClaim(database.kysely, laterClaimWrite(state, step, Date.now()));
    expect(await referenceOf(claim)).toBe('GD1');
  });
});

describe('claims without a run', () => {
  test('are looked through in pages, counted once noted, and no more when seen, written or settled', async () => {
    await database.kysely.deleteFrom('claims').where('run_started_at', 'is not', null).execute();
    const claims = [await open(await parcel()), await open(await parcel()), await open(await parcel())].sort((a, b) =>
      a.claimId < b.claimId ? -1 : 1,
    );
    expect(await openClaims(database.kysely, { afterId: null, limit: 9, settledForMs: 0 })).toEqual([]);
    for (const { claimId } of claims) await markClaimStarted(database.kysely, claimId);
    const ids = claims.map(({ claimId }) => claimId);
    expect(await openClaims(database.kysely, { afterId: null, limit: 9, settledForMs: 60_000 })).toEqual([]);
    expect(await openClaims(database.kysely, { afterId: null, limit: 2, settledForMs: -1_000 })).toEqual(ids.slice(0, 2));
    expect(await openClaims(database.kysely, { afterId: ids[1] ?? null, limit: 2, settledForMs: -1_000 })).toEqual(ids.slice(2));

    for (const id of ids) await noteClaimRunMissing(database.kysely, id);
    expect(await missingClaimRunCount(database.kysely)).toBe(3);
    await noteClaimRunSeen(database.kysely, ids[0] ?? '');
    expect(await missingClaimRunCount(database.kysely)).toBe(2);
    const [, moved, settled] = claims;
    if (!moved || !settled) throw new Error('three claims were opened');
    for (const [claim, status] of [
      [moved, 'ARBITRATING'],
      [settled, 'DISMISSED'],
    ] as const) {
      const { state } = beginClaim(claim, true, SAMPLE_DURATIONS);
      const entered = { status, upheldFen: null, note: null };
      const step = applyClaim(state, { type: 'PROGRESS', at: Date.now(), actor: 'm', entered });
      await saveClaim(database.kysely, laterClaimWrite(state, step, Date.now()));
    }
    expect(await missingClaimRunCount(database.kysely)).toBe(0);
    await noteClaimRunMissing(database.kysely, settled.claimId);
    expect(await missingClaimRunCount(database.kysely)).toBe(0);
    expect(await openClaims(database.kysely, { afterId: null, limit: 9, settledForMs: -1_000 })).toEqual(ids.slice(0, 2));
  });
});
