/** Run as a program: works on bare cases at the Temporal of the first argument, from the bundle of the second, until it is stopped; prints `ready` once it polls. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { BARE_CARRIER_QUEUE, BARE_QUEUE, type BareActivities } from './workflow.ts';

const [, , address = '', codePath = ''] = process.argv;
const activities: BareActivities = { requestIntercept: async () => {}, payRefund: async () => {}, saveRecords: async () => {} };
const connection = await NativeConnection.connect({ address });
const workers = await Promise.all([
  Worker.create({ connection, taskQueue: BARE_QUEUE, workflowBundle: { codePath }, activities }),
  Worker.create({ connection, taskQueue: BARE_CARRIER_QUEUE, activities }),
]);
const running = Promise.all(workers.map((worker) => worker.run()));
process.stdout.write('ready\n');
await running;
await connection.close();
