import { claimShops, endFailedTurn, endTurn, releaseShops } from '../store/shop-rounds.ts';
import type { ShopRound } from '../store/tables.ts';
import { type DurationMs, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import type { EvidenceDeps } from './deps.ts';

/** What came of one shop's turn. */
export interface Turn {
  /** How many cases were told something, or the like. */
  moved: number;
  /** The turn was used up before the work was: the shop is due again at once, after the others. */
  more: boolean;
}

export interface ShopRoundOptions {
  round: ShopRound;
  /** A shop is looked after this often. */
  everyMs: DurationMs;
  /** Shops looked after side by side: this many may hang without keeping another from its turn. */
  lanes: number;
  /** No turn begins later than this. */
  signal: AbortSignal;
}

/** Longer turns are cut, so that a shop with much to catch up on does not keep its lane. */
const TURN_MS = 5 * SECOND_MS;
const SHOPS_A_CLAIM = 50;
/** A shop that fails is tried again after this, then twice that, and so on. */
const FAILED = { firstMs: 30 * SECOND_MS, atMostMs: 5 * MINUTE_MS };

/**
 * Gives each shop whose turn has come one, the longest neglected first, so many side by side; returns what they moved in all.
 * Shops are claimed in the database: several processes share them, and none is taken twice. One shop's trouble is logged, makes
 * it wait longer, and keeps no other waiting.
 */
export async function forEachDueShop(
  { db, log }: Pick<EvidenceDeps, 'db' | 'log'>,
  { round, everyMs, lanes, signal }: ShopRoundOptions,
  work: (shopId: string, turn: AbortSignal) => Promise<Turn>,
): Promise<number> {
  const waiting: string[] = [];
  let claiming: Promise<void> | null = null;
  let moved = 0;

  /** The next shop of those claimed; claims more, once for all lanes, when there is none. */
  const next = async (): Promise<string | undefined> => {
    if (waiting.length === 0 && !signal.aborted) {
      claiming ??= claimShops(db, round, SHOPS_A_CLAIM).then((claimed) => {
        waiting.push(...claimed);
        claiming = null;
      });
      await claiming;
    }
    return signal.aborted ? undefined : waiting.shift();
  };
  const lane = async (): Promise<void> => {
    for (let shopId = await next(); shopId !== undefined; shopId = await next()) {
      try {
        const turn = await work(shopId, AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]));
        moved += turn.moved;
        await endTurn(db, round, shopId, turn.more ? 0 : everyMs);
      } catch (error) {
        log.warn({ err: error, shopId, round }, 'the patrol could not finish a round for this shop');
        await endFailedTurn(db, round, shopId, FAILED);
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  await releaseShops(db, round, waiting);
  const failure = ended.find((one) => one.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return moved;
}
