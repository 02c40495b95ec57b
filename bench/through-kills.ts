import { setTimeout as delay } from 'node:timers/promises';
import type { Case, ShopClient } from '../dev/demo/shop-client.ts';
import { waitFor } from '../dev/waiting.ts';
import type { KeptProcess } from '../test/support/kept-process.ts';
import { scan } from './load.ts';
import type { PlatformBook } from './platform-book.ts';

const ASK_AGAIN_MS = 100;
const PAID_LIMIT_MS = 120_000;
/**
 * What a killed worker had cached waits 10 s for it, and what it had taken 3 s; a task that Temporal's server lost comes back after its time-out of
 * 20 s, on a busy machine more than once. By then the record says what the run does.
 */
const RECORDED_LIMIT_MS = 60_000;
const TAKEN_LIMIT_MS = 60_000;
/** The caller's limit for one request: a killed API may leave one open for good. */
const ANSWER_LIMIT_MS = 10_000;

/** A shop that talks to every API process in turn, while processes are killed. */
export interface KilledSurroundings {
  shops: readonly ShopClient[];
  simulatorsUrl: string;
  book: PlatformBook;
  carriers: readonly string[];
  /** Killed in this order. */
  processes: readonly KeptProcess[];
}

/** What became of a load under kills. */
export interface ThroughKills {
  cases: number;
  kills: number;
  /** From the first try of a create until some API answered that there is the case. */
  createMs: number[];
  /** From the return scan to the payment. */
  scanToPaidMs: number[];
  /** How much later than due those were paid that nobody said anything of. */
  lateMs: number[];
}

/**
 * Opens cases, so many at once, as long as the processes are killed in turn, so many rounds; every second case comes back, of the others
 * nothing is heard when `silent`. Answers once each of them was paid and is recorded so; throws when one was not, or before it was due.
 */
export async function playThroughKills(
  around: KilledSurroundings,
  { rounds, inFlight, silent }: { rounds: number; inFlight: number; silent: boolean },
): Promise<ThroughKills> {
  const result: ThroughKills = { cases: 0, kills: 0, createMs: [], scanToPaidMs: [], lateMs: [] };
  const killing = { goesOn: true };
  const kills = (async () => {
    for (let round = 0; round < rounds; round += 1) {
      for (const each of around.processes) {
        await each.replace();
        result.kills += 1;
      }
    }
    killing.goesOn = false;
  })();
  const paid: Promise<void>[] = [];
  const load = Array.from({ length: inFlight }, async () => {
    while (killing.goesOn) {
      const { payment } = await openCase(around, result, silent);
      // Told by the last line.
      payment.catch(() => undefined);
      paid.push(payment);
    }
  });
  await Promise.all([kills, ...load]);
  await Promise.all(paid);
  return result;
}

/** Answers once there is the case, with what resolves once it was paid. */
async function openCase(around: KilledSurroundings, result: ThroughKills, silent: boolean): Promise<{ payment: Promise<void> }> {
  const { shops, simulatorsUrl, book, carriers } = around;
  const number = result.cases++;
  const carrier = carriers[number % carriers.length];
  const [shop] = shops as [ShopClient];
  const { refundId, waybillNo } = await shop.seed({ carrier, parcel: { onIntercept: 'SILENT' } });
  const askedAt = performance.now();
  const { interceptId, autoRefundAt } = await anyOf(shops, number, (each) =>
    each.call<Case>('POST', '/intercepts', { refundId, confirm: true }),
  );
  result.createMs.push(performance.now() - askedAt);
  return { payment: (silent && number % 2 === 1 ? staysSilent() : comesBack()).then(recorded) };

  async function staysSilent(): Promise<void> {
    const due = Date.parse(autoRefundAt);
    const late = (await book.paidAt(refundId, due - Date.now() + PAID_LIMIT_MS)) - due;
    if (late < 0) throw new Error(`refund ${refundId} was paid ${-late} ms before it was due`);
    result.lateMs.push(late);
  }
  async function comesBack(): Promise<void> {
    // A carrier that sees the parcel on its way back before it was asked would refuse.
    while ((await anyOf(shops, number, (each) => each.call<Case>('GET', `/intercepts/${interceptId}`))).interceptStatus === 'REQUESTED')
      await delay(ASK_AGAIN_MS);
    const scannedAt = Date.now();
    await scan(simulatorsUrl, waybillNo, 'RETURNING');
    result.scanToPaidMs.push((await book.paidAt(refundId, PAID_LIMIT_MS)) - scannedAt);
  }
  /** A list is read from the records, one case from its run. */
  async function recorded(): Promise<void> {
    const isRefunded = async () => {
      const { items } = await anyOf(shops, number, (each) => each.call<{ items: Case[] }>('GET', `/intercepts?refundId=${refundId}`));
      return items[0]?.refundStatus === 'REFUNDED';
    };
    if ((await waitFor(isRefunded, RECORDED_LIMIT_MS)) !== true)
      throw new Error(`${interceptId} was paid, and its record does not say so after ${RECORDED_LIMIT_MS} ms`);
  }
}

/** The answer of whichever API takes the call: a shop's system repeats what was not taken, elsewhere. */
async function anyOf<T>(
  shops: readonly ShopClient[],
  first: number,
  call: (shop: ShopClient) => Promise<{ status: number; body: T }>,
): Promise<T> {
  const giveUpAt = Date.now() + TAKEN_LIMIT_MS;
  for (let tries = first; ; tries += 1) {
    const shop = shops[tries % shops.length] as ShopClient;
    const answer = await Promise.race([call(shop).catch(() => null), delay(ANSWER_LIMIT_MS, null, { ref: false })]);
    if (answer !== null && answer.status < 300) return answer.body;
    if (answer !== null && ![429, 502, 503].includes(answer.status))
      throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    if (Date.now() > giveUpAt) throw new Error(`no API took the call within ${TAKEN_LIMIT_MS} ms`);
    await delay(ASK_AGAIN_MS);
  }
}
