import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { beginClaim, applyClaim } from '../domain/claim/progress.ts';
import { firstClaimWrite, laterClaimWrite } from '../domain/claim/record.ts';
import { SAMPLE_DURATIONS, sampleClaim } from '../domain/claim/sample-claim.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { createKey, findKey } from './api-keys.ts';
import { insertClaim, saveClaim } from './claims.ts';
import { type Database, type Db, inTransaction, openDatabase } from './db.ts';
import { eraseOrder, eraseShop } from './erasure.ts';
import { addFile } from './files.ts';
import { storeEvents } from './inbox.ts';
import { checkInvariants } from './invariants.ts';
import { type InterceptDraft, markStarted } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { listPersonalDataLog } from './personal-data-log.ts';
import { hasReturnAddress, saveReturnAddress } from './return-addresses.ts';
import { readDataKey } from './secrets.ts';
import { setShopStatus } from './shops.ts';
import { addShops, laterRecord, OTHER_SHOP, SHOP } from './test-cases.ts';
import { succeededIntercept } from './test-settlement.ts';
import { recordScans } from './track.ts';
import { newId } from './values.ts';

/** What was planted wherever a carrier or a person of the shop may have written it. */
const PHONE = '13812341234';
const NAME = '张三丰';
const PROVINCE = '浙江省';
const WORDS = `${NAME} ${PHONE}`;

let fresh: FreshDatabase;
let database: Database;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 3, applicationName: 'erasure-test', onError: () => undefined });
  db = database.kysely;
  await addShops(db);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** A case that succeeded and whose failure, log, scans, evidence, claim, photo and judgement all name somebody; still open. */
async function named(draft: Partial<InterceptDraft> = {}): Promise<{ state: InterceptState; claimId: string; fileId: string }> {
  const state = await succeededIntercept(db, draft, { failure: { code: 'SIGNED', message: WORDS } });
  const { interceptId, shopId, carrier, outletCode, outletName, waybillNo, refundId, orderId } = state.input;
  await markStarted(db, interceptId);
  const line = { at: 1, actorKind: 'CARRIER', actor: 'ZTO', what: 'SCAN', before: {}, after: { message: WORDS }, reference: 'R1' } as const;
  await saveRecord(db, { ...laterRecord(state, 3, { refundStatus: 'REFUNDED' }), lines: [line] });
  const scan = { carrier, waybillNo, occurredAt: 1, outletCode, outletName, text: WORDS, raw: { signMan: NAME } };
  const scans = (['SIGNED', 'OTHER'] as const).map((event) => ({ ...scan, event }));
  for (const { scanKey: eventKey } of await recordScans(db, scans, 'PUSH')) {
    const evidence = { eventKey, kind: 'TRACK', carrier, waybillNo, refundId: null, shopId: null } as const;
    await storeEvents(db, [{ ...evidence, payload: { text: WORDS }, rawBody: Buffer.from(WORDS) }]);
  }
  const message = { eventKey: `m-${refundId}`, kind: 'PLATFORM', carrier: null, waybillNo: null, refundId, shopId } as const;
  await storeEvents(db, [{ ...message, payload: { body: WORDS } }]);
  await sql`insert into rule_judgements (shop_id, refund_id, version, decision, cause, buyer_key, facts, verdicts, seen_at)
    values (${shopId}, ${refundId}, 1, 'LEAVE', 'NO_RULE_MATCHED', 'key of a buyer',
      ${JSON.stringify({ orderId, province: PROVINCE, reason: WORDS, refundFeeFen: 9_900 })}::jsonb, '[]', clock_ms())`.execute(db);
  const bytes = Buffer.from(`a photo of ${WORDS}`);
  const { fileId } = await addFile(db, { shopId, name: `${NAME}.jpg`, contentType: 'image/jpeg', bytes, uploadedBy: 'staff' });
  const claimId = newId('claim');
  const shared = { claimId, interceptId, shopId, carrier, outletCode, outletName, waybillNo, createdAt: 1 };
  const details = sampleClaim({ ...shared, contactPhone: PHONE, description: WORDS, evidence: [fileId] });
  const claim = beginClaim(details, false, SAMPLE_DURATIONS);
  await inTransaction(db, (trx) => insertClaim(trx, details, firstClaimWrite(claim)));
  const entered = { status: 'UPHELD', upheldFen: 9_000, note: WORDS } as const;
  const settled = applyClaim(claim.state, { type: 'PROGRESS', at: 2, actor: 'm', entered });
  await saveClaim(db, { ...laterClaimWrite(claim.state, settled, 2), credit: { amountFen: 9_000, at: 2 } });
  return { state: { ...state, version: 3 }, claimId, fileId };
}
const settleEvidence = () =>
  sql`update inbox set status = 'SUPERSEDED', reason = 'CASE_ENDED', settled_at = clock_ms() where status = 'PENDING'`.execute(db);
