import { NO_EVIDENCE } from '../../domain/intercept/parcel.ts';
import type { InterceptDurations, InterceptInput } from '../../domain/intercept/state.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { approveRefundUpdate, rejectRefundUpdate, requestArbitrationUpdate } from '../../workflows/messages.ts';
import type { CaseHandle, CaseWorld, SeededCase } from '../support/case-world.ts';
import type { Keepsake } from './saved-history.ts';

/** A run worth keeping: plays it in the world until it ended, or waits, and answers its workflow id. */
export interface Recording extends Keepsake {
  play(world: CaseWorld): Promise<string>;
}

const REJECT = { actor: 'key:sample', reason: '1002', description: '包裹已派送', images: [] };
export const APPROVE = { actor: 'key:sample', refundFeeFen: null };
const APPEAL = { actor: 'key:sample', description: '请平台介入', pictures: [] };
/** A case of seconds. */
const QUICK: InterceptDurations = {
  rejectUnlockAfterMs: 1_000,
  autoRefundAfterMs: 2_500,
  returnStalledAfterMs: 2_000,
  returnOverdueAfterMs: 4_000,
  returnGiveUpAfterMs: 6_000,
  correctionAfterMs: 1_000,
};
/** A case of seconds whose deadlines lie out of the way. */
export const UNHURRIED: InterceptDurations = {
  ...QUICK,
  rejectUnlockAfterMs: 30_000,
  autoRefundAfterMs: 60_000,
  returnStalledAfterMs: 60_000,
  returnOverdueAfterMs: 90_000,
  returnGiveUpAfterMs: 120_000,
};

export interface Played {
  seeded: SeededCase;
  handle: CaseHandle;
}

/** Opens a case, waits for the carrier's answer, plays the rest and waits for the end. */
export function ending(
  name: string,
  why: string,
  {
    durations,
    refund = {},
    changes = {},
  }: { durations: InterceptDurations; refund?: Record<string, unknown>; changes?: Partial<InterceptInput> },
  rest: (world: CaseWorld, played: Played) => Promise<unknown>,
): Recording {
  const play = async (world: CaseWorld): Promise<string> => {
    const given = await world.seed(refund);
    const seeded = { ...given, input: { ...given.input, durations, ...changes } };
    const { handle } = await world.start(seeded);
    await rest(world, { seeded, handle });
    await handle.result();
    return handle.workflowId;
  };
  return { name: `intercept-${name}`, why, play };
}

