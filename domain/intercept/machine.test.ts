import { describe, expect, test } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { judgeAction } from './action.ts';
import { isFinished, nextDeadline } from './deadline.ts';
import type { Effect, InterceptEvent, MoneyOutcome } from './event.ts';
import { apply, begin, judgeCommand } from './machine.ts';
import { INITIATED_AT as T0, REFUND_AT, sampleEvidence, sampleInput, sampleRefund, UNLOCK_AT } from './sample-case.ts';
import type { InterceptInput, InterceptState } from './state.ts';
import { viewIntercept } from './view.ts';

const ACCEPTED: InterceptEvent = { type: 'CARRIER_ANSWERED', at: T0 + 100, answer: { kind: 'ACCEPTED', reference: 'Z1' } };
const evidence = (kind: Parameters<typeof sampleEvidence>[0], at: number, changes = {}): InterceptEvent => ({
  type: 'EVIDENCE',
  at,
  evidence: sampleEvidence(kind, at, changes),
});
const outcome = (kind: MoneyOutcome['kind'], changes: Partial<MoneyOutcome> = {}): MoneyOutcome => ({
  kind,
  sent: false,
  refund: null,
  refusal: null,
  ...changes,
});
const time = (at: number): InterceptEvent => ({ type: 'TIME_PASSED', at });
const read = (at: number, changes: Parameters<typeof sampleRefund>[0]): InterceptEvent => ({
  type: 'REFUND_READ',
  at,
  refund: sampleRefund(changes),
});
const REJECT: InterceptEvent = {
  type: 'COMMAND',
  at: UNLOCK_AT,
  command: { kind: 'REJECT', actor: 'a', reason: '1', description: '', images: [] },
};

