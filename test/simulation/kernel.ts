import { AsyncLocalStorage } from 'node:async_hooks';

/** Instant of the simulated world, in milliseconds since 1970. */
type Instant = number;

/** A process of ours that may die: what it waited for then never comes back to it. */
export interface Party {
  readonly name: string;
  alive: boolean;
  /** Grows with every restart: an answer to an earlier life is dropped. */
  life: number;
  /** How far this machine's clock is ahead of the world's. */
  skewMs: number;
}

export function newParty(name: string): Party {
  return { name, alive: true, life: 1, skewMs: 0 };
}

/** Around a call that a process makes outside: it has not left yet; it was carried out and its answer is under way; the answer is back. */
export type Moment = 'BEFORE' | 'DURING' | 'AFTER';

/** One call to the outside, as it goes by. */
export interface OutsideCall {
  /** False: the process died before it left. */
  readonly left: boolean;
  carriedOut(): void;
  answered(): void;
}

const UNWATCHED: OutsideCall = { left: true, carriedOut() {}, answered() {} };
const NEVER_LEFT: OutsideCall = { ...UNWATCHED, left: false };

/** What the code that runs is a part of: an activity, a route, a round. */
export const doing: AsyncLocalStorage<string> = new AsyncLocalStorage<string>();

interface Entry {
  at: Instant;
  order: number;
  work: () => unknown;
  party: Party | null;
  life: number;
}

/** Kept before anything is put in its place: the loop itself runs on the real machine. */
const realSetImmediate = setImmediate;

/** Lets every promise that can go on go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => void realSetImmediate(resolve));
}

/**
 * The one clock and the one queue of a simulated world. Events run one after another, each to its end with all promises it
 * woke, so a run is the same every time; whatever takes time outside is an event of its own. An event belongs to the process
 * that will go on with it, and is dropped when that process died meanwhile.
 */
export class Kernel {
  now: Instant;
  /** The process whose code runs now, null for the world outside. */
  party: Party | null = null;
  /** Told after each event of a process: the crash points of a world. */
  afterStep: ((party: Party) => void) | null = null;
  /** Told of each call a process makes outside; whoever listens may kill it there and then. */
  watchCalls: ((caller: Party, what: string) => (moment: Moment) => void) | null = null;
  readonly #seed: number;
  readonly #draws = new Map<string, number>();
  readonly #heap: Entry[] = [];
  #order = 0;
  steps = 0;

  constructor(startAt: Instant, seed: number) {
    this.now = startAt;
    this.#seed = seed;
  }

  /** What this process reads as the time. */
  clock(): Instant {
    return this.now + (this.party?.skewMs ?? 0);
  }

  /** Runs `work` after `ms`, in the process that asked unless another is named. */
  after(ms: number, work: () => unknown, party: Party | null = this.party): Entry {
    const entry = { at: this.now + Math.max(0, Math.ceil(ms)), order: this.#order++, work, party, life: party?.life ?? 0 };
    push(this.#heap, entry);
    return entry;
  }

  /** Runs `work` after `ms` outside every process: nothing that dies takes it along. */
  outside(ms: number, work: () => unknown): Entry {
    return this.after(ms, work, null);
  }

  /** Resolves in the asking process after `ms`. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** The process that runs calls the outside. What a dead one still says in its last step goes nowhere. */
  call(what: string): OutsideCall {
    const { party, watchCalls } = this;
    if (party === null || watchCalls === null) return UNWATCHED;
    if (!party.alive) return NEVER_LEFT;
    const tell = watchCalls(party, what);
    tell('BEFORE');
    return { left: party.alive, carriedOut: () => tell('DURING'), answered: () => tell('AFTER') };
  }

  /** Takes an event back; no harm when it ran. */
  cancel(entry: Entry): void {
    entry.work = nothing;
  }

  /**
   * A number in [0, 1) that depends on the seed, the name and how often this name was drawn: taking one thing out of a
   * scenario leaves the draws of all others as they were, which is what makes a scenario shrink.
   */
  draw(name: string): number {
    const n = (this.#draws.get(name) ?? 0) + 1;
    this.#draws.set(name, n);
    let hash = 0x811c9dc5 ^ this.#seed;
    const text = `${name}#${n}`;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
  }

  /** A length of time between the two, drawn under this name. */
  drawMs(name: string, atLeast: number, below: number): number {
    return atLeast + Math.floor(this.draw(name) * (below - atLeast));
  }

  /** Runs events until none is left before `until`, or `enough` says so. */
  async run(until: Instant, enough: () => boolean = () => false): Promise<void> {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.at > until || enough()) break;
      pop(this.#heap);
      if (next.work === nothing) continue;
      if (next.party !== null && (!next.party.alive || next.party.life !== next.life)) continue;
      this.now = Math.max(this.now, next.at);
      this.party = next.party;
      this.steps += 1;
      const outcome = next.work();
      if (outcome instanceof Promise) await outcome;
      // The world outside makes no promises: what it does for a process it hands over as an event of that process.
      if (next.party === null) continue;
      await settle();
      this.afterStep?.(next.party);
      this.party = null;
    }
    if (until !== Number.POSITIVE_INFINITY) this.now = Math.max(this.now, Math.min(until, this.#heap[0]?.at ?? until));
  }
}

/** Hands an answer to who waits for it. */
export function answered<T>(call: OutsideCall, take: (value: T) => void, value: T): void {
  take(value);
  call.answered();
}

function nothing(): void {}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at === other.at ? one.order < other.order : one.at < other.at;
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(entry, heap[parent] as Entry)) break;
    heap[at] = heap[parent] as Entry;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop() as Entry;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = at * 2 + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const child = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
    if (!isBefore(heap[child] as Entry, last)) break;
    heap[at] = heap[child] as Entry;
    at = child;
  }
  heap[at] = last;
}
