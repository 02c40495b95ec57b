import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { World } from '../domain/world.ts';
import { HOUR_MS } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { missingClaimRunCount } from './claim-watch.ts';
import { type Database, type Db, openDatabase } from './db.ts';
import { messageKey, type NewEvent, storeEvents } from './inbox.ts';
import { inboxDepth } from './inbox-depth.ts';
import { type InterceptDraft, markStarted, openIntercept } from './intercept-opening.ts';
import { missingRunCount, noteRunMissing, overdueArmedCount } from './intercept-watch.ts';
import { tellQuarantineGrowth } from './notices.ts';
import { dueSoonCount, openCases } from './open-work.ts';
import { judgementLag } from './rule-tasks.ts';
import { refundListLag } from './shop-rounds.ts';
import { shopTokenStore, storeShopTokens } from './shop-tokens.ts';
import { readDataKey } from './secrets.ts';
import { findShop, shopWorlds, upsertShop } from './shops.ts';
import { firstRecord, newDraft } from './test-cases.ts';
import { failingSubscriptionCount } from './track-subscriptions.ts';
import { countUnconfirmed } from './unconfirmed-refunds.ts';

const SHOPS: Record<World, string> = { REAL: '1', SANDBOX: '2' };
const CASES: Record<World, Partial<InterceptDraft>> = {
  REAL: { shopId: SHOPS.REAL },
  SANDBOX: { shopId: SHOPS.SANDBOX, carrier: 'SANDBOX_ZTO', refundId: '9000000000000000007' },
};

