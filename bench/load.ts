import { setTimeout as delay } from 'node:timers/promises';
import type { Case, ShopClient } from '../dev/demo/shop-client.ts';
import type { PlatformBook } from './platform-book.ts';
import { callControl } from '../simulators/control/call.ts';

/** The product under load, as its shop, its carriers and its platform see it. */
export interface Surroundings {
  shop: ShopClient;
  book: PlatformBook;
  simulatorsUrl: string;
}

/** Times of one case. */
export interface CaseTimes {
  /** From the create request to its answer, the carrier's answer included; with the repeats, if any. */
  createMs: number;
  /** How often the create had to be repeated because the product said it was busy. */
  repeats: number;
  /** From the moment a push leaves the carrier to the payment's arrival at the platform. */
  pushToPaidMs: number;
  /** From the create request to the payment's arrival. */
  createToPaidMs: number;
}

/** In turn, so that no carrier's own rate limit is measured. */
export const CARRIERS_IN_TURN = ['ZTO', 'YTO', 'STO', 'JT'] as const;
const ACCEPTED_LIMIT_MS = 60_000;
const PAID_LIMIT_MS = 120_000;
/** How a caller repeats what a busy product did not take. */
export const REPEAT_AFTER_MS = 1_000;
export const MOST_REPEATS = 30;

/** Creates a case, lets the carrier push its return scan, and waits for the payment. */
export async function playCase({ shop, book, simulatorsUrl }: Surroundings, number: number): Promise<CaseTimes> {
  const carrier = CARRIERS_IN_TURN[number % CARRIERS_IN_TURN.length];
  const { refundId, waybillNo } = await shop.seed({ carrier, parcel: { onIntercept: 'SILENT' } });
  const askedAt = Date.now();
  const { interceptId, repeats } = await create(shop, refundId);
  const createMs = Date.now() - askedAt;
  // A carrier that sees the parcel on its way back before it was asked would refuse.
  await shop.until(interceptId, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING', ACCEPTED_LIMIT_MS);
  await scan(simulatorsUrl, waybillNo, 'RETURNING');
  const paidAt = await book.paidAt(refundId, PAID_LIMIT_MS);
  const pushedAt = await firstPushAt(simulatorsUrl, waybillNo);
  return { createMs, repeats, pushToPaidMs: paidAt - pushedAt, createToPaidMs: paidAt - askedAt };
}

/** Creates as a shop's system does: what was not taken for lack of time is asked for again. */
export async function create(shop: ShopClient, refundId: string): Promise<{ interceptId: string; repeats: number }> {
  for (let repeats = 0; ; repeats += 1) {
    const { status, body } = await shop.call<Case>('POST', '/intercepts', { refundId, confirm: true });
    if (status < 300) return { interceptId: body.interceptId, repeats };
    if (![429, 503].includes(status) || repeats === MOST_REPEATS)
      throw new Error(`the create was answered ${status}: ${JSON.stringify(body)}`);
    await delay(REPEAT_AFTER_MS);
  }
}

/** Plays so many cases, at most `inFlight` at once; answers their times and how long all took. */
export async function playCases(around: Surroundings, count: number, inFlight: number): Promise<{ times: CaseTimes[]; tookMs: number }> {
  const times: CaseTimes[] = [];
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) times.push(await playCase(around, next++));
    }),
  );
  return { times, tookMs: performance.now() - startedAt };
}

/** A scan of the parcel, pushed at once. */
export async function scan(simulatorsUrl: string, waybillNo: string, event: string): Promise<void> {
  await callControl(simulatorsUrl, 'POST', `/sim/parcels/${waybillNo}/scan`, { event });
}

async function firstPushAt(simulatorsUrl: string, waybillNo: string): Promise<number> {
  const { items } = await callControl<{ items: { at: number }[] }>(simulatorsUrl, 'GET', `/sim/pushes?subject=${waybillNo}`);
  return Math.min(...items.map(({ at }) => at));
}
