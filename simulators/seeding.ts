import type { OrderBody, ParcelBody, RefundBody, ScanBody, ShopBody } from './control/schemas.ts';
import { announceRefund } from './kuaishou/messages.ts';
import { createParcel, recordScan, usualStation } from './parcels.ts';
import { CARRIER_FACTS, CARRIERS } from './parties.ts';
import type { Carrier } from './parties.ts';
import { startForwardRoute } from './routes.ts';
import type { Stage } from './stage.ts';
import type { Order, Outlet, Parcel, Refund, Shop } from './state.ts';

const HOUR_MS = 3_600_000;
const SHUNFENG = 4;

/** A request that cannot be carried out: the control answers 400 with this text. */
export class SeedError extends Error {
  override name = 'SeedError';
}

/** An instant of the control's JSON as epoch ms. */
export function readInstant(value: string | number): number {
  const at = typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(at)) throw new SeedError(`"${value}" is no instant: write RFC 3339 or milliseconds since 1970`);
  return at;
}

function makeOutlet(given: NonNullable<NonNullable<ShopBody['outlets']>[Carrier]>[number]): Outlet {
  return {
    outletCode: given.outletCode,
    outletName: given.outletName,
    senderAddress: {
      provinceName: given.province ?? '浙江省',
      cityName: given.city ?? '金华市',
      districtName: '义乌市',
      streetName: '福田街道',
      detailAddress: given.detail ?? `城北路${given.outletCode.slice(-3)}号电商仓库`,
    },
    reachable: given.reachable === undefined ? true : given.reachable,
  };
}

function usualOutlets(): NonNullable<ShopBody['outlets']> {
  return Object.fromEntries(CARRIERS.map((carrier) => [carrier, CARRIER_FACTS[carrier].usualOutlets]));
}

/** Registers a shop, or gives a known one new tokens or outlets. Missing tokens are made from the shop's id. */
export function registerShop(stage: Stage, body: ShopBody): Shop {
  const known = stage.state.shops[body.shopId];
  const now = stage.now();
  const outlets = body.outlets ?? (known === undefined ? usualOutlets() : undefined);
  const shop: Shop = {
    shopId: body.shopId,
    name: body.name ?? known?.name ?? `测试小店 ${body.shopId}`,
    access: { token: body.accessToken ?? known?.access.token ?? `at-${body.shopId}`, expiresAt: now + stage.settings.accessTtlMs },
    refresh: { token: body.refreshToken ?? known?.refresh.token ?? `rt-${body.shopId}`, expiresAt: now + stage.settings.refreshTtlMs },
    olderAccess: [],
    discardedRefreshTokens: known?.discardedRefreshTokens ?? [],
    outlets:
      outlets === undefined
        ? (known?.outlets ?? {})
        : Object.fromEntries(CARRIERS.map((carrier) => [carrier, (outlets[carrier] ?? []).map(makeOutlet)])),
  };
  const others = [shop.access, shop.refresh].flatMap(({ token }) => stage.lookup.shopOfToken(token) ?? []);
  const taken = others.find(
    (each) => each.shopId !== shop.shopId && (each.access.token === shop.access.token || each.refresh.token === shop.refresh.token),
  );
  if (taken !== undefined) throw new SeedError(`shop ${taken.shopId} already has one of these tokens`);
  stage.state.shops[shop.shopId] = shop;
  stage.changed('shops', shop.shopId);
  return shop;
}

/** Way so far unless the body says otherwise: picked up, departed, and waiting in the hub near the buyer. */
const USUAL_SCANS: ScanBody[] = [
  { event: 'PICKED_UP', hoursAgo: 20 },
  { event: 'DEPARTED', hoursAgo: 17 },
  { event: 'ARRIVED', hoursAgo: 6 },
];

/** Adds one scan as a control body describes it. Pushed only when the body or the caller's default says so. */
export function addScan(stage: Stage, parcel: Parcel, body: ScanBody, pushByDefault: boolean): string {
  const now = stage.now();
  const usual = usualStation(parcel, body.event);
  const station = { ...usual, code: body.outletCode ?? usual.code, name: body.outletName ?? usual.name, city: body.city ?? usual.city };
  const occurredAt = body.occurredAt === undefined ? now - (body.hoursAgo ?? 0) * HOUR_MS : readInstant(body.occurredAt);
  return recordScan(stage, parcel, {
    event: body.event,
    station,
    occurredAt,
    text: body.text ?? null,
    push: body.push ?? pushByDefault,
    twice: body.twice ?? false,
  }).scanId;
}

function seedParcel(stage: Stage, shop: Shop, carrier: Carrier, body: ParcelBody): Parcel {
  const known = body.waybillNo === undefined ? undefined : stage.state.parcels[body.waybillNo];
  if (known !== undefined) {
    if (known.carrier !== carrier) throw new SeedError(`waybill ${known.waybillNo} belongs to ${known.carrier}`);
    return known;
  }
  const outlet = shop.outlets[carrier]?.[0];
  const parcel = createParcel(stage, {
    carrier,
    waybillNo: body.waybillNo ?? null,
    outletCode: body.outletCode ?? outlet?.outletCode ?? '999999',
    outletName: body.outletName ?? outlet?.outletName ?? '其他网点',
    province: outlet?.senderAddress.provinceName ?? '浙江省',
    city: outlet?.senderAddress.cityName ?? '金华市',
    onIntercept: body.onIntercept ?? 'SUCCEEDS',
    forward: body.forward ?? 'STAYS',
    refusal: body.refusal === undefined ? null : { code: body.refusal.code ?? null, message: body.refusal.message },
    asksPhone: body.asksPhone ?? null,
    pushes: body.pushes ?? true,
    manners: body.manners ?? 'EXACT',
  });
  if (body.intercepted === true) {
    const reference = `${carrier}${stage.nextNumber()}`;
    parcel.intercept = { requestId: null, reference, acceptedAt: stage.now(), status: 'INTERCEPTING', elsewhere: true };
  }
  for (const scan of body.scans ?? USUAL_SCANS) addScan(stage, parcel, scan, false);
  startForwardRoute(stage, parcel);
  return parcel;
}

