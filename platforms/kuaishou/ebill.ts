import type { EbillOutlet, PlatformAddress } from '../port.ts';
import { listOf, objectOf, textOf } from './fields.ts';

/** The outlets of `open.express.subscribe.query`, each code once; `senderAddress` is the first address that outlet has. */
export function readEbillOutlets(data: unknown): EbillOutlet[] {
  const outlets = new Map<string, EbillOutlet>();
  for (const entry of listOf(data)) {
    const { netSiteCode, netSiteName, senderAddress } = objectOf(entry);
    const outletCode = textOf(netSiteCode);
    if (outletCode === null || outlets.has(outletCode)) continue;
    const address = listOf(senderAddress)[0];
    outlets.set(outletCode, {
      outletCode,
      outletName: textOf(netSiteName) ?? outletCode,
      senderAddress: address === undefined ? null : readAddress(objectOf(address)),
    });
  }
  return [...outlets.values()];
}

function readAddress(address: Record<string, unknown>): PlatformAddress {
  return {
    province: textOf(address.provinceName) ?? '',
    city: textOf(address.cityName) ?? '',
    district: textOf(address.districtName) ?? '',
    street: textOf(address.streetName) ?? '',
    detail: textOf(address.detailAddress) ?? '',
  };
}

/** One question of `open.express.reachable.query`; type 2 asks whether the carrier delivers to the address. */
export function reachableQuestion(companyCode: string, address: PlatformAddress): object {
  return {
    requestId: '1',
    expressCompanyCode: companyCode,
    type: 2,
    receiverAddress: {
      provinceName: address.province,
      cityName: address.city,
      districtName: address.district,
      streetName: address.street,
      detailAddress: address.detail,
    },
  };
}

/** The answer to our one question; null where the platform does not say (Q20). */
export function readReachable(data: unknown): boolean | null {
  const { reachable } = objectOf(listOf(data)[0]);
  return typeof reachable === 'boolean' ? reachable : null;
}
