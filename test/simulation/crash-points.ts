import { doing, type Moment, type Party } from './kernel.ts';

/** A call of a process to the outside, as it went by: what the process was doing, and what it asked of whom. */
export interface OutsidePoint {
  process: string;
  part: string;
  what: string;
}

/** The process that makes the `call`-th call of a world dies there. */
export interface Killing {
  call: number;
  moment: Moment;
  downMs: number;
}

type Kill = (party: Party, downMs: number) => void;

/** Where the stand-ins for SQL live: which statement it is says the function that makes it. */
const STATEMENT = /at (?:async )?(?:Object\.)?([\w$.]+) \(.*\/simulation\/(?:store|evidence)\/(?!tables)([\w-]+)\.ts/;
const STATEMENT_FILE = /\/simulation\/(?:store|evidence)\/(?!tables)([\w-]+)\.ts/;
const FRAMES = 14;

/** Lists the calls of both processes as they make them, and kills the one that makes a chosen one. */
export class CrashPoints {
  readonly points: OutsidePoint[] = [];
  readonly #killing: Killing | null;
  #dyingAfterStep = false;

  constructor(killing: Killing | null) {
    this.#killing = killing;
  }

  watch(party: Party, what: string, kill: Kill): (moment: Moment) => void {
    const call = this.points.length;
    const isListed = this.#killing === null && what.startsWith('PostgreSQL');
    this.points.push({ process: party.name, part: doing.getStore() ?? 'begin', what: isListed ? nameOf(what) : what });
    if (call !== this.#killing?.call) return () => {};
    const { moment: chosen, downMs } = this.#killing;
    return (moment) => {
      if (moment !== chosen) return;
      if (moment === 'AFTER') this.#dyingAfterStep = true;
      else kill(party, downMs);
    };
  }

  /** Back from the call, the process goes on until it would wait again; then it dies. */
  afterStep(party: Party, kill: Kill): void {
    if (!this.#dyingAfterStep || this.#killing === null) return;
    this.#dyingAfterStep = false;
    kill(party, this.#killing.downMs);
  }
}

function nameOf(what: string): string {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack = '' } = new Error('here');
  Error.stackTraceLimit = before;
  const name = STATEMENT.exec(stack)?.[1] ?? STATEMENT_FILE.exec(stack)?.[1];
  return name === undefined ? what : `${what} (${name})`;
}
