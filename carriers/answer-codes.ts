import type { CarrierReply } from './http.ts';

/**
 * What a code of a carrier's answer says.
 * `PARCEL`: something of this very parcel or request: a refusal, told verbatim. A code that is in no table is one too.
 * `EXISTS`: there already is such an intercept: the parcel is being turned round, whoever asked.
 * `PERHAPS_OURS`: a refusal, unless what stands in the way is our own earlier request whose outcome nobody knows.
 * `ACCESS`: our own account there is not as it should be (key, address list, right, binding, form of the call). It says
 * nothing of the parcel, and nothing was done.
 * `PASSING`: the carrier's own trouble; what became of the call nobody knows. `TURNED_AWAY`: too many calls, nothing was done.
 */
export type CodeMeaning = 'PARCEL' | 'EXISTS' | 'PERHAPS_OURS' | 'ACCESS' | 'PASSING' | 'TURNED_AWAY';

/** One documented code: the carrier's words for it, where they are published, and for `ACCESS` what the operator has to do. */
export interface AnswerCode {
  meaning: CodeMeaning;
  words: string;
  source: string;
  remedy: string | null;
}
export type AnswerCodes = ReadonlyMap<string, AnswerCode>;

/** A table of codes, one row each: code, meaning, the carrier's words, their source, the remedy. */
export function answerCodes(rows: readonly (readonly [string, CodeMeaning, string, string, string?])[]): AnswerCodes {
  return new Map(rows.map(([code, meaning, words, source, remedy = null]) => [code, { meaning, words, source, remedy }]));
}

/** A gateway's words about signature, key, address list or a whole interface. Narrow on purpose: a refusal read as this would be asked again for days. */
const ACCESS_WORDS = new RegExp(
  [
    '(?:签名|验签|加密校验)(?:校验|验证|认证)?(?:失败|错误|有误|不正确|不通过|无效|不一致|非法)',
    '(?:非法|无效|错误)的?(?:数字)?签名',
    'ip.{0,8}白名单|白名单.{0,8}限制|不在.{0,4}白名单',
    '(?:illegal|invalid|wrong) ?sign',
    'sign(?:ature)?[ _](?:verification |check )?(?:fail|error|invalid|incorrect|mismatch)',
    '(?:invalid|unknown) ?app_?key|app_?key ?(?:不存在|无效|错误|有误)',
    '(?:接口|api) ?不存在|(?:没有|无|未开通|未授权)(?:该|此)?(?:接口|api)(?:访问|调用)?权限',
  ].join('|'),
  'i',
);

/** How an answer that is no success has to be taken when it is no verdict on the parcel; null when it is one: a refusal. */
export function lackOfVerdict(codes: AnswerCodes, code: string, message: string): (CarrierReply & { kind: 'FAILED' }) | null {
  const known = codes.get(code);
  const reason = `${code} ${message}`.trim();
  switch (known?.meaning) {
    case 'PASSING':
      return { kind: 'FAILED', sent: true, reason };
    case 'TURNED_AWAY':
      return { kind: 'FAILED', sent: false, reason };
    case 'ACCESS':
      return { kind: 'FAILED', sent: false, reason, accessFault: { code, message: message || known.words, remedy: known.remedy } };
    case 'PARCEL':
    case 'EXISTS':
    case 'PERHAPS_OURS':
      return null;
    case undefined:
      if (!ACCESS_WORDS.test(message)) return null;
      return { kind: 'FAILED', sent: false, reason, accessFault: { code: code || null, message, remedy: null } };
  }
}
