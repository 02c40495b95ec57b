import { describe, expect, test } from '@jest/globals';
import { belongsTo, questionOf, readTab } from './tabs.ts';

test('an address names a tab or means the open requests', () => {
  expect(readTab('?tab=failed')).toBe('failed');
  expect(readTab('?tab=<b>')).toBe('open');
  expect(readTab('')).toBe('open');
});

test('due means within 24 hours of the server, the same question for a whole minute', () => {
  const first = questionOf('due', Date.parse('2026-11-20T08:30:00.001Z'));
  expect(first).toEqual({ refundStatus: 'OPEN', autoRefundBefore: '2026-11-21T08:31:00.000Z' });
  expect(questionOf('due', Date.parse('2026-11-20T08:30:59.999Z'))).toEqual(first);
});

describe('what belongs to a tab', () => {
  const reject = (allowed: boolean) => ({ action: 'REJECT_REFUND', allowed, reason: null, availableAt: null }) as const;
  const approve = { action: 'APPROVE_REFUND', allowed: true, reason: null, availableAt: null } as const;
  const waiting = { allowedActions: [approve, reject(false)], automaticRefund: 'ARMED' } as const;
  const rejectable = { allowedActions: [approve, reject(true)], automaticRefund: 'ARMED' } as const;
  const merchantOnly = { allowedActions: [approve, reject(false)], automaticRefund: 'DISARMED' } as const;

  test.each([
    ['rejectable', false, true, false],
    ['toHandle', false, true, true],
    ['due', true, true, false],
    ['all', true, true, true],
  ] as const)('%s', (tab, ofWaiting, ofRejectable, ofMerchantOnly) => {
    const seen = [waiting, rejectable, merchantOnly].map(({ allowedActions, automaticRefund }) =>
      belongsTo(tab, { allowedActions: [...allowedActions], automaticRefund }),
    );
    expect(seen).toEqual([ofWaiting, ofRejectable, ofMerchantOnly]);
  });
});
