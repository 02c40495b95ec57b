import { expect, test } from '@jest/globals';
import type { DecisionSettings } from '../../api/types.ts';
import { bodyOf, fieldsOf } from './settings-form.ts';

const SAVED: DecisionSettings = {
  version: 3,
  proposals: [
    {
      proposalId: 'p1',
      name: '已签收拒绝',
      action: 'REJECT',
      situations: ['SIGNED'],
      conditions: {
        carriers: ['ZTO'],
        outletCodes: ['57913'],
        refundFeeFen: { atLeast: 1_001, atMost: 30_000 },
        expectedFeeFen: { atMost: 500 },
      },
      rejection: { reason: '1002', description: '包裹已派送给买家' },
    },
    { proposalId: 'p2', name: '同意', action: 'APPROVE', situations: ['LOST', 'NO_RESULT'], conditions: {}, rejection: null },
  ],
  remindHoursBefore: [24, 4],
  escalation: { staffId: 'staff_1', staffName: '张三', hoursBefore: 6 },
  savedBy: 'staff:张三',
  savedAt: '2026-11-20T08:30:00.000Z',
};

test('what was saved is what the form sends when nothing was typed', () => {
  const { proposals, remindHoursBefore } = SAVED;
  expect(bodyOf(fieldsOf(SAVED), () => 'new')).toEqual({
    proposals,
    remindHoursBefore,
    escalation: { staffId: 'staff_1', hoursBefore: 6 },
  });
});

test('a new proposal gets an id; one that approves says no reason, an empty bound is none, nobody named is nobody told', () => {
  const typed = {
    name: ' 小额 ',
    situations: ['LOST' as const],
    refundFrom: ' ',
    refundTo: '30',
    feeTo: '3.5',
    reason: '1',
    description: 'x',
  };
  expect(bodyOf({ proposals: [typed], staffId: null }, () => 'new')).toEqual({
    proposals: [
      {
        proposalId: 'new',
        name: '小额',
        action: 'APPROVE',
        situations: ['LOST'],
        conditions: { refundFeeFen: { atMost: 3_000 }, expectedFeeFen: { atMost: 350 } },
        rejection: null,
      },
    ],
    remindHoursBefore: [],
    escalation: null,
  });
});
