import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';
import { CARRIERS, PARTIES } from '../parties.ts';
import { FAULT_KINDS, FORWARD_ROUTES, PUSH_MANNERS, SCAN_EVENTS, SCRIPTS } from '../state.ts';

const choice = <const Values extends readonly string[]>(values: Values) => Type.Unsafe<Values[number]>({ type: 'string', enum: values });
const strict = <Members extends Record<string, TSchema>>(members: Members) => Type.Object(members, { additionalProperties: false });
const optional = Type.Optional;

const Digits = Type.String({ pattern: '^\\d{1,19}$' });
const Fen = Type.Integer({ minimum: 0, maximum: 100_000_000_00 });
/** RFC 3339, or milliseconds since 1970. */
const Instant = Type.Union([Type.String({ minLength: 20, maxLength: 35 }), Type.Integer()]);
const Text = Type.String({ minLength: 1, maxLength: 500 });
const Refusal = strict({ code: optional(Text), message: Text });

export const ScanBody = strict({
  event: choice(SCAN_EVENTS),
  occurredAt: optional(Instant),
  hoursAgo: optional(Type.Number({ minimum: 0 })),
  outletCode: optional(Text),
  outletName: optional(Text),
  city: optional(Text),
  text: optional(Text),
  push: optional(Type.Boolean()),
  twice: optional(Type.Boolean()),
});
export type ScanBody = Static<typeof ScanBody>;

export const ParcelBody = strict({
  waybillNo: optional(Text),
  outletCode: optional(Text),
  outletName: optional(Text),
  scans: optional(Type.Array(ScanBody, { maxItems: 100 })),
  onIntercept: optional(choice(SCRIPTS)),
  refusal: optional(Refusal),
  /** Somebody else has an intercept of it in force. */
  intercepted: optional(Type.Boolean()),
  asksPhone: optional(Type.String({ pattern: '^\\d{4}$' })),
  forward: optional(choice(FORWARD_ROUTES)),
  pushes: optional(Type.Boolean()),
  manners: optional(choice(PUSH_MANNERS)),
});
export type ParcelBody = Static<typeof ParcelBody>;

export const OrderBody = strict({
  orderId: optional(Digits),
  status: optional(Type.Integer()),
  coType: optional(Type.Integer()),
  itemTitle: optional(Text),
  skuDesc: optional(Text),
  quantity: optional(Type.Integer({ minimum: 1, maximum: 999 })),
  paidFen: optional(Fen),
  categories: optional(Type.Array(strict({ itemCid: Type.Integer(), categoryName: Text }), { maxItems: 10 })),
  totalPackageNum: optional(Type.Integer({ minimum: 0, maximum: 99 })),
  subOrders: optional(Type.Array(strict({ itemTitle: Text, quantity: Type.Integer({ minimum: 1, maximum: 999 }) }), { maxItems: 20 })),
  extraParcels: optional(Type.Array(strict({ waybillNo: Text, expressCode: Type.Integer() }), { maxItems: 20 })),
});
export type OrderBody = Static<typeof OrderBody>;

const refundMembers = {
  refundFeeFen: optional(Fen),
  status: optional(Type.Integer()),
  handlingWay: optional(Type.Integer()),
  negotiateStatus: optional(Type.Integer()),
  receiptStatus: optional(Type.Integer()),
  refundType: optional(Type.Integer()),
  specialRefundType: optional(Type.Integer()),
  reasonText: optional(Text),
  description: optional(Type.String({ maxLength: 500 })),
  expireAt: optional(Instant),
  paymentFails: optional(Type.Boolean()),
  afterRejection: optional(Type.Union([Type.Literal(10), Type.Literal(12)])),
  notify: optional(Type.Boolean()),
};

export const RefundBody = strict({
  shopId: optional(Digits),
  refundId: optional(Digits),
  /** `OTHER`: a company that is not played here. */
  carrier: optional(choice([...CARRIERS, 'OTHER'])),
  createdAt: optional(Instant),
  demo: optional(Text),
  order: optional(OrderBody),
  parcel: optional(ParcelBody),
  ...refundMembers,
});
export type RefundBody = Static<typeof RefundBody>;

export const RefundChangeBody = strict({
  ...refundMembers,
  /** The merchant gave the order another waybill. */
  waybillNo: optional(Text),
  orderStatus: optional(Type.Integer()),
  withdrawn: optional(Type.Boolean()),
});
export type RefundChangeBody = Static<typeof RefundChangeBody>;

export const ParcelChangeBody = strict({
  onIntercept: optional(choice(SCRIPTS)),
  refusal: optional(Type.Union([Refusal, Type.Null()])),
  forward: optional(choice(FORWARD_ROUTES)),
  pushes: optional(Type.Boolean()),
  manners: optional(choice(PUSH_MANNERS)),
  interceptStatus: optional(
    choice(['INTERCEPTING', 'INTERCEPT_SUCCESS', 'INTERCEPT_FAIL', 'INTERCEPT_CANCEL', 'PACKAGE_DELIVERYING', 'INTERCEPT_DISCONTINUE']),
  ),
});
export type ParcelChangeBody = Static<typeof ParcelChangeBody>;

export const FaultBody = strict({
  party: choice(PARTIES),
  api: optional(Text),
  kind: choice(FAULT_KINDS),
  code: optional(Text),
  message: optional(Text),
  times: optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  delayMs: optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
});

const OutletBody = strict({
  outletCode: Text,
  outletName: Text,
  reachable: optional(Type.Union([Type.Boolean(), Type.Null()])),
  province: optional(Text),
  city: optional(Text),
  detail: optional(Text),
});
const outletsOf = (carriers: readonly (typeof CARRIERS)[number][]) =>
  strict(Object.fromEntries(carriers.map((carrier) => [carrier, optional(Type.Array(OutletBody, { maxItems: 50 }))])));

export const ShopBody = strict({
  shopId: Digits,
  name: optional(Text),
  accessToken: optional(Text),
  refreshToken: optional(Text),
  outlets: optional(outletsOf(CARRIERS)),
});
export interface ShopBody {
  shopId: string;
  name?: string;
  accessToken?: string;
  refreshToken?: string;
  outlets?: Partial<Record<(typeof CARRIERS)[number], Static<typeof OutletBody>[]>>;
}

export const ExpireBody = strict({ shopId: optional(Digits), which: optional(choice(['access', 'refresh', 'both'])) });
export type ExpireBody = Static<typeof ExpireBody>;

export const SettingsBody = strict({
  webhookBase: optional(Type.Union([Type.String({ pattern: '^https?://' }), Type.Null()])),
  paceMs: optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
  paymentDelayMs: optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
  pushRetryMs: optional(Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 50 })),
  messageRetryMs: optional(Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 50 })),
  pushOnlySubscribed: optional(Type.Boolean()),
});
export type SettingsBody = Static<typeof SettingsBody>;
