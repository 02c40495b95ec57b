import type { ClaimDetails, ClaimState } from '../../../domain/claim/claim.ts';
import type { LogLine } from '../../../domain/intercept/event.ts';
import type { InterceptState } from '../../../domain/intercept/state.ts';
import type { RefundFinding } from '../../../domain/intercept/unconfirmed.ts';
import type { InboxEvent } from '../../../store/inbox.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import type { PaymentCall } from '../../../store/payment-calls.ts';
import type { StoredScan } from '../../../store/track.ts';
import type { DeliveryToSend } from '../../../store/webhook-deliveries.ts';
import type { Kernel, Party } from '../kernel.ts';

export interface InboxRow extends InboxEvent {
  settledAt: number | null;
}
export interface OutboxRow {
  eventKey: string;
  interceptId: string | null;
  type: string;
  occurredAt: number;
  storedAt: number;
  messageId: string;
  sequence: number | null;
  payload: unknown;
  dispatched: boolean;
}
/** One event on its way to the shop's endpoint. */
export interface WebhookRow extends Pick<DeliveryToSend, 'deliveryId' | 'messageId' | 'type' | 'body' | 'status'> {
  interceptId: string | null;
  attempts: number;
  nextAttemptAt: number | null;
  handedOver: boolean;
}
export interface ClaimRow {
  details: ClaimDetails;
  state: ClaimState;
  /** Adopted from what the carrier showed, perhaps before the run heard of it. */
  carrierReference: string | null;
  runStarted: boolean;
  runMissing: boolean;
}
export interface FeeLine {
  lineId: string;
  interceptId: string;
  waybillNo: string;
  amountFen: number | null;
  occurredAt: number;
}
/** One write of a case's record, in the order they came. */
export interface CaseWrite {
  interceptId: string;
  at: number;
  state: InterceptState;
  ended: boolean;
}
/** One write of a claim's record, in the order they came. */
export interface ClaimVersion {
  at: number;
  state: ClaimState;
}
/** When a shop's next turn in a round of the patrol is due. */
export interface ShopTurn {
  dueAt: number;
  failures: number;
}
export interface Marks {
  pushedAt: number | null;
  polledAt: number | null;
}

interface Lock {
  holders: Set<Session>;
  /** One of the holders shares it with nobody. */
  alone: boolean;
  waiting: (() => void)[];
}

/** What PostgreSQL would hold: all of it survives every process of ours. */
export class Tables {
  readonly kernel: Kernel;
  up = true;
  readonly intercepts = new Map<string, InterceptRecord>();
  readonly log = new Map<string, LogLine & { interceptId: string }>();
  readonly outbox = new Map<string, OutboxRow>();
  readonly notices = new Map<string, { interceptId: string | null; kind: string; code: string; at: number }>();
  readonly ledger = new Map<string, FeeLine>();
  readonly inbox = new Map<number, InboxRow>();
  readonly inboxKeys = new Map<string, InboxRow>();
  readonly deliveries = new Set<string>();
  readonly track = new Map<string, StoredScan>();
  readonly marks = new Map<string, Marks>();
  readonly parcels = new Map<string, string | null>();
  readonly calls = new Map<string, PaymentCall>();
  readonly rounds = new Map<string, ShopTurn>();
  readonly cursors = new Map<string, number>();
  readonly refundChecks = new Map<string, { checks: number; lastCheckedAt: number; found: RefundFinding }>();
  readonly writes: CaseWrite[] = [];
  /** Where the shop is told, null when it wants to be told nothing. */
  endpoint: DeliveryToSend['endpoint'] | null = null;
  readonly webhooks = new Map<string, WebhookRow>();
  readonly claims = new Map<string, ClaimRow>();
  readonly claimVersions: ClaimVersion[] = [];
  readonly awards = new Map<string, { claimId: string; amountFen: number }>();
  readonly locks = new Map<string, Lock>();
  /** Told when a case was written, evidence stored, or something is to be told. */
  onChange: (what: 'CASE' | 'INBOX' | 'OUTBOX') => void = () => {};
  inboxIds = 0;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** A session's transaction is undone when its process dies. */
  abortSessionsOf(party: Party): void {
    this.releaseLocks((holder) => holder.party === party);
  }

