import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Environment, findOnPath } from './programs/executables.ts';

const OPS_DIR = fileURLToPath(new URL('../ops', import.meta.url));

/**
 * What promtool says against the alerts and their cases; nothing when all is well. Without promtool on the `PATH` the step is left out and
 * says so through `note`.
 */
export async function checkAlertRules(environment: Environment, note: (line: string) => void): Promise<string | null> {
  const promtool = await findOnPath(['promtool'], environment);
  if (promtool === undefined) {
    note('left out: promtool is not installed (Debian: apt-get install prometheus)');
    return null;
  }
  const run = (...args: string[]) =>
    new Promise<string | null>((resolve) => {
      execFile(promtool, args, { cwd: OPS_DIR }, (error, stdout, stderr) => resolve(error === null ? null : `${stdout}${stderr}`.trim()));
    });
  return (await run('check', 'rules', 'alerts.yml')) ?? (await run('test', 'rules', 'alerts.test.yml'));
}
