import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type WorkflowHandleWithFirstExecutionRunId, WithStartWorkflowOperation } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { sql } from 'kysely';
import { createCarrierActivities } from '../../activities/carrier.ts';
import { createMoneyActivities, type MoneyDeps } from '../../activities/money.ts';
import { createPaymentBook } from '../../activities/payment-book.ts';
import { createRecordActivities } from '../../activities/records.ts';
import { CARRIERS } from '../../carriers/index.ts';
import type { CarrierEvidence } from '../../domain/intercept/event.ts';
import { firstRecord } from '../../domain/intercept/record.ts';
import { sampleEvidence, sampleInput } from '../../domain/intercept/sample-case.ts';
import type { InterceptInput, InterceptState } from '../../domain/intercept/state.ts';
import { type InterceptView, viewIntercept } from '../../domain/intercept/view.ts';
import { watchAccess } from '../../evidence/access-watch.ts';
import { checkRefunds } from '../../evidence/check-refunds.ts';
import { hasPendingEvidence } from '../../evidence/pending.ts';
import { tellAccessBroken } from '../../evidence/tell-access-broken.ts';
import type { EpochMs } from '../../domain/time.ts';
import { connectKuaishou, type KuaishouSettings } from '../../platforms/index.ts';
import type { Platform } from '../../platforms/port.ts';
import { callControl } from '../../simulators/control/call.ts';
import { DEMO_SHOP, type Simulators, startSimulators } from '../../simulators/world.ts';
import { workerConverter } from '../../sealing/data-converter.ts';
import type { PayloadKey } from '../../sealing/payload-keys.ts';
import { type Database, now, openDatabase } from '../../store/db.ts';
import { markStarted, openIntercept } from '../../store/intercept-opening.ts';
import { findAnyIntercept } from '../../store/intercept-reading.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { readDataKey } from '../../store/secrets.ts';
import { returnAddress } from '../../store/return-addresses.ts';
import { shopTokenStore, storeShopTokens } from '../../store/shop-tokens.ts';
import { upsertShop } from '../../store/shops.ts';
import type { intercept } from '../../workflows/intercept.ts';
import {
  awaitCarrierAnswerUpdate,
  carrierEvidenceSignal,
  carrierQueue,
  INTERCEPT_WORKFLOW,
  interceptWorkflowId,
  refundChangedSignal,
  stateQuery,
  TASK_QUEUE,
} from '../../workflows/messages.ts';
import { startAttributes, startSummary } from '../../workflows/search-attributes.ts';
import { waitFor } from '../../dev/waiting.ts';
import { KEPT_DIR } from '../../worker/kept-bundle.ts';
import { ofBuild } from '../../worker/workers.ts';
import { freshDatabase } from './database.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** What the world's sealed texts are sealed with. */
export const DATA_KEY = Buffer.alloc(32, 7).toString('base64');
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type CaseHandle = WorkflowHandleWithFirstExecutionRunId<typeof intercept>;

export interface CaseWorldOptions {
  /** A migrated database, whose owner drops it; without it the world makes one of its own. */
  databaseUrl?: string;
  /** What the workers seal with, none unless told; the client is the environment's. */
  payloadKeys?: readonly PayloadKey[];
  /** The build they are of, none unless told: then they take every task. */
  deployment?: WorkerDeploymentVersion;
}

/** What workers are made with. */
interface WorkerKind {
  bundle: { codePath: string };
  payloadKeys: readonly PayloadKey[];
  deployment?: WorkerDeploymentVersion | undefined;
}

/** A refund at the simulated platform, and the case opened for it in the database, its run not yet started. */
export interface SeededCase {
  input: InterceptInput;
  refundId: string;
}

/** A case and its run. */
export interface BegunCase {
  seeded: SeededCase;
  handle: CaseHandle;
}

/**
 * The real workflow with its real activities, adapters and database against the simulated outside, on the given
 * Temporal server. What only the API does (creating, delivering evidence) is done by the few methods here.
 */
