import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from '../../evidence/back-off.ts';
import type { Pump, PumpOptions } from '../../evidence/pump.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import { claimTasks, endTask, postponeTask, type RuleTask } from '../../store/rule-tasks.ts';
import type { AppDeps } from '../deps.ts';
import { judgeRefund } from './judge-refund.ts';

/** Refunds judged side by side: a carrier that keeps some waiting holds up no other. Each takes a connection now and then. */
const LANES = 12;
const REST_MS = 1_000;
const FAILED_AT_MOST_MS = MINUTE_MS;

/**
 * Judges refunds by their shops' rules while this process lives. In a pump beside the inbox's, not in it: a judgement asks platform
 * and carrier and may wait for a create, and evidence must not wait for that. Several processes share the work; a refund whose
 * process dies is taken up by another when its claim ends.
 */
export function startRulesPump(deps: AppDeps, { everyMs, onError }: PumpOptions): Omit<Pump, 'wake'> {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();

  async function rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const tasks = running.size < LANES ? await claimTasks(deps.db, LANES - running.size) : [];
        for (const task of tasks) {
          const judging = judgeTask(deps, task)
            .catch(onError)
            .finally(() => running.delete(judging));
          running.add(judging);
        }
        if (running.size >= LANES) await Promise.race(running);
        else if (tasks.length === 0) await rest(everyMs);
      } catch (error) {
        onError(error);
        await rest(REST_MS);
      }
    }
    await Promise.all(running);
  }

  const done = run();
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
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