const end = ({ state }: { state: InterceptState }) =>
  saveRecord(db, laterRecord(state, 4, { refundStatus: 'REFUNDED', returnStatus: 'RETURN_SIGNED' }, { ended: true }));

/** Tables in which one of these texts stands anywhere in a row. */
async function whoNames(...texts: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(db);
  const found: string[] = [];
  for (const { name } of rows) {
    const forms = texts.flatMap((text) => [`%${text}%`, `%${Buffer.from(text).toString('hex')}%`]);
    const hit = await sql`select 1 from ${sql.table(name)} t where t::text like any(${forms}) limit 1`.execute(db);
    if (hit.rows.length > 0) found.push(name);
  }
  return found;
}
const rowOf = async (table: 'intercepts' | 'claims', key: 'intercept_id' | 'claim_id', id: string) =>
  (await sql<Record<string, unknown>>`select * from ${sql.table(table)} where ${sql.ref(key)} = ${id}`.execute(db)).rows[0];

test('an order: nobody is named any more, money and decision stand, and nothing is open', async () => {
  const one = await named();
  const { interceptId, orderId } = one.state.input;
  expect(await eraseOrder(db, orderId, 'test')).toEqual({ kind: 'IN_USE', cases: [interceptId], claims: [], evidence: 3 });
  await settleEvidence();
  await end(one);
  await sql`update claims set status = 'ACCEPTED' where claim_id = ${one.claimId}`.execute(db);
  expect(await eraseOrder(db, orderId, 'test')).toMatchObject({ kind: 'IN_USE', cases: [], claims: [one.claimId] });
  await sql`update claims set status = 'UPHELD' where claim_id = ${one.claimId}`.execute(db);
  const before = await rowOf('intercepts', 'intercept_id', interceptId);
  expect((await whoNames(PHONE, NAME)).length).toBeGreaterThan(7);

  const promises = await checkInvariants(db, 0);

  const erasure = await eraseOrder(db, orderId, 'test');
  expect(await checkInvariants(db, 0)).toEqual(promises);
  expect(erasure).toMatchObject({ kind: 'ERASED', counts: { cases: 1, scans: 2, inbox: 3, files: 1, claims: 1, judgements: 1 } });
  expect(await whoNames(PHONE, NAME, PROVINCE, 'key of a buyer')).toEqual([]);

  const after = await rowOf('intercepts', 'intercept_id', interceptId);
  const { state: _words, ...columns } = before ?? {};
  expect(after).toMatchObject({ ...columns, state: { failure: { code: 'SIGNED', message: '' }, refundStatus: 'REFUNDED' } });
  expect(await rowOf('claims', 'claim_id', one.claimId)).toMatchObject({ awarded_fen: 9_000, status: 'UPHELD', evidence: [one.fileId] });
  const log = await db.selectFrom('intercept_log').select(['what', 'after', 'reference']).where('intercept_id', '=', interceptId).execute();
  expect(log).toContainEqual({ what: 'SCAN', after: { message: '' }, reference: 'R1' });
  const lines = await db.selectFrom('ledger_lines').select('amount_fen').where('intercept_id', '=', interceptId).execute();
  expect(lines.map(({ amount_fen }) => amount_fen)).toEqual(expect.arrayContaining([-9_000, 300]));

  expect(await eraseOrder(db, orderId, 'test')).toEqual({ kind: 'ERASED', counts: {} });
  const { items } = await listPersonalDataLog(db, SHOP, { limit: 9, after: null });
  expect(items).toMatchObject([{ what: 'ORDER_ERASED', about: orderId, actor: 'test', detail: { cases: 1, files: 1 } }]);
});

