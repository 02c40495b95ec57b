import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { DRILLS } from './drills.ts';

/** No drill breaks what these watch; they are tried by their cases in ops/alerts.test.yml alone. */
const UNDRILLED: readonly string[] = [
  'RefundsUnconfirmed',
  'ClaimsWithoutRun',
  'MoneyTriesFail',
  'WorkerMemoryHigh',
  'WorkflowTasksFail',
  'CasesDoNotReplay',
  'WorkersTooFew',
  'PatrolStandsStill',
  'EvidenceQuarantined',
  'RulesLate',
  'CarrierPollsLate',
  'RefundListLate',
  'SubscriptionsFail',
  'EventsUntold',
  'WebhooksLate',
  'RetentionStandsStill',
];

it('every alert is fired by a drill or named as without one, none both', () => {
  const file = readFileSync(join(import.meta.dirname, '../../ops/alerts.yml'), 'utf8');
  const { groups } = parse(file) as { groups: { rules: { alert: string }[] }[] };
  const drilled = new Set(DRILLS.flatMap(({ alerts }) => alerts));
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  expect([...drilled, ...UNDRILLED].sort()).toEqual(alerts.sort());
});
