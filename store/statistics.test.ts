import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { InterceptState } from '../domain/intercept/state.ts';
import { HOUR_MS } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { newInterceptRow } from './intercept-row.ts';
import { actOnLine, addLine } from './ledger.ts';
import { type InterceptFigures, interceptStatistics, type StatisticsGrouping } from './statistics.ts';
import { addShops, firstRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'statistics-test', onError: () => undefined });
  await addShops(database.kysely);
  await fill();
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** 00:30 of 10 November in Shanghai, which is still the 9th in UTC. */
const DAY_ONE = Date.UTC(2026, 10, 9, 16, 30);
const DAY_TWO = DAY_ONE + 24 * HOUR_MS;

const STARTED_BY = { version: 1, judgementId: 1, confirmedBy: 'c', confirmedAt: DAY_ONE, refundAtMostFen: 10_000, feeAtMostFen: 500 };

interface Case {
  at: number;
  outlet?: [carrier: string, code: string];
  shopId?: string;
  state: Partial<InterceptState>;
  feeFen?: number | null;
  rule?: { ruleId: string; name: string };
}

const REFUSED: Partial<InterceptState> = { interceptStatus: 'REJECTED_BY_CARRIER', resultAt: DAY_TWO + 1, refundStatus: 'RELEASED' };

async function add({ at, outlet = ['ZTO', 'A'], shopId = SHOP, state, feeFen, rule }: Case): Promise<string> {
  const draft = newDraft({ carrier: outlet[0], outletCode: outlet[1], outletName: `${outlet[1]}部`, shopId });
  const input = { ...draft, interceptId: `${draft.refundId}-1`, attempt: 1, initiatedAt: at, follows: null };
  const begun = firstRecord({ ...input, ...(rule && { rule: { ...STARTED_BY, ...rule } }) }).state;
  await database.kysely
    .insertInto('intercepts')
    .values(newInterceptRow({ ...begun, ...state }, 'OPEN'))
    .execute();
  if (feeFen !== undefined) {
    const { interceptId, waybillNo, outletName } = input;
    await addLine(database.kysely, {
      lineId: `${interceptId}-fee`,
      shopId,
      carrier: outlet[0],
      outletCode: outlet[1],
      outletName,
      interceptId,
      waybillNo,
      claimId: null,
      correctsLineId: null,
      kind: 'FEE',
      amountFen: feeFen,
      occurredAt: at,
      note: null,
    });
  }
  return input.interceptId;
}

async function fill(): Promise<void> {
  const succeeded = (hours: number): Partial<InterceptState> => ({
    interceptStatus: 'SUCCEEDED',
    acceptedAt: DAY_ONE,
    resultAt: DAY_ONE + hours * HOUR_MS,
    succeededAt: DAY_ONE + hours * HOUR_MS,
    refundStatus: 'REFUNDED',
    refundedAt: DAY_ONE + (hours + 1) * HOUR_MS,
  });
  const back: Partial<InterceptState> = { returnStatus: 'RETURN_SIGNED', returnSignedAt: DAY_ONE + 50 * HOUR_MS };
  const waived = await add({ at: DAY_ONE, state: { ...succeeded(2), ...back }, feeFen: 350 });
  await add({
    at: DAY_ONE,
    state: { ...succeeded(4), returnStatus: 'RETURN_FAILED', returnFailure: 'DAMAGED' },
    feeFen: 350,
    rule: { ruleId: 'small', name: '小额' },
  });
  const unpriced = await add({ at: DAY_ONE, outlet: ['YTO', 'B'], state: succeeded(6), feeFen: null });
  await add({
    at: DAY_TWO,
    state: { interceptStatus: 'FAILED', acceptedAt: DAY_TWO, resultAt: DAY_TWO + 8 * HOUR_MS, refundStatus: 'REJECTED' },
  });
  await add({ at: DAY_TWO, state: REFUSED, rule: { ruleId: 'small', name: '小额自动' } });
  await add({
    at: DAY_TWO,
    outlet: ['YTO', 'B'],
    state: { interceptStatus: 'INTERCEPTING', acceptedAt: DAY_TWO, refundStatus: 'UNDER_ARBITRATION' },
  });
  await add({ at: DAY_TWO, shopId: OTHER_SHOP, state: {} });
  await actOnLine(
    database.kysely,
    { shopId: SHOP, lineId: `${waived}-fee`, actor: 'c' },
    { action: 'WAIVE', reason: '让利', amountFen: null },
  );
  await actOnLine(
    database.kysely,
    { shopId: SHOP, lineId: `${unpriced}-fee`, actor: 'c' },
    { action: 'PRICE', reason: null, amountFen: 400 },
  );
  await addLine(database.kysely, {
    lineId: 'award',
    shopId: SHOP,
    carrier: 'ZTO',
    outletCode: 'A',
    outletName: 'A部',
    interceptId: waived,
    waybillNo: 'w',
    claimId: 'claim_1',
    correctsLineId: null,
    kind: 'CLAIM',
    amountFen: -9_000,
    occurredAt: DAY_TWO,
    note: null,
  });
}