test('an order whose parcel another order’s open case is about waits', async () => {
  const one = await named();
  const { carrier, waybillNo, orderId } = one.state.input;
  const other = await named({ carrier, waybillNo });
  await settleEvidence();
  await end(one);
  expect(await eraseOrder(db, orderId, 'test')).toMatchObject({ kind: 'IN_USE', cases: [other.state.input.interceptId] });
  await end(other);
  expect(await eraseOrder(db, orderId, 'test')).toMatchObject({ kind: 'ERASED' });
  expect(await eraseOrder(db, other.state.input.orderId, 'test')).toMatchObject({ kind: 'ERASED' });
});

test('logs lose their words and nothing else', async () => {
  const one = await named();
  const refused = 'append-only: UPDATE refused';
  await expect(sql`update intercept_log set after = '{"message": "other"}'`.execute(db)).rejects.toThrow(refused);
  await expect(sql`update intercept_log set after = '{}' where after <> '{}'`.execute(db)).rejects.toThrow(refused);
  await expect(sql`update claim_events set detail = '{}' where detail <> '{}'`.execute(db)).rejects.toThrow(refused);
  await settleEvidence();
  await end(one);
  await eraseOrder(db, one.state.input.orderId, 'test');
});

test('a shop: once it is suspended and nothing is open, order by order, files and people too; another shop keeps its own', async () => {
  const [one, two, foreign] = [await named(), await named(), await named({ shopId: OTHER_SHOP })];
  await settleEvidence();
  await sql`insert into staff (staff_id, shop_id, name, role, password_hash) values ('stf_1', ${SHOP}, ${NAME}, 'OWNER', 'x')`.execute(db);
  await sql`insert into sessions (session_hash, staff_id) values (sha256('a'), 'stf_1')`.execute(db);
  await sql`insert into saved_views (view_id, staff_id, page, name, query) values ('v_1', 'stf_1', 'CLAIMS', ${NAME}, 'open=1')`.execute(
    db,
  );
  await sql`insert into sign_in_attempts (shop_id, name, failed) values (${SHOP}, ${NAME}, 1)`.execute(db);
  const { secret } = await createKey(db, { shopId: SHOP, label: '', scopes: [], expiresAt: null });
  await sql`
    insert into notice_channels (channel_id, shop_id, kind, settings, target_sealed, target_shown)
    values ('chn_1', ${SHOP}, 'EMAIL', '{}', 'sealed', 'a***@shop.example')`.execute(db);
  const address = { name: NAME, phone: PHONE, province: PROVINCE, city: '金华市', district: '义乌市', address: '1号仓' };
  const key = readDataKey(Buffer.alloc(32, 7).toString('base64'));
  for (const shopId of [SHOP, OTHER_SHOP]) await saveReturnAddress(db, key, shopId, address, 'owner');
  await addFile(db, { shopId: SHOP, name: NAME, contentType: 'image/png', bytes: Buffer.from(PHONE), uploadedBy: 'x' });
  expect(await eraseShop(db, '999', 'test')).toEqual({ kind: 'UNKNOWN_SHOP' });
  expect(await eraseShop(db, SHOP, 'test')).toEqual({ kind: 'SHOP_OPERATING' });
  await setShopStatus(db, SHOP, 'SUSPENDED');
  await end(one);
  expect(await eraseShop(db, SHOP, 'test')).toMatchObject({ kind: 'IN_USE', cases: [two.state.input.interceptId] });
  await end(two);

  const erasure = await eraseShop(db, SHOP, 'test');
  expect(await db.selectFrom('notice_channels').selectAll().execute()).toEqual([]);
  expect([await hasReturnAddress(db, SHOP), await hasReturnAddress(db, OTHER_SHOP)]).toEqual([false, true]);
  expect(erasure).toMatchObject({ kind: 'ERASED', counts: { cases: 2, files: 3, claims: 2, staff: 1 } });
  expect(await eraseShop(db, SHOP, 'test')).toEqual({ kind: 'ERASED', counts: {} });
  expect(await findKey(db, secret)).toBeNull();
  const left = await sql<{ shop: string }>`
    select shop_id as shop from intercepts where state::text like ${`%${PHONE}%`} union select shop_id from files
    union select shop_id from claims where contact_phone <> '' union select shop_id from staff where name = ${NAME}`.execute(db);
  expect(left.rows).toEqual([{ shop: OTHER_SHOP }]);
  await end(foreign);
  await eraseOrder(db, foreign.state.input.orderId, 'test');
  expect(await whoNames(PHONE, NAME)).toEqual([]);
});
