import type { CarrierCode, Outlet } from '../../domain/carrier.ts';
import type { EligibilityFacts, TrackFacts } from '../../domain/eligibility/facts.ts';
import { resolveOutlet } from '../../domain/eligibility/outlet.ts';
import { type ReturnTo, returnsOffered } from '../../domain/intercept/return-to.ts';
import { type PlatformRefund, PRICE_PROTECTION } from '../../domain/refund.ts';
import type { InterceptInput } from '../../domain/intercept/state.ts';
import type { TrackScan } from '../../domain/track.ts';
import { gatherTrack, type KnownTrack } from '../../evidence/at-create.ts';
import type { TrackReading } from '../../carriers/port.ts';
import { type EbillOutlet, type PlatformOrder, PlatformUnavailable } from '../../platforms/port.ts';
import { now } from '../../store/db.ts';
import { type JudgedFacts, leaderOf } from '../../store/intercept-opening.ts';
import { isPriceProtection } from '../../store/price-protections.ts';
import { findByRefund } from '../../store/intercept-reading.ts';
import { outletSubscription } from '../../store/outlet-subscriptions.ts';
import { hasReturnAddress } from '../../store/return-addresses.ts';
import { serviceOf } from '../../store/service-agreements.ts';
import { findShop } from '../../store/shops.ts';
import { waybillOutlet } from '../../store/waybills.ts';
import type { AppDeps, ConnectedCarrier } from '../deps.ts';
import { carriersIn, ebillOutlets } from '../outlets/cooperating-outlets.ts';
import { problem } from '../problems/problem.ts';

/** The facts, and what of them is shown beside the judgement. */
export interface GatheredFacts {
  facts: EligibilityFacts;
  refund: PlatformRefund;
  order: PlatformOrder;
  parcel: { waybillNo: string | null; carrier: CarrierCode | null; outlet: Outlet | null };
  /** Where the parcel may be asked to go; none where it has no carrier of ours. */
  returnsTo: readonly ReturnTo[];
  /** All that is known of the parcel's way: the carrier's answer and what was stored before, also where there was no answer. */
  scans: readonly TrackScan[];
  /** What the case will have to know of the judgement. */
  judged: JudgedFacts;
  /** Last four digits of the buyer's phone where the platform shows them: for the carrier alone. */
  phoneTail: string | null;
}

/** Gatherings under way, by API and refund: many clicks at once ask platform and carrier once. */
const underWay = new WeakMap<AppDeps, Map<string, Promise<GatheredFacts>>>();

/**
 * Everything an intercept of this refund is judged by, asked for at the same time wherever one answer does not need
 * another; calls for the same refund at the same moment share one gathering. Throws `REFUND_NOT_FOUND`, and
 * `PlatformUnavailable` when the platform gives no answer; a carrier that gives none is a fact (`TRACK_UNAVAILABLE`).
 */
export function gatherFacts(deps: AppDeps, shopId: string, refundId: string): Promise<GatheredFacts> {
  const gatherings = underWay.get(deps) ?? new Map<string, Promise<GatheredFacts>>();
  underWay.set(deps, gatherings);
  const key = `${shopId}/${refundId}`;
  const gathering = gatherings.get(key) ?? gatherNow(deps, shopId, refundId).finally(() => gatherings.delete(key));
  gatherings.set(key, gathering);
  return gathering;
}

async function gatherNow(deps: AppDeps, shopId: string, refundId: string): Promise<GatheredFacts> {
  const { db, platform, config } = deps;
  const beganAt = await now(db);
  const [refund, shop, service, refused, saidProtected, hasAddress] = await Promise.all([
    platform.readRefund(shopId, refundId),
    findShop(db, shopId),
    serviceOf(db, shopId),
    refusedAttempts(deps, shopId, refundId),
    isPriceProtection(db, refundId),
    hasReturnAddress(db, shopId),
  ]);
  if (refund === null || shop === null) throw problem('REFUND_NOT_FOUND', { params: { refundId } });
  const order = await platform.readOrder(shopId, refund.orderId);
  if (order === null) throw problem('REFUND_NOT_FOUND', { params: { refundId } });
  const { waybillNo, carrier } = findParcel(carriersIn(deps, shop.world), refund, order);
  const found =
    waybillNo === null || carrier === null ? null : await gatherParcel(deps, shopId, refundId, carrier, waybillNo, order.phoneTail);
  const parcel = found?.facts ?? NO_PARCEL;
  return {
    facts: {
      now: beganAt,
      shop: { status: shop.status },
      service: { status: service.status },
      refund,
      isPriceProtection: saidProtected || refund.specialRefundType === PRICE_PROTECTION,
      order,
      otherGoods: order.subOrders.filter(({ waybillNos }) => waybillNo !== null && waybillNos.includes(waybillNo)),
      carrier: carrier && {
        code: carrier.carrier.code,
        nameZh: carrier.carrier.nameZh,
        outletsOpenByDefault: carrier.carrier.outletsOpenByDefault,
      },
      blockedCategories: config.blockedCategories,
      ...parcel,
      ...refused,
    },
    refund,
    order,
    parcel: { waybillNo, carrier: carrier?.carrier.code ?? null, outlet: parcel.waybillOutlet },
    returnsTo: returnsOffered(carrier?.carrier ?? null, found?.leader ?? null, hasAddress),
    scans: found?.scans ?? [],
    judged: { evidenceFrom: beganAt, scansJudgedAt: found?.readAt ?? beganAt, sharedWith: parcel.sharedWith },
    phoneTail: order.phoneTail,
  };
}

