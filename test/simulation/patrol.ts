import type { Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Between two looks when nothing has happened for long. */
const RARELY_MS = 12 * HOUR;

/**
 * The patrol's schedule. The real one looks every minute, nearly always at nothing; this one looks soon after something
 * happened and then ever more rarely, so that sixty days do not take eighty thousand looks.
 */
export class PatrolSchedule {
  readonly #stage: Stage;
  #gapMs = MINUTE;
  #dueAt = Number.POSITIVE_INFINITY;
  #patrolling = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Something happened that a round of the patrol may have to do with: it looks soon, then ever more rarely. */
  notice(): void {
    if (this.#patrolling) return;
    this.#gapMs = MINUTE;
    this.#place();
  }

  #place(): void {
    const dueAt = this.#stage.kernel.now + this.#gapMs;
    if (dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    this.#stage.kernel.outside(dueAt - this.#stage.kernel.now, () => {
      if (this.#dueAt !== dueAt) return;
      this.#dueAt = Number.POSITIVE_INFINITY;
      this.#stage.kernel.after(0, () => this.#patrol(), this.#stage.workerParty);
      // The next one comes whether or not this one is done.
      const watched = this.#watched();
      this.#gapMs = Math.min(this.#gapMs * 4, watched === 'CLOSELY' ? 10 * MINUTE : RARELY_MS);
      if (this.#gapMs < RARELY_MS || watched !== 'NOT') this.#place();
    });
  }

  /** Whether the patrol has something to look at again and again: closely while a payment is fresh. */
  #watched(): 'NOT' | 'RARELY' | 'CLOSELY' {
    const open = [...this.#stage.around.tables.intercepts.values()].filter(({ phase }) => phase !== 'ENDED').map(({ state }) => state);
    const paying = open.filter(({ refundStatus }) => refundStatus === 'REFUNDING');
    if (paying.some(({ updatedAt }) => this.#stage.kernel.now - updatedAt < 2 * HOUR)) return 'CLOSELY';
    return paying.length > 0 || open.some(({ refundStatus }) => refundStatus === 'UNDER_ARBITRATION') ? 'RARELY' : 'NOT';
  }

  #patrol(): void {
    if (this.#patrolling || !this.#stage.around.server.up) return;
    this.#patrolling = true;
    const party = this.#stage.workerParty;
    const { life } = party;
    const afterTrouble = this.#stage.books.troubles.some(
      ({ from, to }) => from <= this.#stage.kernel.now && this.#stage.kernel.now <= to + 10 * MINUTE,
    );
    this.#stage.worker.patrol(afterTrouble).then(
      () => {
        if (party.life === life) this.#patrolling = false;
      },
      () => {},
    );
  }

  /** The worker died, and what it was doing with it. */
  forget(): void {
    this.#patrolling = false;
  }
}
