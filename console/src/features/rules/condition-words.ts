import type { Judgement, RuleConditions } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';

export type ConditionVerdict = Judgement['rules'][number]['conditions'][number];
type Wanted = ConditionVerdict['wanted'];

const IN_FEN = ['refundFeeFen', 'expectedFeeFen'];

function valueText(condition: string, value: string | number): string {
  const { trackStanding, carrier } = text().words;
  if (typeof value === 'number') return IN_FEN.includes(condition) ? formatFen(value) : String(value);
  const words: Record<string, string> = condition === 'trackStandings' ? trackStanding : condition === 'carriers' ? carrier : {};
  return words[value] ?? value;
}

/** What a condition asks for, in words. */
export function wantedText(condition: string, wanted: Wanted): string {
  const { rules } = text();
  if (Array.isArray(wanted)) return wanted.map((value) => valueText(condition, value)).join(' / ');
  const { atLeast, atMost } = wanted;
  if (atLeast !== undefined && atMost !== undefined) return rules.between(valueText(condition, atLeast), valueText(condition, atMost));
  if (atLeast !== undefined) return rules.from(valueText(condition, atLeast));
  return atMost === undefined ? rules.unlimited : rules.upTo(valueText(condition, atMost));
}

/** What there was, in words. */
export function foundText({ condition, found }: ConditionVerdict): string {
  return found === null || found === '' ? text().rules.unknown : valueText(condition, found);
}

/** The name of a condition. */
export function conditionName(condition: string): string {
  const names: Record<string, string> = text().rules.condition;
  return names[condition] ?? condition;
}

/** All conditions of a rule, one line each. */
export function conditionLines(conditions: RuleConditions): string[] {
  return Object.entries(conditions).map(([condition, wanted]) => `${conditionName(condition)} ${wantedText(condition, wanted)}`);
}
