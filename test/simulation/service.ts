import { createCarrierActivities } from '../../activities/carrier.ts';
import { createClaimActivities } from '../../activities/claims.ts';
import { createMoneyActivities } from '../../activities/money.ts';
import { createPatrolActivities } from '../../activities/patrol.ts';
import { createPaymentBook } from '../../activities/payment-book.ts';
import { createRecordActivities } from '../../activities/records.ts';
import { createWebhookActivities } from '../../activities/webhooks.ts';
import { enterProgress, withdrawClaim } from '../../api/claims/claim-run.ts';
import { openClaim } from '../../api/claims/open-claim.ts';
import type { AppDeps } from '../../api/deps.ts';
import type { Caller } from '../../api/http/request.ts';
import { commandIntercept } from '../../api/intercepts/command-intercept.ts';
import { createIntercept } from '../../api/intercepts/create-intercept.ts';
import { findCarrier } from '../../carriers/index.ts';
import type { MerchantCommand } from '../../domain/intercept/event.ts';
import type { Retention } from '../../domain/retention.ts';
import type { TrackScan } from '../../domain/track.ts';
import { driveInboxOnce } from '../../evidence/drive-inbox.ts';
import { type NamedResult, takeMessage, takePush, takeResult } from '../../evidence/intake.ts';
import { freeCrossedEvidence } from '../../evidence/known-waybills.ts';
import { hasPendingEvidence } from '../../evidence/pending.ts';
import { tellAccessBroken } from '../../evidence/tell-access-broken.ts';
import { now } from '../../store/db.ts';
import { claim } from '../../workflows/claim.ts';
import { deliverWebhook } from '../../workflows/deliver-webhook.ts';
import { intercept } from '../../workflows/intercept.ts';
import { createClient } from './engine/client.ts';
import type { TemporalServer } from './engine/server.ts';
import { type Registered, WorkerHost } from './engine/worker.ts';
import { doing, type Kernel, type Party } from './kernel.ts';
import type { SimulatedCarrier } from './outside/carrier.ts';
import type { SimulatedPlatform } from './outside/platform.ts';
import type { SimulatedReceiver } from './outside/receiver.ts';
import type { ClaimAct, ClaimStory } from './scenario.ts';
import { SHOP } from './store/shops.ts';
import { Session, type Tables } from './store/tables.ts';
import { deliveryDeps, Telling } from './telling.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** As the configuration gives them by default. */
export const DURATIONS = {
  rejectUnlockAfterMs: 72 * HOUR,
  autoRefundAfterMs: 120 * HOUR,
  returnStalledAfterMs: 7 * DAY,
  returnOverdueAfterMs: 15 * DAY,
  returnGiveUpAfterMs: 60 * DAY,
  correctionAfterMs: 7 * DAY,
};
/** Nothing of a simulated world is removed: it is short, and judged by all that it left. */
const RETENTION = {} as Retention;
const CREATE_WAIT_MS = 5_000;
const POLL_EVERY_MS = 5 * 60_000;
const PUMP_EVERY_MS = 1_000;
const PUMP_REST_MS = 1_000;
const CALLER: Caller = { shopId: SHOP.shopId, actor: 'owner', keyId: 'key_1', scopes: new Set() };

/** What a merchant states of every claim, and what it enters for the outlet's answer. */
const STATED_CLAIM = {
  contactPhone: '13800000000',
  goods: [{ name: '四件套', quantity: 1, specification: '1.8m', valueFen: 9_900 }],
  claimedFen: 9_900,
  description: '外箱破损',
  evidence: ['file_1'],
};
const ENTERED_FEN = 5_000;

const QUIET = { info() {}, warn() {}, error() {}, debug() {}, fatal() {}, trace() {}, silent() {} };

/** What the world outside gives a process of the service. */
export interface Surroundings {
  kernel: Kernel;
  server: TemporalServer;
  tables: Tables;
  platform: SimulatedPlatform;
  carrier: SimulatedCarrier;
  receiver: SimulatedReceiver;
}

/** The API process: the product's own code behind its HTTP routes, and its pump over the inbox. */
export class ApiProcess {
  readonly party: Party;
  readonly #around: Surroundings;
  readonly #deps: AppDeps;
  #pumpDueAt = Number.POSITIVE_INFINITY;
  #pumping = false;
  #freedAt = 0;
  /** Null where nobody is told anything. */
  readonly #telling: Telling | null;

