import { Client, Connection } from '@temporalio/client';
import { interceptWorkflowId } from '../workflows/messages.ts';
import { scan, type Surroundings } from './load.ts';

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
