import { asInt64 } from '../exact-json.ts';
import type { Stage } from '../stage.ts';
import type { Order, OrderParcel, Refund, Shop } from '../state.ts';

/** A refund as `refund.detail` and `refund.pcursor.list` show it; ids are int64 numbers, times epoch ms. */
export function viewRefund(stage: Stage, refund: Refund): Record<string, unknown> {
  const order = stage.state.orders[refund.orderId];
  const parcel = order?.parcels[0];
  return {
    refundId: asInt64(refund.refundId),
    oid: asInt64(refund.orderId),
    skuId: asInt64(`22${refund.orderId.slice(-12)}`),
    itemId: asInt64(`21${refund.orderId.slice(-12)}`),
    refundFee: refund.refundFeeFen,
    status: refund.status,
    refundReason: refund.reason,
    refundReasonDesc: refund.reasonText,
    refundDesc: refund.description,
    refundType: refund.refundType,
    handlingWay: refund.handlingWay,
    negotiateStatus: refund.negotiateStatus,
    receiptStatus: refund.receiptStatus,
    logisticsId: parcel === undefined ? 0 : asInt64(parcel.logisticsId),
    logisticsInfo: parcel === undefined ? null : { expressNo: parcel.waybillNo, expressCode: parcel.expressCode },
    pictures: [],
    createTime: refund.createdAt,
    submitTime: refund.createdAt,
    updateTime: refund.updatedAt,
    expireTime: refund.expireAt,
    endTime: refund.endedAt ?? 0,
    sellerId: asInt64(refund.shopId),
    buyerOpenId: order?.buyer.openId ?? '',
    productNum: order?.quantity ?? 1,
    specialRefundType: refund.specialRefundType ?? 0,
    logisticsRiskInfos: [],
    sellerDisagreeReason: refund.rejection?.reason ?? '',
    sellerDisagreeDesc: refund.rejection?.description ?? '',
  };
}

function viewLogistics(parcel: OrderParcel): Record<string, unknown> {
  return { expressNo: parcel.waybillNo, expressCode: parcel.expressCode, logisticsId: asInt64(parcel.logisticsId) };
}

function viewSubOrder(order: Order, { itemTitle, quantity }: NonNullable<Order['subOrders']>[number]): Record<string, unknown> {
  return {
    subOrderBaseInfo: { oid: asInt64(`26${order.orderId.slice(-12)}`), status: order.status },
    subOrderItemInfo: { itemTitle, num: quantity, price: 0 },
    subOrderLogisticsInfo: order.parcels.slice(0, 1).map(viewLogistics),
  };
}

/** An order as `open.order.detail` shows it. */
export function viewOrder(stage: Stage, order: Order): Record<string, unknown> {
  const refunds = stage.lookup.refundsOfOrder(order.orderId);
  return {
    orderBaseInfo: {
      oid: asInt64(order.orderId),
      status: order.status,
      coType: order.coType,
      createTime: (order.sentAt ?? stage.now()) - 6 * 3_600_000,
      payTime: (order.sentAt ?? stage.now()) - 6 * 3_600_000 + 30_000,
      sendTime: order.sentAt ?? 0,
      recvTime: 0,
      totalFee: order.paidFen,
      expressFee: 0,
      discountFee: 0,
      sellerOpenId: `f18d${order.shopId}`,
      buyerOpenId: order.buyer.openId,
    },
    orderItemInfo: {
      itemId: asInt64(`21${order.orderId.slice(-12)}`),
      itemTitle: order.itemTitle,
      skuId: asInt64(`22${order.orderId.slice(-12)}`),
      skuDesc: order.skuDesc,
      num: order.quantity,
      price: Math.round(order.paidFen / order.quantity),
      originalPrice: Math.round(order.paidFen / order.quantity),
      itemExtra: { categoryInfo: order.categories },
    },
    orderLogisticsInfo: order.parcels.map(viewLogistics),
    orderDeliveryInfo: { totalPackageNum: order.totalPackageNum, packageNum: order.parcels.length, deliveryNum: order.quantity },
    subOrderInfo: (order.subOrders ?? []).map((goods) => viewSubOrder(order, goods)),
    orderRefundList: refunds.map((refund) => ({ refundId: asInt64(refund.refundId), refundStatus: refund.status })),
    orderAddress: {
      province: order.buyer.province,
      city: order.buyer.city,
      district: order.buyer.district,
      desensitiseConsignee: `${order.buyer.name.slice(0, 1)}**`,
      desensitiseMobile: '138****0000',
    },
  };
}

/** The shop's e-waybill outlets of one company, as `open.express.subscribe.query` shows them. */
export function viewOutlets(shop: Shop, carrier: keyof Shop['outlets'], companyCode: string): Record<string, unknown>[] {
  return (shop.outlets[carrier] ?? []).map((outlet) => ({
    netSiteCode: outlet.outletCode,
    netSiteName: outlet.outletName,
    expressCompanyCode: companyCode,
    expressCompanyType: 2,
    settleAccount: '',
    availableQuantity: 4820,
    usedQuantity: 1180,
    allocatedQuantity: 6000,
    cancelQuantity: 12,
    recycledQuantity: 12,
    senderAddress: [outlet.senderAddress],
  }));
}