  constructor(around: Surroundings, party: Party) {
    this.#around = around;
    this.party = party;
    const { kernel, server, tables, platform, carrier } = around;
    const known = findCarrier(carrier.code);
    if (known === undefined) throw new Error(`no carrier ${carrier.code}`);
    this.#deps = {
      config: { createWaitMs: CREATE_WAIT_MS, durations: DURATIONS, blockedCategories: [], carrierPollEveryMs: POLL_EVERY_MS },
      db: new Session(tables, party),
      temporal: { client: createClient(kernel, server), address: 'simulated' },
      platform: platform.port(),
      carriers: [{ carrier: known, client: carrier.port() }],
      log: QUIET,
      clock: () => kernel.now,
    } as unknown as AppDeps;
    const telling = { ...deliveryDeps(this.#deps.db, around.receiver), client: this.#deps.temporal.client };
    this.#telling = tables.endpoint === null ? null : new Telling(around, party, telling);
  }

  create(refundId: string): Promise<{ status: number; interceptId: string }> {
    const acknowledge = ['PARTIAL_REFUND', 'EARLIER_DISPATCH', 'SHARED_PARCEL'];
    return createIntercept(this.#deps, CALLER, { refundId, confirm: true, acknowledge, language: 'zh' }).then(
      ({ status, intercept: { interceptId } }) => ({ status, interceptId }),
    );
  }

  async command(interceptId: string, command: MerchantCommand): Promise<number> {
    return (await commandIntercept(this.#deps, SHOP.shopId, interceptId, command)).status;
  }

  /** As the route of the merchant's click does; the claim's id. */
  async openClaim(interceptId: string, kind: ClaimStory['kind']): Promise<string> {
    const { details } = await openClaim(this.#deps, CALLER, interceptId, { ...STATED_CLAIM, kind }, 'zh');
    return details.claimId;
  }

  async actOnClaim(claimId: string, act: ClaimAct['act']): Promise<string> {
    if (act === 'WITHDRAW') await withdrawClaim(this.#deps, CALLER, claimId, '已找到');
    else await enterProgress(this.#deps, CALLER, claimId, { status: 'UPHELD', upheldFen: ENTERED_FEN, note: '网点同意' });
    return claimId;
  }

  /** The outbox changed, or this process has just begun. */
  lookAtOutbox(): void {
    this.#telling?.look();
  }

  /** Resolves when the push may be acknowledged. */
  async takeScans(scans: TrackScan[]): Promise<void> {
    const [first] = scans;
    if (first === undefined) return;
    const push = { carrier: first.carrier, scans, unreadable: null, body: Buffer.alloc(0) };
    await this.#deps.db.transaction().execute((trx) => takePush(trx, push));
  }

  async takeResult(result: NamedResult): Promise<void> {
    await this.#deps.db.transaction().execute((trx) => takeResult(trx, this.#around.carrier.code, result, 'PUSH'));
  }

  async takeMessage(eventId: string, refundId: string): Promise<void> {
    const message = { kind: 'MESSAGE', eventId, event: 'refund', shopId: SHOP.shopId, refundId, sentAt: null, body: {} } as const;
    await takeMessage(this.#deps.db, 'REAL', message);
  }

  /** The inbox changed, or this process has just begun: the pump looks when the next event is due. */
  wakePump(): void {
    if (!this.party.alive || this.#pumping) return;
    const dueAt = this.#nextDue();
    if (dueAt >= this.#pumpDueAt) return;
    this.#pumpDueAt = dueAt;
    const { kernel } = this.#around;
    kernel.after(
      dueAt - kernel.now,
      () => {
        if (this.#pumpDueAt !== dueAt) return;
        this.#pumpDueAt = Number.POSITIVE_INFINITY;
        void doing.run('the pump', () => this.#pump());
      },
      this.party,
    );
  }

  #nextDue(): number {
    let dueAt = Number.POSITIVE_INFINITY;
    const { kernel, tables } = this.#around;
    for (const row of tables.inbox.values()) {
      if (row.status === 'PENDING') dueAt = Math.min(dueAt, Math.max(row.nextAttemptAt, kernel.now + 1));
    }
    return dueAt;
  }

  async #pump(): Promise<void> {
    const { kernel } = this.#around;
    this.#pumping = true;
    let restMs = 0;
    try {
      if (kernel.now - this.#freedAt >= 5_000) {
        this.#freedAt = kernel.now;
        await freeCrossedEvidence(this.#deps.db, 10 * 60_000);
      }
      const { outage } = await driveInboxOnce({ ...this.#deps, client: this.#deps.temporal.client });
      restMs = outage ? PUMP_REST_MS : 0;
    } catch {
      restMs = PUMP_REST_MS;
    }
    await kernel.pause(restMs + kernel.drawMs('pump', 0, PUMP_EVERY_MS));
    this.#pumping = false;
    this.wakePump();
  }

  /** As the pump does every few seconds for a while after a create. */
  async freeCrossed(): Promise<void> {
    await doing.run('the pump', () => freeCrossedEvidence(this.#deps.db, 10 * 60_000)).catch(() => 0);
    this.wakePump();
  }
}

/** The worker process: workflows, activities and the patrol's rounds. */
export class WorkerProcess {
  readonly party: Party;
  readonly host: WorkerHost;
  readonly #rounds: [name: string, round: () => Promise<number>][];
  readonly #findLost: Record<string, () => Promise<number>>;

  constructor(around: Surroundings, party: Party, onDivergence: ConstructorParameters<typeof WorkerHost>[0]['onDivergence']) {
    const { kernel, server, tables, platform, carrier, receiver } = around;
    /** Rounds that have nothing to find in a world without claims are left out of it. */
    const claims = carrier.takesClaims;
    this.party = party;
    const db = new Session(tables, party) as unknown as AppDeps['db'];
    const port = platform.port();
    const client = createClient(kernel, server);
    const { saveRecords, readLastScan } = createRecordActivities(db);
    const money = createMoneyActivities({
      platform: port,
      book: createPaymentBook(db),
      saveRecords: ({ records }) => saveRecords(records),
      hasPendingEvidence: (parcel) => hasPendingEvidence(db, { ...parcel, carrier: carrier.code }),
      databaseClock: () => now(db),
    });
    const { requestIntercept } = createCarrierActivities(
      carrier.port(),
      (request) => tellAccessBroken({ db, client, log: QUIET }, request),
      async () => null,
    );
    const carriers = new Map([[carrier.code, carrier.port()]]);
    const looking = new Session(tables, party, { swift: true }) as unknown as AppDeps['db'];
    const patrol = createPatrolActivities(
      { db: looking, client, platform: port, carriers, log: QUIET },
      { carrierPollEveryMs: POLL_EVERY_MS, retention: RETENTION },
    );
    this.#findLost = { findLostRuns: patrol.findLostRuns, ...(claims ? { findLostClaims: patrol.findLostClaims } : {}) };
    const { repairStarts, driveInbox, pollCarriers, syncRefunds, checkRefunds, tellNearDeadlines } = patrol;
    const ofClaims = claims ? { startClaims: patrol.startClaims } : {};
    this.#rounds = Object.entries({ repairStarts, driveInbox, pollCarriers, syncRefunds, checkRefunds, tellNearDeadlines, ...ofClaims });
    const registered = {
      workflows: { intercept, claim, deliverWebhook } as unknown as Registered['workflows'],
      activities: {
        ...money,
        requestIntercept,
        saveRecords,
        readLastScan,
        ...createClaimActivities({ db, carriers }),
        ...createWebhookActivities(deliveryDeps(db, receiver)),
      } as unknown as Registered['activities'],
    };
    this.host = new WorkerHost({ kernel, server, party, registered, onDivergence });
  }

  /** One pass of the patrol, its rounds side by side; one that fails is left for the next minute. Runs are only ever lost after some trouble. */
  async patrol(afterTrouble: boolean): Promise<void> {
    const rounds = afterTrouble ? [...this.#rounds, ...Object.entries(this.#findLost)] : this.#rounds;
    await Promise.all(rounds.map(([name, round]) => this.host.doAlone(`patrol: ${name}`, round).catch(() => 0)));
  }
}
