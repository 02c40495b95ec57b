import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { CLAIM_STATUSES, type ClaimState, isSettled } from './claim.ts';
import { applyClaim, beginClaim, type ClaimEvent, describeClaim, judgeProgress, mayMove, nextClaimDeadline } from './progress.ts';
import { firstClaimWrite, laterClaimWrite } from './record.ts';
import { OPENED_AT, SAMPLE_DURATIONS, sampleClaim } from './sample-claim.ts';

const opened = (hasApi = true): ClaimState => beginClaim(sampleClaim(), hasApi, SAMPLE_DURATIONS).state;
const run = (state: ClaimState, ...events: ClaimEvent[]) => events.reduce((before, event) => applyClaim(before, event).state, state);
const at = (hours: number) => OPENED_AT + hours * HOUR_MS;
const accepted: ClaimEvent = { type: 'CARRIER_ANSWERED', at: at(1), answer: { kind: 'ACCEPTED', reference: 'GD1' } };
const entered = (status: 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED', upheldFen: number | null = null, hours = 2): ClaimEvent => ({
  type: 'PROGRESS',
  at: at(hours),
  actor: 'm',
  entered: { status, upheldFen, note: '网点来电' },
});
const read = (kind: 'CREATED' | 'PROCESSING' | 'FINISHED', hours: number, ...replies: string[]): ClaimEvent => ({
  type: 'CARRIER_READ',
  at: at(hours),
  reading: { kind, replies: replies.map((text) => ({ text })), reference: 'GD1' },
});

describe('a claim through the carrier', () => {
  test('accepted, arbitrated, upheld with what the carrier said', () => {
    const begun = beginClaim(sampleClaim(), true, SAMPLE_DURATIONS);
    expect(begun).toMatchObject({ told: 'claim.updated', state: { status: 'SUBMITTED', channel: 'CARRIER_API', pollDueAt: null } });
    const taken = applyClaim(begun.state, accepted);
    expect(taken).toMatchObject({
      told: 'claim.updated',
      state: { status: 'ACCEPTED', carrierReference: 'GD1', pollDueAt: at(1) + 5 * MINUTE_MS },
    });
    const due = applyClaim(taken.state, { type: 'TIME_PASSED', at: at(1) + 5 * MINUTE_MS });
    expect(due).toMatchObject({ readCarrier: true, told: null, lines: [], state: { pollDueAt: null } });
    const arbitrating = applyClaim(due.state, read('PROCESSING', 2, '已受理'));
    expect(arbitrating).toMatchObject({ told: 'claim.updated', state: { status: 'ARBITRATING', note: '已受理' } });
    const upheld = applyClaim(arbitrating.state, read('FINISHED', 9, '已受理', '同意赔付150元'));
    expect(upheld).toMatchObject({
      state: { status: 'UPHELD', awardedFen: 15_000, pollDueAt: null, remindDueAt: null, note: '同意赔付150元' },
    });
    expect(nextClaimDeadline(upheld.state)).toBeNull();
    expect(laterClaimWrite(arbitrating.state, upheld, at(9))).toMatchObject({
      credit: { amountFen: 15_000, at: at(9) },
      told: true,
      state: { version: arbitrating.state.version + 1 },
    });
    expect(describeClaim(upheld.state)).toContain('¥150.00');
  });

  test('a closed work order without a plain verdict waits for the merchant, who then decides', () => {
    const closed = applyClaim(run(opened(), accepted), read('FINISHED', 5, '已完结'));
    expect(closed).toMatchObject({
      notices: ['CLAIM_VERDICT_MISSING'],
      state: { status: 'ARBITRATING', verdictMissing: true, pollDueAt: null },
    });
    expect(applyClaim(closed.state, read('FINISHED', 6, '已完结'))).toMatchObject({ notices: [], lines: [] });
    expect(run(closed.state, entered('UPHELD', 100, 7))).toMatchObject({ status: 'UPHELD', awardedFen: 100, verdictMissing: false });
  });

  test('a carrier that refuses the work order leaves the claim to its sheet', () => {
    const step = applyClaim(opened(), {
      type: 'CARRIER_ANSWERED',
      at: at(1),
      answer: { kind: 'REFUSED', code: 'E50001', message: '工单类型不支持' },
    });
    expect(step).toMatchObject({
      told: null,
      notices: ['CLAIM_REFUSED_BY_CARRIER'],
      state: { status: 'SUBMITTED', channel: 'CLAIM_SHEET', pollDueAt: null },
    });
  });

  test('looks back off while nothing moves, and start anew when something does', () => {
    let state = run(opened(), accepted);
    const gaps: number[] = [];
    for (let look = 0; look < 9; look += 1) {
      const now = state.pollDueAt ?? 0;
      state = run(
        state,
        { type: 'TIME_PASSED', at: now },
        { type: 'CARRIER_READ', at: now, reading: { kind: 'UNKNOWN', reason: 'timeout' } },
      );
      gaps.push(((state.pollDueAt ?? 0) - now) / MINUTE_MS);
    }
    expect(gaps).toEqual([10, 20, 40, 80, 160, 320, 360, 360, 360]);
    const now = state.pollDueAt ?? 0;
    state = run(state, { type: 'TIME_PASSED', at: now }, { ...read('PROCESSING', 0, '处理中'), at: now });
    expect((state.pollDueAt ?? 0) - now).toBe(5 * MINUTE_MS);
  });
});

