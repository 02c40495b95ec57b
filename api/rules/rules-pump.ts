import { type Lanes, startLanes } from '../../delivery/lanes.ts';
import { backOff } from '../../evidence/back-off.ts';
import type { PumpOptions } from '../../evidence/pump.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import { claimTasks, endTask, postponeTask, type RuleTask } from '../../store/rule-tasks.ts';
import type { AppDeps } from '../deps.ts';
import { judgeRefund } from './judge-refund.ts';

/** Refunds judged side by side: a carrier that keeps some waiting holds up no other. Each takes a connection now and then. */
const LANES = 12;
const FAILED_AT_MOST_MS = MINUTE_MS;

/**
 * Judges refunds by their shops' rules while this process lives. In a pump beside the inbox's, not in it: a judgement asks platform
 * and carrier and may wait for a create, and evidence must not wait for that. Several processes share the work; a refund whose
 * process dies is taken up by another when its claim ends.
 */
export function startRulesPump(deps: AppDeps, { everyMs, onError }: PumpOptions): Lanes {
  return startLanes({
    lanes: LANES,
    everyMs,
    onError,
    claim: (limit) => claimTasks(deps.db, limit),
    work: (task) => judgeTask(deps, task),
  });
}

/** One claimed refund; what fails is tried again, for as long as the refund is there to be judged. */
export async function judgeTask(deps: AppDeps, task: RuleTask): Promise<void> {
  try {
    await endTask(deps.db, task, await judgeRefund(deps, task));
  } catch (error) {
    deps.log.warn({ err: error, refundId: task.refundId, shopId: task.shopId }, 'rules: a refund could not be judged, it is tried again');
    await postponeTask(deps.db, task, backOff(task.attempts, FAILED_AT_MOST_MS), String(error));
  }
}
