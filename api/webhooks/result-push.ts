import { type CarrierResult, RESULT_WORDS, type ResultWord } from '../../evidence/classify.ts';
import { maskPeople } from '../../domain/masking.ts';
import { DAY_MS, type EpochMs } from '../../domain/time.ts';

/** The neutral result push (contract: inbound webhooks), read. */
export interface ResultPush extends CarrierResult {
  eventId: string;
  waybillNo: string;
}

/** What is wrong with a body, one entry a field, as the problem answer lists it. */
export interface BodyFault {
  pointer: string;
  message: string;
}
export type ResultPushReading = { kind: 'READ'; push: ResultPush } | { kind: 'FAULTY'; errors: BodyFault[] };

const FIELDS = ['eventId', 'waybillNo', 'result', 'occurredAt', 'code', 'message'];
const EARLIEST: EpochMs = Date.UTC(2000, 0, 1);

/**
 * Reads `{eventId, waybillNo, result, occurredAt, code?, message?}` strictly: unknown fields, other types and a time
 * without zone, before 2000 or more than a day after `now` are faults, all named at once.
 */
export function readResultPush(body: unknown, now: EpochMs): ResultPushReading {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { kind: 'FAULTY', errors: [{ pointer: '', message: '请求体必须是 JSON 对象' }] };
  }
  const errors: BodyFault[] = Object.keys(body)
    .filter((name) => !FIELDS.includes(name))
    .map((name) => ({ pointer: pointerTo(name), message: '未知字段' }));
  const member = (name: string): unknown => (Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined);
  const need = <T>(name: string, value: T | null, message: string): T | null => {
    if (value === null) errors.push({ pointer: pointerTo(name), message });
    return value;
  };
  const eventId = need('eventId', textLike(member('eventId'), /^[\x21-\x7e]{1,128}$/), '必填：1–128 个可见 ASCII 字符');
  const waybillNo = need('waybillNo', textLike(member('waybillNo'), /^[A-Za-z0-9-]{4,40}$/), '必填：4–40 位字母、数字或连字符');
  const result = need('result', readWord(member('result')), `必填：${RESULT_WORDS.join('、')} 之一`);
  const occurredAt = need(
    'occurredAt',
    readInstant(member('occurredAt'), now),
    '必填：RFC 3339 时间（带时区），不早于 2000 年，不晚于现在一天以上',
  );
  const code = need('code', optionalText(member('code'), 64), '选填：不超过 64 个字符的文本');
  const message = need('message', optionalText(member('message'), 500), '选填：不超过 500 个字符的文本');
  if (errors.length > 0 || eventId === null || waybillNo === null || result === null || occurredAt === null)
    return { kind: 'FAULTY', errors };
  return {
    kind: 'READ',
    push: { eventId, waybillNo, result, occurredAt, code: code?.text ?? null, message: maskPeople(message?.text ?? '') },
  };
}

function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function textLike(value: unknown, grammar: RegExp): string | null {
  return typeof value === 'string' && grammar.test(value) ? value : null;
}

function readWord(value: unknown): ResultWord | null {
  return RESULT_WORDS.find((word) => word === value) ?? null;
}

/** Null for a faulty value; an absent one is `{text: null}`. */
function optionalText(value: unknown, longest: number): { text: string | null } | null {
  if (value === undefined || value === null) return { text: null };
  const plain =
    typeof value === 'string' && value.length <= longest && value.isWellFormed() && !/\p{Cc}/u.test(value.replaceAll(/[\t\r\n]/g, ''));
  return plain ? { text: value } : null;
}

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

function readInstant(value: unknown, now: EpochMs): EpochMs | null {
  const match = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const wallAt = Date.parse(`${wall}Z`);
  if (Number.isNaN(wallAt) || new Date(wallAt).toISOString().slice(0, 19) !== wall) return null;
  const at = Date.parse(`${wall}${(fraction ?? '').slice(0, 4)}${zone?.toUpperCase()}`);
  return at >= EARLIEST && at <= now + DAY_MS ? at : null;
}
