import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import { dispatchOutbox } from '../store/outbox-dispatch.ts';
import { tellQuarantineGrowth } from '../store/notices.ts';
import { claimDeliveries, type DueDelivery, markHandedOver, readDelivery } from '../store/webhook-deliveries.ts';
import { attemptDelivery } from './attempt.ts';
import type { OutboxPumpDeps } from './deps.ts';
import { eventBody } from './event-body.ts';
import { handOver } from './hand-over.ts';

export interface OutboxPumpOptions {
  /** How often the outbox is looked at without being woken. */
  everyMs: number;
  /** Told of what went wrong with a round or a delivery; both come up again. */
  onError(error: unknown): void;
}

export interface OutboxPump {
  /** Something was written: look now. */
  wake(): void;
  /** Ends after the attempts under way. */
  stop(): Promise<void>;
}

const EVENTS_A_ROUND = 200;
const ENDPOINTS_AT_ONCE = 64;
/** Few, so that a lease is long enough for all of them against a receiver that never answers. */
const PER_ENDPOINT = 8;
const LEASE_MS = 150 * SECOND_MS;
/** A run this late is gone or has no worker: the pump steps in for it. */
const LATE_MS = 10 * MINUTE_MS;
/** After a round that failed. */
const REST_MS = SECOND_MS;
const QUARANTINE_EVERY_MS = MINUTE_MS;

/**
 * Tells the shops' systems what the outbox holds, while this process lives: makes the deliveries of each event, attempts each
 * at once, and hands what failed to a run that carries the schedule. Endpoints are told side by side, so a slow one delays
 * nobody but itself; the events of one case go to an endpoint one after the other. Nothing is lost when a process dies or
 * Temporal is away: what is neither settled nor in the care of a run comes up again here.
 */
export function startOutboxPump(deps: OutboxPumpDeps, { everyMs, onError }: OutboxPumpOptions): OutboxPump {
  const ending = new AbortController();
  const busy = new Map<string, Promise<void>>();
  let woken = false;
  let nap = new AbortController();
  let quarantineToldAt = Number.NEGATIVE_INFINITY;

  function wake(): void {
    woken = true;
    nap.abort();
  }

  async function rest(failed: boolean): Promise<void> {
    nap = new AbortController();
    if (woken && !failed) return;
    const signal = failed ? ending.signal : AbortSignal.any([nap.signal, ending.signal]);
    await sleep(failed ? REST_MS : everyMs, undefined, { signal }).catch(() => undefined);
  }

  async function tellEndpoint(endpointId: string, deliveries: DueDelivery[]): Promise<void> {
    const cases = Map.groupBy(deliveries, ({ interceptId, deliveryId }) => interceptId ?? deliveryId);
    await Promise.all([...cases.values()].map((ofOneCase) => tellInOrder(ofOneCase)));
    busy.delete(endpointId);
    wake();
  }

  async function tellInOrder(deliveries: DueDelivery[]): Promise<void> {
    for (const delivery of deliveries) {
      try {
        await deliver(deps, delivery);
      } catch (error) {
        onError(error);
      }
    }
  }

  async function round(): Promise<void> {
    woken = false;
    if (performance.now() - quarantineToldAt >= QUARANTINE_EVERY_MS) {
      quarantineToldAt = performance.now();
      await tellQuarantineGrowth(deps.db);
    }
    const dispatched = await dispatchOutbox(deps.db, EVENTS_A_ROUND, eventBody);
    const endpoints = ENDPOINTS_AT_ONCE - busy.size;
    const request = { endpoints, perEndpoint: PER_ENDPOINT, leaseMs: LEASE_MS, lateMs: LATE_MS, exceptEndpoints: [...busy.keys()] };
    const due = endpoints === 0 ? [] : await claimDeliveries(deps.db, request);
    for (const [endpointId, deliveries] of Map.groupBy(due, (delivery) => delivery.endpointId)) {
      busy.set(endpointId, tellEndpoint(endpointId, deliveries));
    }
    if (dispatched < EVENTS_A_ROUND) await rest(false);
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await round();
      } catch (error) {
        onError(error);
        await rest(true);
      }
    }
    await Promise.all(busy.values());
  }

  const running = run();
  return {
    wake,
    async stop() {
      ending.abort();
      await running;
    },
  };
}

/** One attempt; what failed goes to its run. Without Temporal the delivery stays here and comes up again when it is due. */
async function deliver(deps: OutboxPumpDeps, { deliveryId, type }: DueDelivery): Promise<void> {
  const progress = await attemptDelivery(deps, deliveryId);
  if (progress.kind === 'SETTLED') return;
  const replayed = (await readDelivery(deps.db, deliveryId))?.replayed ?? false;
  try {
    await handOver(deps.client, { deliveryId, type, replayed, waitMs: progress.waitMs });
  } catch (error) {
    deps.log.warn({ err: error, deliveryId }, 'a webhook delivery could not be handed to its run: the outbox keeps it and tries on');
    return;
  }
  await markHandedOver(deps.db, deliveryId);
}
