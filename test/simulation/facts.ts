import type { InterceptState } from '../../domain/intercept/state.ts';
import type { CaseFacts, ClaimFacts, Facts, Step } from './oracle/facts.ts';
import type { Scenario } from './scenario.ts';
import { FEE_FEN } from './store/outlet-prices.ts';
import type { CaseWrite, ClaimRow, Tables } from './store/tables.ts';
import type { Played } from './world.ts';

const DAY = 24 * 3_600_000;

/** What the judge is given of a world that was played: plain values, read off the books and the database. */
export function factsOf({ books, tables, runs, defects, bornAt }: Played, scenario: Scenario): Facts {
  const cases = [...tables.intercepts.values()].map(({ interceptId, phase, state }): CaseFacts => {
    const { input } = state;
    const writes = tables.writes.filter(
      (write) => write.interceptId === interceptId && write.state.input.initiatedAt === input.initiatedAt,
    );
    return {
      interceptId,
      refundId: input.refundId,
      waybillNo: input.waybillNo,
      attempt: input.attempt,
      initiatedAt: input.initiatedAt,
      follows: input.follows?.interceptId ?? null,
      askedFen: input.refundFeeFen,
      phase,
      endedAt: writes.find(({ ended }) => ended)?.at ?? null,
      intercept: state.interceptStatus,
      refund: state.refundStatus,
      cause: state.refundCause,
      returned: state.returnStatus,
      damaged: state.returnFailure === 'DAMAGED',
      notices: state.notices,
      steps: stepsOf(writes),
      run: runs.findLast(({ workflowId }) => workflowId === `intercept:${interceptId}`)?.status ?? null,
    };
  });
  return {
    books,
    cases,
    fees: [...tables.ledger.values()],
    told: [...tables.outbox.values()].map(({ interceptId, type, occurredAt, messageId }) => ({
      interceptId,
      type,
      at: occurredAt,
      messageId,
    })),
    claims: [...tables.claims.values()].map((row) => claimOf(row, tables, runs)),
    awards: [...tables.awards.values()],
    deliveries: [...tables.webhooks.values()].map(({ deliveryId, messageId, status }) => ({
      messageId,
      status,
      run: runs.findLast(({ workflowId }) => workflowId === `webhook:${deliveryId}`)?.status ?? null,
    })),
    isTold: tables.endpoint !== null,
    noticed: [...tables.notices.values()],
    log: [...tables.log.values()].map(({ interceptId, what, at }) => ({ interceptId, what, at })),
    inbox: [...tables.inbox.values()].map(({ eventKey, status, reason }) => ({ eventKey, status, reason })),
    stored: new Set([
      ...[...tables.track.values()].map(({ waybillNo, event, occurredAt }) => `${waybillNo} ${event} ${occurredAt}`),
      ...[...tables.inbox.values()].flatMap(({ kind, waybillNo, payload }) => (kind === 'RESULT' ? [resultWord(waybillNo, payload)] : [])),
    ]),
    defects,
    pickedUpAt: bornAt - DAY,
    feeFen: FEE_FEN,
    careless: scenario.careless,
    callsFail: scenario.platformFaults.length > 0,
  };
}

function claimOf({ details, state }: ClaimRow, { claimVersions }: Tables, runs: Played['runs']): ClaimFacts {
  const { claimId, interceptId, waybillNo, kind, claimedFen, createdAt } = details;
  const { status, channel, awardedFen } = state;
  const versions = new Map(
    claimVersions.filter((one) => one.state.claimId === claimId).map(({ at, state: of }) => [of.version, { at, of }]),
  );
  const steps = [...versions].sort(([a], [b]) => a - b).map(([version, { at, of }]) => ({ version, at, status: of.status }));
  const run = runs.findLast(({ workflowId }) => workflowId === `claim:${claimId}`)?.status ?? null;
  return { claimId, interceptId, waybillNo, kind, claimedFen, createdAt, status, channel, awardedFen, steps, run };
}

/** Versions in their order, each as it stands: a workflow task that was lost may have written one that never came to be. */
function stepsOf(writes: readonly CaseWrite[]): Step[] {
  const byVersion = new Map<number, CaseWrite>();
  for (const write of writes) byVersion.set(write.state.version, write);
  return [...byVersion.values()].sort((a, b) => a.state.version - b.state.version).map(({ at, state, ended }) => stepOf(state, at, ended));
}

function stepOf({ version, interceptStatus, refundStatus, returnStatus }: InterceptState, at: number, ended: boolean): Step {
  return { version, at, intercept: interceptStatus, refund: refundStatus, returned: returnStatus, ended };
}

function resultWord(waybillNo: string | null, payload: unknown): string {
  const { result, occurredAt } = payload as { result: string; occurredAt: number };
  return `${waybillNo} RESULT_${result} ${occurredAt}`;
}
