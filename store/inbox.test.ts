import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, now, openDatabase } from './db.ts';
import { claimDue, deliveriesOf, type InboxEvent, type NewEvent, pendingEvidence, settleEvents, storeEvents } from './inbox.ts';
import { delivered, postponed, quarantined, type Settlement, superseded } from './inbox-settlement.ts';
import { inboxDepth } from './inbox-depth.ts';
import { redrive } from './inbox-redrive.ts';
import { warmUp } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'inbox-test', onError: () => undefined });
  await warmUp(database.kysely, 10);
});
beforeEach(async () => {
  await database.kysely.deleteFrom('inbox').execute();
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

function event(eventKey: string, over: Partial<NewEvent> = {}): NewEvent {
  return { eventKey, kind: 'TRACK', carrier: 'ZTO', waybillNo: 'W1', refundId: null, shopId: null, payload: { of: eventKey }, ...over };
}
const keys = (events: InboxEvent[] | null) => (events ?? []).map((each) => each.eventKey);
const due = () => claimDue(database.kysely, 100);
const settle = (settlements: Settlement[]) => settleEvents(database.kysely, settlements);
/** Lets a claim run out, as it does when whoever has it died. */
const claimsEnd = () => sql`update inbox set next_attempt_at = clock_ms() where status = 'PENDING'`.execute(database.kysely);
const statusOf = async (key: string) =>
  (await database.kysely.selectFrom('inbox').select('status').where('event_key', '=', key).executeTakeFirstOrThrow()).status;

describe('storing', () => {
  test('keeps each key once, within a call, between calls and in a race, and returns the new ones', async () => {
    expect(keys(await storeEvents(database.kysely, [event('b'), event('a'), event('a')])).sort()).toEqual(['a', 'b']);
    expect(keys(await storeEvents(database.kysely, [event('a'), event('c')]))).toEqual(['c']);
    const many = Array.from({ length: 40 }, (_, index) => event(`r${index}`));
    const pushes = Array.from({ length: 10 }, (_, index) => storeEvents(database.kysely, index % 2 ? many : [...many].reverse()));
    expect((await Promise.all(pushes)).flatMap(keys).sort()).toEqual(many.map((each) => each.eventKey).sort());
  });

  test('more than one statement holds, and foreign text is made storable', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => event(`m${index}`));
    expect(await storeEvents(database.kysely, many)).toHaveLength(2_500);
    const raw = Buffer.from([0, 255, 10]);
    await storeEvents(database.kysely, [event('nul\u0000key', { payload: { text: '\u0000' }, rawBody: raw, quarantine: 'UNREADABLE' })]);
    const row = await database.kysely.selectFrom('inbox').selectAll().where('event_key', '=', 'nul\ufffdkey').executeTakeFirstOrThrow();
    expect(row).toMatchObject({ payload: { text: '\ufffd' }, raw_body: raw, status: 'QUARANTINED', reason: 'UNREADABLE' });
  });
});

