import { expect, test } from '@jest/globals';
import { DAY_MS } from '../time.ts';
import { startDryRun } from './dry-run.ts';
import { AT, factsOf, ruleOf, versionOf } from './test-facts.ts';

test('a refund that an earlier look intercepted is passed over, whatever the rules of that time did with it; each day has its own budget', () => {
  const run = startDryRun(versionOf([ruleOf()], { dailyCount: 2 }));
  const take = (refundId: string, at = AT) => run.take(factsOf({ refundId, at }))?.judgement.cause ?? null;
  expect([take('1'), take('1'), take('2'), take('3'), take('3', AT + DAY_MS), take('3', AT + DAY_MS)]).toEqual([
    'RULE',
    null,
    'RULE',
    'SHOP_BUDGET_SPENT',
    'RULE',
    null,
  ]);
  expect(run.days().map(({ shop }) => shop)).toEqual([
    { feeFen: 700, count: 2 },
    { feeFen: 350, count: 1 },
  ]);
});
