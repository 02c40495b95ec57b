import { isSettled } from '../../domain/claim/claim.ts';
import { TemporalServer } from './engine/server.ts';
import type { Run } from './engine/run.ts';
import { takeRejection, useKernel } from './globals.ts';
import { doing, Kernel, newParty, type Party } from './kernel.ts';
import { Merchants } from './merchants.ts';
import { Claimants } from './claimants.ts';
import { type Books, emptyBooks } from './outside/books.ts';
import { SimulatedCarrier } from './outside/carrier.ts';
import { SimulatedPlatform } from './outside/platform.ts';
import { SimulatedReceiver } from './outside/receiver.ts';
import { Parcels, waybillOf } from './parcels.ts';
import { PatrolSchedule } from './patrol.ts';
import type { RefundStory, Scenario, When } from './scenario.ts';
import type { CrashPoints } from './crash-points.ts';
import { ApiProcess, DURATIONS, type Surroundings, WorkerProcess } from './service.ts';
import type { Answers, Stage } from './stage.ts';
import { Tables } from './store/tables.ts';
import { endpointOfShop } from './telling.ts';
import { Troubles } from './troubles.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START: number = Date.UTC(2026, 0, 5, 1, 0, 0);
/** When the platform itself ends what nobody decided. */
const PLATFORM_ENDS_MS = 61 * DAY;
const WORLD_ENDS_MS = 100 * DAY;
/** No world needs nearly so many events: one that does runs in a circle. */
const STEPS_AT_MOST = 60_000;

/** How a world ended: what the outside saw, and what the service has stored. */
export interface Played {
  books: Books;
  tables: Tables;
  runs: Run[];
  /** What must never happen, whatever the rules say: a diverging replay, a failing workflow task, a lost rejection. */
  defects: string[];
  endedAt: number;
  steps: number;
  /** The world's first instant. */
  bornAt: number;
}

/** Plays a scenario to its end. The same scenario is the same run, to the millisecond, up to a kill at one of its crash points. */
export async function play(scenario: Scenario, points: CrashPoints | null = null): Promise<Played> {
  const kernel = new Kernel(START, scenario.chaos);
  useKernel(kernel);
  try {
    return await new World(kernel, scenario, points).play();
  } finally {
    useKernel(null);
  }
}

class World implements Stage {
  readonly kernel: Kernel;
  readonly scenario: Scenario;
  readonly books = emptyBooks();
  readonly around: Surroundings;
  readonly apiParty = newParty('api');
  readonly workerParty = newParty('worker');
  api: ApiProcess;
  worker: WorkerProcess;
  readonly #defects: string[] = [];
  readonly #parcels = new Parcels(this);
  readonly #merchants = new Merchants(this);
  readonly #claimants = new Claimants(this);
  readonly #patrol = new PatrolSchedule(this);
  readonly #troubles: Troubles;
  /** When the first case began: what most of a scenario is told by. */
  #beganAt: number | null = null;
  readonly #untilBegun: (() => void)[] = [];
  #messages = 0;

  constructor(kernel: Kernel, scenario: Scenario, points: CrashPoints | null) {
    this.kernel = kernel;
    this.scenario = scenario;
    this.around = this.#surround();
    this.workerParty.skewMs = scenario.workerSkewMs;
    this.api = new ApiProcess(this.around, this.apiParty);
    this.worker = this.#newWorker();
    this.#troubles = new Troubles(this, { died: (party) => this.#died(party), returned: (party) => this.#returned(party) });
    kernel.afterStep = (party) => this.#troubles.afterStep(party);
    if (points !== null) this.#watchCalls(points);
  }