  releaseLocks(whose: (holder: Session) => boolean): void {
    for (const [name, lock] of this.locks) {
      const before = lock.holders.size;
      for (const holder of lock.holders) if (whose(holder)) lock.holders.delete(holder);
      if (lock.holders.size === before) continue;
      if (lock.holders.size === 0) this.locks.delete(name);
      for (const go of lock.waiting.splice(0)) this.kernel.outside(0, go);
    }
  }
}

/**
 * A process's connection. A statement is carried out at once and answered after a moment; while the database is down it
 * throws, and an answer that is under way then is lost. In a transaction writes are kept back until it commits, and are
 * gone when it throws or its process dies.
 */
export class Session {
  readonly tables: Tables;
  readonly party: Party | null;
  readonly isTransaction: boolean;
  /** Answers at once nearly always: for rounds that only look. */
  readonly #swift: boolean;
  readonly #kept: (() => void)[] = [];

  constructor(tables: Tables, party: Party | null, options: { isTransaction?: boolean; swift?: boolean } = {}) {
    this.tables = tables;
    this.party = party;
    this.isTransaction = options.isTransaction ?? false;
    this.#swift = options.swift ?? false;
  }

  /** PostgreSQL's clock. */
  get now(): number {
    return this.tables.kernel.now;
  }

  async statement<T>(work: (tables: Tables) => T): Promise<T> {
    const call = this.tables.kernel.call('PostgreSQL');
    if (!call.left) return new Promise(() => {});
    this.#requireUp();
    const value = work(this.tables);
    call.carriedOut();
    await this.#answer();
    call.answered();
    return value;
  }

  /** Writes when the transaction commits, or at once outside one. */
  write(work: () => void): void {
    if (this.isTransaction) this.#kept.push(work);
    else work();
  }

  transaction(): { execute<T>(work: (trx: Session) => Promise<T>): Promise<T> } {
    return {
      execute: async (work) => {
        const trx = new Session(this.tables, this.party, { isTransaction: true, swift: this.#swift });
        try {
          const value = await work(trx);
          const call = this.tables.kernel.call('PostgreSQL commit');
          if (!call.left) return await new Promise(() => {});
          trx.#requireUp();
          for (const write of trx.#kept) write();
          trx.#release();
          call.carriedOut();
          await trx.#answer();
          call.answered();
          return value;
        } finally {
          trx.#release();
        }
      },
    };
  }

  /** Waits for and holds a lock of that name until the transaction ends, alone or beside others who share it. */
  async lock(name: string, how: 'ALONE' | 'SHARED', waitAtMostMs = Number.POSITIVE_INFINITY): Promise<void> {
    const { kernel, locks } = this.tables;
    const since = kernel.now;
    for (;;) {
      const lock = locks.get(name) ?? { holders: new Set<Session>(), alone: false, waiting: [] };
      const others = [...lock.holders].some((holder) => holder !== this);
      if (!others || (how === 'SHARED' && !lock.alone)) {
        lock.holders.add(this);
        lock.alone = lock.alone || how === 'ALONE';
        locks.set(name, lock);
        return;
      }
      if (kernel.now - since >= waitAtMostMs) throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
      await new Promise<void>((resolve) => {
        lock.waiting.push(() => kernel.after(0, resolve, this.party));
        if (waitAtMostMs !== Number.POSITIVE_INFINITY) kernel.after(waitAtMostMs, resolve, this.party);
      });
    }
  }

  #release(): void {
    this.tables.releaseLocks((holder) => holder === this);
  }

  #requireUp(): void {
    if (!this.tables.up) throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
  }

  async #answer(): Promise<void> {
    const { kernel } = this.tables;
    if (this.#swift && kernel.draw('database:swift') < 0.95) return;
    await kernel.pause(kernel.drawMs('database', 0, 3));
    if (!this.tables.up) throw new Error('Connection terminated unexpectedly');
  }
}

/** The session behind what the product takes for its database. */
export function sessionOf(db: unknown): Session {
  return db as Session;
}