function play(events: InterceptEvent[], input: Partial<InterceptInput> = {}): { state: InterceptState; effects: Effect[] } {
  const first = begin(sampleInput(input));
  let { state } = first;
  const effects = [...first.effects];
  for (const event of events) {
    const step = apply(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}
const money = (effects: Effect[]) => effects.filter((effect) => effect.type === 'MONEY').length;
const paid = (sequence: number, at: number, status = 60): InterceptEvent => ({
  type: 'MONEY_ANSWERED',
  at,
  sequence,
  outcome: outcome('DONE', { sent: true, refund: sampleRefund({ status }) }),
});

describe('2.5.1 deadlines are absolute', () => {
  test('the first deadline is the unlock, then day 5; no result restarts them (Q2)', () => {
    const { state } = play([ACCEPTED]);
    expect(nextDeadline(state)?.at).toBe(UNLOCK_AT);
    const later = play([ACCEPTED, time(UNLOCK_AT)]).state;
    expect(nextDeadline(later)?.at).toBe(REFUND_AT);
    const failed = play([ACCEPTED, evidence('RESULT_FAILED', T0 + DAY_MS)]).state;
    expect(nextDeadline(failed)?.at).toBe(REFUND_AT);
  });
});

describe('2.5.2 what success, failure and silence do', () => {
  test('success pays at once, exactly once (R29)', () => {
    const { state, effects } = play([ACCEPTED, evidence('RESULT_SUCCEEDED', T0 + HOUR_MS), evidence('RETURNING', T0 + 2 * HOUR_MS)]);
    expect(state).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDING', refundCause: 'INTERCEPT_SUCCEEDED' });
    expect(money(effects)).toBe(1);
  });
  test.each([
    [-1, 'OPEN'],
    [0, 'REFUNDING'],
    [1, 'REFUNDING'],
  ])('day 5 at %i ms: %s (R30, Q7)', (offset, refundStatus) => {
    expect(play([ACCEPTED, time(REFUND_AT + offset)]).state.refundStatus).toBe(refundStatus);
  });
  test.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('rejecting without a result at 72 h %i ms: %s (R31, Q6)', (offset, allowed) => {
    const { state } = play([ACCEPTED]);
    expect(judgeAction(state, 'REJECT_REFUND', UNLOCK_AT + offset).allowed).toBe(allowed);
    expect(judgeCommand(state, 'REJECT', UNLOCK_AT + offset) === null).toBe(allowed);
  });
  test('a failure unlocks rejecting at once, and day 5 still refunds (R30)', () => {
    const { state } = play([ACCEPTED, evidence('SIGNED', T0 + HOUR_MS)]);
    expect(state).toMatchObject({ interceptStatus: 'FAILED', refundStatus: 'OPEN', failure: { code: 'SIGNED' } });
    expect(judgeAction(state, 'REJECT_REFUND', T0 + HOUR_MS).allowed).toBe(true);
    expect(apply(state, time(REFUND_AT)).state).toMatchObject({ refundStatus: 'REFUNDING', refundCause: 'DEADLINE_PASSED' });
  });
  test('the unlock is told once', () => {
    const { effects } = play([ACCEPTED, time(UNLOCK_AT), time(UNLOCK_AT + 5)]);
    expect(effects.filter((effect) => effect.type === 'TELL' && effect.event === 'refund.reject_unlocked')).toHaveLength(1);
  });
});

describe('2.5.4 and M1: the recorded instant decides, not what woke first', () => {
  test('success received before day 5 but handled after it pays as a success', () => {
    const { state } = play([ACCEPTED, evidence('RESULT_SUCCEEDED', REFUND_AT - 1), time(REFUND_AT + 10)]);
    expect(state.refundCause).toBe('INTERCEPT_SUCCEEDED');
  });
  test('success received at day 5 comes second', () => {
    const { state, effects } = play([ACCEPTED, evidence('RESULT_SUCCEEDED', REFUND_AT), time(REFUND_AT)]);
    expect(state).toMatchObject({ refundCause: 'DEADLINE_PASSED', interceptStatus: 'SUCCEEDED' });
    expect(money(effects)).toBe(1);
  });
  test('a command at day 5 is refused while armed', () => {
    const { state } = play([ACCEPTED]);
    expect(judgeCommand(state, 'APPROVE', REFUND_AT)).toMatchObject({ code: 'ACTION_NOT_ALLOWED', reason: 'REFUND_NOT_OPEN' });
    expect(judgeCommand(state, 'APPROVE', REFUND_AT - 1)).toBeNull();
  });
});

describe("2.4 the carrier's answer", () => {
  test('a refusal releases an undecided refund and ends the run (Q3)', () => {
    const { state, effects } = play([
      { type: 'CARRIER_ANSWERED', at: T0 + 50, answer: { kind: 'REFUSED', code: 'E23120', message: '有派件扫描' } },
    ]);
    expect(state).toMatchObject({
      interceptStatus: 'REJECTED_BY_CARRIER',
      refundStatus: 'RELEASED',
      carrierRefusal: { code: 'E23120' },
      automaticRefund: 'DISARMED',
    });
    expect(isFinished(state, T0 + 50)).toBe(true);
    expect(money(effects)).toBe(0);
    for (const action of ['APPROVE_REFUND', 'REJECT_REFUND', 'REQUEST_ARBITRATION', 'OPEN_CLAIM'] as const) {
      expect(judgeAction(state, action, T0 + 60).allowed).toBe(false);
    }
  });
  test('an intercept that is in force already is joined: accepted, with a line of its own', () => {
    const joined = { code: null, message: '已有有效拦截件' };
    const { state, effects } = play([{ type: 'CARRIER_ANSWERED', at: T0 + 50, answer: { kind: 'ACCEPTED', reference: null, joined } }]);
    expect(state).toMatchObject({ interceptStatus: 'INTERCEPTING', carrierReference: null, carrierRefusal: null });
    const lines = effects.flatMap((effect) => (effect.type === 'LOG' ? [effect.line] : []));
    expect(lines.slice(-2)).toMatchObject([
      { what: 'INTERCEPT_ACCEPTED' },
      { what: 'INTERCEPT_JOINED', actorKind: 'CARRIER', reference: null, after: { message: '已有有效拦截件' } },
    ]);
  });
  test('a refusal after the refund was decided leaves the refund axis alone', () => {
    const { state } = play([
      { type: 'COMMAND', at: T0 + 10, command: { kind: 'APPROVE', actor: 'a', agreedFen: null } },
      paid(1, T0 + 20),
      { type: 'CARRIER_ANSWERED', at: T0 + 50, answer: { kind: 'REFUSED', code: null, message: 'no' } },
    ]);
    expect(state).toMatchObject({ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'REFUNDED', refundCause: 'MANUAL_APPROVAL' });
    expect(isFinished(state, T0 + 50)).toBe(true);
  });
  test('success implies acceptance, and a success after a refusal is only a notice', () => {
    expect(play([evidence('RETURNING', T0 + HOUR_MS)]).state.interceptStatus).toBe('SUCCEEDED');
    const { state, effects } = play([
      { type: 'CARRIER_ANSWERED', at: T0 + 50, answer: { kind: 'REFUSED', code: null, message: 'no' } },
      evidence('RETURNING', T0 + HOUR_MS),
    ]);
    expect(state.notices).toContain('PARCEL_RETURNS_AFTER_REFUSAL');
    expect(money(effects)).toBe(0);
  });
  test('a follower starts where its leader stands; of a success it pays at once and owes no fee', () => {
    const leader = play([ACCEPTED, evidence('RETURNING', T0 + HOUR_MS)]).state;
    const { state, effects } = play([], {
      follows: { interceptId: 'x-1', interceptStatus: 'SUCCEEDED', carrierReference: 'Z1', failure: null, parcel: leader.parcel },
    });
    expect(state).toMatchObject({
      interceptStatus: 'SUCCEEDED',
      refundStatus: 'REFUNDING',
      returnStatus: 'RETURNING',
      carrierReference: 'Z1',
    });
    expect(effects.some((effect) => effect.type === 'REQUEST_INTERCEPT' || effect.type === 'FEE_DUE')).toBe(false);
  });
  test('a follower of a success pays at once also when the pick-up lies after its own initiation: clocks of carriers run ahead', () => {
    const leader = play([ACCEPTED, evidence('RETURNING', T0 + HOUR_MS)]).state;
    const follows = {
      interceptId: 'x-1',
      interceptStatus: 'SUCCEEDED',
      carrierReference: 'Z1',
      failure: null,
      parcel: leader.parcel,
    } as const;
    const input = { follows, pickedUpAt: T0 + 30_000 };
    expect(play([], input).state).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDING' });
    expect(play([], { ...input, rules: 1 }).state).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
  });
});

describe('2.3 evidence', () => {
  test('a SIGNED that came before an older return scan is corrected, and pays (contract: evidence)', () => {
    const { state, effects } = play([
      ACCEPTED,
      evidence('SIGNED', T0 + 5 * HOUR_MS),
      { type: 'EVIDENCE', at: T0 + 6 * HOUR_MS, evidence: sampleEvidence('RETURNING', T0 + 4 * HOUR_MS) },
    ]);
    expect(state).toMatchObject({ interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_SIGNED', refundStatus: 'REFUNDING', failure: null });
    expect(money(effects)).toBe(1);
  });
  test('evidence older than the pick-up belongs to another parcel', () => {
    const { state } = play([ACCEPTED, { type: 'EVIDENCE', at: T0 + HOUR_MS, evidence: sampleEvidence('SIGNED', T0 - 2 * DAY_MS) }]);
    expect(state.interceptStatus).toBe('INTERCEPTING');
  });
  test('FAILED after SUCCEEDED is logged only; SIGNED after a bare success is delivered to the buyer, a later return scan revives it', () => {
    const success = [ACCEPTED, evidence('RESULT_SUCCEEDED', T0 + HOUR_MS), evidence('RESULT_FAILED', T0 + 2 * HOUR_MS)];
    expect(play(success).state.interceptStatus).toBe('SUCCEEDED');
    const delivered = play([...success, evidence('SIGNED', T0 + 3 * HOUR_MS)]).state;
    expect(delivered).toMatchObject({ returnStatus: 'RETURN_FAILED', returnFailure: 'DELIVERED_TO_BUYER' });
    expect(apply(delivered, evidence('RETURNING', T0 + 4 * HOUR_MS)).state).toMatchObject({
      returnStatus: 'RETURNING',
      returnFailure: null,
    });
  });
  test('damage is marked and the watch goes on', () => {
    const { state } = play([ACCEPTED, evidence('RETURNING', T0 + HOUR_MS), evidence('DAMAGED', T0 + 2 * HOUR_MS)]);
    expect(state).toMatchObject({ returnStatus: 'RETURNING', returnFailure: 'DAMAGED' });
    expect(nextDeadline(state)?.at).toBe(T0 + HOUR_MS + 7 * DAY_MS);
  });
  test('a quiet return is looked at, stalls, and is revived by a newer scan (Q33)', () => {
    const returning = play([ACCEPTED, evidence('RETURNING', T0 + HOUR_MS), paid(1, T0 + HOUR_MS + 5)]).state;
    const due = T0 + HOUR_MS + 7 * DAY_MS;
    const looked = apply(returning, time(due));
    expect(looked.effects).toContainEqual({ type: 'CHECK_LAST_SCAN' });
    const moved = apply(looked.state, { type: 'LAST_SCAN_READ', at: due, lastScanAt: due - DAY_MS }).state;
    expect(nextDeadline(moved)?.at).toBe(due + 6 * DAY_MS);
    const stalled = apply(looked.state, { type: 'LAST_SCAN_READ', at: due, lastScanAt: null }).state;
    expect(stalled).toMatchObject({ returnStatus: 'RETURN_FAILED', returnFailure: 'STALLED' });
    const revived = apply(stalled, evidence('SCAN', due + HOUR_MS)).state;
    expect(revived).toMatchObject({ returnStatus: 'RETURNING', returnFailure: null });
    expect(apply(revived, time(T0 + HOUR_MS + 15 * DAY_MS)).state.returnFailure).toBe('OVERDUE');
  });
});

describe('a return to the outlet', () => {
  const asked = begin(sampleInput({ returnTo: 'OUTLET' }));

  test('is asked for in the case’s first line, and shown', () => {
    expect(asked.effects).toContainEqual(
      expect.objectContaining({
        line: expect.objectContaining({ what: 'INTERCEPT_INITIATED', after: { refundFeeFen: 9_900, returnTo: 'OUTLET' } }),
      }),
    );
    expect(viewIntercept(asked.state, T0).returnTo).toBe('OUTLET');
    expect(viewIntercept(begin(sampleInput()).state, T0).returnTo).toBe('SENDER');
  });

  test('is not over with a scan at the outlet: unfetched it stalls and is overdue as any other; signed for it ends', () => {
    const steps = [ACCEPTED, evidence('RETURNING', T0 + HOUR_MS), paid(1, T0 + HOUR_MS + 5), evidence('SCAN', T0 + DAY_MS)];
    const lying = steps.reduce((state, event) => apply(state, event).state, asked.state);
    expect(lying).toMatchObject({ returnStatus: 'RETURNING', refundStatus: 'REFUNDED' });
    const due = T0 + HOUR_MS + 7 * DAY_MS;
    const looked = apply(lying, time(due)).state;
    const later = apply(looked, { type: 'LAST_SCAN_READ', at: due, lastScanAt: T0 + DAY_MS }).state;
    const stalled = apply(apply(later, time(T0 + 8 * DAY_MS)).state, { type: 'LAST_SCAN_READ', at: T0 + 8 * DAY_MS, lastScanAt: null });
    expect(stalled.state).toMatchObject({ returnStatus: 'RETURN_FAILED', returnFailure: 'STALLED' });
    expect(stalled.effects).toContainEqual(expect.objectContaining({ type: 'TELL', event: 'return.failed' }));
    expect(isFinished(stalled.state, T0 + 8 * DAY_MS)).toBe(false);
    expect(apply(stalled.state, time(T0 + HOUR_MS + 15 * DAY_MS)).state.returnFailure).toBe('OVERDUE');
    const fetched = apply(stalled.state, evidence('RETURN_SIGNED', T0 + 9 * DAY_MS)).state;
    expect(fetched).toMatchObject({ returnStatus: 'RETURN_SIGNED', returnFailure: null });
    expect(isFinished(fetched, T0 + 9 * DAY_MS)).toBe(true);
  });
});

describe('2.5.3 arbitration, withdrawal, late success', () => {
  test('arbitration suspends; back before day 5 arms again, after it the merchant decides (Q10)', () => {
    const suspended = play([ACCEPTED, read(T0 + HOUR_MS, { status: 20 })]).state;
    expect(suspended).toMatchObject({ refundStatus: 'UNDER_ARBITRATION', automaticRefund: 'SUSPENDED' });
    const success = apply(suspended, evidence('RESULT_SUCCEEDED', T0 + 2 * HOUR_MS));
    expect(money(success.effects)).toBe(0);
    expect(apply(suspended, read(REFUND_AT - 1, {})).state).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'ARMED' });
    const late = apply(suspended, read(REFUND_AT, {}));
    expect(late.state).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'DISARMED' });
    expect(money(late.effects)).toBe(0);
  });
  test.each([
    [60, 'REFUNDED', 'ARBITRATION'],
    [70, 'CLOSED', 'ARBITRATION'],
  ])('the verdict %i ends as %s', (status, refundStatus, refundCause) => {
    expect(play([ACCEPTED, read(T0 + 1, { status: 20 }), read(T0 + 2, { status })]).state).toMatchObject({ refundStatus, refundCause });
  });
  test('a withdrawal stops the refund, not the intercept (Q11)', () => {
    const { state, effects } = play([
      ACCEPTED,
      read(T0 + HOUR_MS, { status: 70 }),
      evidence('RETURNING', T0 + 2 * HOUR_MS),
      time(REFUND_AT),
    ]);
    expect(state).toMatchObject({ refundStatus: 'CLOSED', refundCause: 'BUYER_WITHDREW', interceptStatus: 'SUCCEEDED' });
    expect(state.notices).toContain('PARCEL_RETURNS_AFTER_WITHDRAWAL');
    expect(money(effects)).toBe(0);
  });
  test('a late success after a rejection moves no money (Q9)', () => {
    const { state, effects } = play([
      ACCEPTED,
      REJECT,
      {
        type: 'MONEY_ANSWERED',
        at: UNLOCK_AT + 10,
        sequence: 1,
        outcome: outcome('DONE', { refund: sampleRefund({ negotiateStatus: 3 }) }),
      },
      evidence('RETURNING', UNLOCK_AT + HOUR_MS),
      time(REFUND_AT),
    ]);
    expect(state).toMatchObject({ refundStatus: 'REJECTED', interceptStatus: 'SUCCEEDED' });
    expect(state.notices).toContain('LATE_SUCCESS_AFTER_REJECTION');
    expect(money(effects)).toBe(1);
  });
});

