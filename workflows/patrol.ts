import { log, proxyActivities } from '@temporalio/workflow';
import type { PatrolActivities } from '../activities/types.ts';

/** The rounds of a patrol, in order: each finds what a push, a message or a lost process left behind. */
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
] as const satisfies readonly (readonly [keyof PatrolActivities, string])[];

/** One round of everything, every minute by Schedule; a round that fails is logged, the next minute tries again. */
export async function patrol(): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  for (const [round, summary] of ROUNDS) {
    const activities = proxyActivities<PatrolActivities>({
      startToCloseTimeout: '50s',
      retry: { maximumAttempts: 1 },
      summary,
    });
    try {
      done[round] = await activities[round]();
    } catch (error) {
      log.warn('patrol round failed', { round, error: String(error) });
    }
  }
  return done;
}
