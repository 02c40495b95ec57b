import pinoPretty from 'pino-pretty';
import type { LogLine } from './programs/program-search.ts';

/** Where the runner writes: its own steps and the lines of its parts, each behind its name. */
export type Output = { log: LogLine; partLine: (part: string, line: string) => void };

const NAME_WIDTH = 11;
const POSTGRES_NOISE = /^\S+ \S+ \S+ \[\d+\] (LOG|DETAIL|HINT|STATEMENT):/;

/**
 * Writes to standard output. JSON lines of the parts are made readable when `pretty` is set (a terminal), else they pass unchanged. PostgreSQL's
 * ordinary log and Temporal's start-up lines are shown only when `verbose`.
 */
export function createOutput({ pretty, verbose, write }: { pretty: boolean; verbose: boolean; write: (text: string) => void }): Output {
  const prettify = pinoPretty.prettyFactory({
    colorize: pretty,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
  return {
    log: (line) => write(`${'start'.padEnd(NAME_WIDTH)}| ${line}\n`),
    partLine: (part, line) => {
      if (line.trim() === '' || (!verbose && isNoise(part, line))) return;
      const text = pretty && line.startsWith('{') ? prettify(line).trimEnd() : line;
      write(`${part.padEnd(NAME_WIDTH)}| ${text}\n`);
    },
  };
}

function isNoise(part: string, line: string): boolean {
  if (part === 'PostgreSQL') return POSTGRES_NOISE.test(line);
  return part === 'Temporal' && /^Temporal (CLI|Server|Persistence|UI|Metrics)\b/.test(line);
}
