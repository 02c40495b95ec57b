import type { Environment } from './executables.ts';
import { CONNECT_LIMIT_MS } from './reachability.ts';
import { runCommand } from './run-command.ts';

/** Given to pip, so that an index that does not answer costs seconds and not minutes. */
export const PIP_PATIENCE = ['--timeout', String(CONNECT_LIMIT_MS / 1000), '--retries', '1'];

/** How pip is called here. Throws when there is none. */
export async function findPip(environment: Environment): Promise<string[]> {
  const candidates = [['python3', '-m', 'pip'], ['pip3'], ['pip']];
  for (const candidate of candidates) {
    const works = await runPip(candidate, ['--version'], 30_000, environment).then(
      () => true,
      () => false,
    );
    if (works) return candidate;
  }
  throw new Error('needs pip; neither python3 -m pip, pip3 nor pip works');
}

/** Runs pip as found; throws with its last words when it fails. */
export function runPip(pip: string[], args: string[], timeoutMs: number, environment: Environment): Promise<string> {
  const [file = 'pip', ...before] = pip;
  return runCommand(file, [...before, ...args], { timeoutMs, environment });
}
