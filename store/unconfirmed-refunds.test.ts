import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { InterceptState } from '../domain/intercept/state.ts';
import { RING_AFTER_MS, UNCONFIRMED_LIMIT_MS } from '../domain/intercept/unconfirmed.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, type Db, now, openDatabase } from './db.ts';
import { openIntercept } from './intercept-opening.ts';
import { findAnyIntercept } from './intercept-reading.ts';
import { saveRecord } from './intercept-record.ts';
import { noteRefundChecked } from './intercept-watch.ts';
import { listNotices } from './notices.ts';
import { notePaymentAnswer, notePaymentCall } from './payment-calls.ts';
import { addShops, firstRecord, laterRecord, newDraft, SHOP } from './test-cases.ts';
import { countUnconfirmed, ringUnconfirmed, untoldUnconfirmed } from './unconfirmed-refunds.ts';

let fresh: FreshDatabase;
let database: Database;
let db: Db;
let calls = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'unconfirmed-test', onError: () => undefined });
  db = database.kysely;
  await addShops(db);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
beforeEach(async () => {
  await db.deleteFrom('intercepts').execute();
  await db.deleteFrom('notices').execute();
});

/** A case whose payment was decided so long ago and whose call, number 1, is in flight unless the test says otherwise. */
async function paying(agoMs: number, over: Partial<InterceptState> = {}): Promise<InterceptState> {
  const opening = await openIntercept(db, newDraft(), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new case, got ${opening.kind}`);
  const write = laterRecord(opening.state, 2, {
    refundStatus: 'REFUNDING',
    refundCause: 'INTERCEPT_SUCCEEDED',
    refundDecidedAt: (await now(db)) - agoMs,
    commandCount: 1,
    ...over,
  });
  await saveRecord(db, write);
  return write.state;
}

/** A payment call for the case, with its answer if it got one. */
async function call({ input }: InterceptState, answer: string | null, sequence = 1): Promise<void> {
  calls += 1;
  const { refundId, interceptId } = input;
  const callKey = `call ${calls}`;
  await notePaymentCall(db, { callKey, refundId, interceptId, sequence, amountFen: 9_900 });
  const refusal = answer?.includes('REFUSED') ? { code: '300018', message: '账户余额不足' } : null;
  if (answer !== null) await notePaymentAnswer(db, callKey, answer, refusal);
}

const found = async ({ input }: InterceptState, what: Parameters<typeof noteRefundChecked>[3]) =>
  noteRefundChecked(db, input.refundId, await now(db), what);
const LATE_MS = UNCONFIRMED_LIMIT_MS + MINUTE_MS;

describe('I2 why a payment is not confirmed', () => {
  test.each([
    ['REFUSED', async (state: InterceptState) => call(state, 'NOT_APPLIED:REFUSED')],
    ['TAKEN', async (state: InterceptState) => call(state, 'DONE')],
    ['TAKEN', async (state: InterceptState) => found(state, 'PAYING')],
    ['SILENT', async (state: InterceptState) => call(state, null)],
    ['SILENT', async (state: InterceptState) => call(state, 'UNKNOWN')],
    ['SILENT', async (state: InterceptState) => found(state, 'SILENT')],
    ['UNAUTHORISED', async (state: InterceptState) => found(state, 'UNAUTHORISED')],
    ['NOT_SENT', async (state: InterceptState) => found(state, 'OPEN')],
    ['NOT_SENT', async () => undefined],
    // The call of an earlier command says nothing about this one.
    ['NOT_SENT', async (state: InterceptState) => call(state, 'NOT_APPLIED:REFUSED', 0)],
  ] as const)('%s', async (cause, leave) => {
    await leave(await paying(LATE_MS));
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ [cause]: 1 });
  });

  test('a look from before the payment was due says nothing of it', async () => {
    const state = await paying(LATE_MS);
    await noteRefundChecked(db, state.input.refundId, (await now(db)) - HOUR_MS, 'SILENT');
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ NOT_SENT: 1 });
  });

  test('decided in PostgreSQL’s future: the clocks disagree, however young it is', async () => {
    await paying(-2 * MINUTE_MS);
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ CLOCKS_DISAGREE: 1 });
  });

  test('armed, due and not even begun', async () => {
    const state = await paying(0, { refundStatus: 'OPEN', refundCause: null, refundDecidedAt: null, commandCount: 0 });
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({});
    const durations = { ...state.input.durations, autoRefundAfterMs: -LATE_MS };
    await saveRecord(db, laterRecord({ ...state, input: { ...state.input, durations } }, 3));
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ NOT_SENT: 1 });
  });

  test('day 5 is due at its hour, however late it was decided', async () => {
    const state = await paying(0, { refundCause: 'DEADLINE_PASSED' });
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ CLOCKS_DISAGREE: 1 });
    const durations = { ...state.input.durations, autoRefundAfterMs: -LATE_MS };
    await saveRecord(db, laterRecord({ ...state, input: { ...state.input, durations } }, 3));
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ NOT_SENT: 1 });
  });

  test('finding 9: a case that the carrier refused afterwards counts as every other', async () => {
    await paying(LATE_MS, { interceptStatus: 'REJECTED_BY_CARRIER' });
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({ NOT_SENT: 1 });
  });

  test('is asked for no younger, no confirmed and no ended payment', async () => {
    await paying(UNCONFIRMED_LIMIT_MS - MINUTE_MS);
    await paying(LATE_MS, { refundStatus: 'REFUNDED' });
    const ended = await paying(LATE_MS);
    await saveRecord(db, laterRecord(ended, 3, {}, { ended: true }));
    expect(await countUnconfirmed(db, UNCONFIRMED_LIMIT_MS)).toEqual({});
  });
});

const noticeCodes = async () => {
  const { items } = await listNotices(db, { shopId: SHOP, reader: 'staff' }, { limit: 10, after: null });
  return items.filter(({ kind }) => kind === 'NOTICE').map(({ code }) => code);
};

describe('the bell', () => {
  const at = 1_795_428_000_000;

  test('is rung before the ten minutes are over, once a payment, and once more when it turns out to be refused', async () => {
    const state = await paying(RING_AFTER_MS + 1_000);
    const [first, ...none] = await untoldUnconfirmed(db, RING_AFTER_MS, 10);
    expect([first?.cause, first?.refusal, none]).toEqual(['NOT_SENT', null, []]);
    if (first) await ringUnconfirmed(db, first, { notice: 'REFUND_UNCONFIRMED', detail: {}, at });
    expect(await untoldUnconfirmed(db, RING_AFTER_MS, 10)).toEqual([]);
    await call(state, 'NOT_APPLIED:REFUSED');
    const [refused] = await untoldUnconfirmed(db, RING_AFTER_MS, 10);
    expect([refused?.cause, refused?.refusal]).toEqual(['REFUSED', { code: '300018', message: '账户余额不足' }]);
    if (refused) await ringUnconfirmed(db, refused, { notice: 'ACTION_REFUSED_BY_PLATFORM', detail: {}, at });
    expect(await untoldUnconfirmed(db, RING_AFTER_MS, 10)).toEqual([]);
    expect(await noticeCodes()).toEqual(['ACTION_REFUSED_BY_PLATFORM', 'REFUND_UNCONFIRMED']);
  });

  test('rings at once for a payment that was refused three times in a row', async () => {
    const state = await paying(MINUTE_MS);
    await call(state, 'NOT_APPLIED:REFUSED');
    await call(state, 'NOT_APPLIED:REFUSED');
    expect(await untoldUnconfirmed(db, RING_AFTER_MS, 10)).toEqual([]);
    await call(state, 'NOT_APPLIED:REFUSED');
    expect(await untoldUnconfirmed(db, RING_AFTER_MS, 10)).toMatchObject([{ cause: 'REFUSED' }]);
  });

  test('rings again for the next payment of the same case', async () => {
    const state = await paying(LATE_MS);
    for (const one of await untoldUnconfirmed(db, RING_AFTER_MS, 10))
      await ringUnconfirmed(db, one, { notice: 'REFUND_UNCONFIRMED', detail: {}, at });
    await saveRecord(db, laterRecord(state, 3, { refundDecidedAt: (state.refundDecidedAt ?? 0) + MINUTE_MS, commandCount: 2 }));
    expect(await untoldUnconfirmed(db, RING_AFTER_MS, 10)).toHaveLength(1);
  });

  test('its notice stays on the record, whatever the run writes that has not heard of it, and is listed once', async () => {
    const state = await paying(LATE_MS);
    for (const one of await untoldUnconfirmed(db, RING_AFTER_MS, 10))
      await ringUnconfirmed(db, one, { notice: 'REFUND_UNCONFIRMED', detail: {}, at });
    await saveRecord(db, laterRecord(state, 3, { notices: ['REFUND_AMOUNT_RAISED'] }));
    await saveRecord(db, laterRecord(state, 4, { notices: ['REFUND_AMOUNT_RAISED', 'REFUND_UNCONFIRMED'] }));
    const record = await findAnyIntercept(db, state.input.interceptId);
    expect(record?.state.notices).toEqual(['REFUND_AMOUNT_RAISED', 'REFUND_UNCONFIRMED']);
    expect(await noticeCodes()).toEqual(['REFUND_AMOUNT_RAISED', 'REFUND_UNCONFIRMED']);
  });
});
