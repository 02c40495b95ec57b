import { randomUUID } from 'node:crypto';
import {
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
} from '@temporalio/client';
import type { MerchantCommand } from '../../domain/intercept/event.ts';
import { judgeCommand } from '../../domain/intercept/machine.ts';
import type { InterceptView } from '../../domain/intercept/view.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { now } from '../../store/db.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import {
  approveRefundUpdate,
  COMMAND_REFUSALS,
  type CommandRefusal,
  type CommandRefusalCode,
  interceptWorkflowId,
  rejectRefundUpdate,
  requestArbitrationUpdate,
} from '../../workflows/messages.ts';
import type { AppDeps } from '../deps.ts';
import { isEngineOutage } from '../problems/error-handler.ts';
import { type ProblemError, problem } from '../problems/problem.ts';
import { updateFailure } from '../update-failure.ts';
import { readAgain, readIntercept, requireIntercept, type ShownIntercept } from './read-intercept.ts';

/** 200: carried out; 202: taken, the platform has not answered yet. */
export interface Commanded {
  status: 200 | 202;
  intercept: ShownIntercept;
}

/**
 * Passes a merchant's command to the run (R26, R31) and waits at most `CREATE_WAIT` for its outcome. Commands given in
 * the same version of the case, as the run tells it, are one command, so parallel clicks collapse. Throws the run's refusals as problems,
 * and `ENGINE_UNAVAILABLE` when the run did not take the command: repeating is safe.
 */
export async function commandIntercept(deps: AppDeps, shopId: string, interceptId: string, command: MerchantCommand): Promise<Commanded> {
  const record = await requireIntercept(deps, shopId, interceptId);
  if (record.phase === 'ENDED') throw await refusalOfRecord(deps, record, command);
  const updateId = nameCommand(command, await readIntercept(deps, record));
  const { client } = deps.temporal;
  const deadline = Date.now() + deps.config.createWaitMs;
  try {
    const handle = client.workflow.getHandle(interceptWorkflowId(interceptId));
    const update = await client.withDeadline(deadline, () => send(handle, command, updateId));
    const view = await client.withDeadline(deadline, () => outcomeInTime(update));
    if (view === null) return { status: 202, intercept: await readAgain(deps, record) };
    return { status: 200, intercept: { ...view, source: 'workflow' } };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError)
      throw await refusalOfRecord(deps, await requireIntercept(deps, shopId, interceptId), command);
    throw refusalOf(error);
  }
}

/**
 * A record may lag behind the run: by its version a new command could bear the name of one that is over, and be answered
 * with that one's outcome. So where the run does not tell its version each command has a name of its own.
 */
function nameCommand({ kind }: MerchantCommand, { version, source }: ShownIntercept): string {
  return source === 'workflow' ? `${kind}:${version}` : `${kind}:${version}:${randomUUID()}`;
}

interface Sent {
  result(): Promise<InterceptView>;
}

/** Resolves once the run has taken the command, which then survives everything. */
function send(handle: WorkflowHandle, command: MerchantCommand, updateId: string): Promise<Sent> {
  const options = { updateId, waitForStage: WorkflowUpdateStage.ACCEPTED } as const;
  const { actor } = command;
  switch (command.kind) {
    case 'APPROVE':
      return handle.startUpdate(approveRefundUpdate, { ...options, args: [{ actor, refundFeeFen: command.agreedFen }] });
    case 'REJECT': {
      const { reason, description, images } = command;
      return handle.startUpdate(rejectRefundUpdate, { ...options, args: [{ actor, reason, description, images }] });
    }
    case 'ARBITRATE': {
      const { description, pictures } = command;
      return handle.startUpdate(requestArbitrationUpdate, { ...options, args: [{ actor, description, pictures }] });
    }
  }
}

/** The outcome, or null when it is not there by the deadline. */
async function outcomeInTime(update: Sent): Promise<InterceptView | null> {
  try {
    return await update.result();
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isEngineOutage(error)) return null;
    throw error;
  }
}

function refusalOf(error: unknown): unknown {
  const failure = updateFailure(error);
  const code = COMMAND_REFUSALS.find((known) => known === failure?.type);
  return code === undefined ? error : asProblem(code, failure?.details?.[0] ?? {});
}

/** A refusal of the run with what of its details belongs to the code. */
function asProblem(
  code: CommandRefusalCode,
  { reason = null, availableAt = null, refundFeeFen = null, waybillNo = null, platform = null }: Partial<CommandRefusal>,
): ProblemError {
  switch (code) {
    case 'ACTION_NOT_ALLOWED':
      return problem(code, { extensions: { reason, availableAt } });
    case 'AMOUNT_CHANGED':
      return problem(code, { extensions: { refundFeeFen } });
    case 'WAYBILL_CHANGED':
      return problem(code, { extensions: { waybillNo } });
    case 'ACTION_REFUSED_BY_PLATFORM':
      return problem(code, { extensions: { platform } });
    case 'COMMAND_IN_PROGRESS':
    case 'EVIDENCE_PENDING':
      return problem(code, { retryAfterSeconds: 2 });
  }
}

/** No run takes commands any more: the record says why. An open record without a run is the engine's trouble, not the merchant's. */
async function refusalOfRecord(deps: AppDeps, record: InterceptRecord, command: MerchantCommand): Promise<ProblemError> {
  const judged = judgeCommand(record.state, command.kind, await now(deps.db));
  if (judged === null) return problem('ENGINE_UNAVAILABLE', { retryAfterSeconds: 5 });
  const availableAt = judged.availableAt === null ? null : toRfc3339(judged.availableAt);
  return asProblem(judged.code, { reason: judged.reason, availableAt });
}
