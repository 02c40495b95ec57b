import type { CarrierEvidence } from './event.ts';
import { isUnderRules } from './rules.ts';
import type { InterceptState } from './state.ts';

/**
 * What a refusal means that came otherwise than as the answer to our own call: by push, or as the answer to the leader.
 * `REFUSES`: the intercept was never accepted, no window opened (Q3) · `FAILS`: accepted, and the parcel goes on to the buyer ·
 * `LOG_ONLY`: accepted, and nothing is said of the parcel.
 */
export type RefusalBearing = 'REFUSES' | 'FAILS' | 'LOG_ONLY';

export function judgeRefusal(state: InterceptState, evidence: CarrierEvidence): RefusalBearing {
  const { interceptStatus, acceptedAt } = state;
  if (!isUnderRules(state, 2)) return interceptStatus === 'REQUESTED' || interceptStatus === 'INTERCEPTING' ? 'REFUSES' : 'LOG_ONLY';
  if (interceptStatus === 'REJECTED_BY_CARRIER') return 'LOG_ONLY';
  // A failure before any acceptance is only what was seen of the parcel; it does not make a refused intercept one that was begun.
  if (acceptedAt === null) return 'REFUSES';
  return saysItGoesOn(evidence.message) ? 'FAILS' : 'LOG_ONLY';
}

/**
 * A carrier's no to an earlier attempt says nothing about this one; told late, it would end it. What was caught is caught. A follower
 * has no request of its own with the carrier: the leader's counts, so both take the same words.
 */
export function isOfEarlierAttempt(state: InterceptState, { kind, key, occurredAt }: CarrierEvidence): boolean {
  const { attempt, initiatedAt } = state.input.follows?.asked ?? state.input;
  if (!isUnderRules(state, 2) || attempt === 1 || isLeadersAnswer(key)) return false;
  return (kind === 'RESULT_REFUSED' || kind === 'RESULT_FAILED') && occurredAt < initiatedAt;
}

const ANSWER_PREFIX = 'answer:';

/** Key of the carrier's answer to the leader of a shared parcel, as its followers are told it; one a life of the leader. */
export function leadersAnswerKey(leader: { interceptId: string; initiatedAt: number }, answer: string): string {
  return `${ANSWER_PREFIX}${leader.interceptId}:${leader.initiatedAt}:${answer}`;
}

function isLeadersAnswer(key: string): boolean {
  return key.startsWith(ANSWER_PREFIX);
}

/** Delivered, out for delivery, or to be delivered after all; or signed for. */
const GOES_ON =
  /(?:已|正在|正|将|会|继续|照常|正常|恢复|重新|安排|按原址|按原地址)[^，。；、,;]{0,6}?(?:派送|派件|投递|配送|妥投)|(?:派送|派件|配送)(?:途中|中)|(?:已|被|本人|他人|代收)[^，。；、,;]{0,4}?签收/;
/** Taken back, doubted or wished in the same breath; 退: signed for by the sender. */
const NOT_SO = /[不未没拒退返]|无法|停止|暂停|取消|终止|中止|禁止|是否|疑似|如|若|待|请|要求|申请/;

/**
 * Whether a carrier's sentence says that the parcel goes on to the buyer. Clause by clause; a negation, a doubt or a wish in the
 * clause makes it say nothing: doubt never unlocks a rejection.
 */
export function saysItGoesOn(sentence: string): boolean {
  return sentence.split(/[，。；、！!,;.\s]+/).some((clause) => {
    const found = GOES_ON.exec(clause);
    return found !== null && !NOT_SO.test(clause.slice(0, found.index + found[0].length));
  });
}
