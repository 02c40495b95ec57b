import type { CarrierCode } from '../../domain/carrier.ts';
import type { WaybillOutlet } from '../../store/waybills.ts';
import type { AppDeps } from '../deps.ts';
import { problem } from '../problems/problem.ts';
import { ebillOutlets } from './cooperating-outlets.ts';

/** The waybills with their outlets' names; refused as a whole, naming every one whose outlet is not the shop's. */
export async function nameOutlets(
  deps: AppDeps,
  shopId: string,
  items: readonly { waybillNo: string; carrier: CarrierCode; outletCode: string }[],
): Promise<WaybillOutlet[]> {
  const carriers = [...new Set(items.map(({ carrier }) => carrier))];
  const known = new Map(await Promise.all(carriers.map(async (carrier) => [carrier, await ebillOutlets(deps, shopId, carrier)] as const)));
  const named = items.map((item) => ({ item, outlet: known.get(item.carrier)?.find(({ outletCode }) => outletCode === item.outletCode) }));
  const wrong = named.flatMap(({ item, outlet }, index) => (outlet ? [] : [{ index, outletCode: item.outletCode }]));
  if (wrong[0]) {
    throw problem('OUTLET_NOT_COOPERATING', {
      params: { outletCode: wrong[0].outletCode },
      extensions: {
        errors: wrong.map(({ index }) => ({ pointer: `/items/${index}/outletCode`, message: 'not an e-waybill outlet of this shop' })),
      },
    });
  }
  return named.map(({ item, outlet }) => ({ ...item, outletName: outlet?.outletName ?? '' }));
}
