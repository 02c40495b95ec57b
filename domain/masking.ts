/**
 * Masking of what carriers and people write about persons: `138****1234`, `张**`. A mask is a one-way street: what is masked where it
 * comes in is kept nowhere whole.
 */

/** A mainland mobile number standing alone, with or without +86, blanks or dashes; `\\n` before it is a line end in JSON. */
const MOBILE = /(?<!\d|(?<!\\)[A-Za-z])((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?![\dA-Za-z])/g;

/** Mobile numbers in a text, each by its first three and last four digits. The text of a JSON document stays one. */
export function maskPhones(text: string): string {
  return text.replaceAll(MOBILE, (number, first: string, last: string, at: number) =>
    isJsonNumber(text, at) ? number : `${first}****${last}`,
  );
}

/** A member that is a number is an id or a count: masked it would be no JSON any more. */
function isJsonNumber(text: string, at: number): boolean {
  return text.slice(at - 2, at) === '":' && text[at - 3] !== '\\';
}

/** A phone number of any kind: at most its first three and last four characters are left. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? phone.replaceAll(/.(?=.{2})/g, '*') : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

const ROLE =
  '(?:快递员|快递小哥|业务员|派件员|派送员|收件员|揽件员|取件员|投递员|配送员|签收人|代收人|收件人|收货人|寄件人|发件人|联系人|经办人|客户)';
const OPENS = '[:：【\\[（(「『]';
const NAME = '[\\p{Script=Han}·]{2,4}';
/** 签收人：张三丰; the bracket or colon says that a name follows. */
const NAME_AFTER_ROLE = new RegExp(`(${ROLE}(?:姓名|是|为)?\\s*${OPENS}+\\s*)(${NAME})`, 'gu');
/** 张三(138…), 派件员张三，电话：138…: whoever a number belongs to stands before it. */
const NAME_BEFORE_PHONE = new RegExp(
  `(${ROLE}|联系|致电|拨打|咨询|电联)?(${NAME}?)(?=[\\s,，;；:：】\\])）」』【\\[（(]{0,3}(?:的?(?:联系)?(?:电话|手机号?|号码)[\\s:：为是]{0,2})?(?:\\+?86[ -]?)?1[3-9]\\d(?:\\d{4}|\\*{4})\\d{4}(?!\\d))`,
  'gu',
);
/** What stands in the place of a name and is none: who took a parcel in, and the words before a number. */
const NO_NAME =
  /^(?:本人|家人|家属|亲友|亲属|朋友|同事|邻居|他人|门卫|保安|前台|物业|代收|自提|驿站|菜鸟|丰巢|快递|超市|便利|店|柜|单位|公司|收发|传达|已|正|请|如|未|为|是)|(?:电话|手机|致电|拨打|联系|电联|咨询|客服|热线|号码|人|员|部|处|点|司|心|站)$/;

/** A person's name by its first character: `张**`. */
export function maskName(name: string): string {
  return name.replace(/^(.).*/su, '$1**');
}

/** What stands where a name does, unless it is none. */
function maskIfName(word: string): string {
  return NO_NAME.test(word) ? word : maskName(word);
}

/**
 * A carrier's sentence without whom it names: mobile numbers, names that a role introduces, names before a number. Names anywhere
 * else look like any other word.
 */
export function maskPeople(sentence: string): string {
  return maskPhones(
    sentence
      .replaceAll(NAME_AFTER_ROLE, (_whole, role: string, name: string) => role + maskIfName(name))
      .replaceAll(NAME_BEFORE_PHONE, (_whole, role: string | undefined, name: string) => (role ?? '') + maskIfName(name)),
  );
}

/** The facts of a log's line, its sentences without whom they name. */
export function maskSentences(facts: Record<string, string | number | null>): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? maskPeople(fact) : fact]));
}

/** Members of carriers' records that name a person (`signMan`, `opEmpName`, `staffName`, `courier`) or tell where one lives. */
const NAME_MEMBER = /(?:man|user|signer|courier|sender|receiver|consignee|contacts?|emp|staff|person|operator)(?:name)?$/i;
const ADDRESS_MEMBER = /addr/i;
const HAN_NAME = /^[\p{Script=Han}·]{2,}$/u;

/** A carrier's record of a scan without whom it names, its form unchanged. */
export function maskRecord(record: unknown, member = ''): unknown {
  if (typeof record === 'string') {
    if (ADDRESS_MEMBER.test(member)) return record === '' ? '' : '***';
    return NAME_MEMBER.test(member) && HAN_NAME.test(record) ? maskIfName(record) : maskPeople(record);
  }
  if (Array.isArray(record)) return record.map((part) => maskRecord(part, member));
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(Object.entries(record).map(([name, part]) => [name, maskRecord(part, name)]));
}
