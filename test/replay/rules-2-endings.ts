import { NO_EVIDENCE } from '../../domain/intercept/parcel.ts';
import { leadersAnswerKey } from '../../domain/intercept/refusal.ts';
import { approveRefundUpdate, refundChangedSignal } from '../../workflows/messages.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { APPROVE, changed, ending, paid, type Played, type Recording, UNHURRIED } from './endings.ts';

const LEADER = { interceptId: '9007199254740993001-1', initiatedAt: 0 };

/** The platform refuses the payment; the patrol tells the run of it, and more happens before it is taken. */
async function refusedThenPaid(world: CaseWorld, played: Played): Promise<void> {
  const { seeded, handle } = played;
  const { interceptId } = seeded.input;
  const refusal = { code: '300018', message: '账户余额不足' };
  await world.control('POST', '/sim/faults', { party: 'KUAISHOU', api: 'open.seller.order.refund.approve', kind: 'refuse', ...refusal });
  await world.signal(handle, 'RETURNING');
  await world.untilRecorded(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDING');
  const readAt = Math.floor(await world.env.currentTimeMs());
  await handle.signal(refundChangedSignal, { refund: null, readAt, notice: 'ACTION_REFUSED_BY_PLATFORM', reason: refusal });
  await world.untilRecorded(interceptId, ({ platformRefusal }) => platformRefusal !== null);
  await world.signal(handle, 'DAMAGED');
  await world.untilRecorded(interceptId, ({ returnFailure }) => returnFailure === 'DAMAGED');
  await world.control('DELETE', '/sim/faults');
  await paid(world, played);
  await world.signal(handle, 'RETURN_SIGNED');
}

/** Endings that the second version of the rules brought or changed. */
export const RULES_2_RECORDINGS: Recording[] = [
  ending('rules-2-returned', 'under rules 2: success, paid at once, signed back', { durations: UNHURRIED }, async (world, played) => {
    await world.signal(played.handle, 'RETURNING');
    await paid(world, played);
    await world.signal(played.handle, 'RETURN_SIGNED');
  }),
  ending(
    'rules-2-payment-refused',
    'under rules 2: the platform refuses the payment; what happens meanwhile is recorded; then it pays',
    { durations: UNHURRIED },
    refusedThenPaid,
  ),
  ending(
    'rules-2-payment-failed-closed',
    'under rules 2: the platform fails our payment (70), an approval finds the refund closed: CLOSED',
    { durations: UNHURRIED, refund: { paymentFails: true } },
    async (world, { handle }) => {
      await world.signal(handle, 'RETURNING');
      await world.until(handle, ({ notices }) => notices.includes('REFUND_PAYMENT_FAILED'));
      await handle.executeUpdate(approveRefundUpdate, { args: [APPROVE] }).catch(() => {});
      await world.signal(handle, 'RETURN_SIGNED');
    },
  ),
  ending(
    'rules-2-payment-failed-given-up',
    'under rules 2: the platform fails our payment (70) and nobody does anything: CLOSED with the watch',
    { durations: { ...UNHURRIED, returnGiveUpAfterMs: 6_000 }, refund: { paymentFails: true } },
    (world, { handle }) => world.signal(handle, 'RETURNING'),
  ),
  ending(
    'rules-2-waybill-changed',
    'under rules 2: the refund is about another waybill: the success does not pay, the merchant does',
    { durations: UNHURRIED },
    async (world, played) => {
      const { handle } = played;
      await changed(played, world, { waybillNo: 'YT9999999999999' });
      await world.signal(handle, 'RETURNING');
      await world.until(handle, ({ notices, interceptStatus }) => notices.includes('WAYBILL_CHANGED') && interceptStatus === 'SUCCEEDED');
      await handle.executeUpdate(approveRefundUpdate, { args: [APPROVE] });
      await world.signal(handle, 'RETURN_SIGNED');
    },
  ),
  ending(
    'rules-2-refused-after-acceptance',
    'under rules 2: a refusal after the acceptance is logged, one that says the parcel goes on fails the intercept',
    { durations: UNHURRIED },
    async (world, played) => {
      await world.signal(played.handle, 'RESULT_REFUSED', { code: 'E9', message: '超出拦截时限' });
      await world.signal(played.handle, 'RESULT_REFUSED', { code: 'E9', message: '快件已派送' });
      await changed(played, world, { status: 60 });
    },
  ),
  ending(
    'rules-2-follower-refused',
    'under rules 2: a follower that failed before its leader was refused is released with it',
    {
      durations: UNHURRIED,
      changes: { follows: { ...LEADER, interceptStatus: 'REQUESTED', carrierReference: null, failure: null, parcel: { ...NO_EVIDENCE } } },
    },
    async (world, { handle }) => {
      await world.signal(handle, 'SIGNED');
      await world.signal(handle, 'RESULT_REFUSED', { key: leadersAnswerKey(LEADER, 'REFUSED'), code: 'E9', message: '拒绝拦截' });
    },
  ),
];
