/** The shop's own address for parcels that come back (退货地址): a person and a phone of the shop among it. */
export interface ReturnAddress {
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  /** Street and number. */
  address: string;
}

/** ZTO takes no longer one (E23150); so a number with its extension is at most this long. */
export const LONGEST_PHONE = 16;
/** A mobile or a fixed line, perhaps with an extension (E23148). */
const PHONE = /^(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?:-\d{1,6})?$/;
/** Ranges of the operators without a network of their own (虚拟号): taken with an extension alone (E23149). ZTO does not publish its list. */
const VIRTUAL_WITHOUT_EXTENSION = /^1(?:6[257]|7[01])\d{8}$/;

/** What is wrong with a phone by the codes of ZTO, the carrier that is given it, in both languages; null when nothing is. */
export function faultOfPhone(phone: string): string | null {
  if (phone.length > LONGEST_PHONE) return '电话连分机号不能超过16位 (at most 16 characters with the extension)';
  if (!PHONE.test(phone)) return '电话格式不正确，分机号前加“-” (a mobile or fixed line, an extension after a dash)';
  if (VIRTUAL_WITHOUT_EXTENSION.test(phone)) return '虚拟号需填写分机号 (a virtual number needs its extension)';
  return null;
}
