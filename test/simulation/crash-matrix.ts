import { CrashPoints, type OutsidePoint } from './crash-points.ts';
import type { Ending } from './endings.ts';
import type { Moment } from './kernel.ts';
import type { Facts } from './oracle/facts.ts';
import { playAndJudge } from './runner.ts';

const MOMENTS: readonly Moment[] = ['BEFORE', 'DURING', 'AFTER'];
/** Longer than any call takes, and than a merchant waits. */
const DOWN_MS = 5_000;

/** What became of all kills at one point. */
export interface PointResult {
  point: string;
  endings: Set<string>;
  kills: number;
  lost: number;
  double: number;
  early: number;
  /** Another promise was broken, or the case ended otherwise than it does undisturbed. */
  otherwise: number;
  lateByMs: number;
}

export interface Offence {
  ending: string;
  call: number;
  moment: Moment;
  point: string;
  what: string;
}

export interface Matrix {
  results: PointResult[];
  offences: Offence[];
}

/** The calls an ending makes outside, in their order, each a point where its process may die. */
export async function listPoints({ name, ends, scenario }: Ending): Promise<{ points: OutsidePoint[]; settled: Settled }> {
  const points = new CrashPoints(null);
  const { facts, violations } = await playAndJudge(scenario, points);
  if (violations.length > 0 || endOf(facts) !== ends)
    throw new Error(`${name} undisturbed is ${endOf(facts)}: ${JSON.stringify(violations)}`);
  return { points: points.points, settled: settledOf(facts) };
}

export function nameOfPoint({ process, part, what }: OutsidePoint): string {
  return `${process} | ${part} | ${what}`;
}

/** Plays every ending with a death before, during and after each of its calls, and judges each. */
export async function playMatrix(endings: readonly Ending[], isWanted: (point: OutsidePoint) => boolean = () => true): Promise<Matrix> {
  const results = new Map<string, PointResult>();
  const offences: Offence[] = [];
  for (const ending of endings) {
    const { points, settled: usual } = await listPoints(ending);
    for (const [call, point] of points.entries()) {
      if (!isWanted(point)) continue;
      const name = nameOfPoint(point);
      const result = results.get(name) ?? newResult(name);
      results.set(name, result);
      result.endings.add(ending.name);
      for (const moment of MOMENTS) {
        const { facts, violations } = await playAndJudge(ending.scenario, new CrashPoints({ call, moment, downMs: DOWN_MS }));
        result.kills += 1;
        result.lateByMs = Math.max(result.lateByMs, lateBy(settledOf(facts), usual));
        const broken = violations.map(({ rule, what }) => ({ rule, what }));
        if (broken.length === 0 && endOf(facts) !== ending.ends) broken.push({ rule: 'the ending', what: endOf(facts) });
        for (const column of new Set(broken.map(({ rule }) => columnOf(rule)))) result[column] += 1;
        for (const { rule, what } of broken) offences.push({ ending: ending.name, call, moment, point: name, what: `${rule}: ${what}` });
      }
    }
  }
  return { results: [...results.values()].sort((a, b) => (a.point < b.point ? -1 : 1)), offences };
}

function newResult(point: string): PointResult {
  return { point, endings: new Set(), kills: 0, lost: 0, double: 0, early: 0, otherwise: 0, lateByMs: 0 };
}

function columnOf(rule: string): 'lost' | 'double' | 'early' | 'otherwise' {
  if (/^(I1|Q32 claimed once|told under one id)\b/.test(rule)) return 'double';
  if (/^(I3|R31 reject in time)/.test(rule)) return 'early';
  return /^(I2|I5|I8|I14|told at least once)\b/.test(rule) ? 'lost' : 'otherwise';
}

function endOf({ cases, claims }: Facts): string {
  const ends = new Set(cases.map(({ intercept, refund, cause }) => `${intercept} ${refund} ${cause}`));
  return [...ends, ...claims.map(({ kind, channel, status }) => `${kind} ${channel} ${status}`)].join(', ');
}

/** When what a life comes to had come: its money, each claim's end, each event at the shop's own system. */
type Settled = Map<string, number>;

function settledOf({ books, cases, claims }: Facts): Settled {
  const withoutMoney = cases[0]?.steps.find(({ refund }) => ['REJECTED', 'RELEASED', 'CLOSED'].includes(refund))?.at;
  const taken = books.posts.filter(({ answer }) => answer === 'TAKEN').toReversed();
  return new Map([
    ['the refund', books.payments.at(-1)?.at ?? withoutMoney ?? 0],
    ...claims.map(({ kind, steps }): [string, number] => [`the claim of ${kind}`, steps.at(-1)?.at ?? 0]),
    ...taken.map(({ messageId, at }): [string, number] => [messageId, at]),
  ]);
}

function lateBy(settled: Settled, usual: Settled): number {
  return Math.max(...[...usual].map(([what, at]) => (settled.get(what) ?? at) - at));
}
