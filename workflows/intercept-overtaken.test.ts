import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '../dev/waiting.ts';
import { sampleInput } from '../domain/intercept/sample-case.ts';
import { HOUR_MS } from '../domain/time.ts';
import { CaseWorld, refusalOf } from '../test/support/case-world.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { approveRefundUpdate, rejectRefundUpdate } from './messages.ts';

// The time-skipping server leaves an activity that fails under a cancel request as it is, and may lose a task when a signal comes while an update
// is taken; a real server does neither.
const REJECT = 'open.seller.order.refund.disagree.refund';
const REJECTION = { actor: 'tester', reason: '1002', description: '包裹已在途', images: [] };
/** How long the platform leaves us without an answer before the connection breaks: longer than what overtakes takes to come. */
const UNKNOWN_MS = { 'the deadline': 3_000, 'a success': 1_000 };
/** Real time: the case has begun and its rejection is unlocked well before it is asked for, and that well before the deadline. */
const DEADLINE_MS = 8_000;
const ASKED_AFTER_MS = { 'the deadline': DEADLINE_MS - 2_500, 'a success': 1_000 };

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createDevServerEnv());
});
afterAll(() => world.close());

/** Waits until the platform was called about the refund this often. */
async function untilCalled(api: string, refundId: string, times: number): Promise<void> {
  const called = await waitFor(async () => (await world.calls(api, refundId)).length >= times, 10_000);
  expect(called).toBe(true);
}

const MEETINGS = [
  { met: 'the deadline', cause: 'DEADLINE_PASSED' },
  { met: 'a success', cause: 'INTERCEPT_SUCCEEDED' },
] as const;
const ENDS = [
  { platform: 'took it', kind: 'timeout-after-accepting', change: null, refundStatus: 'REJECTED', refusal: null },
  { platform: 'arbitrates', kind: 'hang', change: { status: 20 }, refundStatus: 'UNDER_ARBITRATION', refusal: 'UNDER_ARBITRATION' },
  { platform: 'never saw it', kind: 'hang', change: null, refundStatus: 'REFUNDED', refusal: 'REFUND_NOT_OPEN' },
] as const;

/** A fault strikes whichever rejection comes next: they are sent one after the other, and waited for together. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const mine = turn.then(act);
  turn = mine.catch(() => {});
  return mine;
}

test.concurrent.each(MEETINGS.flatMap((meeting) => ENDS.map((end) => ({ ...meeting, ...end }))))(
  '2.6 a rejection of unknown outcome is met by $met: not sent again, the refund is read: the platform $platform → $refundStatus',
  async ({ met, cause, kind, change, refundStatus, refusal }) => {
    const autoRefundAfterMs = met === 'the deadline' ? DEADLINE_MS : HOUR_MS;
    const seeded = await world.seed({}, { durations: { ...sampleInput().durations, rejectUnlockAfterMs: 1_000, autoRefundAfterMs } });
    const { handle } = await world.start(seeded);
    await world.sleepUntil(seeded.input.initiatedAt + ASKED_AFTER_MS[met]);
    const { answer } = await inTurn(async () => {
      await world.control('POST', '/sim/faults', { party: 'KUAISHOU', api: REJECT, kind, delayMs: UNKNOWN_MS[met], times: 1 });
      const asked = refusalOf(handle.executeUpdate(rejectRefundUpdate, { args: [REJECTION] }));
      await untilCalled(REJECT, seeded.refundId, 1);
      // In an object: a promise would be waited for here, and the others' turns with it.
      return { answer: asked };
    });
    if (change !== null) await world.changeRefund(seeded.refundId, change);
    if (met === 'a success') await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, (seen) => seen.refundStatus === refundStatus);
    expect(await answer).toEqual(refusal === null ? null : { type: 'ACTION_NOT_ALLOWED', reason: refusal });
    expect(await world.calls(REJECT, seeded.refundId)).toHaveLength(1);
    const isPaid = refundStatus === 'REFUNDED';
    expect((await world.payments(seeded.refundId)).filter(({ applied }) => applied)).toHaveLength(isPaid ? 1 : 0);
    expect(view.refundCause).toBe(isPaid ? cause : null);
    expect(view.notices.includes('LATE_SUCCESS_AFTER_REJECTION')).toBe(refundStatus === 'REJECTED' && met === 'a success');
  },
);

test.concurrent('2.6 (F78) timer, success and approval at once pay once', async () => {
  const durations = { ...sampleInput().durations, rejectUnlockAfterMs: 1_000, autoRefundAfterMs: DEADLINE_MS };
  const meet = async () => {
    const seeded = await world.seed({}, { durations });
    const { handle } = await world.start(seeded);
    const approve = () => refusalOf(handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: null }] }));
    await world.sleepUntil(seeded.input.initiatedAt + DEADLINE_MS - 300);
    await Promise.all([approve(), world.signal(handle, 'RETURNING'), approve()]);
    await world.sleepUntil(seeded.input.initiatedAt + DEADLINE_MS + 300);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  };
  // Which comes first differs from one to the next.
  await Promise.all(Array.from({ length: 6 }, meet));
});
