/** `state` of 换单打印: the parcel got a new label with another waybill number. */
export const RELABELLED = '200020';

/** What a new label may be for besides the way back. */
const NO_RETURN = /改址|改地址|改派|改寄|转寄|(?:修改|更改|变更).{0,4}地址|补打|破损|模糊|三无/;
const NEW_WAYBILL = /新(?:的)?(?:运单|单)号?[:：为是]?[【[(（]?(JD[A-Z]{0,4}\d{8,20})(?!\d)/i;

/**
 * The waybill under which a parcel goes back to its sender (逆向单号), out of the remark of a new label: its remark names the new number
 * (OLTS, and an integrator that takes it for the return's, from 新运单号JDVC…). Null where the remark names none or tells of another
 * reason: a return pays.
 */
export function reverseWaybillIn(remark: string): string | null {
  const text = remark.normalize('NFKC').replaceAll(/\s/g, '');
  return NO_RETURN.test(text) ? null : (NEW_WAYBILL.exec(text)?.[1]?.toUpperCase() ?? null);
}
