import type { Party } from './kernel.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What a world's troubles do to it beside the outages: a process's death and its return. */
export interface Deaths {
  died(party: Party): void;
  returned(party: Party): void;
}

/** Outages, and processes that die between any two of their awaits. */
export class Troubles {
  readonly #stage: Stage;
  readonly #deaths: Deaths;
  readonly #countdowns: { party: Party; steps: number; downMs: number }[] = [];
  #workerSteps = 0;

  constructor(stage: Stage, deaths: Deaths) {
    this.#stage = stage;
    this.#deaths = deaths;
  }

  plan(): void {
    for (const { part, at, forMs } of this.#stage.scenario.outages) {
      this.#stage.at(at, () => {
        this.#stage.books.troubles.push({ what: part, from: this.#stage.kernel.now, to: this.#stage.kernel.now + forMs });
        this.#setUp(part, false);
        this.#stage.kernel.outside(forMs, () => this.#setUp(part, true));
      });
    }
    for (const { process, at, steps, downMs } of this.#stage.scenario.crashes) {
      const party = process === 'API' ? this.#stage.apiParty : this.#stage.workerParty;
      this.#stage.at(at, () => this.#countdowns.push({ party, steps, downMs }));
    }
  }

  #setUp(part: Scenario['outages'][number]['part'], up: boolean): void {
    const { platform, carrier, tables, server } = this.#stage.around;
    if (part === 'PLATFORM') platform.up = up;
    else if (part === 'REFUSING') platform.refusing = !up;
    else if (part === 'CARRIER') carrier.up = up;
    else if (part === 'DATABASE') tables.up = up;
    else {
      server.up = up;
      if (up) server.wake();
    }
    if (up) this.#stage.notice();
  }

  afterStep(party: Party): void {
    if (party === this.#stage.workerParty && this.#stage.scenario.forgetsEvery > 0) {
      this.#workerSteps += 1;
      if (this.#workerSteps % this.#stage.scenario.forgetsEvery === 0) this.#stage.worker.host.forgetAll();
    }
    for (const countdown of this.#countdowns) {
      if (countdown.party !== party) continue;
      countdown.steps -= 1;
      if (countdown.steps >= 0) continue;
      this.#countdowns.splice(this.#countdowns.indexOf(countdown), 1);
      this.kill(party, countdown.downMs);
      return;
    }
  }

  /** Ends a process here and now; it is back after a while. */
  kill(party: Party, downMs: number): void {
    if (!party.alive) return;
    const { kernel, books, around } = this.#stage;
    party.alive = false;
    books.troubles.push({ what: party.name.toUpperCase(), from: kernel.now, to: kernel.now + downMs });
    around.tables.abortSessionsOf(party);
    this.#deaths.died(party);
    kernel.outside(downMs, () => {
      party.alive = true;
      party.life += 1;
      this.#deaths.returned(party);
      this.#stage.notice();
    });
  }
}