/** Waits by the record alone: a query to a busy run would cost it workflow tasks. */
export const paid = (world: CaseWorld, { seeded }: Played): Promise<unknown> =>
  world.untilRecorded(seeded.input.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');

export async function changed({ seeded, handle }: Played, world: CaseWorld, refund: Record<string, unknown>): Promise<void> {
  await world.changeRefund(seeded.refundId, refund);
  await world.tellRefund(handle, seeded);
}

/** A case with the durations of production that was opened so long ago and goes on waiting. */
function waiting(name: string, why: string, sinceMs: number): Recording {
  const play = async (world: CaseWorld): Promise<string> => {
    const { input, refundId } = await world.seed();
    const seeded = { refundId, input: { ...input, initiatedAt: input.initiatedAt - sinceMs } };
    const { handle } = await world.start(seeded);
    return handle.workflowId;
  };
  return { name: `intercept-${name}`, why, play };
}

/** Every ending of an intercept that running cases may be on their way to. */
export const RECORDINGS: Recording[] = [
  ending('returned', 'success, paid at once, signed back: the whole life', { durations: UNHURRIED }, async (world, played) => {
    await world.signal(played.handle, 'RETURNING');
    await paid(world, played);
    await world.signal(played.handle, 'RETURN_SIGNED');
  }),
  ending(
    'approved',
    'the merchant approves while the parcel is being intercepted; given up at the end of the watch',
    { durations: { ...UNHURRIED, returnGiveUpAfterMs: 1_500 } },
    (_world, { handle }) => handle.executeUpdate(approveRefundUpdate, { args: [APPROVE] }),
  ),
  ending('failed-rejected', 'the interception fails and the merchant rejects', { durations: UNHURRIED }, async (world, { handle }) => {
    await world.signal(handle, 'RESULT_FAILED', { code: 'F1', message: '客户已签收' });
    await handle.executeUpdate(rejectRefundUpdate, { args: [REJECT] });
  }),
  ending(
    'silence',
    'no result: reject unlocks, the deadline refunds, the watch gives up',
    { durations: { ...QUICK, returnGiveUpAfterMs: 4_000 } },
    async () => {},
  ),
  ending(
    'unlocked-rejected',
    'no result: the merchant rejects once it is unlocked',
    { durations: { ...QUICK, returnGiveUpAfterMs: 3_000 } },
    async (world, { seeded, handle }) => {
      await world.sleepUntil(seeded.input.initiatedAt + QUICK.rejectUnlockAfterMs + 200);
      await handle.executeUpdate(rejectRefundUpdate, { args: [REJECT] });
    },
  ),
  ending('refused', 'the carrier refuses', { durations: UNHURRIED, refund: { parcel: { onIntercept: 'REFUSES' } } }, async () => {}),
  ending('arbitration-paid', 'arbitration, a success meanwhile, verdict 60', { durations: UNHURRIED }, async (world, played) => {
    await played.handle.executeUpdate(requestArbitrationUpdate, { args: [APPEAL] });
    await world.signal(played.handle, 'RETURNING');
    await changed(played, world, { status: 60 });
    await world.signal(played.handle, 'RETURN_SIGNED');
  }),
  ending('arbitration-closed', 'arbitration, verdict 70, failed parcel', { durations: UNHURRIED }, async (world, played) => {
    await played.handle.executeUpdate(requestArbitrationUpdate, { args: [APPEAL] });
    await changed(played, world, { status: 70 });
    await world.signal(played.handle, 'SIGNED');
  }),
  ending(
    'arbitration-returned',
    'arbitration, back to 10 after the deadline, the merchant approves',
    { durations: QUICK },
    async (world, played) => {
      const { seeded, handle } = played;
      await handle.executeUpdate(requestArbitrationUpdate, { args: [APPEAL] });
      await world.sleepUntil(seeded.input.initiatedAt + QUICK.autoRefundAfterMs + 200);
      await changed(played, world, { status: 10, negotiateStatus: 1 });
      await world.until(handle, ({ refundStatus }) => refundStatus === 'OPEN');
      await handle.executeUpdate(approveRefundUpdate, { args: [APPROVE] });
    },
  ),
  ending('withdrawn', 'the buyer withdraws, the parcel comes back all the same', { durations: UNHURRIED }, async (world, played) => {
    await changed(played, world, { status: 70 });
    await world.signal(played.handle, 'RETURNING');
    await world.signal(played.handle, 'RETURN_SIGNED');
  }),
  ending(
    'payment-failed',
    'the platform fails our payment (70), the merchant approves again',
    { durations: UNHURRIED, refund: { paymentFails: true } },
    async (world, played) => {
      const { seeded, handle } = played;
      await world.signal(handle, 'RETURNING');
      await world.until(handle, ({ notices }) => notices.includes('REFUND_PAYMENT_FAILED'));
      await world.changeRefund(seeded.refundId, { status: 10, negotiateStatus: 1, paymentFails: false });
      await handle.executeUpdate(approveRefundUpdate, { args: [APPROVE] });
      await world.signal(handle, 'RETURN_SIGNED');
    },
  ),
  ending(
    'amount-raised',
    'the buyer raises the amount: the success does not pay, the merchant agrees',
    { durations: UNHURRIED },
    async (world, { seeded, handle }) => {
      await world.changeRefund(seeded.refundId, { refundFeeFen: 12_000 });
      await world.signal(handle, 'RETURNING');
      await world.until(handle, ({ notices }) => notices.includes('REFUND_AMOUNT_RAISED'));
      await handle.executeUpdate(approveRefundUpdate, { args: [{ ...APPROVE, refundFeeFen: 12_000 }] });
      await world.signal(handle, 'RETURN_SIGNED');
    },
  ),
  ending(
    'lost',
    'success, paid, then lost; a late return scan, lost again, nothing more for a week',
    { durations: UNHURRIED },
    async (world, played) => {
      await world.signal(played.handle, 'RETURNING');
      await paid(world, played);
      await world.signal(played.handle, 'LOST');
      await world.signal(played.handle, 'RETURNING');
      await world.signal(played.handle, 'LOST');
    },
  ),
  ending(
    'stalled',
    'success, paid, no scan: stalled, revived, overdue, given up',
    { durations: { ...QUICK, autoRefundAfterMs: 60_000, rejectUnlockAfterMs: 30_000 } },
    async (world, played) => {
      await world.signal(played.handle, 'RESULT_SUCCEEDED');
      await world.until(played.handle, ({ returnFailure }) => returnFailure === 'STALLED');
      await world.signal(played.handle, 'SCAN');
    },
  ),
  ending(
    'follower',
    'behind a leader that succeeded: pays without a carrier call',
    {
      durations: UNHURRIED,
      changes: {
        follows: {
          interceptId: '9007199254740993001-1',
          interceptStatus: 'SUCCEEDED',
          carrierReference: 'R1',
          failure: null,
          parcel: { ...NO_EVIDENCE, caught: true },
        },
      },
    },
    async (world, played) => {
      await paid(world, played);
      await world.signal(played.handle, 'RETURN_SIGNED');
    },
  ),
  ending(
    'overtaken',
    'a rejection without an answer is overtaken by the deadline, which finds the refund open and pays',
    { durations: { ...QUICK, returnGiveUpAfterMs: 4_500 } },
    async (world, { seeded, handle }) => {
      await world.control('POST', '/sim/faults', {
        party: 'KUAISHOU',
        api: 'open.seller.order.refund.disagree.refund',
        kind: 'hang',
        delayMs: 2_500,
        times: 1,
      });
      await world.sleepUntil(seeded.input.initiatedAt + 1_500);
      await handle.executeUpdate(rejectRefundUpdate, { args: [REJECT] }).catch(() => {});
    },
  ),
  ending(
    'cancel-ignored',
    'somebody asks Temporal to cancel the run: ignored; a later success pays',
    { durations: UNHURRIED },
    async (world, played) => {
      await played.handle.cancel();
      await world.signal(played.handle, 'RETURNING');
      await paid(world, played);
      await world.signal(played.handle, 'RETURN_SIGNED');
    },
  ),
  waiting('waiting', 'accepted, waiting for the unlock at 72 h: generated histories go on from here', 0),
  waiting('unlocked', 'accepted 73 h ago, waiting for the deadline at 120 h: generated histories go on from here', 73 * HOUR_MS),
];