export class CaseWorld {
  readonly env: TestWorkflowEnvironment;
  readonly simulators: Simulators;
  readonly database: Database;
  readonly platform: Platform;
  readonly #drop: () => Promise<void>;
  readonly #makeWorkers: (kind: Partial<WorkerKind>) => Promise<Worker[]>;
  #workers: Worker[];
  #running: Promise<unknown>;

  private constructor(parts: {
    env: TestWorkflowEnvironment;
    simulators: Simulators;
    database: Database;
    platform: Platform;
    drop: () => Promise<void>;
    makeWorkers: (kind: Partial<WorkerKind>) => Promise<Worker[]>;
    workers: Worker[];
  }) {
    this.env = parts.env;
    this.simulators = parts.simulators;
    this.database = parts.database;
    this.platform = parts.platform;
    this.#drop = parts.drop;
    this.#makeWorkers = parts.makeWorkers;
    this.#workers = parts.workers;
    this.#running = Promise.all(parts.workers.map((worker) => worker.run()));
  }

  /** The world belongs to `env` and ends it: with `close()`, or at once when it cannot be opened. */
  static async open(env: TestWorkflowEnvironment, options: CaseWorldOptions = {}): Promise<CaseWorld> {
    try {
      return await CaseWorld.#open(env, options);
    } catch (error) {
      await env.teardown();
      throw error;
    }
  }