describe('a claim by sheet', () => {
  test('moves by what the merchant enters, and reminds every three days until it does', () => {
    let state = opened(false);
    expect(state).toMatchObject({ channel: 'CLAIM_SHEET', pollDueAt: null });
    expect(nextClaimDeadline(state)?.at).toBe(OPENED_AT + 3 * DAY_MS);
    expect(applyClaim(state, { type: 'TIME_PASSED', at: OPENED_AT + 3 * DAY_MS - 1 }).notices).toEqual([]);
    for (const days of [3, 6]) {
      const step = applyClaim(state, { type: 'TIME_PASSED', at: OPENED_AT + days * DAY_MS });
      expect(step).toMatchObject({ notices: ['CLAIM_QUIET'], told: null });
      state = step.state;
    }
    state = run(state, entered('ACCEPTED', null, 24 * 7));
    expect(nextClaimDeadline(state)?.at).toBe(at(24 * 7) + 3 * DAY_MS);
    expect(run(state, entered('DISMISSED', null, 24 * 8))).toMatchObject({ status: 'DISMISSED', remindDueAt: null });
  });

  test('what may not be entered', () => {
    const state = run(opened(false), entered('ARBITRATING'));
    const judge = (status: 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED', upheldFen: number | null) =>
      judgeProgress(state, { status, upheldFen, note: null });
    expect(judge('ACCEPTED', null)).toBe('CLAIM_STEP_NOT_ALLOWED');
    expect(judge('UPHELD', null)).toBe('AWARD_MISSING');
    expect(judge('UPHELD', 0)).toBe('AWARD_MISSING');
    expect(judge('UPHELD', 18_001)).toBe('AWARD_ABOVE_CLAIM');
    expect(judge('DISMISSED', 5)).toBe('AWARD_WITHOUT_UPHELD');
    expect(judge('UPHELD', 18_000)).toBeNull();
    expect(judge('ARBITRATING', null)).toBeNull();
    const step = applyClaim(state, entered('ACCEPTED'));
    expect(step).toMatchObject({
      told: null,
      state,
      lines: [{ what: 'PROGRESS_NOT_TAKEN', detail: { refusal: 'CLAIM_STEP_NOT_ALLOWED' } }],
    });
  });

  test('the same answer twice is one', () => {
    const once = run(opened(false), entered('ACCEPTED'));
    expect(applyClaim(once, entered('ACCEPTED', null, 3))).toMatchObject({ lines: [], told: null, state: once });
  });

  test('withdrawn', () => {
    const step = applyClaim(opened(false), { type: 'WITHDRAWN', at: at(2), actor: 'm', reason: '已与网点私下和解' });
    expect(step).toMatchObject({ told: 'claim.updated', state: { status: 'WITHDRAWN', note: '已与网点私下和解' } });
    expect(laterClaimWrite(opened(false), step, at(2)).credit).toBeNull();
    expect(firstClaimWrite(beginClaim(sampleClaim(), false, SAMPLE_DURATIONS))).toMatchObject({
      told: true,
      credit: null,
      state: { version: 1 },
    });
  });
});

test('no order of events moves a claim backwards, settles it twice, or awards more than was claimed', () => {
  const anyEvent = fc.oneof(
    fc.record({
      kind: fc.constant('enter' as const),
      status: fc.constantFrom('ACCEPTED' as const, 'ARBITRATING' as const, 'UPHELD' as const, 'DISMISSED' as const),
      fen: fc.option(fc.integer({ min: -1, max: 20_000 })),
    }),
    fc.record({
      kind: fc.constant('read' as const),
      state: fc.constantFrom('CREATED' as const, 'PROCESSING' as const, 'FINISHED' as const),
      text: fc.constantFrom('同意赔付100元', '不予赔付', '已完结', '同意赔付999元'),
    }),
    fc.record({ kind: fc.constantFrom('accept' as const, 'refuse' as const, 'withdraw' as const, 'time' as const) }),
  );
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 12 }), fc.boolean(), (events, hasApi) => {
      let state = opened(hasApi);
      let credits = 0;
      for (const [index, one] of events.entries()) {
        const now = at(index * 24);
        const event: ClaimEvent =
          one.kind === 'enter'
            ? { type: 'PROGRESS', at: now, actor: 'm', entered: { status: one.status, upheldFen: one.fen, note: null } }
            : one.kind === 'read'
              ? { ...read(one.state, 0, one.text), at: now }
              : one.kind === 'withdraw'
                ? { type: 'WITHDRAWN', at: now, actor: 'm', reason: 'r' }
                : one.kind === 'time'
                  ? { type: 'TIME_PASSED', at: now }
                  : {
                      type: 'CARRIER_ANSWERED',
                      at: now,
                      answer: one.kind === 'accept' ? { kind: 'ACCEPTED', reference: null } : { kind: 'REFUSED', code: null, message: 'x' },
                    };
        const step = applyClaim(state, event);
        if (step.state.status !== state.status) expect(mayMove(state.status, step.state.status)).toBe(true);
        if (isSettled(state)) expect(step).toMatchObject({ state, lines: [], notices: [], told: null, readCarrier: false });
        if (laterClaimWrite(state, step, now).credit !== null) credits += 1;
        state = step.state;
        if (isSettled(state)) expect(nextClaimDeadline(state)).toBeNull();
        if (state.awardedFen !== null) {
          expect(state.awardedFen).toBeGreaterThan(0);
          expect(state.awardedFen).toBeLessThanOrEqual(state.claimedFen);
        }
      }
      expect(credits).toBe(state.status === 'UPHELD' ? 1 : 0);
      expect(CLAIM_STATUSES).toContain(state.status);
    }),
    { numRuns: 1_000 },
  );
});
