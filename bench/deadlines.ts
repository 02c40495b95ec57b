import { setTimeout as delay } from 'node:timers/promises';
import type { Case, ShopClient } from '../dev/demo/shop-client.ts';
import { CARRIERS_IN_TURN, MOST_REPEATS, REPEAT_AFTER_MS } from './load.ts';
import type { PlatformBook } from './platform-book.ts';

const BATCH = 20;
const BATCHES_AT_ONCE = 8;
const PAID_LIMIT_MS = 600_000;

/** What came of cases whose automatic refund was due together. */
export interface Punctuality {
  /** Between the first and the last of the due instants. */
  dueWithinMs: number;
  /** How much later than due each payment arrived at the platform. */
  latenessMs: number[];
}

/** Waits until each of these silent cases was paid by its deadline. */
export async function untilAllPaid(book: PlatformBook, cases: readonly Case[]): Promise<Punctuality> {
  const dueAt = cases.map(({ autoRefundAt }) => Date.parse(autoRefundAt));
  const giveUpAt = Math.max(...dueAt) + PAID_LIMIT_MS;
  const latenessMs = await Promise.all(
    cases.map(async ({ refundId }, index) => (await book.paidAt(refundId, giveUpAt - Date.now())) - (dueAt[index] ?? 0)),
  );
  return { dueWithinMs: Math.max(...dueAt) - Math.min(...dueAt), latenessMs };
}

/** Opens so many cases of parcels nobody says anything of, in batches; in the order they were asked for. */
export async function openSilentCases(shop: ShopClient, count: number): Promise<Case[]> {
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, index) => Math.min(BATCH, count - index * BATCH));
  const opened: Case[][] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: BATCHES_AT_ONCE }, async () => {
      while (next < batches.length) {
        const index = next++;
        opened[index] = await createBatch(shop, await seedSilent(shop, batches[index] ?? 0));
      }
    }),
  );
  return opened.flat();
}

function seedSilent(shop: ShopClient, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const carrier = CARRIERS_IN_TURN[number % CARRIERS_IN_TURN.length];
      return (await shop.seed({ carrier, parcel: { onIntercept: 'SILENT' } })).refundId;
    }),
  );
}

/** The cases in the order of their refunds; what a busy product did not take is asked for again. */
async function createBatch(shop: ShopClient, refundIds: string[]): Promise<Case[]> {
  type Answer = { results: { intercept?: Case; problem?: { retryable: boolean } }[] };
  const body = { items: refundIds.map((refundId) => ({ refundId })), confirm: true };
  for (let repeats = 0; ; repeats += 1) {
    const answer = await shop.call<Answer>('POST', '/intercepts/batch', body);
    const results = answer.status === 200 ? answer.body.results : [];
    const cases = results.flatMap(({ intercept }) => intercept ?? []);
    if (cases.length === refundIds.length) return cases;
    const mayPass = results.every(({ problem }) => problem === undefined || problem.retryable);
    if (!mayPass || repeats === MOST_REPEATS) throw new Error(`cases were not created: ${JSON.stringify(answer).slice(0, 2_000)}`);
    await delay(REPEAT_AFTER_MS);
  }
}
