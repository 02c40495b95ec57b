import type * as real from '../../../store/rule-tasks.ts';

type Real = typeof real;

/** The simulated shop has no rules. */
export const wantJudgements: Real['wantJudgements'] = async () => new Set();
export const wantUnjudged: Real['wantUnjudged'] = async () => 0;
export const rulesSince: Real['rulesSince'] = async () => null;
