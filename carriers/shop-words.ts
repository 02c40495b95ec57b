/** What a scan says beside its word. */
export interface Said {
  /** The carrier's sentence. */
  sentence: string;
  /** Who signed, from a field of its own; empty or absent when none was sent. */
  signer?: string;
  /** A field says that the scan was made at a shop or locker. */
  atShop?: boolean;
}

/** Shops and lockers that keep parcels for the buyer to fetch. A gatekeeper or neighbour is none: the parcel left the carrier's hands. */
const SHOP =
  /驿站|快递柜|智能柜|自提柜|储物柜|柜机|丰巢|菜鸟|兔喜|妈妈商店|代收[点站处]|代理点|代办点|代取点|自提[点站]|服务[点站]|快递超市|超市|便利店|商店|商铺|门店|门市|小卖[部铺]|[店柜]$/;

/** The buyer, or who takes parcels in at the buyer's. */
const BUYER = '(?:本人|收件人|收货人|签收人|客户|买家|用户|顾客|家人)';
const FETCHED = [
  /凭(?:取[件货]码|提货码|身份码|手机号)[^,]{0,4}(?:签收|取件|取走|领取)/,
  new RegExp(`${BUYER}[^,]{0,40}(?:领取|取走|取件|取出|自提)`),
  /(?:签收人?|由)[是为:【[(]{0,3}(?:本人|收件人|收货人|客户|买家|家人)/,
  /本人[】\])]?(?:已)?签收/,
  /已(?:被|由)?[^,]{0,12}(?:取走|领取|自提)/,
];
/** A clause with one of these asks for the fetch, foresees it, or tells of a courier's hands. */
const NOT_THE_BUYERS_HANDS =
  /请|尽快|及时|提醒|等待|等候|前往|前来|可[到去凭在]|待|将|未|没|无法|不|超时|逾期|快递员|业务员|派[件送]员|小哥|退/;

function clausesOf(sentence: string): string[] {
  return sentence
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .split(/[,;。!、]/);
}

/** Whether the sentence says that the buyer has the parcel out of the shop or locker. An invitation to fetch it says the contrary. */
export function saysFetched(sentence: string): boolean {
  return clausesOf(sentence).some((clause) => !NOT_THE_BUYERS_HANDS.test(clause) && FETCHED.some((pattern) => pattern.test(clause)));
}

/** Who signed, as the sentence names them: 签收人是【…】, 已由【…】签收. */
const SIGNER_IN_SENTENCE = [/签收人[是为:]?[【[(]?([^】\]),;。]{1,40})/, /由[【[(]?([^】\]),;。]{1,40}?)[】\])]?(?:代?签收|代收)/];
const PUT_IN = /投递|投放|存放|暂存|寄存|放置/;

/** A clause that puts the parcel into a shop or locker. Left at the buyer's door is no shop, and what may be done is not done. */
function putsIntoShop(clause: string): boolean {
  if (/签收|请|可|如|若|指定/.test(clause)) return false;
  return /入柜|代收(?![点站处])/.test(clause) || (PUT_IN.test(clause) && SHOP.test(clause));
}

/**
 * Whether a signature is a shop's or a locker's: the parcel was put there, nobody fetched it, and the shop may still give
 * it back. Where nothing tells, a signature at a shop is the shop's: doubt never unlocks a rejection nor ends a case.
 */
export function isShopSignature({ sentence, signer = '', atShop = false }: Said): boolean {
  if (/本人|收件人|家人/.test(signer) || saysFetched(sentence)) return false;
  const told = sentence.normalize('NFKC').replaceAll(/\s/g, '');
  const named = [signer.trim(), ...SIGNER_IN_SENTENCE.map((pattern) => pattern.exec(told)?.[1] ?? '')];
  return atShop || named.some((name) => SHOP.test(name)) || clausesOf(sentence).some(putsIntoShop);
}
