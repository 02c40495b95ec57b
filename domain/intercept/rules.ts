import type { InterceptState } from './state.ts';

/**
 * Version of the rules, for changes whose outcome reaches a run's commands. A new case is begun under the current one (its
 * input says so); a running case is lifted to it by its workflow, at one place. What differs:
 * 2: the record is written while a payment is under way; a refusal of an earlier attempt, or after the acceptance, ends no
 *    case; followers end as their leader; a failed payment ends with the watch; a changed waybill disarms; a rejection that
 *    the platform never shows is told.
 */
export const CURRENT_RULES = 2;

/** Whether a case is judged by the rules of that version or newer ones. */
export function isUnderRules({ rules }: InterceptState, version: number): boolean {
  return rules >= version;
}

/** The case under the rules of that version, if it was under older ones. */
export function liftTo(state: InterceptState, version: number): InterceptState {
  return isUnderRules(state, version) ? state : { ...state, rules: version };
}