const figures = async (groupBy: StatisticsGrouping, from = DAY_ONE, to = DAY_TWO + HOUR_MS) =>
  interceptStatistics(database.kysely, SHOP, { from, to }, groupBy);
const some = ({ total, succeeded, failed, refused, noResult }: InterceptFigures) => [total, succeeded, failed, refused, noResult];

test('all figures of all cases, another shop’s left out', async () => {
  const { total } = await figures('carrier');
  expect(total).toEqual({
    total: 6,
    accepted: 5,
    succeeded: 3,
    failed: 1,
    refused: 1,
    noResult: 1,
    medianTimeToResultMs: 5 * HOUR_MS,
    p90TimeToResultMs: 7.4 * HOUR_MS,
    refunded: 3,
    medianRefundDurationMs: 5 * HOUR_MS,
    p90RefundDurationMs: 6.6 * HOUR_MS,
    rejected: 1,
    arbitrated: 1,
    returnSigned: 1,
    recoveredFen: 9_900,
    medianReturnDurationMs: 48 * HOUR_MS,
    returnFailed: 1,
    damaged: 1,
    feeFen: 750,
    feeParcels: 3,
    awardedFen: 9_000,
  });
});

test('by carrier, by outlet, by Shanghai day, by the rule that started them', async () => {
  const byCarrier = await figures('carrier');
  expect(byCarrier.groups.map(({ carrier, outletCode, day, figures: own }) => [carrier, outletCode, day, ...some(own)])).toEqual([
    ['YTO', null, null, 2, 1, 0, 0, 1],
    ['ZTO', null, null, 4, 2, 1, 1, 0],
  ]);
  const byOutlet = await figures('outlet');
  expect(byOutlet.groups.map(({ carrier, outletCode, outletName, figures: own }) => [carrier, outletCode, outletName, own.feeFen])).toEqual(
    [
      ['YTO', 'B', 'B部', 400],
      ['ZTO', 'A', 'A部', 350],
    ],
  );
  const byDay = await figures('day');
  expect(byDay.groups.map(({ carrier, day, figures: own }) => [carrier, day, ...some(own)])).toEqual([
    [null, '2026-11-10', 3, 3, 0, 0, 0],
    [null, '2026-11-11', 3, 0, 1, 1, 1],
  ]);
  const byRule = await figures('rule');
  expect(byRule.groups.map(({ carrier, ruleId, ruleName, figures: own }) => [carrier, ruleId, ruleName, own.feeFen, ...some(own)])).toEqual(
    [
      [null, 'small', '小额自动', 350, 2, 1, 0, 1, 0],
      [null, null, null, 400, 4, 2, 1, 0, 1],
    ],
  );
  for (const { total } of [byOutlet, byDay, byRule]) expect(total).toEqual(byCarrier.total);
});

test('the range is half-open, and an empty one has figures too', async () => {
  expect((await figures('day', DAY_ONE, DAY_TWO)).total.total).toBe(3);
  expect((await figures('day', DAY_ONE + 1, DAY_TWO + 1)).total.total).toBe(3);
  expect(await figures('outlet', 0, 1)).toMatchObject({ groups: [], total: { total: 0, medianTimeToResultMs: null, feeFen: 0 } });
});
