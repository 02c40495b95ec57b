/**
 * Code of a carrier (快递公司): `ZTO`, `YTO`, `STO`, `JT`, or any other listed in the registry
 * `carriers/index.ts`. The rules never look inside it, so a new carrier changes nothing here (R14).
 */
export type CarrierCode = string;

/** An outlet (快递网点) of a carrier: the `netSiteCode` the platform's e-waybill names, and its name. */
export interface Outlet {
  outletCode: string;
  outletName: string;
}