const BUYERS = [
  { province: '四川省', city: '成都市', district: '武侯区', name: '李晓梅' },
  { province: '湖北省', city: '武汉市', district: '洪山区', name: '陈建国' },
  { province: '广东省', city: '广州市', district: '海珠区', name: '黄美玲' },
  { province: '陕西省', city: '西安市', district: '雁塔区', name: '王雨桐' },
] as const;

function seedOrder(
  stage: Stage,
  shop: Shop,
  body: OrderBody,
  parcel: { waybillNo: string; expressCode: number; sentAt: number },
  refundFeeFen: number,
): Order {
  const number = stage.nextNumber();
  const orderId = body.orderId ?? `25${String(number).padStart(15, '0')}`;
  const known = stage.state.orders[orderId];
  if (known !== undefined) return known;
  const parcels = [{ waybillNo: parcel.waybillNo, expressCode: parcel.expressCode }, ...(body.extraParcels ?? [])];
  const buyer = BUYERS[number % BUYERS.length] ?? BUYERS[0];
  const order: Order = {
    orderId,
    shopId: shop.shopId,
    status: body.status ?? 40,
    coType: body.coType ?? 1,
    itemTitle: body.itemTitle ?? '加厚保暖家居拖鞋',
    skuDesc: body.skuDesc ?? '均码',
    quantity: body.quantity ?? 1,
    paidFen: body.paidFen ?? refundFeeFen,
    categories: body.categories ?? [{ itemCid: 1421, categoryName: '居家日用' }],
    parcels: parcels.map((each, index) => ({ ...each, logisticsId: `31${String(number * 10 + index).padStart(15, '0')}` })),
    subOrders: body.subOrders ?? [],
    totalPackageNum: body.totalPackageNum ?? new Set(parcels.map((each) => each.waybillNo)).size,
    sentAt: parcel.sentAt,
    buyer: { openId: `f18d${number}`, ...buyer },
  };
  stage.state.orders[orderId] = order;
  stage.changed('orders', orderId);
  return order;
}

function seedShipment(stage: Stage, shop: Shop, body: RefundBody): { waybillNo: string; expressCode: number; sentAt: number } {
  const now = stage.now();
  if (body.carrier === 'OTHER') {
    const waybillNo = body.parcel?.waybillNo ?? `SF${String(stage.nextNumber()).padStart(13, '0')}`;
    return { waybillNo, expressCode: SHUNFENG, sentAt: now - 22 * HOUR_MS };
  }
  const carrier = body.carrier ?? 'ZTO';
  const parcel = seedParcel(stage, shop, carrier, body.parcel ?? {});
  const firstScanAt = Math.min(now, ...parcel.scans.map((scan) => scan.occurredAt));
  return { waybillNo: parcel.waybillNo, expressCode: CARRIER_FACTS[carrier].expressCode, sentAt: firstScanAt - 2 * HOUR_MS };
}

/** int64, of the length of real ones; a sandbox's begin with 9 and fill all 19 digits, where the real platform's never come to. */
function newRefundId(stage: Stage): string {
  const number = String(stage.nextNumber());
  return stage.settings.sandbox ? `90${number.padStart(17, '0')}` : `24${number.padStart(15, '0')}`;
}

/** Puts a refund with its order and parcel into the world; what the body leaves out is an ordinary refund-only request of a parcel under way. */
export function seedRefund(stage: Stage, body: RefundBody): Refund {
  const shop = body.shopId === undefined ? Object.values(stage.state.shops)[0] : stage.state.shops[body.shopId];
  if (shop === undefined) throw new SeedError(`shop ${body.shopId ?? ''} is not registered: POST /sim/shops first`);
  const now = stage.now();
  const refundId = body.refundId ?? newRefundId(stage);
  if (stage.state.refunds[refundId] !== undefined)
    throw new SeedError(`refund ${refundId} exists: change it with POST /sim/refunds/${refundId}`);
  const refundFeeFen = body.refundFeeFen ?? 8990;
  const createdAt = body.createdAt === undefined ? now - HOUR_MS / 2 : readInstant(body.createdAt);
  const order = seedOrder(stage, shop, body.order ?? {}, seedShipment(stage, shop, body), refundFeeFen);
  const refund: Refund = {
    refundId,
    orderId: order.orderId,
    shopId: shop.shopId,
    refundFeeFen,
    status: body.status ?? 10,
    handlingWay: body.handlingWay ?? 10,
    negotiateStatus: body.negotiateStatus ?? 1,
    receiptStatus: body.receiptStatus ?? 1,
    refundType: body.refundType ?? 1,
    specialRefundType: body.specialRefundType ?? 0,
    reason: 11,
    reasonText: body.reasonText ?? '不想要了',
    description: body.description ?? '',
    createdAt,
    updatedAt: createdAt,
    expireAt: body.expireAt === undefined ? createdAt + 5 * 24 * HOUR_MS + 2 * HOUR_MS : readInstant(body.expireAt),
    endedAt: null,
    withdrawn: false,
    paymentFails: body.paymentFails ?? false,
    afterRejection: body.afterRejection ?? 10,
    rejection: null,
    demo: body.demo ?? null,
  };
  stage.state.refunds[refundId] = refund;
  stage.changed('refunds', refundId);
  if (body.notify ?? true) announceRefund(stage, refund, null);
  return refund;
}
