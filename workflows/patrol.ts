import { log, patched, proxyActivities } from '@temporalio/workflow';
import type { PatrolActivities } from '../activities/types.ts';

/** The rounds of a patrol: each finds what a push, a message or a lost process left behind. */
const ROUNDS = [
  ['repairStarts', '修复未启动的拦截单'],
  ['findLostRuns', '查找丢失的流程'],
  ['driveInbox', '投递积压的证据'],
  ['startClaims', '启动尚未开始的索赔'],
  ['pollCarriers', '查询安静的运单'],
  ['syncRefunds', '同步平台退款列表'],
  ['checkRefunds', '复查退款状态'],
  ['tellNearDeadlines', '临近自动退款提醒'],
  ['refreshTokens', '刷新平台授权'],
  ['subscribeTracks', '订阅物流轨迹'],
  ['findLostClaims', '查找丢失的索赔流程'],
  ['tellExpiringAuthorisations', '平台授权即将到期提醒'],
  ['removeExpired', '清理过期数据'],
] as const satisfies readonly (readonly [keyof PatrolActivities, string])[];

/** As many as ran, one after the other, before they ran side by side. */
const ROUNDS_IN_TURN = 9;

/**
 * One round of everything side by side, every minute by Schedule, so that a slow one holds up no other; all have ended, or were
 * given up, before the next minute's begin. A round that fails is logged, the next minute tries again.
 */
export async function patrol(): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  const run = async ([round, summary]: (typeof ROUNDS)[number]): Promise<void> => {
    const activities = proxyActivities<PatrolActivities>({
      startToCloseTimeout: '55s',
      heartbeatTimeout: '15s',
      retry: { maximumAttempts: 1 },
      summary,
    });
    try {
      done[round] = await activities[round]();
    } catch (error) {
      log.warn('patrol round failed', { round, error: String(error) });
    }
  };
  if (patched('rounds-side-by-side')) await Promise.all(ROUNDS.map(run));
  else for (const round of ROUNDS.slice(0, ROUNDS_IN_TURN)) await run(round);
  return done;
}
