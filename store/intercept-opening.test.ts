import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CURRENT_RULES } from '../domain/intercept/rules.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, now, openDatabase } from './db.ts';
import { claimDue, settleEvents, storeEvents, UNKNOWN_WAYBILL } from './inbox.ts';
import { delivered, quarantined } from './inbox-settlement.ts';
import { listLog } from './intercept-log.ts';
import { markStarted, openIntercept, removeStarting, staleStarting } from './intercept-opening.ts';
import { findIntercept } from './intercept-reading.ts';
import { saveRecord } from './intercept-record.ts';
import { addShops, warmUp, firstRecord, laterRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'opening-test', onError: () => undefined });
  await addShops(database.kysely);
  await warmUp(database.kysely, 10);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function created(draft = newDraft()) {
  const opening = await openIntercept(database.kysely, draft, firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new intercept, got ${opening.kind}`);
  return opening;
}

function scanEvent(draft: { carrier: string; waybillNo: string }, key: string) {
  return {
    eventKey: key,
    kind: 'TRACK' as const,
    carrier: draft.carrier,
    waybillNo: draft.waybillNo,
    refundId: null,
    shopId: null,
    payload: { key },
  };
}

async function inboxStatus(key: string) {
  return (await database.kysely.selectFrom('inbox').select('status').where('event_key', '=', key).executeTakeFirstOrThrow()).status;
}

describe('openIntercept', () => {
  test('records the case as the rules begin it, at PostgreSQL\u2019s time, with its first line, event and notice', async () => {
    const before = await now(database.kysely);
    const draft = newDraft({ platformExpireAt: before });
    const { input, state } = await created(draft);
    const after = await now(database.kysely);
    const { initiatedAt } = input;
    expect(input).toEqual({ ...draft, interceptId: `${draft.refundId}-1`, attempt: 1, rules: CURRENT_RULES, initiatedAt, follows: null });
    expect(input.initiatedAt).toBeGreaterThanOrEqual(before);
    expect(input.initiatedAt).toBeLessThanOrEqual(after);
    const record = await findIntercept(database.kysely, SHOP, input.interceptId);
    expect(record).toMatchObject({ phase: 'STARTING', state, evidenceFrom: input.initiatedAt, followsInterceptId: null });
    const log = await listLog(database.kysely, input.interceptId);
    expect(log.map((line) => line.what)).toEqual(['INTERCEPT_INITIATED', 'PLATFORM_DEADLINE_EARLIER']);
    const told = await database.kysely.selectFrom('outbox').selectAll().where('intercept_id', '=', input.interceptId).execute();
    expect(told).toMatchObject([
      { type: 'intercept.requested', sequence: 1_000, occurred_at: input.initiatedAt, payload: { interceptId: input.interceptId } },
    ]);
    const notices = await database.kysely.selectFrom('notices').select('code').where('intercept_id', '=', input.interceptId).execute();
    expect(notices.map((notice) => notice.code)).toEqual(['PLATFORM_DEADLINE_EARLIER']);
  });

  test('50 at once for one refund are one intercept', async () => {
    const draft = newDraft();
    const openings = await Promise.all(Array.from({ length: 50 }, () => openIntercept(database.kysely, draft, firstRecord)));
    expect(openings.filter((opening) => opening.kind === 'CREATED')).toHaveLength(1);
    expect(openings.filter((opening) => opening.kind === 'EXISTING' && opening.interceptId === `${draft.refundId}-1`)).toHaveLength(49);
    const rows = await database.kysely.selectFrom('outbox').select('outbox_id').where('intercept_id', '=', `${draft.refundId}-1`).execute();
    expect(rows).toHaveLength(1);
  });

  test.each(['new', 'used before'])('20 refunds of one waybill at once, %s: one leads, all others follow it', async (kind) => {
    const waybillNo = `SHARED-${kind}`;
    if (kind === 'used before') {
      const { state } = await created(newDraft({ waybillNo }));
      await saveRecord(database.kysely, laterRecord(state, 2, {}, { ended: true }));
    }
    const openings = await Promise.all(Array.from({ length: 20 }, () => created(newDraft({ waybillNo }))));
    const leaders = openings.filter((opening) => opening.follows === null);
    expect(leaders).toHaveLength(1);
    const leaderId = leaders[0]?.input.interceptId;
    expect(openings.filter((opening) => opening.follows?.interceptId === leaderId)).toHaveLength(19);
  });

  test('another shop\u2019s refund is never answered with', async () => {
    const { input } = await created();
    await expect(openIntercept(database.kysely, newDraft({ refundId: input.refundId, shopId: OTHER_SHOP }), firstRecord)).rejects.toThrow(
      'another shop',
    );
  });

  test('a follower starts where the leader\u2019s record stands', async () => {
    const leader = await created();
    const parcel = { ...leader.state.parcel, caught: true, firstReturningAt: 5, lastReturningAt: 9 };
    const over = {
      interceptStatus: 'SUCCEEDED',
      acceptedAt: 1,
      resultAt: 2,
      carrierReference: 'R1',
      returnStatus: 'RETURNING',
      parcel,
    } as const;
    await saveRecord(database.kysely, laterRecord(leader.state, 2, over));
    const follower = await created(newDraft({ waybillNo: leader.input.waybillNo }));
    expect(follower.follows).toEqual({
      interceptId: leader.input.interceptId,
      interceptStatus: 'SUCCEEDED',
      accepted: true,
      carrierReference: 'R1',
      failure: null,
      parcel,
      asked: { attempt: 1, initiatedAt: leader.input.initiatedAt },
    });
    expect(follower.state).toMatchObject({ interceptStatus: 'SUCCEEDED', carrierReference: 'R1' });
    const record = await findIntercept(database.kysely, SHOP, follower.input.interceptId);
    expect(record).toMatchObject({ followsInterceptId: leader.input.interceptId, evidenceFrom: leader.input.initiatedAt });
  });

  test.each(['OUTLET', undefined] as const)('a follower goes where its leader goes (%s), whatever it asked for', async (returnTo) => {
    const leader = await created(newDraft({ returnTo }));
    const { waybillNo } = leader.input;
    for (const wanted of ['SENDER', 'OUTLET', undefined] as const)
      expect((await created(newDraft({ waybillNo, returnTo: wanted }))).input.returnTo).toBe(returnTo);
  });

  test('an ended or refused leader is not followed: the next one leads', async () => {
    const ended = await created();
    await saveRecord(database.kysely, laterRecord(ended.state, 2, {}, { ended: true }));
    const next = await created(newDraft({ waybillNo: ended.input.waybillNo }));
    expect(next.follows).toBeNull();
    await saveRecord(database.kysely, laterRecord(next.state, 2, { interceptStatus: 'REJECTED_BY_CARRIER' }));
    const third = await created(newDraft({ waybillNo: ended.input.waybillNo }));
    expect(third.follows).toBeNull();
    const follower = await created(newDraft({ waybillNo: ended.input.waybillNo }));
    expect(follower.follows?.interceptId).toBe(third.input.interceptId);
  });

  test('only a refused attempt is followed by another, and five refusals are the end (Q27)', async () => {
    const draft = newDraft();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const { input, state } = await created(draft);
      expect(input.interceptId).toBe(`${draft.refundId}-${attempt}`);
      expect(await openIntercept(database.kysely, draft, firstRecord)).toMatchObject({ kind: 'EXISTING', interceptId: input.interceptId });
      const over = {
        interceptStatus: 'REJECTED_BY_CARRIER',
        refundStatus: 'RELEASED',
        carrierRefusal: { code: 'E1', message: `不行${attempt}` },
      } as const;
      await saveRecord(database.kysely, laterRecord(state, 2, over, { ended: true, answer: 'REFUSED' }));
    }
    expect(await openIntercept(database.kysely, draft, firstRecord)).toEqual({
      kind: 'REFUSED_TOO_OFTEN',
      attempts: 5,
      lastInterceptId: `${draft.refundId}-5`,
      refusal: { code: 'E1', message: '不行5' },
    });
  });

  test('a failed one has no second attempt', async () => {
    const { input, state } = await created();
    await saveRecord(database.kysely, laterRecord(state, 2, { interceptStatus: 'FAILED', refundStatus: 'REJECTED' }, { ended: true }));
    const again = await openIntercept(database.kysely, newDraft({ refundId: input.refundId }), firstRecord);
    expect(again).toMatchObject({ kind: 'EXISTING', interceptId: input.interceptId, record: { phase: 'ENDED' } });
  });

  test('evidence set aside for the unknown waybill becomes due', async () => {
    const draft = newDraft();
    await storeEvents(database.kysely, [
      { ...scanEvent(draft, 'early'), quarantine: UNKNOWN_WAYBILL },
      { ...scanEvent(draft, 'unreadable'), quarantine: 'UNREADABLE' },
      { ...scanEvent({ carrier: 'YTO', waybillNo: draft.waybillNo }, 'other-carrier'), quarantine: UNKNOWN_WAYBILL },
    ]);
    await created(draft);
    expect(await inboxStatus('early')).toBe('PENDING');
    expect(await inboxStatus('unreadable')).toBe('QUARANTINED');
    expect(await inboxStatus('other-carrier')).toBe('QUARANTINED');
  });

  test('evidence set aside while the create was not yet visible becomes due at the next look', async () => {
    const draft = newDraft();
    await storeEvents(database.kysely, [scanEvent(draft, 'crossing')]);
    const events = await claimDue(database.kysely, 100);
    await created(draft);
    await settleEvents(
      database.kysely,
      events.map((event) => (event.eventKey === 'crossing' ? quarantined(event, UNKNOWN_WAYBILL) : delivered(event))),
    );
    expect(await inboxStatus('crossing')).toBe('QUARANTINED');
    const seen = (await claimDue(database.kysely, 100)).map((event) => event.eventKey);
    expect(seen).toContain('crossing');
  });

  test('a follower hears again what its leader was given', async () => {
    const leader = await created();
    await storeEvents(database.kysely, [scanEvent(leader.input, 'given-to-leader')]);
    const events = await claimDue(database.kysely, 100);
    await settleEvents(
      database.kysely,
      events.map((event) => delivered(event)),
    );
    await created(newDraft({ waybillNo: leader.input.waybillNo }));
    expect(await inboxStatus('given-to-leader')).toBe('PENDING');
  });
});

describe('a start that was never finished', () => {
  test('is STARTING until its run is known', async () => {
    const { input } = await created();
    expect((await staleStarting(database.kysely, 0, 1_000)).map((record) => record.interceptId)).toContain(input.interceptId);
    expect((await staleStarting(database.kysely, 60_000)).map((record) => record.interceptId)).not.toContain(input.interceptId);
    expect(await markStarted(database.kysely, input.interceptId)).toBe(true);
    expect(await markStarted(database.kysely, input.interceptId)).toBe(false);
    expect((await findIntercept(database.kysely, SHOP, input.interceptId))?.phase).toBe('OPEN');
    expect(await removeStarting(database.kysely, input.interceptId)).toBe('NOT_STARTING');
  });

  test('can be taken back and made again, each life with its own lines', async () => {
    const draft = newDraft();
    const first = await created(draft);
    expect(await removeStarting(database.kysely, first.input.interceptId)).toBe('REMOVED');
    expect(await findIntercept(database.kysely, SHOP, first.input.interceptId)).toBeNull();
    const second = await created(draft);
    expect(second.input.interceptId).toBe(first.input.interceptId);
    expect(second.follows).toBeNull();
    expect(await listLog(database.kysely, first.input.interceptId)).toHaveLength(2);
    const told = await database.kysely
      .selectFrom('outbox')
      .select('occurred_at')
      .where('intercept_id', '=', first.input.interceptId)
      .execute();
    expect(told).toEqual([{ occurred_at: second.input.initiatedAt }]);
  });

  test('stays when another case relies on its carrier call', async () => {
    const leader = await created();
    const follower = await created(newDraft({ waybillNo: leader.input.waybillNo }));
    expect(await removeStarting(database.kysely, leader.input.interceptId)).toBe('HAS_FOLLOWERS');
    expect(await removeStarting(database.kysely, follower.input.interceptId)).toBe('REMOVED');
    expect(await removeStarting(database.kysely, leader.input.interceptId)).toBe('REMOVED');
  });
});
