import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { INTERCEPT_STATUS } from '../../workflows/search-attributes.ts';

/** The bare worker's queues: as in the product, the carrier has one of its own. */
export const BARE_QUEUE = 'bare';
export const BARE_CARRIER_QUEUE = 'bare-carrier';

/** What a bare case does outside: nothing, and nothing is handed over. */
export interface BareActivities {
  requestIntercept(): Promise<void>;
  payRefund(): Promise<void>;
  saveRecords(): Promise<void>;
}

export const awaitAnswerUpdate = defineUpdate<void>('awaitAnswer');
export const returningSignal = defineSignal('returning');

const { requestIntercept } = proxyActivities<BareActivities>({ taskQueue: BARE_CARRIER_QUEUE, startToCloseTimeout: '18s' });
const { payRefund } = proxyActivities<BareActivities>({ startToCloseTimeout: '20s' });
const { saveRecords } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '1s' });

/**
 * What Temporal itself needs for a case from its create to its payment: the same messages, activities, records, timer and visible
 * states as `intercept`, with nothing decided, carried or done outside.
 */
export async function bareCase(): Promise<void> {
  let answered = false;
  let returning = false;
  setHandler(awaitAnswerUpdate, () => condition(() => answered));
  setHandler(returningSignal, () => {
    returning = true;
  });
  await requestIntercept();
  answered = true;
  upsertSearchAttributes([{ key: INTERCEPT_STATUS, value: 'INTERCEPTING' }]);
  await saveRecords();
  await condition(() => returning, '5 days');
  await payRefund();
  upsertSearchAttributes([{ key: INTERCEPT_STATUS, value: 'SUCCEEDED' }]);
  await saveRecords();
}
