import fc from 'fast-check';
import type { CrashPoints } from './crash-points.ts';
import { factsOf } from './facts.ts';
import type { Facts, Violation } from './oracle/facts.ts';
import { judge } from './oracle/judge.ts';
import { anyScenario, type Scenario } from './scenario.ts';
import { play } from './world.ts';

/** A seed's world, played and judged. */
export interface Verdict {
  scenario: Scenario;
  facts: Facts;
  violations: Violation[];
}

/** The one scenario of a seed; at most so many refunds in it. */
export function scenarioOf(seed: number, mostCases: number): Scenario {
  const [scenario] = fc.sample(anyScenario(mostCases), { seed, numRuns: 1 });
  if (scenario === undefined) throw new Error(`no scenario for seed ${seed}`);
  return scenario;
}

export async function playAndJudge(scenario: Scenario, points: CrashPoints | null = null): Promise<Verdict> {
  const facts = factsOf(await play(scenario, points), scenario);
  return { scenario, facts, violations: judge(facts) };
}

export const runSeed = (seed: number, mostCases: number): Promise<Verdict> => playAndJudge(scenarioOf(seed, mostCases));

/** Worlds tried on the way to a smaller one. */
const TRIES = 800;

/** The smallest world found that breaks this promise too, by fast-check's own shrinking from that seed. */
export async function shrinkSeed(seed: number, mostCases: number, rule: string): Promise<Verdict> {
  let tries = 0;
  const holds = async (scenario: Scenario) => {
    tries += 1;
    return tries > TRIES || (await playAndJudge(scenario)).violations.every((violation) => violation.rule !== rule);
  };
  const { counterexample } = await fc.check(fc.asyncProperty(anyScenario(mostCases), holds), { seed, numRuns: 1 });
  return counterexample === null ? runSeed(seed, mostCases) : playAndJudge(counterexample[0]);
}
