import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import proto from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { openCase } from '../../evidence/test-records.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { missingRunCount } from '../../store/intercept-watch.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { openTestApi, type TestApi } from '../test-api.ts';
import { temporalClient } from '../temporal-client.ts';
import { startRun } from './start-run.ts';

const POLL_LIMIT_MS = 30_000;
const UNANSWERED = proto.temporal.api.enums.v1.QueryResultType.QUERY_RESULT_TYPE_FAILED;

/** Against a real server that no worker polls: a run that is started survives, whether or not anybody takes it up. */
let env: TestWorkflowEnvironment;
let api: TestApi;
beforeAll(async () => {
  env = await createDevServerEnv();
  api = await openTestApi({ temporal: { client: temporalClient(env.connection, env.namespace ?? 'default', []), address: env.address } });
});
afterAll(async () => {
  await api?.close();
  await env?.teardown();
});

const phaseOf = async (interceptId: string) =>
  (await api.deps.db.selectFrom('intercepts').select('phase').where('intercept_id', '=', interceptId).executeTakeFirstOrThrow()).phase;

/** Does something while a worker takes every task of a run and answers it with nothing. */
async function besideIdleWorker<T>(work: () => Promise<T>): Promise<T> {
  const { workflowService } = env.connection;
  const from = { namespace: env.namespace ?? 'default', identity: 'an idle worker' };
  const over = new AbortController();
  const worked = work().finally(() => over.abort());
  const poll = () => workflowService.pollWorkflowTaskQueue({ ...from, taskQueue: { name: TASK_QUEUE } });
  const untilOver = () => env.connection.withAbortSignal(over.signal, poll);
  while (!over.signal.aborted) {
    const task = await env.connection.withDeadline(Date.now() + POLL_LIMIT_MS, untilOver).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    if (!task?.taskToken?.length) continue;
    const { taskToken, query } = task;
    if (query) await workflowService.respondQueryTaskCompleted({ ...from, taskToken, completedType: UNANSWERED });
    else await workflowService.respondWorkflowTaskCompleted({ ...from, taskToken });
  }
  return worked;
}

describe('starting a run without a worker', () => {
  test('the run exists, so the answer is "not yet"; starts at once and again are one run with the record’s input', async () => {
    const state = await openCase(api.deps.db, { shopId: api.shopId, refundId: '9101', waybillNo: '73900000009101' }, true);
    const views = await Promise.all([startRun(api.deps, state), startRun(api.deps, state), startRun(api.deps, state)]);
    expect(views).toEqual([null, null, null]);
    expect(await startRun(api.deps, state)).toBeNull();
    expect(await phaseOf('9101-1')).toBe('OPEN');
    const handle = env.client.workflow.getHandle('intercept:9101-1');
    const description = await handle.describe();
    expect([description.type, description.taskQueue, description.status.name, description.staticSummary]).toEqual([
      'intercept',
      'refund-intercept',
      'RUNNING',
      expect.anything(),
    ]);
    const { events } = await handle.fetchHistory();
    const starts = events?.flatMap(({ workflowExecutionStartedEventAttributes: started }) => started ?? []);
    expect(starts).toHaveLength(1);
    // A task that a dying worker took along must come back in time for a payment.
    expect(Number(starts?.[0]?.workflowTaskTimeout?.seconds)).toBeLessThan(5);
  });

  test('a read and a command while nobody takes them: the record, and 503', async () => {
    await openCase(api.deps.db, { shopId: api.shopId, refundId: '9102', waybillNo: '73900000009102' }, true).then((state) =>
      startRun(api.deps, state),
    );
    const shown = await api.call('GET', '/v1/intercepts/9102-1');
    expect([shown.status, shown.body.source]).toEqual([200, 'record']);
    const commanded = await api.call('POST', '/v1/intercepts/9102-1/approve-refund', {});
    expect([commanded.status, commanded.body.code]).toEqual([503, 'ENGINE_UNAVAILABLE']);
  });

  test('a command that a worker leaves in the task it was in: 503, to be repeated', async () => {
    const state = await openCase(api.deps.db, { shopId: api.shopId, refundId: '9104', waybillNo: '73900000009104' }, true);
    await startRun(api.deps, state);
    const commanded = await besideIdleWorker(() => api.call('POST', '/v1/intercepts/9104-1/approve-refund', {}));
    expect([commanded.status, commanded.body.code]).toEqual([503, 'ENGINE_UNAVAILABLE']);
    expect(Number(commanded.headers['retry-after'])).toBeGreaterThan(0);
    const { events } = await env.client.workflow.getHandle('intercept:9104-1').fetchHistory();
    expect(events?.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted)).toBe(false);
  });

  test('a run that has ended is not started again', async () => {
    const state = await openCase(api.deps.db, { shopId: api.shopId, refundId: '9103', waybillNo: '73900000009103' }, true);
    await startRun(api.deps, state);
    const handle = env.client.workflow.getHandle('intercept:9103-1');
    const { runId } = await handle.describe();
    await handle.terminate('test');
    expect(await startRun(api.deps, state)).toBeNull();
    expect((await handle.describe()).runId).toBe(runId);
    const shown = await api.call('GET', '/v1/intercepts/9103-1');
    expect([shown.status, shown.body.source, await missingRunCount(api.deps.db)]).toEqual([200, 'record', 1]);
  });
});