  #watchCalls(points: CrashPoints): void {
    const kill = (party: Party, downMs: number) => this.#troubles.kill(party, downMs);
    this.kernel.watchCalls = (party, what) => points.watch(party, what, kill);
    this.kernel.afterStep = (party) => {
      this.#troubles.afterStep(party);
      points.afterStep(party, kill);
    };
  }

  #surround(): Surroundings {
    const { kernel, scenario, books } = this;
    const tables = new Tables(kernel);
    const server = new TemporalServer(kernel, { continueAsNewAfter: scenario.continueAsNewAfter });
    const platform = new SimulatedPlatform(kernel, books, scenario.platformFaults);
    platform.careless = scenario.careless;
    const carrier = new SimulatedCarrier({
      kernel,
      books,
      code: scenario.carrier,
      hasStatus: scenario.carrier === 'ZTO',
      answers: scenario.carrierAnswers,
      faults: scenario.carrierFaults,
      workOrders: scenario.beside?.workOrders ?? null,
    });
    const receiver = new SimulatedReceiver(kernel, books, scenario.beside?.receiver ?? []);
    if (scenario.beside?.receiver) tables.endpoint = endpointOfShop();
    tables.onChange = (what) => {
      if (what === 'OUTBOX') return this.api.lookAtOutbox();
      if (what === 'INBOX') this.api.wakePump();
      this.notice();
      if (what !== 'CASE') return;
      this.#lookForBeginning();
      this.#merchants.lookForRefusals();
    };
    platform.onChange = (refundId) => {
      this.notice();
      this.#sendMessage(refundId);
    };
    return { kernel, server, tables, platform, carrier, receiver };
  }

  async play(): Promise<Played> {
    for (const [n, story] of this.scenario.refunds.entries()) this.#placeRefund(n, story);
    for (const claim of this.scenario.beside?.claims ?? []) this.#claimants.place(claim);
    this.#troubles.plan();
    const { server, tables } = this.around;
    await this.kernel.run(START + WORLD_ENDS_MS, () => this.#isOver() || this.kernel.steps > STEPS_AT_MOST);
    const runs = [...server.runs.values()].flat();
    this.#lookForDefects(runs);
    return { books: this.books, tables, runs, defects: this.#defects, endedAt: this.kernel.now, steps: this.kernel.steps, bornAt: START };
  }

  #isOver(): boolean {
    if (this.kernel.now <= START + PLATFORM_ENDS_MS) return false;
    const { server, tables } = this.around;
    const hasEnded = [...tables.intercepts.values()].every(
      ({ interceptId, phase }) => phase === 'ENDED' && server.open(`intercept:${interceptId}`) === null,
    );
    const isWaiting = [tables.inbox, tables.webhooks].some((rows) => [...rows.values()].some(({ status }) => status === 'PENDING'));
    return hasEnded && !isWaiting && [...tables.claims.values()].every(({ state }) => isSettled(state));
  }

  #lookForDefects(runs: Run[]): void {
    if (this.kernel.steps > STEPS_AT_MOST) {
      this.#defects.push(`the world does not come to rest: ${STEPS_AT_MOST} events by ${new Date(this.kernel.now).toISOString()}`);
    }
    for (const run of runs) {
      if (run.failedTasks > 0) this.#defects.push(`a workflow task of ${run.workflowId} keeps failing: ${say(run.lastFailure)}`);
      if (run.status === 'FAILED') this.#defects.push(`the run of ${run.workflowId} failed: ${say(run.lastFailure)}`);
    }
    const rejection = takeRejection();
    if (rejection !== null) this.#defects.push(`a rejection nobody waited for: ${say(rejection)}`);
  }

  #newWorker(): WorkerProcess {
    const worker = new WorkerProcess(this.around, this.workerParty, (run, expected, got) => {
      this.#defects.push(`a replay of ${run.workflowId} diverged: history has [${expected.join(' ')}], the code issued [${got.join(' ')}]`);
    });
    this.around.server.worker = worker.host;
    return worker;
  }

  #died(party: Party): void {
    if (party !== this.workerParty) return;
    this.worker.host.forgetAll();
    this.#patrol.forget();
  }

  #returned(party: Party): void {
    if (party === this.apiParty) {
      this.api = new ApiProcess(this.around, party);
      this.api.wakePump();
      this.api.lookAtOutbox();
    } else {
      this.worker = this.#newWorker();
      this.around.server.wake();
    }
  }

  notice(): void {
    this.#patrol.notice();
  }

  #placeRefund(n: number, story: RefundStory): void {
    const refundId = `2400000000000${n}`;
    const waybillNo = waybillOf(story.parcel);
    const { platform } = this.around;
    platform.add({
      refundId,
      orderId: `1400000000000${n}`,
      feeFen: story.feeFen,
      waybillNo,
      expressCode: this.scenario.carrier === 'ZTO' ? 9 : 3,
      createdAt: START - HOUR,
      expireAt: story.expireAfterMs === null ? null : START + story.expireAfterMs,
      payDelayMs: story.payDelayMs,
      payFails: story.payFails,
      rejectionIs12: story.rejectionIs12,
    });
    if (!this.scenario.refunds.slice(0, n).some(({ parcel }) => parcel === story.parcel)) this.#parcels.place(story.parcel);
    this.kernel.outside(MINUTE + story.createAfterMs, () => this.#merchants.create(refundId));
    for (const act of story.merchant) this.at(act.at, () => this.#merchants.act(refundId, act));
    for (const { at, change } of story.platform) this.at(at, () => platform.change(refundId, change));
    this.kernel.outside(PLATFORM_ENDS_MS, () => platform.change(refundId, { kind: 'END' }));
  }

  at(when: When, work: () => unknown): void {
    const place = () => {
      const base = this.#beganAt ?? START;
      this.kernel.outside(base + this.#msOf(when) - this.kernel.now, work);
    };
    if (this.#beganAt === null) this.#untilBegun.push(place);
    else place();
  }

  #msOf({ from, ms }: When): number {
    switch (from) {
      case 'START':
        return ms;
      case 'UNLOCK':
        return DURATIONS.rejectUnlockAfterMs + ms;
      case 'DUE':
        return DURATIONS.autoRefundAfterMs + ms;
      case 'STORM':
        return this.#msOf(this.scenario.storm) + ms;
    }
  }

  #lookForBeginning(): void {
    const [first] = this.around.tables.intercepts.values();
    if (this.#beganAt !== null || first === undefined) return;
    this.#beganAt = first.state.input.initiatedAt;
    for (const place of this.#untilBegun.splice(0)) place();
  }

  request<T>(route: string, work: (api: ApiProcess) => Promise<T>, { answer, failure = () => {} }: Answers<T>): void {
    const { api } = this;
    this.kernel.after(
      this.kernel.drawMs('http', 1, 20),
      () => {
        const reply = (tell: () => void) => {
          const call = this.kernel.call('HTTP answer');
          if (call.left) this.kernel.outside(this.kernel.drawMs('http', 1, 20), tell);
          call.carriedOut();
        };
        void doing.run(route, () =>
          work(api).then(
            (value) => reply(() => answer(value)),
            (error: unknown) => reply(() => failure(error)),
          ),
        );
      },
      this.apiParty,
    );
  }

  /** The platform tells the service that a refund changed: late, sometimes twice, sometimes never. */
  #sendMessage(refundId: string): void {
    const { losesMessage } = this.scenario;
    this.#messages += 1;
    const n = this.#messages;
    if (losesMessage > 0 && n % losesMessage === 0) return;
    const send = (afterMs: number) =>
      this.kernel.outside(afterMs, () =>
        this.request('a message of the platform', (api) => api.takeMessage(`message-${n}`, refundId), { answer: () => {} }),
      );
    send(this.kernel.drawMs('message', 50, 3_000));
    if (this.kernel.draw('message:twice') < 0.1) send(this.kernel.drawMs('message', 1_000, 60_000));
  }
}

function say(failure: unknown): string {
  return failure instanceof Error ? failure.message : JSON.stringify(failure);
}