describe('delivering', () => {
  test('two pumps never hold the same event; what a dead one held is due again, and no longer its own', async () => {
    await storeEvents(database.kysely, [event('1'), event('2'), event('3')]);
    const first = await claimDue(database.kysely, 2);
    expect(first).toHaveLength(2);
    const second = await due();
    expect([...keys(first), ...keys(second)].sort()).toEqual(['1', '2', '3']);
    expect(await due()).toEqual([]);
    await settle(second.map((each) => delivered(each)));
    await claimsEnd();
    const again = await due();
    expect(keys(again)).toEqual(keys(first));
    await settle(first.map((each) => superseded(each, 'TOO_LATE')));
    for (const each of first) expect(await statusOf(each.eventKey)).toBe('PENDING');
    await settle(again.map((each) => delivered(each)));
    for (const each of again) expect(await statusOf(each.eventKey)).toBe('DELIVERED');
  });

  test('many pumps at once never claim the same event', async () => {
    await storeEvents(
      database.kysely,
      Array.from({ length: 60 }, (_, index) => event(`p${index}`)),
    );
    const rounds = await Promise.all(Array.from({ length: 10 }, () => claimDue(database.kysely, 7)));
    const claimed = rounds.flatMap(keys);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(new Set([...claimed, ...keys(await due())]).size).toBe(60);
  });

  test('what is settled is not due, what is postponed is due later, and only failures are counted', async () => {
    await storeEvents(
      database.kysely,
      ['delivered', 'superseded', 'aside', 'waiting', 'failing'].map((key) => event(key)),
    );
    await storeEvents(database.kysely, [event('unknown', { quarantine: 'UNKNOWN_WAYBILL' })]);
    const claimed = await due();
    const of = (key: string) => claimed.find((each) => each.eventKey === key) as InboxEvent;
    await settle([
      delivered(of('delivered')),
      superseded(of('superseded'), 'BEFORE_INITIATION'),
      quarantined(of('aside'), 'POISON', 'cannot \u0000 "read", {it}'),
      postponed(of('waiting'), 0, null),
      postponed(of('failing'), 60_000, 'Temporal unreachable'),
    ]);
    await settle([]);
    expect(await due()).toMatchObject([{ eventKey: 'waiting', attempts: 0 }]);
    expect(await inboxDepth(database.kysely)).toEqual({ pending: 2, faulty: 1, unknown: 1, oldestReceivedAt: expect.any(Number) });
  });

  test('what is made due again leaves unknown waybills alone unless they are asked for, and lets fresh evidence pass', async () => {
    const aside = Array.from({ length: 2_100 }, (_, index) => event(`aside${index}`, { quarantine: 'POISON' }));
    await storeEvents(database.kysely, [...aside, event('unknown', { quarantine: 'UNKNOWN_WAYBILL' }), event('waiting')]);
    expect(await redrive(database.kysely, { carrier: 'YTO' })).toBe(0);
    expect(await redrive(database.kysely, { since: (await now(database.kysely)) + 1_000 })).toBe(0);
    expect(await redrive(database.kysely, { carrier: 'ZTO', since: 0 })).toBe(2_101);
    expect(await statusOf('unknown')).toBe('QUARANTINED');
    const { rows } = await sql<{ seconds: number }>`
      select floor(extract(epoch from next_attempt_at - min(next_attempt_at) over ()))::integer as seconds
      from inbox where status = 'PENDING'`.execute(database.kysely);
    const perSecond = Map.groupBy(rows, ({ seconds }) => seconds);
    expect(new Set(perSecond.keys())).toEqual(new Set([0, 1, 2]));
    expect(Math.max(...[...perSecond.values()].map((each) => each.length))).toBeLessThanOrEqual(1_001);
    expect(await redrive(database.kysely, { reason: 'UNKNOWN_WAYBILL' })).toBe(1);
    expect(await statusOf('unknown')).toBe('PENDING');
  });

  test('a delivery is noted once, and pending evidence leaves out what the case had', async () => {
    const [one, two] = await storeEvents(database.kysely, [
      event('1'),
      event('2'),
      event('other', { waybillNo: 'W2' }),
      event('answer', { kind: 'ANSWER' }),
    ]);
    if (!one || !two) throw new Error('two events were stored');
    const [claimed] = await due();
    if (claimed?.eventKey !== '1') throw new Error('the first one is due first');
    await settle([{ ...postponed(claimed, 0, null), givenTo: ['9-1'] }]);
    await settle([delivered(claimed, ['9-1'])]);
    expect(await deliveriesOf(database.kysely, [one.inboxId, two.inboxId])).toEqual(
      new Map([
        [one.inboxId, new Set(['9-1'])],
        [two.inboxId, new Set()],
      ]),
    );
    expect(keys(await pendingEvidence(database.kysely, 'ZTO', 'W1'))).toEqual(['1', '2']);
    expect(keys(await pendingEvidence(database.kysely, 'ZTO', 'W1', '9-1'))).toEqual(['2']);
    await claimsEnd();
    await settle((await due()).filter((each) => each.inboxId === two.inboxId).map((each) => delivered(each)));
    expect(keys(await pendingEvidence(database.kysely, 'ZTO', 'W1', '9-1'))).toEqual([]);
  });
});
