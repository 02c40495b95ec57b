import type { Fen } from '../../domain/money.ts';
import type { PlatformOrder } from '../port.ts';
import { idOf, integerOf, listOf, objectOf, textOf } from './fields.ts';

/** An order as `open.order.detail` gives it; null when its id or status is missing. */
export function readOrder(data: unknown): PlatformOrder | null {
  const body = objectOf(data);
  const base = objectOf(body.orderBaseInfo);
  const item = objectOf(body.orderItemInfo);
  const orderId = idOf(base.oid);
  const status = integerOf(base.status);
  if (orderId === null || status === null) return null;
  return {
    orderId,
    status,
    orderType: integerOf(base.coType) ?? 0,
    itemTitle: textOf(item.itemTitle) ?? '',
    paidFen: readPaid(base, item),
    categories: readCategories(item),
    parcels: readParcels(body),
    totalPackages: integerOf(objectOf(body.orderDeliveryInfo).totalPackageNum),
  };
}

/**
 * What the buyer paid for the item: the order's total without postage, or price × number where that is less. The least of
 * both, because a full refund that looks partial would ask the merchant for a needless acknowledgement (Q14).
 */
function readPaid(base: Record<string, unknown>, item: Record<string, unknown>): Fen | null {
  const total = integerOf(base.totalFee);
  const price = integerOf(item.price);
  const sums = [
    total === null ? null : total - (integerOf(base.expressFee) ?? 0),
    price === null ? null : price * (integerOf(item.num) ?? 1),
  ].filter((sum) => sum !== null && sum > 0);
  return sums.length === 0 ? null : Math.min(...sums.filter((sum) => sum !== null));
}

/** `itemExtra.categoryInfo`: one object in the declarations, a list in answers. */
function readCategories(item: Record<string, unknown>): { id: string; name: string }[] {
  return listOf(objectOf(item.itemExtra).categoryInfo).flatMap((entry) => {
    const { itemCid, categoryName } = objectOf(entry);
    const id = textOf(itemCid) ?? '';
    const name = textOf(categoryName) ?? '';
    return id === '' && name === '' ? [] : [{ id, name }];
  });
}

/** Every waybill of the order and its sub-orders (gifts), each once (R20). */
function readParcels(body: Record<string, unknown>): { waybillNo: string; expressCode: number }[] {
  const subOrders = listOf(body.subOrderInfo).flatMap((subOrder) => listOf(objectOf(subOrder).subOrderLogisticsInfo));
  const parcels = new Map<string, { waybillNo: string; expressCode: number }>();
  for (const entry of [...listOf(body.orderLogisticsInfo), ...subOrders]) {
    const { expressNo, expressCode } = objectOf(entry);
    const waybillNo = textOf(expressNo);
    if (waybillNo !== null && !parcels.has(waybillNo)) parcels.set(waybillNo, { waybillNo, expressCode: integerOf(expressCode) ?? 0 });
  }
  return [...parcels.values()];
}
