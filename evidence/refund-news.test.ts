import { expect, test } from '@jest/globals';
import { apply } from '../domain/intercept/machine.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import { HOUR_MS } from '../domain/time.ts';
import { saysNothingNew } from './refund-news.ts';
import { INITIATED_AT, newCase, openRefund } from './test-cases.ts';

const AT = INITIATED_AT + HOUR_MS;
const shown = (...refunds: Partial<PlatformRefund>[]): InterceptState =>
  refunds.reduce<InterceptState>((state, over) => apply(state, { type: 'REFUND_READ', at: AT, refund: openRefund(over) }).state, newCase());

const changes: Partial<PlatformRefund>[] = [
  { status: 20 },
  { status: 12 },
  { negotiateStatus: 3 },
  { status: 11 },
  { handlingWay: 1 },
  { status: 50 },
  { status: 60 },
  { status: 70 },
  { refundFeeFen: 9_901 },
  { refundFeeFen: 1 },
  { expireAt: AT + HOUR_MS },
  { waybillNo: 'YT9999999999999' },
];

test('an open refund that stands as it stood is no news', () => {
  expect(saysNothingNew(newCase(), openRefund({ updatedAt: AT }), AT)).toBe(true);
});

test.each(changes)('%j is news once', (over) => {
  expect(saysNothingNew(newCase(), openRefund(over), AT)).toBe(false);
  expect(saysNothingNew(shown(over), openRefund(over), AT)).toBe(true);
});

test('what only today’s rules see is news to a case that began under older ones', () => {
  const old = newCase({ rules: 1 });
  expect(saysNothingNew(old, openRefund({ waybillNo: 'YT9999999999999' }), AT)).toBe(false);
  expect(saysNothingNew(old, openRefund(), AT)).toBe(true);
});

test('back from arbitration is news', () => {
  expect(saysNothingNew(shown({ status: 20 }), openRefund(), AT)).toBe(false);
});

test('while a payment is in flight everything is news but that the refund is still open', () => {
  const paying = apply(newCase(), { type: 'COMMAND', at: AT, command: { kind: 'APPROVE', actor: 'staff', agreedFen: null } }).state;
  expect(paying.command).not.toBeNull();
  expect(saysNothingNew(paying, openRefund(), AT)).toBe(true);
  for (const status of [20, 50, 60, 70]) expect(saysNothingNew(paying, openRefund({ status }), AT)).toBe(false);
});

test('a status nobody documented is no news', () => {
  expect(saysNothingNew(newCase(), openRefund({ status: 99 }), AT)).toBe(true);
});

test('the record is not touched by the comparison', () => {
  const state = newCase();
  const before = structuredClone(state);
  saysNothingNew(state, openRefund({ status: 60 }), AT);
  expect(state).toEqual(before);
});
