import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { ClaimDetails, ClaimState } from '../domain/claim/claim.ts';
import { applyClaim, beginClaim, type ClaimEvent } from '../domain/claim/progress.ts';
import { type ClaimWrite, firstClaimWrite, laterClaimWrite } from '../domain/claim/record.ts';
import { SAMPLE_DURATIONS, sampleClaim, sampleClaimOf } from '../domain/claim/sample-claim.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { findClaim, insertClaim, listClaimLines, listClaims, markClaimStarted, saveClaim, unstartedClaims } from './claims.ts';
import { BadCursor } from './cursor.ts';
import { CASE_CHANGED } from './case-writing.ts';
import { type Database, inTransaction, openDatabase } from './db.ts';
import { listLines } from './ledger.ts';
import { succeededIntercept } from './test-settlement.ts';
import { addShops, OTHER_SHOP, SHOP, warmUp } from './test-cases.ts';
import { newId } from './values.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'claims-test', onError: () => undefined });
  await addShops(database.kysely);
  await warmUp(database.kysely, 10);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function details(over: Partial<ClaimDetails> = {}): Promise<ClaimDetails> {
  const { input } = await succeededIntercept(database.kysely);
  return sampleClaimOf(input, { claimId: newId('claim'), createdAt: Date.now(), ...over });
}
const insert = (claim: ClaimDetails) =>
  inTransaction(database.kysely, (trx) => insertClaim(trx, claim, firstClaimWrite(beginClaim(claim, false, SAMPLE_DURATIONS))));
async function opened(over: Partial<ClaimDetails> = {}): Promise<{ claim: ClaimDetails; state: ClaimState }> {
  const claim = await details(over);
  expect(await insert(claim)).toBe('INSERTED');
  return { claim, state: beginClaim(claim, false, SAMPLE_DURATIONS).state };
}
function writesOf(state: ClaimState, ...events: ClaimEvent[]): ClaimWrite[] {
  return events.map((event) => {
    const write = laterClaimWrite(state, applyClaim(state, event), event.at);
    state = write.state;
    return write;
  });
}
const entered = (status: 'ACCEPTED' | 'UPHELD', upheldFen: number | null, at = Date.now()): ClaimEvent => ({
  type: 'PROGRESS',
  at,
  actor: 'm',
  entered: { status, upheldFen, note: '网点来电' },
});
const outboxOf = (claimId: string) =>
  database.kysely
    .selectFrom('outbox')
    .select(['type', 'payload'])
    .where('event_key', 'like', `${claimId}:%`)
    .orderBy('outbox_id')
    .execute();

describe('opening', () => {
  test('keeps what was stated, its first line and its event', async () => {
    const { claim, state } = await opened();
    expect(await findClaim(database.kysely, SHOP, claim.claimId)).toEqual({ details: claim, state });
    expect(await findClaim(database.kysely, OTHER_SHOP, claim.claimId)).toBeNull();
    expect(await listClaimLines(database.kysely, claim.claimId)).toMatchObject([{ what: 'CLAIM_SUBMITTED', actor: 'key:sample' }]);
    const events = await outboxOf(claim.claimId);
    expect(events).toMatchObject([{ type: 'claim.updated', payload: { status: 'SUBMITTED', claimedFen: 18_000 } }]);
    expect(JSON.stringify(events)).not.toContain(claim.contactPhone);
  });

  test('one open claim a kind and intercept, also of ten at once; a settled one does not stand in the way', async () => {
    const claim = await details();
    const answers = await Promise.all(Array.from({ length: 10 }, () => insert({ ...claim, claimId: newId('claim') })));
    expect(answers.filter((answer) => answer === 'INSERTED')).toHaveLength(1);
    const open = answers.find((answer) => answer !== 'INSERTED');
    expect(await insert({ ...claim, claimId: newId('claim'), kind: 'LOSS' })).toBe('INSERTED');
    const record = await findClaim(database.kysely, SHOP, (open as { claimId: string }).claimId);
    const [write] = writesOf((record as { state: ClaimState }).state, { type: 'WITHDRAWN', at: Date.now(), actor: 'm', reason: 'r' });
    await saveClaim(database.kysely, write as ClaimWrite);
    expect(await insert({ ...claim, claimId: newId('claim') })).toBe('INSERTED');
  });
});