describe('2.6 money', () => {
  test('one command at a time', () => {
    const { state } = play([ACCEPTED, REJECT]);
    expect(judgeCommand(state, 'APPROVE', UNLOCK_AT + 1)).toMatchObject({ code: 'COMMAND_IN_PROGRESS' });
  });
  test.each(['success', 'deadline'])('a rejection of unknown outcome met by a %s is given up, then the refund is read and paid', (what) => {
    const met = what === 'success' ? evidence('RESULT_SUCCEEDED', UNLOCK_AT + 5) : time(REFUND_AT);
    const overtaken = play([ACCEPTED, REJECT, met]);
    expect(overtaken.effects).toContainEqual({ type: 'GIVE_UP_MONEY', sequence: 1 });
    expect(money(overtaken.effects)).toBe(1);
    const given = apply(overtaken.state, { type: 'MONEY_ANSWERED', at: met.at, sequence: 1, outcome: outcome('CANCELLED') });
    expect(given.effects).toContainEqual({ type: 'MONEY', sequence: 2 });
    const found = apply(given.state, {
      type: 'MONEY_ANSWERED',
      at: met.at + 5,
      sequence: 2,
      outcome: outcome('NOT_SENT', { refund: sampleRefund({ negotiateStatus: 3 }) }),
    });
    expect(found.state.refundStatus).toBe('REJECTED');
    expect(found.effects.some((effect) => effect.type === 'MONEY')).toBe(false);
  });
  test('a higher amount disarms, a later lower one arms again (Q12)', () => {
    const raised = play([ACCEPTED, read(T0 + 1, { refundFeeFen: 12_000 })]).state;
    expect(raised).toMatchObject({ automaticRefund: 'DISARMED', refundFeeFen: 12_000 });
    expect(raised.notices).toContain('REFUND_AMOUNT_RAISED');
    expect(money(apply(raised, time(REFUND_AT)).effects)).toBe(0);
    expect(apply(raised, read(T0 + 2, { refundFeeFen: 5_000 })).state.automaticRefund).toBe('ARMED');
  });
  test('a payment that fails later goes back to the merchant, its cause cleared', () => {
    const { state } = play([ACCEPTED, evidence('RESULT_SUCCEEDED', T0 + 1), paid(1, T0 + 2, 50), read(T0 + 3, { status: 70 })]);
    expect(state).toMatchObject({
      refundStatus: 'OPEN',
      refundCause: null,
      automaticRefund: 'DISARMED',
      notices: ['REFUND_PAYMENT_FAILED'],
    });
  });
  describe('field case 7: the refund is about another waybill', () => {
    const changed = read(T0 + HOUR_MS, { waybillNo: 'YT9999999999999' });
    const success = evidence('RETURNING', T0 + 2 * HOUR_MS);

    test('disarms for good, with a notice; neither success nor day 5 pays', () => {
      const { state, effects } = play([ACCEPTED, changed, success, read(T0 + 3 * HOUR_MS, {}), time(REFUND_AT)]);
      expect(state).toMatchObject({
        refundStatus: 'OPEN',
        automaticRefund: 'DISARMED',
        disarmedBy: 'WAYBILL',
        notices: ['WAYBILL_CHANGED'],
      });
      expect(money(effects)).toBe(0);
    });
    test('is no news when the platform names none, or ours in another manner', () => {
      for (const waybillNo of [null, '', ' 7310 0000000001 ']) {
        expect(play([ACCEPTED, read(T0 + 1, { waybillNo })]).state).toMatchObject({ automaticRefund: 'ARMED', notices: [] });
      }
    });
    test('is not armed again by a lower amount, nor by coming back from arbitration', () => {
      const raised = play([
        ACCEPTED,
        read(T0 + 1, { refundFeeFen: 12_000 }),
        changed,
        read(T0 + 2 * HOUR_MS, { refundFeeFen: 5_000 }),
      ]).state;
      expect(raised).toMatchObject({ automaticRefund: 'DISARMED', disarmedBy: 'WAYBILL' });
      const arbitrated = read(T0 + HOUR_MS, { status: 20, waybillNo: 'YT9999999999999' });
      expect(play([ACCEPTED, arbitrated, read(T0 + 2 * HOUR_MS, {})]).state).toMatchObject({
        refundStatus: 'OPEN',
        automaticRefund: 'DISARMED',
      });
    });
    test('says nothing once the refund goes back with a parcel of its own (another type), or is rejected', () => {
      const returned = read(T0 + 1, { status: 11, handlingWay: 1, waybillNo: 'YT9999999999999' });
      expect(play([ACCEPTED, returned]).state.notices).toEqual(['REFUND_TYPE_CHANGED']);
      expect(play([ACCEPTED, read(T0 + 1, { status: 12 }), changed]).state.notices).toEqual(['REFUND_REOPENED']);
    });
    test('found by the payment itself: not paid', () => {
      const { state } = play([
        ACCEPTED,
        success,
        {
          type: 'MONEY_ANSWERED',
          at: T0 + 3 * HOUR_MS,
          sequence: 1,
          outcome: outcome('WAYBILL_CHANGED', { refund: sampleRefund({ waybillNo: 'YT9999999999999' }) }),
        },
      ]);
      expect(state).toMatchObject({ refundStatus: 'OPEN', refundCause: null, disarmedBy: 'WAYBILL', command: null });
    });
    test('under the first rules nobody looked: a running case replays', () => {
      expect(play([ACCEPTED, changed], { rules: 1 }).state).toMatchObject({ automaticRefund: 'ARMED', notices: [] });
    });
  });
  describe('finding 10: after a payment that the platform failed', () => {
    const failed = [ACCEPTED, evidence('RESULT_SUCCEEDED', T0 + 1), paid(1, T0 + 2, 50), read(T0 + 3, { status: 70 })];
    const GIVE_UP_AT = T0 + 60 * DAY_MS;
    const approve: InterceptEvent = { type: 'COMMAND', at: T0 + DAY_MS, command: { kind: 'APPROVE', actor: 'a', agreedFen: null } };
    const notSent = (status: number): InterceptEvent => ({
      type: 'MONEY_ANSWERED',
      at: T0 + DAY_MS + 5,
      sequence: 2,
      outcome: outcome('NOT_SENT', { sent: true, refund: sampleRefund({ status }) }),
    });

    test('the case is closed when its watch ends, and not before', () => {
      const { state } = play(failed);
      const clocks = [T0 + 8 * DAY_MS, T0 + 16 * DAY_MS].reduce((each, at) => apply(each, time(at)).state, state);
      expect(nextDeadline(clocks)?.at).toBe(GIVE_UP_AT);
      expect(apply(clocks, time(GIVE_UP_AT - 1)).state.refundStatus).toBe('OPEN');
      const closed = apply(clocks, time(GIVE_UP_AT));
      expect(closed.state).toMatchObject({ refundStatus: 'CLOSED', refundCause: null });
      expect(isFinished(closed.state, GIVE_UP_AT)).toBe(true);
      expect(closed.effects).toContainEqual({ type: 'TELL', event: 'refund.closed', at: GIVE_UP_AT });
    });

    test('or as soon as an approval finds it closed again; an approval that found it otherwise goes on as ever', () => {
      expect(play([...failed, approve, notSent(70)]).state).toMatchObject({ refundStatus: 'CLOSED', refundCause: null });
      expect(play([...failed, approve, notSent(60)]).state).toMatchObject({ refundStatus: 'REFUNDED' });
      expect(play([...failed, approve, paid(2, T0 + DAY_MS + 5, 70)]).state).toMatchObject({
        refundStatus: 'OPEN',
        disarmedBy: 'PAYMENT_FAILED',
      });
    });

    test('but not when the platform shows it open once more: then somebody has to decide it', () => {
      const reopened = play([...failed, read(T0 + 4, { status: 10 })]).state;
      expect(apply(reopened, time(GIVE_UP_AT)).state.refundStatus).toBe('OPEN');
    });

    test('under the first rules it stays open: a running case replays', () => {
      const { state } = play([...failed, approve, notSent(70)], { rules: 1 });
      expect(apply(state, time(GIVE_UP_AT)).state.refundStatus).toBe('OPEN');
    });
  });
  test.each([
    [{ status: 10 }, 'OPEN', 'ARMED', null],
    [{ status: 12 }, 'REJECTED', 'DISARMED', null],
    [{ status: 10, negotiateStatus: 3 }, 'REJECTED', 'DISARMED', null],
    [{ status: 11, handlingWay: 1 }, 'OPEN', 'DISARMED', null],
    [{ status: 30 }, 'OPEN', 'DISARMED', null],
    [{ status: 50 }, 'REFUNDING', 'DISARMED', 'SETTLED_ELSEWHERE'],
    [{ status: 60 }, 'REFUNDED', 'DISARMED', 'SETTLED_ELSEWHERE'],
    [{ status: 70 }, 'CLOSED', 'DISARMED', 'BUYER_WITHDREW'],
  ])('platform status table: %j', (changes, refundStatus, automaticRefund, refundCause) => {
    expect(play([ACCEPTED, read(T0 + HOUR_MS, changes)]).state).toMatchObject({ refundStatus, automaticRefund, refundCause });
  });
  test('S8 a rejection the platform took but never shows is told after an hour; one it shows may be reopened', () => {
    const taken: InterceptEvent = {
      type: 'MONEY_ANSWERED',
      at: UNLOCK_AT + 5,
      sequence: 1,
      outcome: outcome('DONE', { refund: sampleRefund() }),
    };
    const rejected = play([ACCEPTED, REJECT, taken]).state;
    expect(rejected).toMatchObject({ refundStatus: 'REJECTED', rejectionTakenAt: UNLOCK_AT + 5 });
    expect(apply(rejected, read(UNLOCK_AT + HOUR_MS, {})).state.notices).toEqual([]);
    const doubted = apply(rejected, read(UNLOCK_AT + 2 * HOUR_MS, {})).state;
    expect(doubted).toMatchObject({ refundStatus: 'REJECTED', notices: ['REJECTION_UNCONFIRMED'] });
    const shown = apply(doubted, read(UNLOCK_AT + 3 * HOUR_MS, { status: 12 })).state;
    expect(shown.rejectionTakenAt).toBeNull();
    expect(apply(shown, read(UNLOCK_AT + 4 * HOUR_MS, {})).state.notices).toEqual(['REJECTION_UNCONFIRMED', 'REFUND_REOPENED']);
    expect(play([ACCEPTED, REJECT, taken, read(UNLOCK_AT + 10, {})], { rules: 1 }).state.notices).toEqual(['REFUND_REOPENED']);
  });
  test('reopened after our rejection: stays, and somebody is told', () => {
    const { state } = play([ACCEPTED, read(T0 + 1, { status: 12 }), read(T0 + 2, { status: 10 })]);
    expect(state).toMatchObject({ refundStatus: 'REJECTED', notices: ['REFUND_REOPENED'] });
  });
});

