import { Client, Connection } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Case } from '../dev/demo/shop-client.ts';
import { waitFor } from '../dev/waiting.ts';
import { interceptWorkflowId } from '../workflows/messages.ts';
import { scan, type Surroundings } from './load.ts';
import { spread } from './statistics.ts';

const END_LIMIT_MS = 30_000;

/** What a whole life costs in Temporal. */
export interface HistorySize {
  events: number;
  bytes: number;
  activities: number;
  workflowTasks: number;
}

/** Plays a whole life, from the create over the confirmed payment to the signed return, and reads its history. */
export async function measureHistory({ shop, simulatorsUrl }: Surroundings, temporalAddress: string): Promise<HistorySize> {
  const { refundId, waybillNo } = await shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SILENT' } });
  const { interceptId } = await shop.create(refundId);
  await scan(simulatorsUrl, waybillNo, 'RETURNING');
  await shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', END_LIMIT_MS);
  await scan(simulatorsUrl, waybillNo, 'RETURN_SIGNED');
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const handle = new Client({ connection }).workflow.getHandle(interceptWorkflowId(interceptId));
    await handle.result();
    const { historySize } = await handle.describe();
    const { events } = await handle.fetchHistory();
    const all = events ?? [];
    return {
      events: all.length,
      bytes: historySize ?? 0,
      activities: all.filter((event) => event.activityTaskScheduledEventAttributes).length,
      workflowTasks: all.filter((event) => event.workflowTaskCompletedEventAttributes).length,
    };
  } finally {
    await connection.close();
  }
}

/** What lies between the hour a refund is due and its payment, in ms; each from the end of the one before. */
export const STAGES = ['timer fires', 'task begins', 'task done', 'payment begins', 'payment done', 'task begins again'] as const;

type HistoryEvent = NonNullable<History['events']>[number];

/** How long each stage took in the runs of these cases, all paid at their day 5, as their histories tell: `p50 / p95 / max`, ms. */
export async function stageSpreads(temporalAddress: string, cases: readonly Case[]): Promise<string[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  const took: number[][] = [];
  try {
    for (const { interceptId, autoRefundAt } of cases) {
      // Paid at the platform is not yet read back.
      const stages = await waitFor(async () => {
        const { events } = await client.workflow.getHandle(interceptWorkflowId(interceptId)).fetchHistory();
        const found = stagesOf(events ?? [], Date.parse(autoRefundAt));
        return found.every(Number.isFinite) && found;
      }, END_LIMIT_MS);
      if (stages === undefined) throw new Error(`the history of ${interceptId} shows no payment within ${END_LIMIT_MS} ms`);
      took.push(stages);
    }
  } finally {
    await connection.close();
  }
  return STAGES.map((_, stage) => spread(took.map((each) => each[stage] ?? Number.NaN)));
}

function stagesOf(events: readonly HistoryEvent[], dueAt: number): number[] {
  const paid = events.findLast((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'payRefund');
  const decided = last(events, paid, (event) => event.workflowTaskCompletedEventAttributes !== null);
  const begun = last(events, decided, (event) => event.workflowTaskStartedEventAttributes !== null);
  const fired = last(events, begun, (event) => event.timerFiredEventAttributes !== null);
  const started = next(events, paid, (event) => event.activityTaskStartedEventAttributes !== null);
  const done = next(events, started, (event) => event.activityTaskCompletedEventAttributes !== null);
  const again = next(events, done, (event) => event.workflowTaskStartedEventAttributes !== null);
  const instants = [dueAt, ...[fired, begun, decided, started, done, again].map(instantOf)];
  return instants.slice(1).map((at, index) => at - (instants[index] ?? Number.NaN));
}

const last = (events: readonly HistoryEvent[], until: HistoryEvent | undefined, is: (event: HistoryEvent) => boolean) =>
  until && events.slice(0, events.indexOf(until)).findLast(is);
const next = (events: readonly HistoryEvent[], from: HistoryEvent | undefined, is: (event: HistoryEvent) => boolean) =>
  from && events.slice(events.indexOf(from)).find(is);

const NANOS_A_MS = 1_000_000;
const instantOf = (event: HistoryEvent | undefined): number =>
  Number(event?.eventTime?.seconds ?? Number.NaN) * 1_000 + (event?.eventTime?.nanos ?? 0) / NANOS_A_MS;
