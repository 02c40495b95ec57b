import { workflowInfo } from '@temporalio/workflow';

/** Whether this run was made from an earlier one, by a reset or by continuing as new: what that one asked, it asked already. */
export function isMadeAgain(): boolean {
  const { runId, firstExecutionRunId, originalExecutionRunId } = workflowInfo();
  return runId !== firstExecutionRunId || (originalExecutionRunId !== undefined && runId !== originalExecutionRunId);
}
