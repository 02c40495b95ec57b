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
    goodsFen: readGoodsTotal(base, item),
    categories: readCategories(item),
    parcels: readParcels(body),
    totalPackages: integerOf(objectOf(body.orderDeliveryInfo).totalPackageNum),
    subOrders: listOf(body.subOrderInfo).flatMap(readSubOrder),
    province: textOf(objectOf(body.orderAddress).province),
    buyerId: textOf(base.buyerOpenId),
    phoneTail: /\d{4}$/.exec(textOf(objectOf(body.orderAddress).desensitiseMobile) ?? '')?.[0] ?? null,
  };
}

/**
 * The price of the goods (Q14): `totalFee`, which is 子订单商品总价 and has no postage in it, else price × number. Nothing is
 * taken off, because a refund that lacks just the postage is partial too; `refundFee` has the platform's subsidies in it.
 */
function readGoodsTotal(base: Record<string, unknown>, item: Record<string, unknown>): Fen | null {
  const price = integerOf(item.price);
  const sums = [integerOf(base.totalFee), price === null ? null : price * (integerOf(item.num) ?? 1)];
  return sums.find((sum) => sum !== null && sum > 0) ?? null;
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

/** Status of an order that came to nothing: its goods are in no parcel. */
const FAILED = 80;

/** A sub-order (赠品订单: `subOrderInfo`). Whether its goods are asked back the platform does not say: the refund is about the item. */
function readSubOrder(data: unknown): PlatformOrder['subOrders'] {
  const { subOrderBaseInfo, subOrderItemInfo, subOrderLogisticsInfo } = objectOf(data);
  if (integerOf(objectOf(subOrderBaseInfo).status) === FAILED) return [];
  const { itemTitle, num } = objectOf(subOrderItemInfo);
  const waybillNos = listOf(subOrderLogisticsInfo).map((entry) => textOf(objectOf(entry).expressNo));
  return [
    { itemTitle: textOf(itemTitle) ?? '', quantity: integerOf(num) ?? 1, waybillNos: waybillNos.filter((waybillNo) => waybillNo !== null) },
  ];
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
