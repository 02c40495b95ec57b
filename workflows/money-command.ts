import { proxyActivities } from '@temporalio/workflow';
import type { MoneyActivities } from '../activities/types.ts';
import { autoRefundAt } from '../domain/intercept/action.ts';
import type { MoneyOutcome } from '../domain/intercept/event.ts';
import type { RecordWrite } from '../domain/intercept/record.ts';
import type { InterceptState, MoneyCommand } from '../domain/intercept/state.ts';
import { TASK_QUEUE } from './messages.ts';

/** Asked again without end: a minute apart at most, so that what was mended is noticed within one. */
export const RETRY_FOREVER = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' } as const;

/** Carries the case's money command out at the platform; `records` is what its record still lacks, written if a payment takes long. */
export function sendMoney(state: InterceptState, command: MoneyCommand, records: RecordWrite[]): Promise<MoneyOutcome> {
  const { shopId, refundId, interceptId, carrier, waybillNo, refundFeeFen } = state.input;
  const request = { shopId, refundId, interceptId, carrier, waybillNo, sequence: command.sequence };
  const options = { taskQueue: TASK_QUEUE, retry: RETRY_FOREVER, cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const;
  if (command.kind === 'PAY') {
    const { payRefund } = proxyActivities<MoneyActivities>({
      ...options,
      startToCloseTimeout: '20s',
      summary: `退款 ${refundId}（${command.cause}）`,
    });
    const attended = command.cause === 'MANUAL_APPROVAL';
    return payRefund({
      ...request,
      cause: command.cause ?? 'MANUAL_APPROVAL',
      agreedFen: command.agreedFen,
      maxFen: refundFeeFen,
      otherWaybillAgreed: attended && state.notices.includes('WAYBILL_CHANGED'),
      notBefore: command.cause === 'DEADLINE_PASSED' ? autoRefundAt(state) : null,
      attended,
      records,
    });
  }
  const description = command.description ?? '';
  const money = proxyActivities<MoneyActivities>({
    ...options,
    // Short, so that a deadline which overtakes it is still kept: day 5 waits for at most this try.
    startToCloseTimeout: '4s',
    summary: command.kind === 'REJECT' ? `拒绝退款 ${refundId}` : `申请平台介入 ${refundId}`,
  });
  return command.kind === 'REJECT'
    ? money.rejectRefund({ ...request, reason: command.reason ?? '', description, images: command.images })
    : money.requestArbitration({ ...request, description, pictures: command.images });
}
