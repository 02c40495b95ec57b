import { QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Proposal } from '../../domain/decisions/propose.ts';
import { type InterceptView, viewIntercept } from '../../domain/intercept/view.ts';
import { now } from '../../store/db.ts';
import { findIntercept } from '../../store/intercept-reading.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { noteRunMissing } from '../../store/intercept-watch.ts';
import { interceptWorkflowId, stateQuery } from '../../workflows/messages.ts';
import type { AppDeps } from '../deps.ts';
import { problem } from '../problems/problem.ts';

/** A run that has not answered by then is read from the record: its worker is gone or overloaded. */
const QUERY_LIMIT_MS = 1_500;

/** An intercept as shown: with where it was read. */
export interface ShownIntercept extends InterceptView {
  source: 'workflow' | 'record';
  /** What the shop's settings propose, and who was told that it waits; only where intercepts are asked for (`advise`). */
  proposal?: Proposal | null;
  escalation?: { staffName: string; at: string } | null;
}

/** The shop's record, or the same 404 for an absent and a foreign id. */
export async function requireIntercept(deps: AppDeps, shopId: string, interceptId: string): Promise<InterceptRecord> {
  const record = await findIntercept(deps.db, shopId, interceptId);
  if (record === null) throw problem('NOT_FOUND');
  return record;
}

/**
 * The intercept fresh from its run; from the record when the run has ended (notices that came later are only there),
 * is not known to have started, or does not answer within 1.5 s. An open record whose run is gone is noted for the watchdog.
 */
export async function readIntercept(deps: AppDeps, record: InterceptRecord): Promise<ShownIntercept> {
  if (record.phase !== 'OPEN') return showRecord(deps, record);
  const { client } = deps.temporal;
  try {
    const handle = client.workflow.getHandle(interceptWorkflowId(record.interceptId));
    const view = await client.withDeadline(Date.now() + QUERY_LIMIT_MS, () => handle.query(stateQuery));
    return { ...view, source: 'workflow' };
  } catch (error) {
    if (error instanceof QueryRejectedError || error instanceof WorkflowNotFoundError) return showRecordWithoutRun(deps, record);
    deps.log.debug({ err: error, interceptId: record.interceptId }, 'the run did not answer a query; showing the record');
    return showRecord(deps, record);
  }
}

/** The run may also have ended just now, in the ordinary way: then its last record is there already. */
async function showRecordWithoutRun(deps: AppDeps, record: InterceptRecord): Promise<ShownIntercept> {
  await noteRunMissing(deps.db, record.interceptId);
  return showRecord(deps, (await findIntercept(deps.db, record.shopId, record.interceptId)) ?? record);
}

/** The record as last written, judged at PostgreSQL's present time. */
export async function showRecord(deps: AppDeps, record: InterceptRecord): Promise<ShownIntercept> {
  return { ...viewIntercept(record.state, await now(deps.db)), source: 'record' };
}

/** The latest record of an intercept after something was done to it. */
export async function readAgain(deps: AppDeps, record: InterceptRecord): Promise<ShownIntercept> {
  return readIntercept(deps, (await findIntercept(deps.db, record.shopId, record.interceptId)) ?? record);
}
