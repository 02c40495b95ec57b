import type { PlatformRefund } from '../../domain/refund.ts';
import type { RejectReason } from '../port.ts';
import { idOf, instantOf, integerOf, listOf, objectOf, textOf } from './fields.ts';

/**
 * A refund as `open.seller.order.refund.detail` and the list give it; null when a field is missing without which no
 * decision can rest on it (ids, amount, status, way, version).
 */
export function readRefund(data: unknown): PlatformRefund | null {
  const body = objectOf(data);
  const refundId = idOf(body.refundId);
  const orderId = idOf(body.oid);
  const refundFeeFen = integerOf(body.refundFee);
  const status = integerOf(body.status);
  const handlingWay = integerOf(body.handlingWay);
  const updatedAt = instantOf(body.updateTime);
  if (refundId === null || orderId === null || refundFeeFen === null || status === null || handlingWay === null || updatedAt === null)
    return null;
  const logistics = objectOf(body.logisticsInfo);
  return {
    refundId,
    orderId,
    refundFeeFen,
    status,
    handlingWay,
    negotiateStatus: integerOf(body.negotiateStatus) ?? 0,
    receiptStatus: integerOf(body.receiptStatus) ?? 0,
    updatedAt,
    createdAt: instantOf(body.createTime) ?? instantOf(body.submitTime) ?? updatedAt,
    expireAt: instantOf(body.expireTime),
    reason: textOf(body.refundReasonDesc) ?? textOf(body.refundDesc) ?? '',
    waybillNo: textOf(logistics.expressNo) ?? textOf(body.expressNo),
    expressCode: integerOf(logistics.expressCode) ?? integerOf(body.expressCode),
    itemTitle: textOf(body.itemTitle) ?? '',
    specialRefundType: integerOf(body.specialRefundType),
  };
}

/** The reasons of `open.refund.reject.reason`: `{code, desc, tip, requiredRejectDesc, requiredRejectImage}`. */
export function readRejectReasons(data: unknown): RejectReason[] {
  return listOf(data).flatMap((item) => {
    const { code, desc, tip, requiredRejectDesc, requiredRejectImage } = objectOf(item);
    const reason = textOf(code);
    if (reason === null || !/^\d{1,19}$/.test(reason)) return [];
    const text = textOf(desc) ?? textOf(tip) ?? reason;
    return [{ reason, text, descriptionRequired: requiredRejectDesc === true, imageRequired: requiredRejectImage === true }];
  });
}
