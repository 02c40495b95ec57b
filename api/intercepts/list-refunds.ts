import { toRfc3339 } from '../../domain/time.ts';
import { type PageRequest, pageStart, writeCursor } from '../../store/cursor.ts';
import { findByRefunds } from '../../store/intercept-reading.ts';
import type { AppDeps } from '../deps.ts';

/** One page of the platform's list, each refund with its intercept. Throws `BadCursor` and `PlatformUnavailable`. */
export async function listRefunds(deps: AppDeps, shopId: string, page: PageRequest) {
  const filter = { list: 'refunds', shopId };
  // The platform's own cursor, sealed into ours so that an altered or foreign one is found out before it is sent on.
  const cursor = pageStart(page, filter)?.id ?? null;
  const { refunds, nextCursor } = await deps.platform.listOpenRefunds(shopId, { cursor, limit: page.limit });
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
      carrier: deps.carriers.find(({ carrier }) => carrier.platform.expressCode === refund.expressCode)?.carrier.code ?? null,
      interceptId: intercepts.get(refund.refundId)?.interceptId ?? null,
    })),
    nextCursor: nextCursor === null ? null : writeCursor({ at: 0, id: nextCursor }, filter),
  };
}
