import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import type { InterceptState } from '../../domain/intercept/state.ts';
import type { InterceptView } from '../../domain/intercept/view.ts';
import { markStarted } from '../../store/intercept-opening.ts';
import {
  awaitCarrierAnswerUpdate,
  INTERCEPT_WORKFLOW,
  type InterceptArgs,
  interceptWorkflowId,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT_MS,
} from '../../workflows/messages.ts';
import { startAttributes, startSummary } from '../../workflows/search-attributes.ts';
import type { AppDeps } from '../deps.ts';
import { problem } from '../problems/problem.ts';

/** How long to ask whether a run exists when its start gave no answer. */
const DESCRIBE_LIMIT_MS = 1_500;

/**
 * Starts the run of a recorded intercept, or joins the one there is, and waits for the carrier's answer at most
 * `CREATE_WAIT`. The view once the carrier answered, null when the run exists but the answer is still missing.
 * Throws `ENGINE_UNAVAILABLE` when nobody can say that a run exists: the row stays, and a repeat comes back here.
 */
export async function startRun(deps: AppDeps, state: InterceptState): Promise<InterceptView | null> {
  const { client } = deps.temporal;
  const { interceptId } = state.input;
  try {
    const view = await client.withDeadline(Date.now() + deps.config.createWaitMs, () =>
      client.workflow.executeUpdateWithStart(awaitCarrierAnswerUpdate, {
        updateId: 'create',
        startWorkflowOperation: new WithStartWorkflowOperation<(args: InterceptArgs) => Promise<InterceptView>>(INTERCEPT_WORKFLOW, {
          workflowId: interceptWorkflowId(interceptId),
          taskQueue: TASK_QUEUE,
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
          args: [{ input: state.input, resume: null }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          typedSearchAttributes: startAttributes(state),
          staticSummary: startSummary(state.input),
        }),
      }),
    );
    await noteStarted(deps, interceptId);
    return view;
  } catch (error) {
    deps.log.debug({ err: error, interceptId }, 'no answer to the start within the wait');
    await requireRun(deps, interceptId);
    await noteStarted(deps, interceptId);
    return null;
  }
}

/** Passes when the run exists, running or ended. */
async function requireRun(deps: AppDeps, interceptId: string): Promise<void> {
  const { client } = deps.temporal;
  try {
    await client.withDeadline(Date.now() + DESCRIBE_LIMIT_MS, () => client.workflow.getHandle(interceptWorkflowId(interceptId)).describe());
  } catch (cause) {
    const isAbsent = cause instanceof WorkflowNotFoundError;
    throw problem('ENGINE_UNAVAILABLE', { cause, retryAfterSeconds: isAbsent ? 1 : 5 });
  }
}

/** If this fails the patrol finds the run and notes it; the run goes on either way. */
async function noteStarted(deps: AppDeps, interceptId: string): Promise<void> {
  try {
    await markStarted(deps.db, interceptId);
  } catch (error) {
    deps.log.warn({ err: error, interceptId }, 'could not note that the run started');
  }
}
