import type { ClaimAct, ClaimStory } from './scenario.ts';
import type { Stage } from './stage.ts';

const MINUTE = 60_000;
const TRIES = 5;

/** What merchants do about parcels that came back broken or not at all. */
export class Claimants {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Everything a story says of a claim. */
  place({ refund, at, kind, acts }: ClaimStory): void {
    this.#stage.at(at, () => this.#open(refund, kind));
    for (const { at: when, act } of acts) this.#stage.at(when, () => this.#act(refund, act));
  }

  #open(refund: number, kind: ClaimStory['kind'], tries = 0): void {
    const interceptId = [...this.#stage.around.tables.intercepts.keys()][refund];
    if (interceptId === undefined) return;
    this.#ask(
      { interceptId, act: 'OPEN', kind },
      (api) => api.openClaim(interceptId, kind),
      () => this.#open(refund, kind, tries + 1),
      tries,
    );
  }

  #act(refund: number, act: ClaimAct['act'], tries = 0): void {
    const [interceptId, claimId] = this.#claimOf(refund);
    if (interceptId === undefined || claimId === undefined) return;
    this.#ask(
      { interceptId, act, kind: null },
      (api) => api.actOnClaim(claimId, act),
      () => this.#act(refund, act, tries + 1),
      tries,
    );
  }

  #claimOf(refund: number): [interceptId: string | undefined, claimId: string | undefined] {
    const { intercepts, claims } = this.#stage.around.tables;
    const interceptId = [...intercepts.keys()][refund];
    const claim = [...claims.values()].findLast(({ details }) => details.interceptId === interceptId);
    return [interceptId, claim?.details.claimId];
  }

  /** Asks, and again after a while when there was no answer. */
  #ask(
    call: { interceptId: string; act: 'OPEN' | ClaimAct['act']; kind: ClaimStory['kind'] | null },
    work: (api: Stage['api']) => Promise<string>,
    again: () => void,
    tries: number,
  ): void {
    const { kernel, books } = this.#stage;
    const entry = { ...call, claimId: null as string | null, at: kernel.now, answeredAt: null as number | null, answer: 'NONE' };
    books.claims.push(entry);
    this.#stage.request(`claim: ${call.act.toLowerCase()}`, work, {
      answer: (claimId) => Object.assign(entry, { claimId, answeredAt: kernel.now, answer: 'DONE' }),
      failure: (error) => Object.assign(entry, { answeredAt: kernel.now, answer: codeOf(error) }),
    });
    kernel.outside(5 * MINUTE, () => {
      if (['NONE', 'UNAVAILABLE', 'ENGINE_UNAVAILABLE'].includes(entry.answer) && tries < TRIES) again();
    });
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'UNAVAILABLE';
}
