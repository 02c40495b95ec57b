import { execFile } from 'node:child_process';
import type { Environment } from './executables.ts';

/** How a command is run; `timeoutMs` bounds the whole of it, `account` is the account it runs as. */
export type CommandOptions = { timeoutMs: number; environment: Environment; cwd?: string; account?: { uid: number; gid: number } };

/** Runs a program to its end and answers its standard output. Throws with the command, how it ended and the end of its error output. */
export function runCommand(file: string, args: string[], options: CommandOptions): Promise<string> {
  const { timeoutMs, environment, cwd, account } = options;
  return new Promise((resolve, reject) => {
    const settings = { timeout: timeoutMs, env: environment, cwd, ...account, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 } as const;
    execFile(file, args, settings, (error, stdout, stderr) => {
      if (error === null) {
        // Some programs, java among them, tell their version on the error output.
        resolve(stdout === '' ? stderr : stdout);
        return;
      }
      const ending = error.killed === true ? `was stopped after ${timeoutMs} ms` : `failed (${error.code ?? error.signal ?? 'unknown'})`;
      const output = `${stderr}${stdout}`.trim().split('\n').slice(-4).join(' ');
      reject(new Error(`${[file, ...args.slice(0, 3)].join(' ')} ${ending}${output === '' ? '' : `: ${output}`}`));
    });
  });
}
