import type { Client, HistoryAndWorkflowId } from '@temporalio/client';
import type { DataConverter, Payload } from '@temporalio/common';
import { type InjectedSinks, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { WorkflowInfo } from '@temporalio/workflow';
import type { PayRequest } from '../../activities/types.ts';
import type { ClaimWrite } from '../../domain/claim/record.ts';
import type { MoneyOutcome } from '../../domain/intercept/event.ts';
import type { RecordWrite } from '../../domain/intercept/record.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { KnownPayment } from '../../store/payment-calls.ts';
import { TELLING_REPLAY } from '../../workflows/messages.ts';
import type { RecordSinks } from '../../workflows/tell-records.ts';

/** A run as the server lists it. */
export interface ListedRun {
  workflowId: string;
  runId: string;
  isOpen: boolean;
  startedAt: EpochMs;
}

/** A run with all it ever handed over to be written. */
export interface ToldRun extends ListedRun {
  /** What it was started with. */
  args: unknown;
  cases: RecordWrite[];
  claims: ClaimWrite[];
  payments: KnownPayment[];
  /** Why its history does not replay with this code; null when it does. */
  unfit: string | null;
}

/** Where runs are, and the code they replay with. */
export interface Replayer {
  client: Client;
  workflowBundle: WorkflowBundleOption;
  dataConverter: DataConverter;
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

/**
 * Replays runs one after the other and answers what each recorded. Nothing is asked of a worker and nothing is added to a history: the code makes of it the
 * same writes as it did then. Of a task that was never completed nothing is told, for the run itself will come to it.
 */
export async function* tellRuns({ client, workflowBundle, dataConverter }: Replayer, runs: readonly ListedRun[]): AsyncGenerator<ToldRun> {
  // A replayer is a thread and the workflows loaded once more.
  if (runs.length === 0) return;
  const told: ToldRun[] = [];
  async function* histories(): AsyncGenerator<HistoryAndWorkflowId> {
    for (const run of runs) {
      const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      told.push({ ...run, args: await startArgument(client, history), cases: [], claims: [], payments: [], unfit: null });
      if (history.events?.some((event) => event.workflowTaskCompletedEventAttributes)) yield { workflowId: run.workflowId, history };
    }
  }
  // In a thread of its own, as when it polls: a third faster.
  const options = { workflowBundle, dataConverter, sinks: sinksInto(() => told.at(-1)), replayName: TELLING_REPLAY, debugMode: false };
  for await (const { error } of Worker.runReplayHistories(options, histories())) {
    const replayed = told.pop();
    yield* told.splice(0);
    if (replayed !== undefined) yield { ...replayed, unfit: error?.message ?? null };
  }
  yield* told;
}

/** What a replay tells goes to the run that is being replayed: they are replayed one at a time. */
function sinksInto(present: () => ToldRun | undefined): InjectedSinks<RecordSinks> {
  const cases = (writes: RecordWrite[]): void => void present()?.cases.push(...asSent(writes));
  const claims = (writes: ClaimWrite[]): void => void present()?.claims.push(...asSent(writes));
  const paid = (request: PayRequest, outcome: MoneyOutcome, at: EpochMs): void => {
    const { refundId, interceptId, sequence, agreedFen, maxFen } = request;
    const amountFen = outcome.refund?.refundFeeFen ?? agreedFen ?? maxFen;
    if (outcome.sent) present()?.payments.push({ refundId, interceptId, sequence, amountFen, at, isTaken: outcome.kind === 'DONE' });
  };
  const inReplay = <T extends unknown[]>(act: (...told: T) => void) => ({
    callDuringReplay: true,
    fn: ({ unsafe }: WorkflowInfo, ...args: T) => {
      if (unsafe.isReplaying) act(...args);
    },
  });
  return { records: { cases: inReplay(cases), claims: inReplay(claims), paid: inReplay(paid) } };
}

/** As an activity gets it: no object of the workflow's own world. */
function asSent<T>(content: T): T {
  return JSON.parse(JSON.stringify(content)) as T;
}

async function startArgument({ options: { loadedDataConverter } }: Client, { events }: History): Promise<unknown> {
  let payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  for (const codec of loadedDataConverter.payloadCodecs) payloads = await codec.decode(payloads);
  return loadedDataConverter.payloadConverter.fromPayload(payloads[0] as Payload);
}