  static async #open(env: TestWorkflowEnvironment, { databaseUrl, payloadKeys = [], deployment }: CaseWorldOptions): Promise<CaseWorld> {
    // First what fails when the code is broken: nothing is open yet that would keep the process alive.
    const bundle = await workflowBundle(KEPT_DIR, { sealed: payloadKeys.length > 0 });
    const { url, drop } = databaseUrl === undefined ? await freshDatabase() : { url: databaseUrl, drop: async () => {} };
    const simulators = await startSimulators({ paymentDelayMs: 100 });
    const database = openDatabase(url, { max: 8, applicationName: 'case world', onError: () => {} });
    await registerDemoShop(database);
    const settings = simulators.credentials as unknown as KuaishouSettings;
    const platform = connectKuaishou(settings, shopTokenStore(database.kysely, readDataKey(DATA_KEY)));
    const makeWorkers = (kind: Partial<WorkerKind>) =>
      createWorkers(env, { bundle, payloadKeys, deployment, ...kind }, database, platform, simulators.credentials);
    return new CaseWorld({ env, simulators, database, platform, drop, makeWorkers, workers: await makeWorkers({}) });
  }

  /** Puts workers of a build, with its code, beside those that run. */
  async join(deployment: WorkerDeploymentVersion, bundle: { codePath: string }): Promise<void> {
    const workers = await this.#makeWorkers({ deployment, bundle });
    this.#workers.push(...workers);
    this.#running = Promise.all([this.#running, ...workers.map((worker) => worker.run())]);
  }

  /** Does something while no worker polls; others go on afterwards. */
  async withoutWorkers(act: () => Promise<void>): Promise<void> {
    await this.#stopWorkers();
    try {
      await act();
    } finally {
      this.#workers = await this.#makeWorkers({});
      this.#running = Promise.all(this.#workers.map((worker) => worker.run()));
    }
  }

  /** Puts workers with other keys in the place of those that run, as a roll-out does. */
  async useKeys(payloadKeys: readonly PayloadKey[]): Promise<void> {
    await this.#stopWorkers();
    this.#workers = await this.#makeWorkers({ payloadKeys });
    this.#running = Promise.all(this.#workers.map((worker) => worker.run()));
  }

  async #stopWorkers(): Promise<void> {
    // One that failed cannot be shut down; why it did is what `#running` is rejected with.
    for (const worker of this.#workers) if (worker.getState() !== 'FAILED') worker.shutdown();
    await this.#running;
  }

  async close(): Promise<void> {
    await this.#stopWorkers();
    await this.database.close();
    await this.simulators.close();
    await this.#drop();
    await this.env.teardown();
  }

  /** Seeds a refund of an interceptable ZTO parcel and opens its case in the database. */
  async seed(refund: Record<string, unknown> = {}, changes: Partial<InterceptInput> = {}): Promise<SeededCase> {
    const carrier = (refund['carrier'] as string | undefined) ?? 'ZTO';
    const seeded = await this.control<{ refundId: string; orderId: string; waybillNo: string }>('POST', '/sim/refunds', {
      refundFeeFen: 9_900,
      carrier,
      ...refund,
    });
    const {
      interceptId: _id,
      attempt: _attempt,
      initiatedAt: _at,
      follows: _follows,
      ...sample
    } = sampleInput({ carrier, shopId: DEMO_SHOP.shopId, pickedUpAt: null, ...changes });
    const opening = await openIntercept(this.database.kysely, { ...sample, ...seeded, carrier }, firstRecord);
    if (opening.kind !== 'CREATED') throw new Error(`the case of ${seeded.refundId} was not created: ${opening.kind}`);
    // The server's clock may have run ahead of PostgreSQL's: the case begins at the server's.
    return { input: { ...opening.input, initiatedAt: Math.floor(await this.env.currentTimeMs()) }, refundId: seeded.refundId };
  }

  /** Starts the run as the API does and waits for the carrier's answer. */
  async start(seeded: SeededCase): Promise<{ handle: CaseHandle; view: InterceptView }> {
    const { input } = seeded;
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof intercept>(INTERCEPT_WORKFLOW, {
      workflowId: interceptWorkflowId(input.interceptId),
      taskQueue: TASK_QUEUE,
      args: [{ input, resume: null }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      typedSearchAttributes: startAttributes(firstRecord(input).state),
      staticSummary: startSummary(input),
    });
    const view = await this.env.client.workflow.executeUpdateWithStart(awaitCarrierAnswerUpdate, {
      updateId: 'create',
      startWorkflowOperation,
    });
    await markStarted(this.database.kysely, input.interceptId);
    return { handle: (await startWorkflowOperation.workflowHandle()) as CaseHandle, view };
  }

  /** Seeds a refund and starts its case as the API does. */
  async begin(refund: Record<string, unknown> = {}): Promise<BegunCase & { view: InterceptView }> {
    const seeded = await this.seed(refund);
    return { seeded, ...(await this.start(seeded)) };
  }

  /** Seeds a refund and starts a case whose input differs, without waiting for the carrier. */
  async beginOnly(changes: Partial<InterceptInput>): Promise<BegunCase> {
    const { input, refundId } = await this.seed();
    const seeded = { input: { ...input, ...changes }, refundId };
    return { seeded, handle: await this.startOnly(seeded) };
  }

  /** Starts the run without waiting for the carrier; with `resume`, the next run of a case whose run was terminated. */
  async startOnly(seeded: SeededCase, resume: InterceptState | null = null): Promise<CaseHandle> {
    const { input } = seeded;
    const handle = await this.env.client.workflow.start<typeof intercept>(INTERCEPT_WORKFLOW, {
      workflowId: interceptWorkflowId(input.interceptId),
      taskQueue: TASK_QUEUE,
      args: [{ input, resume }],
      typedSearchAttributes: startAttributes(firstRecord(input).state),
    });
    await markStarted(this.database.kysely, input.interceptId);
    return handle;
  }

  /**
   * Terminates a run once nothing of it is under way. The time-skipping server holds its clock for a task of a terminated
   * run until that task times out.
   */
  async terminate(handle: CaseHandle): Promise<void> {
    const isQuiet = async () => nothingUnderWay(await handle.fetchHistory());
    if (!(await waitFor(isQuiet, 15_000))) throw new Error(`${handle.workflowId} never came to rest`);
    await handle.terminate('a test');
  }

  async signal(handle: CaseHandle, kind: CarrierEvidence['kind'], changes: Partial<CarrierEvidence> = {}): Promise<void> {
    const at = Math.floor(await this.env.currentTimeMs());
    await handle.signal(carrierEvidenceSignal, { evidence: [sampleEvidence(kind, at, changes)] });
  }

  /** Changes the refund at the platform: what the buyer, the bank or the platform itself does there. */
  async changeRefund(refundId: string, change: Record<string, unknown>): Promise<void> {
    await this.control('POST', `/sim/refunds/${refundId}`, { notify: false, ...change });
  }

  /** Reads the refund at the platform and tells the case, as a message of the platform or the patrol makes the service do. */
  async tellRefund(handle: CaseHandle, { input, refundId }: SeededCase): Promise<void> {
    const refund = await this.platform.readRefund(input.shopId, refundId);
    await handle.signal(refundChangedSignal, { refund, readAt: Math.floor(await this.env.currentTimeMs()), notice: null });
  }

  /** Moves the server's clock to an instant; one that is past is no error. */
  async sleepUntil(at: EpochMs): Promise<void> {
    const leftMs = at - (await this.env.currentTimeMs());
    if (leftMs > 0) await this.env.sleep(Math.ceil(leftMs));
  }

  /** Puts PostgreSQL's clock that far ahead of this machine's; negative: behind. */
  async shiftDatabaseClock(aheadMs: number): Promise<void> {
    const clock = `select date_trunc('milliseconds', clock_timestamp() + ${aheadMs} * interval '1 millisecond')`;
    await sql`create or replace function clock_ms() returns timestamptz language sql volatile as ${sql.lit(clock)}`.execute(
      this.database.kysely,
    );
  }

  /** A round of the patrol's checks of refunds, with PostgreSQL's clock put to the server's. */
  async checkRefunds(): Promise<number> {
    await this.shiftDatabaseClock(Math.floor(await this.env.currentTimeMs()) - Date.now());
    return checkRefunds({ db: this.database.kysely, client: this.env.client, platform: this.platform, log: QUIET });
  }

  /** Calls that reached the platform about a refund, oldest first. */
  async calls(api: string, refundId: string): Promise<{ outcome: string; body: string }[]> {
    const { items } = await this.control<{ items: { outcome: string; body: string }[] }>('GET', `/sim/calls?party=KUAISHOU&api=${api}`);
    return items.filter(({ body }) => body.includes(refundId));
  }

  view(handle: CaseHandle): Promise<InterceptView> {
    return handle.query(stateQuery);
  }

  /** Asks until the case looks as wished, or throws with how it looks. */
  until(handle: CaseHandle, wished: (view: InterceptView) => boolean, limitMs = 30_000): Promise<InterceptView> {
    return lookUntil('the case', () => this.view(handle), wished, limitMs);
  }

  /**
   * Asks the record until it looks as wished. Asks nothing of the run itself: on the time-skipping server a query to a
   * busy run costs workflow tasks, which would spoil a count of events.
   */
  untilRecorded(interceptId: string, wished: (view: InterceptView) => boolean, limitMs = 30_000): Promise<InterceptView> {
    const look = async () => {
      const record = await findAnyIntercept(this.database.kysely, interceptId);
      return record === null ? null : viewIntercept(record.state, Date.now());
    };
    return lookUntil('the record', look, wished, limitMs);
  }

  /** The case as PostgreSQL has it. */
  async record(interceptId: string): Promise<InterceptRecord> {
    const record = await findAnyIntercept(this.database.kysely, interceptId);
    if (record === null) throw new Error(`there is no record of ${interceptId}`);
    return record;
  }

  /** The platform's own book of approve calls for a refund: the judge of "exactly once". */
  async payments(refundId: string): Promise<{ at: number; applied: boolean; amountFen: number }[]> {
    const { items } = await this.control<{ items: { at: number; applied: boolean; amountFen: number }[] }>(
      'GET',
      `/sim/payments?refundId=${refundId}`,
    );
    return items;
  }

  /** How many payments the platform carried out for a refund. */
  async paidCount(refundId: string): Promise<number> {
    return (await this.payments(refundId)).filter(({ applied }) => applied).length;
  }

  control<T>(method: string, path: string, body?: object): Promise<T> {
    return callControl<T>(this.simulators.url, method, path, body);
  }
}

