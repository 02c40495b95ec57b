import { parseExactJson } from './exact-json.ts';
import type { Exchange } from './exchange.ts';
import { objectOf, textOf } from './fields.ts';

/**
 * What an answer of the platform means. `TOKEN` and `QUOTA`: it did nothing, because of our token or its limits.
 * `REFUSED`: it did nothing and says why. `UNKNOWN`: it may have done anything (`sent` false: certainly nothing; `unauthorised`:
 * because it refuses our access).
 */
export type Answer =
  | { kind: 'OK'; data: unknown }
  | { kind: 'TOKEN'; code: string; message: string }
  | { kind: 'QUOTA'; code: string; message: string }
  | { kind: 'REFUSED'; code: string; message: string }
  | { kind: 'UNKNOWN'; sent: boolean; reason: string; unauthorised?: true };

/** 《返回码说明》: the codes of after-sales. */
const AFTER_SALES = /^3000\d\d$/;
/** 《APP授权说明》 §4, and the expired and revoked tokens of the same family. */
const TOKEN_CODES = new Set(['100200102', '100200108', '100200109', '100200110', '100200111', '100200113']);
const TOKEN_WORDS = /access_denied|access_?token|token\s*(?:已)?(?:过期|失效|无效|expired|invalid)|鉴权失败|AUTHORIZATION_REVOKED/i;
/** K1008: app, API and user limits. */
const QUOTA_WORDS = /qps|exceed\s+quota|限流|调用(?:量|次数).{0,8}(?:超|限)/i;
/** K0003, K0004, K1004: our signature, scope, address or application is wrong. Nothing was done, and it says nothing of the refund. */
const ACCESS_WORDS =
  /验签|签名|scope|invalid_?sign|sign.{0,12}(?:error|invalid|fail)|白名单|ip.{0,12}(?:limit|white)|appkey|unauthorized_client|AUTHORIZATION/i;
/** The platform's own trouble: it says nothing of whether the call was carried out. */
const TROUBLE_CODES = new Set(['100200500', '500', '502', '503', '504']);
const TROUBLE_WORDS =
  /server_error|internal|time\s?d?\s?out|unavailable|超时|系统(?:繁忙|异常|错误)|服务(?:异常|繁忙|不可用)|稍后(?:再试|重试)/i;

/** Reads `{result, error_msg, code, msg, sub_code, sub_msg, data}`; `result` 1 is success. Never throws. */
export function readAnswer(exchange: Exchange): Answer {
  if (exchange.kind === 'FAILURE') return { kind: 'UNKNOWN', sent: exchange.sent, reason: exchange.reason };
  const { status, text } = exchange;
  if (status === 429) return { kind: 'QUOTA', code: '429', message: 'too many requests' };
  if (status >= 500) return { kind: 'UNKNOWN', sent: true, reason: `the platform answered HTTP ${status}` };
  const envelope = readEnvelope(text);
  if (envelope) return classify(envelope);
  if (status === 401) return { kind: 'TOKEN', code: '401', message: 'unauthorised' };
  return { kind: 'UNKNOWN', sent: true, reason: `the platform's answer could not be read (HTTP ${status})` };
}

interface Envelope {
  result: string;
  codes: string[];
  message: string;
  data: unknown;
}

function readEnvelope(text: string): Envelope | null {
  let body: Record<string, unknown>;
  try {
    body = objectOf(parseExactJson(text));
  } catch {
    return null;
  }
  const codes = [body.result, body.sub_code, body.code, body.error].map(textOf).filter((code) => code !== null);
  const result = textOf(body.result) ?? textOf(body.code);
  if (result === null) return null;
  const message = textOf(body.sub_msg) ?? textOf(body.error_msg) ?? textOf(body.msg) ?? textOf(body.error) ?? '';
  return { result, codes, message, data: body.data };
}

function classify({ result, codes, message, data }: Envelope): Answer {
  if (result === '1') return { kind: 'OK', data };
  const afterSales = codes.find((code) => AFTER_SALES.test(code));
  if (afterSales !== undefined) return { kind: 'REFUSED', code: afterSales, message };
  const words = [...codes, message].join(' ');
  if (codes.some((code) => TOKEN_CODES.has(code)) || TOKEN_WORDS.test(words)) return { kind: 'TOKEN', code: result, message };
  if (codes.includes('1017') || QUOTA_WORDS.test(words)) return { kind: 'QUOTA', code: result, message };
  if (ACCESS_WORDS.test(words))
    return { kind: 'UNKNOWN', sent: false, unauthorised: true, reason: `the platform refuses our access (${result} ${message})` };
  if (codes.some((code) => TROUBLE_CODES.has(code)) || TROUBLE_WORDS.test(words)) {
    return { kind: 'UNKNOWN', sent: true, reason: `the platform reported trouble of its own (${result} ${message})` };
  }
  return { kind: 'REFUSED', code: result, message };
}
