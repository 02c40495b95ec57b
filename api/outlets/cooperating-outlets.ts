import type { CarrierCode } from '../../domain/carrier.ts';
import type { ReturnTo } from '../../domain/intercept/return-to.ts';
import type { Fen } from '../../domain/money.ts';
import { type World, worldOfCarrier } from '../../domain/world.ts';
import type { EbillOutlet } from '../../platforms/port.ts';
import { now } from '../../store/db.ts';
import { priceAt } from '../../store/outlet-prices.ts';
import { type OutletSubscription, outletSubscription } from '../../store/outlet-subscriptions.ts';
import { serviceOf } from '../../store/service-agreements.ts';
import { findShop } from '../../store/shops.ts';
import type { AppDeps, ConnectedCarrier } from '../deps.ts';
import { problem } from '../problems/problem.ts';

/** An outlet the shop's e-waybills name, with what the shop ordered there. */
export interface CooperatingOutlet {
  carrier: CarrierCode;
  outletCode: string;
  outletName: string;
  /** The shop's own subscription, null without one. */
  subscription: OutletSubscription | null;
  /** The carrier takes intercepts at every cooperating outlet without a subscription (R10: YTO). */
  openByDefault: boolean;
  /** Where the carrier's call can send a stopped parcel. */
  returnsTo: readonly ReturnTo[];
  /** The fee in force now, null when none is agreed (R39). */
  feeFen: Fen | null;
}

/** The connected carriers that shops of a world deal with. */
export function carriersIn({ carriers }: Pick<AppDeps, 'carriers'>, world: World): ConnectedCarrier[] {
  return carriers.filter(({ carrier }) => worldOfCarrier(carrier.code) === world);
}

/** The connected carriers that this shop deals with; none where there is no such shop. */
export async function carriersOf(deps: AppDeps, shopId: string): Promise<ConnectedCarrier[]> {
  const shop = await findShop(deps.db, shopId);
  return shop === null ? [] : carriersIn(deps, shop.world);
}

/** The carrier of a code; undefined when it is off, as one of the registry may be. */
export function connectedCarrier(deps: AppDeps, code: CarrierCode): ConnectedCarrier | undefined {
  return deps.carriers.find(({ carrier }) => carrier.code === code);
}

/** Outlets of the shop's e-waybill subscription with a carrier; empty when it has none, or the carrier is off. Throws `PlatformUnavailable`. */
export async function ebillOutlets(deps: AppDeps, shopId: string, code: CarrierCode): Promise<EbillOutlet[]> {
  const connected = connectedCarrier(deps, code);
  return connected === undefined ? [] : deps.platform.listEbillOutlets(shopId, connected.carrier.platform.companyCode);
}

/** Whether the shop opened e-waybills with any carrier of the registry (R7, R22). */
export async function hasEbill(deps: AppDeps, shopId: string): Promise<boolean> {
  const carriers = await carriersOf(deps, shopId);
  const lists = await Promise.all(carriers.map(({ carrier }) => ebillOutlets(deps, shopId, carrier.code)));
  return lists.some((outlets) => outlets.length > 0);
}

/** Cooperating outlets of one carrier, or of all, in the platform's order (R9). */
export async function listCooperatingOutlets(deps: AppDeps, shopId: string, code: CarrierCode | null): Promise<CooperatingOutlet[]> {
  const at = await now(deps.db);
  const wanted = (await carriersOf(deps, shopId)).filter(({ carrier }) => code === null || carrier.code === code);
  const lists = await Promise.all(
    wanted.map(async ({ carrier }) => {
      const outlets = await ebillOutlets(deps, shopId, carrier.code);
      return outlets.map(({ outletCode, outletName }) => ({ carrier, outletCode, outletName }));
    }),
  );
  return Promise.all(
    lists.flat().map(async ({ carrier, outletCode, outletName }) => ({
      carrier: carrier.code,
      outletCode,
      outletName,
      subscription: await outletSubscription(deps.db, shopId, carrier.code, outletCode),
      openByDefault: carrier.outletsOpenByDefault,
      returnsTo: carrier.returnsTo,
      feeFen: await priceAt(deps.db, shopId, carrier.code, outletCode, at),
    })),
  );
}

/** The outlet among the shop's cooperating ones of that carrier, or the problem that it is not one. */
export async function requireCooperatingOutlet(deps: AppDeps, shopId: string, code: CarrierCode, outletCode: string): Promise<EbillOutlet> {
  const outlets = await ebillOutlets(deps, shopId, code);
  if (outlets.length === 0 && connectedCarrier(deps, code) !== undefined) throw problem('EBILL_NOT_OPENED');
  const outlet = outlets.find((candidate) => candidate.outletCode === outletCode);
  if (!outlet) throw problem('OUTLET_NOT_COOPERATING', { params: { outletCode } });
  return outlet;
}

/** Refuses what needs an open service (R6: e-waybill, then service, then outlets). */
export async function requireOpenService(deps: AppDeps, shopId: string): Promise<void> {
  const { status } = await serviceOf(deps.db, shopId);
  if (status !== 'OPEN') throw problem('SERVICE_NOT_OPEN');
}