/** The refusal an update ended with, null when it was carried out. */
export async function refusalOf(update: Promise<unknown>): Promise<{ type: string; reason: string | null } | null> {
  try {
    await update;
    return null;
  } catch (error) {
    const cause = (error as { cause?: { type?: string; details?: { reason: string | null }[] } }).cause;
    return { type: cause?.type ?? String(error), reason: cause?.details?.[0]?.reason ?? null };
  }
}

async function lookUntil<T>(what: string, look: () => Promise<T | null>, wished: (seen: T) => boolean, limitMs: number): Promise<T> {
  let seen: T | null = null;
  const there = await waitFor(async () => {
    seen = await look();
    return seen !== null && wished(seen) ? { seen } : undefined;
  }, limitMs);
  if (there === undefined) throw new Error(`${what} never got there: ${JSON.stringify(seen)}`);
  return there.seen;
}

function nothingUnderWay({ events }: Awaited<ReturnType<CaseHandle['fetchHistory']>>): boolean {
  const tasks = new Set<string>();
  for (const event of events ?? []) {
    if (event.workflowTaskScheduledEventAttributes || event.activityTaskScheduledEventAttributes) tasks.add(String(event.eventId));
    const ended =
      event.workflowTaskCompletedEventAttributes ??
      event.workflowTaskFailedEventAttributes ??
      event.workflowTaskTimedOutEventAttributes ??
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    if (ended) tasks.delete(String(ended.scheduledEventId));
  }
  return tasks.size === 0;
}

