import { waitFor } from '../../dev/waiting.ts';
import { PATROL_SCHEDULE, PATROL_WORKFLOW } from '../../workflows/messages.ts';
import { acceptedCase, calm, type Drill, fire, paidOnce, psql, type Scene, turnRound, withTemporal } from './scene.ts';

const ROUND_LIMIT_MS = 120_000;

/** A case that is paid and whose parcel is still awaited: only the patrol will look at it. */
async function awaitedCase(scene: Scene) {
  const awaited = await acceptedCase(scene, 'STO');
  await scene.stack.shop.act(awaited.interceptId, 'approve-refund');
  await paidOnce(scene, awaited);
  return awaited;
}

/** What nobody waits for here: an hour without a poll and a refund list, a day without a pass over what is old. */
async function putBack(scene: Scene, interceptId: string): Promise<void> {
  await psql(scene, `update intercepts set initiated_at = initiated_at - interval '1 hour' where intercept_id = $1`, [interceptId]);
  await psql(scene, `update waybill_marks set last_push_at = null, last_poll_at = null`);
  await psql(scene, `update platform_cursors set position = position - interval '1 hour'`);
  await psql(scene, `update retention_sweeps set pass_ended_at = pass_ended_at - interval '25 hours', resumes_at = clock_ms()`);
}

const patrolPaused: Drill = {
  name: 'the patrol is paused',
  section: 'the-patrol-stands-still',
  alerts: ['PatrolStandsStill', 'CarrierPollsLate', 'RefundListLate', 'RetentionStandsStill'],
  async play(scene) {
    const awaited = await awaitedCase(scene);
    const hasSwept = async () => (await psql(scene, 'select from retention_sweeps where pass_ended_at is not null')).length > 0;
    if ((await waitFor(hasSwept, ROUND_LIMIT_MS)) !== true) throw new Error('the patrol went no round');
    await withTemporal(scene, async ({ schedule, workflow }) => {
      await schedule.getHandle(PATROL_SCHEDULE).pause('a drill');
      const under = `WorkflowType = '${PATROL_WORKFLOW}' AND ExecutionStatus = 'Running'`;
      const isOver = async () => (await workflow.count(under)).count === 0;
      if ((await waitFor(isOver, ROUND_LIMIT_MS)) !== true) throw new Error('a round of the patrol did not end');
    });
    await scene.alerts?.forget('temporal_workflow_completed');
    // Evidence and day 5 do not need it.
    const [caught, due] = await Promise.all([acceptedCase(scene, 'ZTO'), acceptedCase(scene, 'JT')]);
    await turnRound(scene, caught);
    await paidOnce(scene, caught);
    await paidOnce(scene, due, ROUND_LIMIT_MS);
    await putBack(scene, awaited.interceptId);
    // More than a round's time after it was paused.
    await fire(scene, patrolPaused, 30_000);
    await withTemporal(scene, ({ schedule }) => schedule.getHandle(PATROL_SCHEDULE).unpause());
    await calm(scene, patrolPaused.alerts);
    await psql(scene, `update intercepts set initiated_at = initiated_at + interval '1 hour' where intercept_id = $1`, [
      awaited.interceptId,
    ]);
  },
};

/** What the fallback does and nothing else. */
export const PATROL: readonly Drill[] = [patrolPaused];
