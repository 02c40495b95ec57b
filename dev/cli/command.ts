import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The command was written wrongly; the message says how, the usage follows it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was written after `npm run <command> --`: options by name, and the words between them. */
export interface Words {
  options: Record<string, string | undefined>;
  positionals: string[];
}

/**
 * Runs a command of the project and sets the process's exit code: 0 done, 1 not possible (one line says why), 2 written
 * wrongly (the usage follows). `names` are the options, each with one value.
 */
export async function runCommand(usage: string, names: readonly string[], act: (words: Words) => Promise<void>): Promise<void> {
  try {
    await act(readWords(process.argv.slice(2), names));
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\nUsage:\n${usage}\n`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${describeError(error)}\n`);
      process.exitCode = 1;
    }
  }
}

function readWords(args: string[], names: readonly string[]): Words {
  const options: ParseArgsOptionsConfig = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true }]));
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { options: Object.fromEntries(Object.entries(values).map(([name, given]) => [name, single(name, given)])), positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function single(name: string, given: unknown): string {
  const [value, ...more] = Array.isArray(given) ? given.map(String) : [];
  if (value === undefined || value.trim() === '') throw new UsageError(`--${name} has no value`);
  if (more.length > 0) throw new UsageError(`--${name} is written ${more.length + 1} times`);
  return value;
}

/** The one word after the command's name, one of those allowed. */
export function subcommand<T extends string>({ positionals }: Words, allowed: readonly T[]): T {
  const [word, ...more] = positionals;
  const found = allowed.find((candidate) => candidate === word);
  if (found === undefined || more.length > 0) {
    throw new UsageError(
      `${positionals.length === 0 ? 'nothing' : `"${positionals.join(' ')}"`} is not what can be done here: write ${allowed.join(' or ')}`,
    );
  }
  return found;
}

/** The value of an option that has to be there. */
export function required({ options }: Words, name: string): string {
  const value = options[name];
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

/** Throws when words without an option are left over. */
export function noMoreWords(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" cannot be written here`);
}

/** Refuses options that say nothing to this subcommand. */
export function onlyOptions({ options }: Words, names: readonly string[]): void {
  const stray = Object.keys(options).filter((name) => !names.includes(name));
  if (stray.length > 0) throw new UsageError(`${stray.map((name) => `--${name}`).join(', ')} cannot be written here`);
}

/** A shop's id: the platform's seller id. */
export function shopIdOf(words: Words): string {
  const shopId = required(words, 'shop');
  if (!/^\d{1,19}$/.test(shopId)) throw new UsageError(`--shop "${shopId}" is not a seller id: write its digits`);
  return shopId;
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // PostgreSQL's refused connections come as an aggregate without words of its own.
  const message = error instanceof AggregateError && error.message === '' ? error.errors.map(describeError).join('; ') : error.message;
  return error.cause === undefined ? message : `${message}\n  because: ${describeError(error.cause)}`;
}