describe('2.8 end', () => {
  const end = (events: InterceptEvent[], at: number) => isFinished(play(events).state, at);
  const success = [ACCEPTED, evidence('RETURNING', T0 + HOUR_MS), paid(1, T0 + HOUR_MS + 5)];
  test('return signed and refund paid', () => {
    expect(end([...success, evidence('RETURN_SIGNED', T0 + DAY_MS)], T0 + DAY_MS)).toBe(true);
    expect(end(success, T0 + 2 * DAY_MS)).toBe(false);
  });
  test('a failure, a loss and a delivery may still be corrected for 7 days', () => {
    const failed = [ACCEPTED, evidence('RESULT_FAILED', T0 + HOUR_MS), read(T0 + DAY_MS, { status: 60 })];
    expect(end(failed, T0 + HOUR_MS + 7 * DAY_MS - 1)).toBe(false);
    expect(end(failed, T0 + HOUR_MS + 7 * DAY_MS)).toBe(true);
    expect(end([...success, evidence('LOST', T0 + DAY_MS)], T0 + 8 * DAY_MS)).toBe(true);
  });
  test('the watch gives up after 60 days, but never with an open refund', () => {
    expect(end(success, T0 + 60 * DAY_MS)).toBe(true);
    expect(end([ACCEPTED, read(T0 + 1, { status: 20 })], T0 + 90 * DAY_MS)).toBe(false);
  });
});

test('R27: a cancel request is logged and changes nothing else', () => {
  const { state } = play([ACCEPTED]);
  const { state: after, effects } = apply(state, { type: 'CANCEL_ASKED', at: T0 + HOUR_MS });
  expect(after).toEqual(state);
  expect(effects).toHaveLength(1);
});
