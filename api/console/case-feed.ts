import type { FastifyBaseLogger } from 'fastify';
import { type ChangeListening, changesAfter, type LoggedChange, listenForChanges, settledSequence } from '../../store/case-changes.ts';
import type { CaseChange } from '../../store/case-writing.ts';
import type { Db } from '../../store/db.ts';

/** A change as told to pages: thin, they fetch the rest. Without a sequence where the log has no line for it. */
export type FeedEvent = CaseChange & { sequence: number | null };

export interface CaseFeed {
  /** Tells a shop's changes from now on until the returned function is called. Resolves with the newest sequence that was told before. */
  follow(shopId: string, tell: (event: FeedEvent) => void): Promise<{ from: number; leave(): void }>;
  stop(): Promise<void>;
}

export interface CaseFeedOptions {
  db: Db;
  databaseUrl: string;
  log: Pick<FastifyBaseLogger, 'warn'>;
  /** How often the log is read when nothing is heard. */
  pollEveryMs: number;
}

/** Lines read at once. */
const PAGE = 2_000;

interface Follower {
  shopId: string;
  tell: (event: FeedEvent) => void;
}

/**
 * What happens to the cases, told to any number of followers in this process. PostgreSQL's notifications say when to
 * look; the audit log says what happened, so several API processes and lost connections lose nothing. Nothing is read
 * while nobody follows.
 */
export function caseFeed({ db, databaseUrl, log, pollEveryMs }: CaseFeedOptions): CaseFeed {
  const followers = new Set<Follower>();
  let reading: Reading | null = null;

  function tellAll(event: FeedEvent): void {
    for (const follower of followers) if (follower.shopId === event.shopId) follower.tell(event);
  }

  return {
    async follow(shopId, tell) {
      reading ??= startReading({ db, databaseUrl, log, pollEveryMs }, tellAll);
      const follower = { shopId, tell };
      followers.add(follower);
      const leave = (): void => {
        followers.delete(follower);
        if (followers.size > 0) return;
        void reading?.stop();
        reading = null;
      };
      try {
        return { from: await reading.begun, leave };
      } catch (error) {
        leave();
        throw error;
      }
    },
    async stop() {
      followers.clear();
      await reading?.stop();
      reading = null;
    },
  };
}

interface Reading {
  /** The newest sequence that is not told any more because it was there before. */
  begun: Promise<number>;
  stop(): Promise<void>;
}

/** Reads the log from where it is settled, so that a line which becomes visible late is still told, each line once. */
function startReading({ db, databaseUrl, log, pollEveryMs }: CaseFeedOptions, tell: (event: FeedEvent) => void): Reading {
  /** Lines after `settled` that were told, or were there at the start. */
  const known = new Map<number, LoggedChange>();
  const hinted = new Map<string, CaseChange>();
  let settled = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let listening: ChangeListening | null = null;
  let round: Promise<void> = Promise.resolve();
  let waiting = false;

  const keyOf = ({ interceptId, version }: CaseChange): string => `${interceptId} ${version}`;

  async function* unsettledChanges(): AsyncGenerator<LoggedChange> {
    let page: LoggedChange[];
    let from = settled;
    do {
      page = await changesAfter(db, from, PAGE);
      yield* page;
      from = page.at(-1)?.sequence ?? from;
    } while (page.length === PAGE);
  }

  async function read(isFirst: boolean): Promise<void> {
    const hints = [...hinted];
    hinted.clear();
    const settledNow = await settledSequence(db);
    for await (const change of unsettledChanges()) {
      if (known.has(change.sequence)) continue;
      known.set(change.sequence, change);
      if (!isFirst && !stopped) tell(change);
    }
    const logged = new Set([...known.values()].map(keyOf));
    if (!stopped) for (const [key, change] of hints) if (!logged.has(key)) tell({ ...change, sequence: null });
    settled = Math.max(settled, settledNow);
    for (const sequence of known.keys()) if (sequence <= settled) known.delete(sequence);
  }

  /** One round at a time; a hint during a round asks for one more. */
  function look(): void {
    if (waiting || stopped) return;
    waiting = true;
    round = round.then(async () => {
      waiting = false;
      if (!stopped) await read(false);
    });
    round = round.catch((error: unknown) => log.warn({ err: error }, 'live updates: the log could not be read, it is tried again'));
  }

  const begun = (async () => {
    listening = listenForChanges(databaseUrl, {
      onChange(change) {
        hinted.set(keyOf(change), change);
        look();
      },
      onError: (error) => log.warn({ err: error }, 'live updates: not listening for the moment'),
    });
    settled = await settledSequence(db);
    const first = read(true);
    round = first.catch(() => undefined);
    await first;
    if (!stopped) timer = setInterval(look, pollEveryMs);
    return Math.max(settled, ...known.keys());
  })();

  return {
    begun,
    async stop() {
      stopped = true;
      await begun.catch(() => undefined);
      if (timer !== null) clearInterval(timer);
      await listening?.close();
      await round;
    },
  };
}
