import { LRUCache } from 'lru-cache';
import type { PlatformRefund } from '../../domain/refund.ts';
import { MINUTE_MS, toRfc3339 } from '../../domain/time.ts';
import { PlatformUnavailable } from '../../platforms/port.ts';
import { type PageRequest, pageStart, writeCursor } from '../../store/cursor.ts';
import { findByRefunds } from '../../store/intercept-reading.ts';
import type { AppDeps } from '../deps.ts';
import { carriersOf } from '../outlets/cooperating-outlets.ts';

/** Orders asked for at the same time: a page must not spend the shop's limit of calls a second. */
const ORDERS_AT_ONCE = 8;
/** A page that stays open asks for the same list again and again; what was bought stays the same, and a parcel nearly always. */
const ORDER_KEPT_FOR_MS = 5 * MINUTE_MS;
const MAX_ORDERS_KEPT = 20_000;

/** What an order says of its refund: what was bought, and the parcel if there is only one. */
interface Told {
  itemTitle: string;
  parcel: { waybillNo: string; expressCode: number } | null;
}

/** Asks an order; null when the platform has none. Throws `PlatformUnavailable`. */
type AskOrder = (shopId: string, orderId: string) => Promise<Told | null>;

/**
 * Asks orders of the platform, each again after five minutes. For lists only: whoever decides reads the order anew. What was said is forgotten by
 * the time that passes, whatever becomes of the clock.
 */
export function askingOrders({ platform }: Pick<AppDeps, 'platform'>): AskOrder {
  const told = new LRUCache<string, Told>({ max: MAX_ORDERS_KEPT, ttl: ORDER_KEPT_FOR_MS });
  return async (shopId, orderId) => {
    const key = `${shopId} ${orderId}`;
    const known = told.get(key);
    if (known !== undefined) return known;
    const order = await platform.readOrder(shopId, orderId);
    if (order === null) return null;
    const [only, ...others] = order.parcels;
    const said = { itemTitle: order.itemTitle, parcel: only !== undefined && others.length === 0 ? only : null };
    // What is not sent yet will be.
    if (only !== undefined) told.set(key, said);
    return said;
  };
}

/**
 * One page of the platform's list, each refund with its latest intercept and its order's title, which the list itself does not
 * carry. Throws `BadCursor` and `PlatformUnavailable`.
 */
export async function listRefunds(deps: AppDeps, askOrder: AskOrder, shopId: string, page: PageRequest) {
  const filter = { list: 'refunds', shopId };
  // The platform's own cursor, sealed into ours so that an altered or foreign one is found out before it is sent on.
  const cursor = pageStart(page, filter)?.id ?? null;
  const { refunds: listed, nextCursor } = await deps.platform.listOpenRefunds(shopId, { cursor, limit: page.limit });
  const refunds = await withTheirOrders(askOrder, shopId, listed);
  const carriers = await carriersOf(deps, shopId);
  const intercepts = await findByRefunds(
    deps.db,
    shopId,
    refunds.map(({ refundId }) => refundId),
  );
  return {
    items: refunds.map((refund) => ({
      refundId: refund.refundId,
      orderId: refund.orderId,
      refundFeeFen: refund.refundFeeFen,
      itemTitle: refund.itemTitle,
      reason: refund.reason,
      createdAt: toRfc3339(refund.createdAt),
      expireAt: refund.expireAt === null ? null : toRfc3339(refund.expireAt),
      waybillNo: refund.waybillNo,
      carrier: carriers.find(({ carrier }) => carrier.platform.expressCode === refund.expressCode)?.carrier.code ?? null,
      interceptId: intercepts.get(refund.refundId)?.interceptId ?? null,
      interceptStatus: intercepts.get(refund.refundId)?.state.interceptStatus ?? null,
    })),
    nextCursor: nextCursor === null ? null : writeCursor({ at: 0, id: nextCursor }, filter),
  };
}

/** The refunds with title and parcel from their orders where the list left them out; an order that cannot be read leaves a gap. */
async function withTheirOrders(askOrder: AskOrder, shopId: string, refunds: readonly PlatformRefund[]): Promise<PlatformRefund[]> {
  const completed = [...refunds];
  const open = [...refunds.entries()].filter(([, { itemTitle, waybillNo }]) => itemTitle === '' || waybillNo === null);
  const completeSome = async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const [index, refund] = next;
      completed[index] = await withItsOrder(askOrder, shopId, refund);
    }
  };
  await Promise.all(Array.from({ length: ORDERS_AT_ONCE }, completeSome));
  return completed;
}

async function withItsOrder(askOrder: AskOrder, shopId: string, refund: PlatformRefund): Promise<PlatformRefund> {
  try {
    const said = await askOrder(shopId, refund.orderId);
    if (said === null) return refund;
    return { ...refund, itemTitle: refund.itemTitle || said.itemTitle, ...(refund.waybillNo === null && said.parcel) };
  } catch (error) {
    if (error instanceof PlatformUnavailable) return refund;
    throw error;
  }
}
