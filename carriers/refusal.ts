const ALREADY = /已有|已存在|重复/;

/** Whether a refusal says that there already is an intercept of this parcel (contract: texts with 已有, 已存在, 重复). */
export function saysAlreadyThere(message: string): boolean {
  return ALREADY.test(message);
}
