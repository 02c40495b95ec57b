import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeCommand } from '../intercept/machine.ts';
import { type Move, move, play } from '../intercept/test-moves.ts';
import { UNLOCK_AT } from '../intercept/sample-case.ts';
import { HOUR_MS } from '../time.ts';
import { propose } from './propose.ts';
import { faultsOfProposals } from './settings.ts';
import { situationOf } from './situation.ts';
import { anyProposals, proposalOf, rejectionOf } from './test-settings.ts';

const ACCEPTED: Move = { do: 'answer', accepted: true };
const sees = (kind: Extract<Move, { do: 'evidence' }>['kind'], agoMs = 0): Move => ({ do: 'evidence', kind, agoMs });

describe('a proposal', () => {
  test('is never one that the guard would not take at that instant, is the first that fits, and leaves the case as it was', () => {
    let proposed = 0;
    fc.assert(
      fc.property(anyProposals, fc.array(move, { maxLength: 15 }), fc.integer({ min: 0, max: 60 * HOUR_MS }), (rules, moves, laterMs) => {
        const { state, now } = play(moves);
        const at = now + laterMs;
        const before = structuredClone(state);
        const proposal = propose(rules, state, at);
        expect(state).toEqual(before);
        if (proposal === null) return;
        proposed += 1;
        expect(judgeCommand(state, proposal.action, at)).toBeNull();
        expect(proposal.situation).toBe(situationOf(state, at));
        expect(proposal.conditions.every(({ holds }) => holds)).toBe(true);
        const place = rules.findIndex(({ proposalId }) => proposalId === proposal.proposalId);
        expect(rules[place]).toMatchObject({ action: proposal.action, rejection: proposal.rejection });
        expect(rules.slice(0, place).map((rule) => propose([rule], state, at))).toEqual(Array.from({ length: place }, () => null));
      }),
      { numRuns: 5_000 },
    );
    expect(proposed).toBeGreaterThan(100);
  });

  test.each<[string, Move[], ReturnType<typeof situationOf>]>([
    ['under way', [ACCEPTED], null],
    ['failed by the carrier’s word', [ACCEPTED, sees('RESULT_FAILED')], 'CARRIER_FAILED'],
    ['signed by the buyer', [ACCEPTED, sees('SIGNED')], 'SIGNED'],
    ['failed by the carrier’s word, then signed', [ACCEPTED, sees('RESULT_FAILED'), sees('SIGNED')], 'SIGNED'],
    ['lost', [ACCEPTED, sees('LOST')], 'LOST'],
    ['signed after it was thought lost', [ACCEPTED, sees('LOST', HOUR_MS), sees('SIGNED')], 'SIGNED'],
    ['caught', [ACCEPTED, sees('RETURNING')], null],
    ['refused', [{ do: 'answer', accepted: false }], null],
  ])('looks at how the interception ended: %s', (_name, moves, situation) => {
    const { state, now } = play(moves);
    expect(situationOf(state, now)).toBe(situation);
  });

  test('of a case without a result comes when rejecting unlocks, to the millisecond', () => {
    const { state } = play([ACCEPTED]);
    const rules = [rejectionOf({ situations: ['NO_RESULT'] })];
    expect([UNLOCK_AT - 1, UNLOCK_AT].map((at) => propose(rules, state, at)?.proposalId ?? null)).toEqual([null, 'p2']);
  });

  test('says which conditions held and what there was', () => {
    const { state, now } = play([ACCEPTED, sees('SIGNED')]);
    const small = proposalOf({ conditions: { refundFeeFen: { atMost: 9_899 } } });
    const larger = rejectionOf({ conditions: { refundFeeFen: { atLeast: 9_900 }, carriers: ['ZTO'] } });
    expect(propose([small, larger], state, now)).toEqual({
      proposalId: 'p2',
      name: '已签收拒绝',
      action: 'REJECT',
      situation: 'SIGNED',
      rejection: { reason: '1002', description: '包裹已派送给买家' },
      conditions: [
        { condition: 'carriers', wanted: ['ZTO'], found: 'ZTO', holds: true },
        { condition: 'refundFeeFen', wanted: { atLeast: 9_900 }, found: 9_900, holds: true },
      ],
    });
    expect(propose([small], state, now)).toBeNull();
  });

  test('has a reason where it rejects and nowhere else, an id of its own, and bounds the right way round', () => {
    const pointers = faultsOfProposals([
      proposalOf(),
      proposalOf({ conditions: { refundFeeFen: { atLeast: 2, atMost: 1 } } }),
      proposalOf({ proposalId: 'p3', rejection: { reason: '1', description: '' } }),
      rejectionOf({ rejection: null }),
    ]).map(({ pointer }) => pointer);
    expect(pointers).toEqual([
      '/proposals/1/proposalId',
      '/proposals/1/conditions/refundFeeFen/atMost',
      '/proposals/2/rejection',
      '/proposals/3/rejection',
    ]);
  });
});