async function registerDemoShop(database: Database): Promise<void> {
  const db = database.kysely;
  await upsertShop(db, { shopId: DEMO_SHOP.shopId, platform: 'KUAISHOU', name: DEMO_SHOP.name });
  await storeShopTokens(db, readDataKey(DATA_KEY), DEMO_SHOP.shopId, {
    accessToken: DEMO_SHOP.accessToken,
    refreshToken: DEMO_SHOP.refreshToken,
    accessIssuedAt: Date.now(),
    accessExpiresAt: null,
    refreshExpiresAt: null,
  });
}

async function createWorkers(
  env: TestWorkflowEnvironment,
  { bundle, payloadKeys, deployment }: WorkerKind,
  database: Database,
  platform: Platform,
  settings: Record<string, string>,
): Promise<Worker[]> {
  const db = database.kysely;
  const records = createRecordActivities(db);
  const deps: MoneyDeps = {
    platform,
    book: createPaymentBook(db),
    saveRecords: (request) => records.saveRecords(request.records),
    hasPendingEvidence: (parcel) => hasPendingEvidence(db, parcel),
    databaseClock: async () => (env.supportsTimeSkipping ? Math.floor(await env.currentTimeMs()) : now(db)),
  };
  const shared = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: workerConverter(payloadKeys),
    shutdownGraceTime: '5s',
    defaultHeartbeatThrottleInterval: '1s',
    maxHeartbeatThrottleInterval: '5s',
    ...(deployment !== undefined && { workerDeploymentOptions: ofBuild(deployment) }),
  } as const;
  const core = Worker.create({
    ...shared,
    taskQueue: TASK_QUEUE,
    workflowBundle: bundle,
    // A server whose clock stands still never takes a task back from a worker that is gone.
    ...(payloadKeys.length > 0 && { maxCachedWorkflows: 0 }),
    activities: { ...createMoneyActivities(deps), ...records },
  });
  const evidence = { db, client: env.client, log: { info: () => {}, warn: () => {}, error: () => {} } };
  const connected = CARRIERS.map((carrier) => ({ carrier, client: carrier.connect(settings) }));
  const carriers = watchAccess(connected, evidence).map(({ carrier, client }) =>
    Worker.create({
      ...shared,
      taskQueue: carrierQueue(carrier.code),
      activities: createCarrierActivities(
        client,
        (request) => tellAccessBroken(evidence, request),
        (shopId, version) => returnAddress(db, readDataKey(DATA_KEY), shopId, version),
      ),
    }),
  );
  return Promise.all([core, ...carriers]);
}