type ParcelFacts = Pick<EligibilityFacts, 'ebillOutlets' | 'waybillOutlet' | 'subscription' | 'track' | 'returnReachable' | 'sharedWith'>;

const NO_PARCEL: ParcelFacts = {
  ebillOutlets: [],
  waybillOutlet: null,
  subscription: null,
  track: { kind: 'NO_TRACK' },
  returnReachable: null,
  sharedWith: null,
};

/** The refund's own parcel; where the platform names none, the order's only one. */
function findParcel(
  carriers: readonly ConnectedCarrier[],
  refund: PlatformRefund,
  order: PlatformOrder,
): { waybillNo: string | null; carrier: ConnectedCarrier | null } {
  const [only, ...others] = order.parcels;
  const waybillNo = refund.waybillNo ?? (others.length === 0 ? (only?.waybillNo ?? null) : null);
  const named = refund.waybillNo === null ? null : refund.expressCode;
  const expressCode = named ?? order.parcels.find((parcel) => parcel.waybillNo === waybillNo)?.expressCode ?? null;
  const carrier = carriers.find((candidate) => candidate.carrier.platform.expressCode === expressCode) ?? null;
  return { waybillNo, carrier: waybillNo === null ? null : carrier };
}

async function gatherParcel(
  deps: AppDeps,
  shopId: string,
  refundId: string,
  { carrier, client }: ConnectedCarrier,
  waybillNo: string,
  phoneTail: string | null,
): Promise<KnownTrack & { facts: ParcelFacts; leader: InterceptInput | null }> {
  const { db } = deps;
  const [outlets, registered, reading] = await Promise.all([
    ebillOutlets(deps, shopId, carrier.code),
    waybillOutlet(db, shopId, carrier.code, waybillNo),
    client.readTrack(waybillNo, phoneTail),
  ]);
  const known = await gatherTrack(db, carrier.code, waybillNo, reading.kind === 'SCANS' ? reading.scans : []);
  const leading = await leaderOf(db, carrier.code, waybillNo);
  const leader = leading === null || leading.state.input.refundId === refundId ? null : leading.state.input;
  const outlet = resolveOutlet({ registered, ebillOutlets: outlets, scans: known.scans });
  const [subscription, returnReachable] = await Promise.all([
    outlet && outletSubscription(db, shopId, carrier.code, outlet.outletCode),
    isReturnReachable(
      deps,
      shopId,
      carrier.platform.companyCode,
      outlets.find(({ outletCode }) => outletCode === outlet?.outletCode),
    ),
  ]);
  return {
    ...known,
    leader,
    facts: {
      ebillOutlets: outlets,
      waybillOutlet: outlet,
      subscription,
      track: trackFacts(reading, known),
      returnReachable,
      sharedWith: leader?.interceptId ?? null,
    },
  };
}

/** Stored scans stand beside an answer, never for one that is missing: they may be days old. */
function trackFacts(reading: TrackReading, { scans }: KnownTrack): TrackFacts {
  if (reading.kind === 'UNAVAILABLE') return { kind: 'UNAVAILABLE' };
  return scans.length === 0 ? { kind: 'NO_TRACK' } : { kind: 'SCANS', scans };
}

/** Where the outlet's sender address is not known, or the platform cannot tell, the carrier decides (Q20). */
async function isReturnReachable(
  deps: AppDeps,
  shopId: string,
  companyCode: string,
  outlet: EbillOutlet | undefined,
): Promise<boolean | null> {
  if (!outlet?.senderAddress) return null;
  try {
    return await deps.platform.isReachable(shopId, companyCode, outlet.senderAddress);
  } catch (error) {
    if (error instanceof PlatformUnavailable) return null;
    throw error;
  }
}

async function refusedAttempts(
  deps: AppDeps,
  shopId: string,
  refundId: string,
): Promise<Pick<EligibilityFacts, 'refusedAttempts' | 'lastRefusal'>> {
  const latest = await findByRefund(deps.db, refundId);
  if (latest === null || latest.shopId !== shopId) return { refusedAttempts: 0, lastRefusal: null };
  const isRefused = latest.state.interceptStatus === 'REJECTED_BY_CARRIER';
  return {
    refusedAttempts: isRefused ? latest.state.input.attempt : latest.state.input.attempt - 1,
    lastRefusal: latest.state.carrierRefusal,
  };
}