let fresh: FreshDatabase;
let database: Database;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'worlds-test', onError: () => undefined });
  db = database.kysely;
  for (const world of ['REAL', 'SANDBOX'] as const)
    await upsertShop(db, { shopId: SHOPS[world], platform: 'KUAISHOU', name: world, world });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const open = async (over: Partial<InterceptDraft>): Promise<string> => {
  const opening = await openIntercept(db, newDraft(over), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new case, not ${opening.kind}`);
  await markStarted(db, opening.input.interceptId);
  return opening.input.interceptId;
};

describe('a shop', () => {
  test('is of one world for good', async () => {
    const worldOf = shopWorlds(db);
    expect([await worldOf('1'), await worldOf('2'), await worldOf('3')]).toEqual(['REAL', 'SANDBOX', null]);
    expect(await upsertShop(db, { shopId: '2', platform: 'KUAISHOU', name: 'SANDBOX' })).toMatchObject({ world: 'SANDBOX' });
    await expect(db.updateTable('shops').set({ sandbox: false }).where('shop_id', '=', '2').execute()).rejects.toThrow('or never');
    await expect(db.updateTable('shops').set({ sandbox: true }).where('shop_id', '=', '1').execute()).rejects.toThrow('or never');
    expect(await findShop(db, '2')).toMatchObject({ world: 'SANDBOX' });
  });

  test('shows its tokens to its own world alone', async () => {
    const key = readDataKey(Buffer.alloc(32, 3).toString('base64'));
    const tokens = { accessToken: 'at', refreshToken: 'rt', accessIssuedAt: 0, accessExpiresAt: null, refreshExpiresAt: null };
    for (const shopId of Object.values(SHOPS)) await storeShopTokens(db, key, shopId, tokens);
    for (const world of ['REAL', 'SANDBOX'] as const) {
      const [own, other] = world === 'REAL' ? ['1', '2'] : ['2', '1'];
      const store = shopTokenStore(db, key, world);
      expect(await store.read(own)).toEqual(tokens);
      expect(await store.read(other)).toBeNull();
      const renew = async (): Promise<never> => {
        throw new Error('never asked');
      };
      expect(await store.update(other, renew)).toBeNull();
    }
  });
});

test('a case of another world than its shop’s is refused, and one of the sandbox with a number that real refunds have', async () => {
  for (const wrong of [
    { shopId: '1', carrier: 'SANDBOX_ZTO' },
    { shopId: '2', carrier: 'ZTO', refundId: '9000000000000000001' },
    { shopId: '2', carrier: 'SANDBOX_ZTO', refundId: '24000000000000001' },
  ])
    await expect(openIntercept(db, newDraft(wrong), firstRecord)).rejects.toThrow('is not of the world');
  expect(await db.selectFrom('intercepts').selectAll().execute()).toEqual([]);
});

describe('what is counted for operators', () => {
  /** Everything that is wrong with a case, at once. */
  const trouble = async (world: World): Promise<void> => {
    const interceptId = await open(CASES[world]);
    await noteRunMissing(db, interceptId);
    await sql`update intercepts set automatic_refund = 'ARMED', auto_refund_at = clock_ms() - interval '1 hour',
      initiated_at = clock_ms() - interval '2 hours' where intercept_id = ${interceptId}`.execute(db);
    await open({ ...CASES[world], refundId: world === 'REAL' ? '24000000000000009' : '9000000000000000009' });
    await sql`update intercepts set auto_refund_at = clock_ms() + interval '10 minutes' where intercept_id <> ${interceptId}
      and shop_id = ${SHOPS[world]}`.execute(db);
    await sql`update track_subscriptions set attempts = 10`.execute(db);
    await sql`insert into rule_tasks (refund_id, shop_id, seen_at, due_at)
      values (${`${SHOPS[world]}00`}, ${SHOPS[world]}, clock_ms(), clock_ms() - interval '1 minute')`.execute(db);
    const [carrier, refundId] = world === 'REAL' ? ['ZTO', '24000000000000009'] : ['SANDBOX_ZTO', '9000000000000000009'];
    const event: NewEvent = {
      eventKey: `${carrier}:x`,
      kind: 'TRACK',
      carrier,
      waybillNo: null,
      refundId: null,
      shopId: null,
      payload: {},
    };
    const message: NewEvent = {
      ...event,
      eventKey: messageKey(world, 'x'),
      kind: 'PLATFORM',
      carrier: null,
      refundId,
      shopId: SHOPS[world],
    };
    await storeEvents(db, [event, message]);
    await storeEvents(
      db,
      [event, message].map((one) => ({ ...one, eventKey: `${one.eventKey}y`, shopId: null, quarantine: 'POISON' })),
    );
  };
  const counted = async () => ({
    overdue: await overdueArmedCount(db, 60_000),
    soon: await dueSoonCount(db, HOUR_MS),
    unconfirmed: await countUnconfirmed(db, 60_000),
    open: (await openCases(db)).reduce((sum, { count }) => sum + count, 0),
    withoutRun: await missingRunCount(db),
    claimsWithoutRun: await missingClaimRunCount(db),
    unsubscribed: await failingSubscriptionCount(db),
    listLags: (await refundListLag(db, 'REFUNDS')) > 0,
    judgementLags: (await judgementLag(db)) > 0,
    pending: (await inboxDepth(db)).pending,
    faulty: (await inboxDepth(db)).faulty,
  });

  test('leaves the sandbox out', async () => {
    await trouble('SANDBOX');
    const none = { overdue: 0, soon: 0, unconfirmed: {}, open: 0, withoutRun: 0, claimsWithoutRun: 0, unsubscribed: 0 };
    expect(await counted()).toEqual({ ...none, listLags: false, judgementLags: false, pending: 0, faulty: 0 });
    await trouble('REAL');
    expect(await counted()).toEqual({
      ...none,
      overdue: 1,
      soon: 1,
      unconfirmed: { NOT_SENT: 1 },
      open: 2,
      withoutRun: 1,
      unsubscribed: 2,
      listLags: true,
      judgementLags: true,
      pending: 2,
      faulty: 2,
    });
  });

  test('what nobody can attribute is told to the shops of its world alone', async () => {
    await tellQuarantineGrowth(db);
    const told = db.selectFrom('notices').select(['shop_id', 'detail']).where('code', '=', 'QUARANTINE_GREW').orderBy('shop_id');
    expect((await told.execute()).map(({ shop_id, detail }) => [shop_id, detail?.['count']])).toEqual([
      ['1', 2],
      ['2', 2],
    ]);
  });
});
