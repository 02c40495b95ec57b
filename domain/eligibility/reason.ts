/** Why an intercept cannot start, in the order they are told. */
export const BLOCKING_REASONS = [
  'CROSS_BORDER_SHOP',
  'CARRIER_NOT_SUPPORTED',
  'SHOP_NOT_OPERATING',
  'AGREEMENT_NOT_SIGNED',
  'CATEGORY_NOT_SUPPORTED',
  'MULTI_PARCEL_ORDER',
  'REFUND_AMOUNT_NOT_BELOW_500',
  'EBILL_NOT_OPENED',
  'WAYBILL_NOT_EBILL',
  'NOT_REFUND_ONLY',
  'REFUND_NOT_OPEN',
  'NOT_SHIPPED',
  'ORDER_SIGNED',
  'NO_TRACK',
  'OUT_FOR_DELIVERY',
  'SIGNED',
  'AWAITING_PICKUP',
  'STALLED',
  'RETURN_ADDRESS_UNREACHABLE',
  'ALREADY_RETURNING',
  'OUTLET_NOT_SUBSCRIBED',
  'OUTLET_PENDING_REVIEW',
  'OUTLET_REJECTED',
  'SERVICE_NOT_OPEN',
  'TRACK_UNAVAILABLE',
  'CARRIER_REFUSED',
] as const;
export type BlockingReasonCode = (typeof BLOCKING_REASONS)[number];

/** What the merchant must acknowledge before starting, in the order they are told. */
export const WARNINGS = ['PARTIAL_REFUND', 'EARLIER_DISPATCH', 'OTHER_GOODS_IN_PARCEL', 'SHARED_PARCEL'] as const;
export type WarningCode = (typeof WARNINGS)[number];

/** One reason or warning with its words for people, zh-CN and English. */
export interface Finding<Code extends string> {
  code: Code;
  message: string;
  messageEn: string;
  /** The carrier's own code, verbatim, where the carrier gave one. */
  carrierCode?: string;
}
export type BlockingReason = Finding<BlockingReasonCode>;
export type Warning = Finding<WarningCode>;

/** The words of each reason and warning where no fact has to be named: [zh-CN, English]. */
export const WORDS: Record<BlockingReasonCode | WarningCode, readonly [string, string]> = {
  CROSS_BORDER_SHOP: ['跨境店铺的订单不支持拦截物流', 'Orders of cross-border shops cannot be intercepted'],
  CARRIER_NOT_SUPPORTED: ['该快递公司暂不支持拦截物流', 'This carrier does not support intercepts'],
  SHOP_NOT_OPERATING: ['店铺未处于正常经营状态', 'The shop is not operating'],
  AGREEMENT_NOT_SIGNED: ['请先签署拦截物流服务协议', 'Sign the intercept service agreement first'],
  CATEGORY_NOT_SUPPORTED: ['生鲜、虚拟、整车类商品不支持拦截', 'Fresh, virtual and whole-vehicle goods cannot be intercepted'],
  MULTI_PARCEL_ORDER: ['一单多包裹不支持拦截', 'Orders with several parcels cannot be intercepted'],
  REFUND_AMOUNT_NOT_BELOW_500: ['退款金额需低于500元', 'The refund must be below 500 yuan'],
  EBILL_NOT_OPENED: ['请先开通该快递公司的快手电子面单', "Open the platform's e-waybill with this carrier first"],
  WAYBILL_NOT_EBILL: ['无法确认该运单由快手电子面单开出', 'This waybill is not known to be one of the shop’s e-waybills'],
  NOT_REFUND_ONLY: ['仅支持仅退款的售后单', 'Only refund-only requests can be intercepted'],
  REFUND_NOT_OPEN: ['该退款单当前不是待商家处理状态', 'The refund does not wait for the merchant'],
  NOT_SHIPPED: ['订单尚未发货，无法拦截', 'The order has not been shipped'],
  ORDER_SIGNED: ['订单已签收，无法拦截', 'The order has been signed for'],
  NO_TRACK: ['暂无物流轨迹，无法拦截，请在揽收后重试', 'The parcel has no track yet; try again after its pick-up'],
  OUT_FOR_DELIVERY: ['包裹已派件，无法拦截', 'The parcel is out for delivery'],
  SIGNED: ['包裹已签收，无法拦截', 'The parcel has been signed for'],
  AWAITING_PICKUP: ['包裹待取件，无法拦截', 'The parcel awaits its pick-up by the buyer'],
  STALLED: ['包裹停滞超过3天，无法拦截', 'The parcel has not moved for more than 3 days'],
  RETURN_ADDRESS_UNREACHABLE: ['退回地址快递不配送，无法拦截', 'The carrier does not serve the return address'],
  ALREADY_RETURNING: ['包裹已在退回途中，无需拦截', 'The parcel is already on its way back'],
  OUTLET_NOT_SUBSCRIBED: ['该网点未订购拦截服务', 'The outlet is not subscribed'],
  OUTLET_PENDING_REVIEW: ['网点审核中，请联系网点尽快审核', 'The outlet is still reviewing the subscription'],
  OUTLET_REJECTED: ['网点未通过拦截服务的订购申请', 'The outlet has rejected the subscription'],
  SERVICE_NOT_OPEN: ['拦截服务已关闭，请重新开通', 'The intercept service is closed; open it again'],
  TRACK_UNAVAILABLE: ['暂时无法查询物流轨迹，请稍后重试', 'The track cannot be read at the moment; try again later'],
  CARRIER_REFUSED: ['快递公司多次拒绝拦截，不能再次发起', 'The carrier has refused too often; no further attempt is possible'],
  PARTIAL_REFUND: ['该退款为部分退款，拦截成功后仍会退回整个包裹', 'The refund is partial; the whole parcel will come back'],
  EARLIER_DISPATCH: ['包裹曾派件，快递公司可能拒绝拦截', 'The parcel was out for delivery before; the carrier may refuse'],
  OTHER_GOODS_IN_PARCEL: ['包裹内还有其他商品，拦截后会一并退回', 'There are other goods in the parcel; they will come back too'],
  SHARED_PARCEL: [
    '该包裹已有进行中的拦截，本单将共用其结果',
    'Another intercept of this parcel is under way; this refund will share its result',
  ],
};
