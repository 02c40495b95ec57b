import { setTimeout as sleep } from 'node:timers/promises';
import type { EvidenceDeps } from './deps.ts';
import { driveInboxOnce } from './drive-inbox.ts';
import { freeCrossedEvidence } from './known-waybills.ts';

/** What the pump needs. */
export type PumpDeps = Pick<EvidenceDeps, 'db' | 'client' | 'platform' | 'log'>;

export interface PumpOptions {
  /** How often the inbox is looked at without being woken. */
  everyMs: number;
  /** Told of what went wrong with a round; the next round tries again. */
  onError(error: unknown): void;
}

export interface Pump {
  /** Something was stored: look now. */
  wake(): void;
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/** After a round that failed or met a Temporal or platform that does not answer. */
const REST_MS = 1_000;
const FREE_EVERY_MS = 5_000;
const FREE_WITHIN_MS = 10 * 60_000;

/**
 * Delivers the inbox while this process lives: round after round while there is work, else every `everyMs` or when woken.
 * Several pumps, in several processes, share the work without meeting. Nothing is lost when one dies in the middle: another
 * takes the same events up when the claim ends; evidence told twice changes nothing.
 */
export function startPump(deps: PumpDeps, { everyMs, onError }: PumpOptions): Pump {
  const ending = new AbortController();
  let woken = false;
  let nap = new AbortController();
  let freedAt = Number.NEGATIVE_INFINITY;

  /** Until woken; a rest after an outage is not cut short, or pushes would make it a storm. */
  async function rest(outage: boolean): Promise<void> {
    nap = new AbortController();
    if (woken && !outage) return;
    const signal = outage ? ending.signal : AbortSignal.any([nap.signal, ending.signal]);
    await sleep(outage ? REST_MS : everyMs, undefined, { signal }).catch(() => undefined);
  }

  async function round(): Promise<void> {
    woken = false;
    if (performance.now() - freedAt >= FREE_EVERY_MS) {
      freedAt = performance.now();
      await freeCrossedEvidence(deps.db, FREE_WITHIN_MS);
    }
    const { moreDue, outage } = await driveInboxOnce(deps);
    if (outage || !moreDue) await rest(outage);
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
  }

  const running = run();
  return {
    wake() {
      woken = true;
      nap.abort();
    },
    async stop() {
      ending.abort();
      await running;
    },
  };
}
