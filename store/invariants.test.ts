import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { InterceptState } from '../domain/intercept/state.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { storeEvents } from './inbox.ts';
import { markStarted, openIntercept } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { checkInvariants } from './invariants.ts';
import { notePaymentAnswer } from './payment-calls.ts';
import { addShops, firstRecord, laterRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';
import { recordScans } from './track.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'invariants-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** A case as the service would have left it. */
async function opened(): Promise<InterceptState> {
  const opening = await openIntercept(database.kysely, newDraft(), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new intercept, got ${opening.kind}`);
  await markStarted(database.kysely, opening.input.interceptId);
  return opening.state;
}

let calls = 0;
async function paid({ input }: InterceptState, answer: string | null, sentAt: number, amountFen = input.refundFeeFen): Promise<void> {
  calls += 1;
  const { refundId, interceptId } = input;
  await sql`
    insert into payment_calls (call_key, refund_id, intercept_id, sequence, amount_fen, sent_at)
    values (${`call-${calls}`}, ${refundId}, ${interceptId}, ${calls}, ${amountFen}, ${new Date(sentAt).toISOString()}::timestamptz)`.execute(
    database.kysely,
  );
  if (answer !== null) await notePaymentAnswer(database.kysely, `call-${calls}`, answer);
}

/** Long enough for what led to a payment to have been recorded. */
const aWhileAgo = (): number => Date.now() - 10 * MINUTE_MS;

/** Moves columns of a case as no code of the service would. */
async function bend({ input }: InterceptState, columns: string): Promise<void> {
  await sql`update intercepts set ${sql.raw(columns)} where intercept_id = ${input.interceptId}`.execute(database.kysely);
}

async function logged({ input }: InterceptState, what: string, at: number, before: object = {}, after: object = {}): Promise<void> {
  calls += 1;
  await sql`
    insert into intercept_log (intercept_id, initiated_at, version, n, at, actor_kind, actor, what, before, after)
    select intercept_id, initiated_at, 500, ${calls}, ${new Date(at).toISOString()}::timestamptz, 'MERCHANT', 'test', ${what},
      ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb
    from intercepts where intercept_id = ${input.interceptId}`.execute(database.kysely);
}

async function feeLine({ input }: InterceptState, amountFen: number, shopId = SHOP): Promise<void> {
  await sql`
    insert into ledger_lines (line_id, shop_id, carrier, outlet_code, outlet_name, intercept_id, waybill_no, kind, amount_fen, occurred_at)
    values (${`${input.interceptId}-fee`}, ${shopId}, 'ZTO', 'O1', '杭州一部', ${input.interceptId}, ${input.waybillNo}, 'FEE', ${amountFen}, clock_ms())`.execute(
    database.kysely,
  );
}

async function claimed({ input }: InterceptState, awardedFen: number | null, status = 'ACCEPTED'): Promise<void> {
  await sql`
    insert into claims (claim_id, shop_id, intercept_id, carrier, outlet_code, outlet_name, waybill_no, kind, status, contact_phone, goods,
      claimed_fen, awarded_fen, description, evidence, opened_by, state, updated_at)
    values (${`claim-${input.interceptId}`}, ${SHOP}, ${input.interceptId}, 'ZTO', 'O1', '杭州一部', ${input.waybillNo}, 'DAMAGE', ${status}, '13800001234',
      '[]', 5000, ${awardedFen}, '破损', '{}', 'staff', '{}', clock_ms() - interval '1 hour')`.execute(database.kysely);
}

const LONG_AGO = `recorded_at = clock_ms() - interval '1 hour'`;
const hourAgo = (): number => Date.now() - HOUR_MS;

/** One way to break each promise, by its name and words; what it plants must be named as the offender. */
const PLANTS: [name: string, promise: string, plant: () => Promise<string>][] = [
  [
    'I1',
    'a refund is paid at most once',
    async () => {
      const state = await opened();
      await logged(state, 'APPROVE_ASKED', hourAgo());
      await paid(state, 'DONE', Date.now());
      await paid(state, 'DONE', Date.now());
      return state.input.refundId;
    },
  ],
  [
    'I1',
    'a refund has one intercept that was not refused',
    async () => {
      const [one, other] = [await opened(), await opened()];
      await bend(one, `phase = 'ENDED', refund_status = 'REJECTED', recorded_at = clock_ms()`);
      await bend(other, `refund_id = '${one.input.refundId}', attempt = 2`);
      return one.input.refundId;
    },
  ],
  [
    'I1',
    'no more is paid than was asked at initiation, unless the merchant named that amount',
    async () => {
      const state = await opened();
      await logged(state, 'APPROVE_ASKED', hourAgo(), {}, { agreedFen: 9_901 });
      await paid(state, 'NOT_APPLIED:STALE', aWhileAgo(), 9_901);
      await paid(state, 'NOT_APPLIED:STALE', aWhileAgo(), 9_902);
      return state.input.interceptId;
    },
  ],
  [
    'I2',
    'an armed refund is paid when its five days are over',
    async () => {
      const state = await opened();
      await bend(state, `auto_refund_at = clock_ms() - interval '2 minutes'`);
      return state.input.interceptId;
    },
  ],
  [
    'I2',
    'a payment that stays unconfirmed is brought to a person’s notice',
    async () => {
      const state = await opened();
      await bend(
        state,
        `refund_status = 'REFUNDING', automatic_refund = 'DISARMED', refund_decided_at = clock_ms() - interval '20 minutes'`,
      );
      return state.input.interceptId;
    },
  ],
  [
    'I3',
    'no payment leaves before the merchant’s word, the parcel’s return or the end of the five days',
    async () => {
      const state = await opened();
      await paid(state, 'NOT_APPLIED:STALE', aWhileAgo());
      return state.input.interceptId;
    },
  ],
  [
    'I3',
    'rejecting waits for a failure or for the end of the three days',
    async () => {
      const state = await opened();
      await logged(state, 'REJECT_ASKED', state.input.initiatedAt + 71 * HOUR_MS);
      return state.input.interceptId;
    },
  ],
  [
    'I4',
    'what was rejected is not paid',
    async () => {
      const state = await opened();
      await logged(state, 'APPROVE_ASKED', hourAgo());
      await logged(state, 'REFUND_REJECTED', hourAgo());
      await paid(state, 'NOT_APPLIED:STALE', aWhileAgo());
      return state.input.interceptId;
    },
  ],
  [
    'I5',
    'the parcel’s return pays at once',
    async () => {
      const state = await opened();
      await bend(state, `intercept_status = 'SUCCEEDED', succeeded_at = clock_ms() - interval '3 minutes'`);
      return state.input.interceptId;
    },
  ],
  [
    'I6',
    'a settled refund says why, and truly',
    async () => {
      const state = await opened();
      await logged(state, 'REFUND_REFUNDED', hourAgo());
      await bend(
        state,
        `refund_status = 'REFUNDED', refund_cause = 'MANUAL_APPROVAL', refunded_at = clock_ms(), recorded_at = clock_ms() - interval '3 days'`,
      );
      return state.input.interceptId;
    },
  ],
  [
    'I6',
    'every payment call belongs to a case',
    async () => {
      const state = await opened();
      await paid({ ...state, input: { ...state.input, refundId: '77', interceptId: '77-1' } }, null, Date.now());
      return '77';
    },
  ],
  [
    'I8',
    'what was received comes to an end that says why',
    async () => {
      const event = { kind: 'TRACK', carrier: 'ZTO', waybillNo: '1', refundId: null, shopId: null, payload: {} } as const;
      await storeEvents(database.kysely, [{ ...event, eventKey: 'delivered to nobody' }]);
      await sql`update inbox set status = 'DELIVERED', settled_at = clock_ms() where event_key = 'delivered to nobody'`.execute(
        database.kysely,
      );
      return 'delivered to nobody';
    },
  ],
  [
    'I8',
    'a pushed scan is evidence as well',
    async () => {
      const scan = {
        carrier: 'ZTO',
        waybillNo: '2',
        event: 'SIGNED',
        occurredAt: hourAgo(),
        outletCode: null,
        outletName: null,
        text: '',
        raw: {},
      } as const;
      const [stored] = await recordScans(database.kysely, [scan], 'PUSH');
      return stored?.scanKey ?? '';
    },
  ],
  [
    'I9',
    'an intercept moves along its edges only',
    async () => {
      const state = await opened();
      await logged(state, 'INTERCEPT_FAILED', hourAgo(), { interceptStatus: 'SUCCEEDED' }, { interceptStatus: 'FAILED' });
      return state.input.interceptId;
    },
  ],
  [
    'I9',
    'a settled refund stays settled',
    async () => {
      const state = await opened();
      await logged(state, 'REFUND_OPEN', hourAgo(), { refundStatus: 'REFUNDED' }, { refundStatus: 'OPEN' });
      return state.input.interceptId;
    },
  ],
  [
    'I10',
    'what belongs to a case belongs to its shop',
    async () => {
      const state = await opened();
      await bend(state, `intercept_status = 'SUCCEEDED', automatic_refund = 'DISARMED'`);
      await feeLine(state, 300, OTHER_SHOP);
      return `ledger line of ${state.input.interceptId}`;
    },
  ],
  [
    'I11',
    'each turn of a case has its line in the log',
    async () => {
      const state = await opened();
      await bend(state, `intercept_status = 'FAILED', ${LONG_AGO}`);
      return state.input.interceptId;
    },
  ],
  [
    'I11',
    'each turn of a case was told to the shop’s systems',
    async () => {
      const state = await opened();
      await logged(state, 'REFUND_CLOSED', hourAgo());
      await bend(state, `refund_status = 'CLOSED', refund_cause = 'BUYER_WITHDREW', ${LONG_AGO}`);
      return state.input.interceptId;
    },
  ],
  [
    'I12',
    'a claim is about a caught parcel and never awards more than was claimed',
    async () => {
      const state = await opened();
      await bend(state, `intercept_status = 'SUCCEEDED', automatic_refund = 'DISARMED'`);
      await claimed(state, 5_001);
      return `claim-${state.input.interceptId}`;
    },
  ],
  [
    'I13',
    'one fee a caught parcel, the leader’s, as agreed',
    async () => {
      const state = await opened();
      await bend(state, `intercept_status = 'SUCCEEDED', automatic_refund = 'DISARMED'`);
      await feeLine(state, 299);
      return state.input.interceptId;
    },
  ],
  [
    'I13',
    'an upheld claim is a ledger line the other way round',
    async () => {
      const state = await opened();
      await bend(state, `intercept_status = 'SUCCEEDED', automatic_refund = 'DISARMED'`);
      await claimed(state, 4_000, 'UPHELD');
      return `claim-${state.input.interceptId}`;
    },
  ],
  [
    'I14',
    'an ended case is decided, an open one has its run',
    async () => {
      const state = await opened();
      await bend(state, `phase = 'ENDED'`);
      return state.input.interceptId;
    },
  ],
];

const broken = async () => (await checkInvariants(database.kysely)).offences;

test('a database in which all went well breaks no promise', async () => {
  const state = await opened();
  await saveRecord(database.kysely, laterRecord(state, 2, { interceptStatus: 'INTERCEPTING' }));
  const due = await opened();
  await paid(due, 'DONE', due.input.initiatedAt + 5 * DAY_MS + MINUTE_MS);
  expect(await broken()).toEqual([]);
});

test('a payment that has just left has what led to it recorded with what becomes of it', async () => {
  const state = await opened();
  await paid(state, 'DONE', Date.now(), state.input.refundFeeFen + 1);
  expect(await broken()).toEqual([]);
});

test.each(PLANTS)('%s: %s', async (name, promise, plant) => {
  const before = await checkInvariants(database.kysely);
  const about = await plant();
  const after = await checkInvariants(database.kysely);
  const count = ({ checked }: typeof after) => checked.find((one) => one.promise === promise)?.offenders;
  expect(count(before)).toBe(0);
  expect(count(after)).toBe(1);
  expect(after.offences).toContainEqual({ name, about, what: expect.any(String) });
  // Nothing else is broken by it: a promise that cries at everything says nothing.
  const others = after.checked.filter((one, n) => one.promise !== promise && one.offenders !== before.checked[n]?.offenders);
  expect(others).toEqual([]);
});

test('each promise has been broken once', async () => {
  const { checked } = await checkInvariants(database.kysely);
  expect(checked.map(({ promise }) => promise)).toEqual(PLANTS.map(([, promise]) => promise));
});
