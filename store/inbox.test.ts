import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, now, openDatabase } from './db.ts';
import {
  claimDue,
  deliveriesOf,
  inboxDepth,
  type InboxEvent,
  markDelivered,
  markSuperseded,
  type NewEvent,
  noteDelivery,
  pendingEvidence,
  postpone,
  quarantine,
  quarantineCount,
  redrive,
  storeEvents,
} from './inbox.ts';
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
const due = () => claimDue(database.kysely, 100, async (_trx, events) => events);

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
  test('two pumps never hold the same event, and a failing one gives all back', async () => {
    await storeEvents(database.kysely, [event('1'), event('2'), event('3')]);
    await claimDue(database.kysely, 2, async (trx, first) => {
      expect(first).toHaveLength(2);
      const second = await due();
      expect([...keys(first), ...keys(second)].sort()).toEqual(['1', '2', '3']);
      for (const each of first) await markDelivered(trx, each.inboxId);
    });
    await expect(
      claimDue(database.kysely, 2, async (trx, events) => {
        for (const each of events) await markSuperseded(trx, each.inboxId, 'X');
        throw new Error('pump died');
      }),
    ).rejects.toThrow('pump died');
    expect(await due()).toHaveLength(1);
  });

  test('what is settled is not due, what is postponed is due later, and only failures are counted', async () => {
    await storeEvents(
      database.kysely,
      ['delivered', 'superseded', 'aside', 'waiting', 'failing'].map((key) => event(key)),
    );
    await claimDue(database.kysely, 10, async (trx, events) => {
      const id = (key: string) => events.find((each) => each.eventKey === key)?.inboxId ?? -1;
      await markDelivered(trx, id('delivered'));
      await markSuperseded(trx, id('superseded'), 'BEFORE_INITIATION');
      await quarantine(trx, id('aside'), 'POISON', 'cannot \u0000 read');
      await postpone(trx, id('waiting'), 0, null);
      await postpone(trx, id('failing'), 60_000, 'Temporal unreachable');
    });
    expect(await due()).toMatchObject([{ eventKey: 'waiting', attempts: 0 }]);
    expect(await quarantineCount(database.kysely)).toBe(1);
    expect(await inboxDepth(database.kysely)).toMatchObject({ pending: 2, quarantined: 1, oldestReceivedAt: expect.any(Number) });
    expect(await redrive(database.kysely, { reason: 'POISON' })).toBe(1);
    expect(await redrive(database.kysely, { carrier: 'YTO' })).toBe(0);
    expect(await redrive(database.kysely, { since: (await now(database.kysely)) + 1_000 })).toBe(0);
    expect(await redrive(database.kysely, { carrier: 'ZTO', since: 0 })).toBe(3);
    expect(keys(await due()).sort()).toEqual(['aside', 'failing', 'waiting']);
  });

  test('a delivery is noted once, and pending evidence leaves out what the case had', async () => {
    const [one, two] = await storeEvents(database.kysely, [
      event('1'),
      event('2'),
      event('other', { waybillNo: 'W2' }),
      event('answer', { kind: 'ANSWER' }),
    ]);
    if (!one || !two) throw new Error('two events were stored');
    expect(await noteDelivery(database.kysely, one.inboxId, '9-1')).toBe(true);
    expect(await noteDelivery(database.kysely, one.inboxId, '9-1')).toBe(false);
    expect(await deliveriesOf(database.kysely, [one.inboxId, two.inboxId])).toEqual(
      new Map([
        [one.inboxId, new Set(['9-1'])],
        [two.inboxId, new Set()],
      ]),
    );
    expect(keys(await pendingEvidence(database.kysely, 'ZTO', 'W1'))).toEqual(['1', '2']);
    expect(keys(await pendingEvidence(database.kysely, 'ZTO', 'W1', '9-1'))).toEqual(['2']);
    await markDelivered(database.kysely, two.inboxId);
    expect(keys(await pendingEvidence(database.kysely, 'ZTO', 'W1', '9-1'))).toEqual([]);
  });
});
