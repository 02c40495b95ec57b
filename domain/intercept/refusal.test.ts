import { describe, expect, test } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../time.ts';
import type { InterceptEvent } from './event.ts';
import { apply, begin } from './machine.ts';
import { leadersAnswerKey, saysItGoesOn } from './refusal.ts';
import { INITIATED_AT as T0, sampleEvidence, sampleInput } from './sample-case.ts';
import type { InterceptInput, InterceptState } from './state.ts';

const ACCEPTED: InterceptEvent = { type: 'CARRIER_ANSWERED', at: T0 + 100, answer: { kind: 'ACCEPTED', reference: 'Z1' } };
const refused = (changes: Partial<ReturnType<typeof sampleEvidence>> = {}, at = T0 + HOUR_MS): InterceptEvent => ({
  type: 'EVIDENCE',
  at,
  evidence: sampleEvidence('RESULT_REFUSED', at, { code: 'E9', ...changes }),
});
const play = (events: InterceptEvent[], input: Partial<InterceptInput> = {}): InterceptState =>
  events.reduce((state, event) => apply(state, event).state, begin(sampleInput(input)).state);

describe('contract §7: a refusal of an earlier attempt, or after the acceptance', () => {
  test('ends a first attempt that has no answer yet', () => {
    expect(play([refused()])).toMatchObject({ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' });
  });

  test('of the first attempt leaves the second one alone, answered or not', () => {
    const earlier = refused({ occurredAt: T0 - HOUR_MS });
    expect(play([earlier], { attempt: 2 })).toMatchObject({ interceptStatus: 'REQUESTED', refundStatus: 'OPEN' });
    expect(play([ACCEPTED, earlier], { attempt: 2 })).toMatchObject({ interceptStatus: 'INTERCEPTING', automaticRefund: 'ARMED' });
    const failed = { type: 'EVIDENCE', at: T0 + 1, evidence: sampleEvidence('RESULT_FAILED', T0 - HOUR_MS) } as const;
    expect(play([ACCEPTED, failed], { attempt: 2 }).interceptStatus).toBe('INTERCEPTING');
  });

  test('a first attempt knows no earlier one: what came late counts', () => {
    expect(play([refused({ occurredAt: T0 - HOUR_MS })]).interceptStatus).toBe('REJECTED_BY_CARRIER');
  });

  test('the carrier’s answer to the leader counts whatever the two clocks say', () => {
    const key = leadersAnswerKey(sampleInput(), 'REFUSED');
    const follows = { interceptId: 'x-1', interceptStatus: 'REQUESTED', carrierReference: null, failure: null } as const;
    const input = { attempt: 2, follows: { ...follows, parcel: begin(sampleInput()).state.parcel } };
    expect(play([refused({ key, occurredAt: T0 - 20 })], input).interceptStatus).toBe('REJECTED_BY_CARRIER');
  });

  test.each([
    ['first attempt takes every word', 1, 'FAILED'],
    ['second attempt takes none from before it', 2, 'INTERCEPTING'],
  ] as const)('a follower in its second attempt goes by the leader, whose request the carrier has: a %s', (_what, attempt, status) => {
    const asked = { attempt, initiatedAt: T0 - DAY_MS };
    const leader = { interceptId: 'x-1', interceptStatus: 'INTERCEPTING', carrierReference: 'Z1', failure: null } as const;
    const follows = { ...leader, parcel: begin(sampleInput()).state.parcel, asked };
    const told = (occurredAt: number) => {
      const events: InterceptEvent[] = [{ type: 'EVIDENCE', at: T0 + 1, evidence: sampleEvidence('RESULT_FAILED', occurredAt) }];
      return play(events, { attempt: 2, pickedUpAt: null, follows }).interceptStatus;
    };
    expect(told(T0 - DAY_MS - 1)).toBe(status);
    expect(told(T0 - DAY_MS)).toBe('FAILED');
  });

  test('after the acceptance it is logged', () => {
    const { state, effects } = apply(play([ACCEPTED]), refused({ message: '超出拦截时限' }));
    expect(state).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', automaticRefund: 'ARMED' });
    expect(effects).toMatchObject([{ type: 'LOG', line: { what: 'CARRIER_SAYS_RESULT_REFUSED', after: { message: '超出拦截时限' } } }]);
  });

  test('after the acceptance it fails the intercept if the carrier says that the parcel goes on', () => {
    const state = play([ACCEPTED, refused({ message: '快件已派送，无法拦截' })]);
    expect(state).toMatchObject({
      interceptStatus: 'FAILED',
      failure: { code: 'E9', message: '快件已派送，无法拦截' },
      refundStatus: 'OPEN',
    });
    expect(play([ACCEPTED, refused({ message: '超出拦截时限' }), refused({ message: '包裹已被签收' })]).interceptStatus).toBe('FAILED');
  });

  test('after a success it changes nothing', () => {
    const caught = { type: 'EVIDENCE', at: T0 + 1, evidence: sampleEvidence('RETURNING', T0 + 1) } as const;
    expect(play([caught, refused({ message: '快件已派送' })])).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDING' });
  });

  test('under the first rules it is as it was: a running case replays', () => {
    const old = { rules: 1, attempt: 2 };
    expect(play([ACCEPTED, refused({ occurredAt: T0 - DAY_MS + HOUR_MS })], old).interceptStatus).toBe('REJECTED_BY_CARRIER');
  });
});

describe('saysItGoesOn', () => {
  test.each([
    '快件已派送',
    '快件正在派件',
    '派送中，无法拦截',
    '包裹已签收，拦截失败',
    '快件已由他人签收',
    '已按原址继续派送',
    '拦截失败，将正常派送',
    '已妥投',
    '网点安排重新派送',
  ])('%s', (sentence) => {
    expect(saysItGoesOn(sentence)).toBe(true);
  });

  test.each([
    '超出拦截时限',
    '未派送',
    '快件未签收',
    '已停止派送',
    '已取消派件',
    '正在核实是否派送',
    '疑似已派送',
    '收件人拒绝签收',
    '已退回发件人签收',
    '如已派送请联系网点',
    '客户要求继续派送',
    '无法拦截已派送',
    '',
  ])('not: %s', (sentence) => {
    expect(saysItGoesOn(sentence)).toBe(false);
  });
});
