/** What one place that was looked at had to say. `WRONG` ends the search: somebody named the program and the name does not hold. */
export type SearchOutcome<T> = { kind: 'FOUND'; program: T } | { kind: 'MISSING'; reason: string } | { kind: 'WRONG'; reason: string };

/** One place to look. `attempt` may throw; the error's message is then the reason and the search goes on. */
export type SearchStep<T> = { place: string; attempt: () => Promise<SearchOutcome<T>> };

/** Takes one line of text, without a line end. */
export type LogLine = (line: string) => void;

/** A program that could not be found anywhere: the message names it, every step's reason and the one command that would help. */
export class ProgramNotFoundError extends Error {
  override readonly name = 'ProgramNotFoundError';
}

/**
 * Looks for a program in the given places, in order, one log line a place, and answers the first that has it.
 * Throws `ProgramNotFoundError` when none has, or at once when a place answers `WRONG`.
 */
export async function searchProgram<T>(search: { name: string; steps: SearchStep<T>[]; advice: string; log: LogLine }): Promise<T> {
  const reasons: string[] = [];
  for (const step of search.steps) {
    const outcome = await attemptStep(step);
    if (outcome.kind === 'FOUND') {
      search.log(`${search.name}: ${step.place}: ${describe(outcome.program)}`);
      return outcome.program;
    }
    search.log(`${search.name}: ${step.place}: ${outcome.reason}`);
    reasons.push(`  - ${step.place}: ${outcome.reason}`);
    if (outcome.kind === 'WRONG') break;
  }
  throw new ProgramNotFoundError(`${search.name} was not found:\n${reasons.join('\n')}\nWhat would help: ${search.advice}`);
}

async function attemptStep<T>(step: SearchStep<T>): Promise<SearchOutcome<T>> {
  try {
    return await step.attempt();
  } catch (error) {
    return { kind: 'MISSING', reason: oneLine(error instanceof Error ? error.message : String(error)) };
  }
}

function describe(program: unknown): string {
  if (typeof program === 'string') return program;
  if (typeof program === 'object' && program !== null && 'executablePath' in program) return String(program.executablePath);
  return JSON.stringify(program);
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 600 ? `${line.slice(0, 600)}…` : line;
}
