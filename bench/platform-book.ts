import { setTimeout as delay } from 'node:timers/promises';
import { callControl } from '../simulators/control/call.ts';

/** One applied payment in the simulated platform's own book. */
interface Payment {
  refundId: string;
  at: number;
  applied: boolean;
}

const ASK_EVERY_MS = 50;

/** Watches the platform's book, so that nobody has to ask the product whether it has paid. */
export interface PlatformBook {
  /** When the payment of a refund arrived at the platform, epoch ms; rejects when it does not come within the limit. */
  paidAt(refundId: string, limitMs: number): Promise<number>;
  /** Refunds that were paid more than once. */
  paidTwice(): string[];
  close(): Promise<void>;
}

/** Reads the book of the simulators at this address until it is closed. */
export function watchPlatformBook(simulatorsUrl: string): PlatformBook {
  const paid = new Map<string, number[]>();
  let read = 0;
  let isOpen = true;
  let failure: Error | null = null;
  const reading = (async () => {
    while (isOpen) {
      const { items } = await callControl<{ items: Payment[] }>(simulatorsUrl, 'GET', `/sim/payments?after=${read}`);
      read += items.length;
      for (const { refundId, at, applied } of items) if (applied) paid.set(refundId, [...(paid.get(refundId) ?? []), at]);
      await delay(ASK_EVERY_MS);
    }
  })().catch((error: Error) => {
    failure = error;
  });
  return {
    async paidAt(refundId, limitMs) {
      for (const giveUpAt = Date.now() + limitMs; ; ) {
        const at = paid.get(refundId)?.[0];
        if (at !== undefined) return at;
        if (!isOpen) throw new Error(`the book was closed before refund ${refundId} was paid`);
        if (Date.now() > giveUpAt) throw new Error(`refund ${refundId} was not paid within ${limitMs} ms`);
        if (failure !== null) throw failure;
        await delay(ASK_EVERY_MS);
      }
    },
    paidTwice: () => [...paid].flatMap(([refundId, times]) => (times.length > 1 ? [refundId] : [])),
    async close() {
      isOpen = false;
      await reading;
    },
  };
}