describe('saving', () => {
  test('pages that show the case hear of it, of its opening too', async () => {
    const listening = new pg.Client({ connectionString: fresh.url });
    await listening.connect();
    await listening.query(`listen ${CASE_CHANGED}`);
    const heard: string[] = [];
    listening.on('notification', ({ payload = '' }) => heard.push(payload));
    const { claim, state } = await opened();
    const change = { interceptId: claim.interceptId, shopId: SHOP, version: 0 };
    const [write] = writesOf(state, entered('ACCEPTED', null));
    await saveClaim(database.kysely, write as ClaimWrite);
    await listening.query('select 1');
    expect(heard.map((text) => JSON.parse(text)).filter(({ version }) => version === 0)).toEqual([change, change]);
    await listening.end();
  });

  test('any order and repetition of the same writes ends in the same claim, history, events and ledger', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 1, 2, 0, 2],
    ]) {
      const { claim, state } = await opened();
      const at = Date.now();
      const writes = writesOf(
        state,
        entered('ACCEPTED', null, at),
        { type: 'TIME_PASSED', at: at + 4 * 86_400_000 },
        entered('UPHELD', 9_000, at + 5 * 86_400_000),
      );
      for (const index of order) await saveClaim(database.kysely, writes[index] as ClaimWrite);
      expect((await findClaim(database.kysely, SHOP, claim.claimId))?.state).toEqual(writes[2]?.state);
      const whats = (await listClaimLines(database.kysely, claim.claimId)).map(({ what }) => what);
      expect(whats.sort()).toEqual(['CLAIM_ACCEPTED', 'CLAIM_QUIET', 'CLAIM_SUBMITTED', 'CLAIM_UPHELD']);
      expect(await outboxOf(claim.claimId)).toHaveLength(3);
      const { items } = await listLines(database.kysely, { shopId: SHOP, claimId: claim.claimId }, { limit: 10, after: null });
      expect(items).toMatchObject([
        {
          lineId: `${claim.claimId}-award`,
          kind: 'CLAIM',
          amountFen: -9_000,
          status: 'DUE',
          note: '网点来电',
          occurredAt: at + 5 * 86_400_000,
        },
      ]);
      const notices = await database.kysely
        .selectFrom('notices')
        .select(['code', 'kind', 'reference'])
        .where('reference', '=', claim.claimId)
        .execute();
      expect(notices.map(({ code }) => code).sort()).toEqual(['CLAIM_QUIET', 'claim.updated', 'claim.updated', 'claim.updated']);
    }
  });

  test('an unknown claim is an error that names it', async () => {
    const state = beginClaim(sampleClaim({ claimId: 'claim_none' }), false, SAMPLE_DURATIONS).state;
    const [write] = writesOf(state, entered('ACCEPTED', null));
    await expect(saveClaim(database.kysely, write as ClaimWrite)).rejects.toThrow('claim_none');
  });
});

describe('lists', () => {
  test('by every filter, newest first, page by page', async () => {
    const one = await opened({ createdAt: 1_000 });
    const other = await opened({ createdAt: 2_000, kind: 'LOSS' });
    const list = (filter: object, limit = 10, after: string | null = null) =>
      listClaims(database.kysely, { shopId: SHOP, createdFrom: 1_000, createdTo: 2_001, ...filter }, { limit, after });
    const ids = async (filter: object) => (await list(filter)).items.map(({ details: { claimId } }) => claimId);
    expect(await ids({})).toEqual([other.claim.claimId, one.claim.claimId]);
    expect(await ids({ kind: 'LOSS' })).toEqual([other.claim.claimId]);
    expect(await ids({ interceptId: one.claim.interceptId })).toEqual([one.claim.claimId]);
    expect(await ids({ waybillNo: other.claim.waybillNo, status: 'SUBMITTED', carrier: 'ZTO', outletCode: 'O1' })).toEqual([
      other.claim.claimId,
    ]);
    expect(await ids({ status: 'UPHELD' })).toEqual([]);
    expect(await ids({ createdTo: 2_000 })).toEqual([one.claim.claimId]);
    expect(await ids({ shopId: OTHER_SHOP })).toEqual([]);
    const first = await list({}, 1);
    expect((await list({}, 1, first.nextCursor)).items[0]?.details.claimId).toBe(one.claim.claimId);
    await expect(list({ kind: 'LOSS' }, 1, first.nextCursor)).rejects.toThrow(BadCursor);
  });

  test('claims without a run are found until one is known', async () => {
    const { claim } = await opened({ createdAt: 5_000 });
    const found = async () =>
      (await unstartedClaims(database.kysely, 1_000, 100)).some(({ details: { claimId } }) => claimId === claim.claimId);
    expect(await found()).toBe(true);
    await markClaimStarted(database.kysely, claim.claimId);
    expect(await found()).toBe(false);
  });
});
