import type { Fen } from '../money.ts';
import type { EpochMs } from '../time.ts';
import { type ClaimState, isSettled } from './claim.ts';
import type { ClaimLine, ClaimNotice, ClaimStep } from './progress.ts';

/** One write of a claim's record: everything that changed together, keyed by (claimId, version). */
export interface ClaimWrite {
  state: ClaimState;
  lines: ClaimLine[];
  notices: ClaimNotice[];
  /** The shop's systems are told of this version. */
  told: boolean;
  /** What the outlet owes the shop with this version: the award (R40). */
  credit: { amountFen: Fen; at: EpochMs } | null;
}

/** Whether a step has anything to record. */
export function isWorthRecording({ lines, notices, told }: ClaimStep): boolean {
  return lines.length > 0 || notices.length > 0 || told !== null;
}

/** Version 1, as the transaction that opens a claim stores it. */
export function firstClaimWrite({ state, lines, notices, told }: ClaimStep): ClaimWrite {
  return { state, lines, notices, told: told !== null, credit: null };
}

/** The write of a later step: one version more. `before` is the state the step began with. */
export function laterClaimWrite(before: ClaimState, step: ClaimStep, now: EpochMs): ClaimWrite {
  const state: ClaimState = { ...step.state, version: before.version + 1, updatedAt: Math.max(before.updatedAt, now) };
  const becameUpheld = state.status === 'UPHELD' && !isSettled(before) && state.awardedFen !== null;
  return {
    state,
    lines: step.lines,
    notices: step.notices,
    told: step.told !== null,
    credit: becameUpheld ? { amountFen: state.awardedFen ?? 0, at: state.movedAt } : null,
  };
}
