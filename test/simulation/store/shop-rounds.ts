import type * as real from '../../../store/shop-rounds.ts';
import { SHOP } from './shops.ts';
import { type ShopTurn, sessionOf } from './tables.ts';

type Real = typeof real;

const HOLD_MS = 90_000;

export const claimShops: Real['claimShops'] = (db, round) => {
  const session = sessionOf(db);
  return session.statement(({ rounds, intercepts }) => {
    const turn = rounds.get(round);
    const isNeeded = round !== 'REFUNDS' || [...intercepts.values()].some(({ phase }) => phase === 'OPEN');
    if (!isNeeded || (turn?.dueAt ?? 0) > session.now) return [];
    rounds.set(round, { failures: 0, ...turn, dueAt: session.now + HOLD_MS });
    return [SHOP.shopId];
  });
};

function end(db: unknown, round: string, next: (turn: ShopTurn) => { inMs: number; failures: number }): Promise<void> {
  const session = sessionOf(db);
  return session.statement(({ rounds }) => {
    const { inMs, failures } = next(rounds.get(round) ?? { dueAt: 0, failures: 0 });
    rounds.set(round, { dueAt: session.now + inMs, failures });
  });
}

export const endTurn: Real['endTurn'] = (db, round, _shopId, nextMs) => end(db, round, () => ({ inMs: nextMs, failures: 0 }));

export const endFailedTurn: Real['endFailedTurn'] = (db, round, _shopId, { firstMs, atMostMs }) =>
  end(db, round, ({ failures }) => ({ inMs: Math.min(atMostMs, firstMs * 2 ** failures), failures: failures + 1 }));

export const releaseShops: Real['releaseShops'] = async (db, round, shopIds) => {
  if (shopIds.length > 0) await end(db, round, ({ failures }) => ({ inMs: 0, failures }));
};
