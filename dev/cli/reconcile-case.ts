import { firstRecord, type RecordWrite } from '../../domain/intercept/record.ts';
import type { EpochMs } from '../../domain/time.ts';
import { markStarted } from '../../store/intercept-opening.ts';
import { saveRecords } from '../../store/intercept-record.ts';
import { findAnyIntercept } from '../../store/intercept-reading.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { caseStandings } from '../../store/intercept-watch.ts';
import { notePaymentKnown } from '../../store/payment-calls.ts';
import { INTERCEPT_WORKFLOW, type InterceptArgs, interceptWorkflowId } from '../../workflows/messages.ts';
import type { Halves, Kind } from './halves.ts';
import { endRun } from './open-runs.ts';
import { restartIntercept } from './restart-intercept.ts';
import type { ToldRun } from './told-runs.ts';

/** Intercepts and their records. */
export const CASES: Kind = { workflowType: INTERCEPT_WORKFLOW, workflowIdOf: interceptWorkflowId, standings: caseStandings, bringTogether };

async function bringTogether(halves: Halves, interceptId: string, runs: readonly ToldRun[], since: EpochMs): Promise<string | null> {
  const { db } = halves;
  const before = await findAnyIntercept(db, interceptId);
  const last = runs.at(-1);
  if (last === undefined) return before === null ? null : restart(halves, before, 'it had no run');
  const { input, resume } = last.args as InterceptArgs;
  // A record of another life of this id is not of this run, which is the only one there is.
  const known = before?.state.input.initiatedAt === input.initiatedAt ? before : null;
  const reached = last.cases.at(-1)?.state.version ?? resume?.version ?? 1;
  if (known !== null && known.state.version > reached) return goOnFromRecord(halves, known, reached, last.isOpen);
  const isNew = ({ state }: RecordWrite) => known === null || state.version > known.state.version || state.updatedAt >= since;
  const first = known === null ? firstWrites(runs) : [];
  await saveRecords(db, [...first, ...runs.flatMap(({ cases }) => cases).filter(isNew)]);
  await markStarted(db, interceptId);
  for (const payment of runs.flatMap(({ payments }) => payments)) if (payment.at >= since) await notePaymentKnown(db, payment);
  const after = await findAnyIntercept(db, interceptId);
  if (after === null) return null;
  if (!last.isOpen && after.phase !== 'ENDED') return restart(halves, after, 'its run ended before the case');
  if (known === null) return `made again from its run: ${standing(after)}`;
  return after.state.version === known.state.version && after.phase === known.phase
    ? null
    : `version ${known.state.version} became ${standing(after)}, as its run says`;
}

/** What the create recorded; then the state a run went on with, should an earlier run not be there any more to tell how it came to it. */
function firstWrites(runs: readonly ToldRun[]): RecordWrite[] {
  const [oldest] = runs;
  if (oldest === undefined) return [];
  const { input, resume } = oldest.args as InterceptArgs;
  const first = firstRecord(input);
  return resume === null ? [first] : [first, { ...first, state: resume, lines: [], told: [] }];
}

async function goOnFromRecord(halves: Halves, record: InterceptRecord, reached: number, isOpen: boolean): Promise<string | null> {
  const knew = `its run knew version ${reached} of ${record.state.version}`;
  if (isOpen) await endRun(halves.client, interceptWorkflowId(record.interceptId));
  if (record.phase !== 'ENDED') return restart(halves, record, knew);
  return isOpen ? `${knew} and was ended, as the case is` : null;
}

async function restart({ db, client }: Halves, { interceptId }: InterceptRecord, why: string): Promise<string> {
  const { runId, evidence } = await restartIntercept(db, client, interceptId);
  return `${why}; run ${runId} goes on from the record, ${evidence} pieces of evidence are told to it again`;
}

function standing({ state, phase }: InterceptRecord): string {
  const { version, interceptStatus, refundStatus } = state;
  return `version ${version}, ${interceptStatus}, ${refundStatus}${phase === 'ENDED' ? ', ended' : ''}`;
}
