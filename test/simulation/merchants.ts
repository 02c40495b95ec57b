import type { MerchantCommand } from '../../domain/intercept/event.ts';
import type { MerchantAct } from './scenario.ts';
import type { Stage } from './stage.ts';

const SECOND = 1_000;

/** What merchants do at the service, by its API. */
export class Merchants {
  readonly #stage: Stage;
  readonly #triedAgain = new Set<string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Asks for an intercept, again and again for a while when the service cannot answer. */
  create(refundId: string, tries = 0): void {
    const call = { refundId, interceptId: null as string | null, act: 'CREATE' as const, agreedFen: null, at: this.#stage.kernel.now };
    const entry = { ...call, answeredAt: null as number | null, answer: 'NONE' };
    this.#stage.books.merchant.push(entry);
    const tryAgain = () => {
      if (tries < 5) this.#stage.kernel.outside(20 * SECOND * 2 ** tries, () => this.create(refundId, tries + 1));
    };
    this.#stage.request('create', (api) => api.create(refundId), {
      answer: ({ status, interceptId }) => {
        Object.assign(entry, { answeredAt: this.#stage.kernel.now, answer: String(status), interceptId });
        for (const ms of [5 * SECOND, 20 * SECOND])
          this.#stage.kernel.after(ms, () => void this.#stage.api.freeCrossed(), this.#stage.apiParty);
      },
      failure: (error) => {
        const code = codeOf(error);
        Object.assign(entry, { answeredAt: this.#stage.kernel.now, answer: code });
        if (code === 'UNAVAILABLE') tryAgain();
      },
    });
    // No answer at all: the merchant clicks again.
    this.#stage.kernel.outside(30 * SECOND, () => {
      if (entry.answer === 'NONE') tryAgain();
    });
  }

  act(refundId: string, { act }: MerchantAct): void {
    if (act === 'CREATE_AGAIN') return this.create(refundId);
    const latest = [...this.#stage.around.tables.intercepts.values()].findLast(({ state }) => state.input.refundId === refundId);
    if (latest === undefined) return;
    const { interceptId } = latest;
    if (act === 'CANCEL') {
      const run = this.#stage.around.server.open(`intercept:${interceptId}`);
      if (run !== null) this.#stage.around.server.requestCancel(run);
      return;
    }
    const agreedFen = act === 'APPROVE_AMOUNT' ? this.#stage.around.platform.moment(refundId).feeFen : null;
    const kind = act === 'APPROVE_AMOUNT' ? 'APPROVE' : act;
    const entry = {
      refundId,
      interceptId,
      act: kind,
      agreedFen,
      at: this.#stage.kernel.now,
      answeredAt: null as number | null,
      answer: 'NONE',
    };
    this.#stage.books.merchant.push(entry);
    const settle = (answer: string) => Object.assign(entry, { answeredAt: this.#stage.kernel.now, answer });
    this.#stage.request(kind.toLowerCase(), (api) => api.command(interceptId, commandOf(kind, agreedFen)), {
      answer: (status) => settle(String(status)),
      failure: (error) => settle(codeOf(error)),
    });
  }

  /** A merchant whose intercept was refused tries again, if the story says so. */
  lookForRefusals(): void {
    for (const { interceptId, state } of this.#stage.around.tables.intercepts.values()) {
      const { refundId } = state.input;
      const { againAfterMs } = this.#stage.scenario.refunds[Number(refundId.at(-1))] ?? { againAfterMs: null };
      if (againAfterMs === null || state.interceptStatus !== 'REJECTED_BY_CARRIER' || this.#triedAgain.has(interceptId)) continue;
      this.#triedAgain.add(interceptId);
      this.#stage.kernel.outside(againAfterMs, () => this.create(refundId));
    }
  }
}

function commandOf(kind: 'APPROVE' | 'REJECT' | 'ARBITRATE', agreedFen: number | null): MerchantCommand {
  if (kind === 'APPROVE') return { kind, actor: 'owner', agreedFen };
  if (kind === 'REJECT') return { kind, actor: 'owner', reason: '1002', description: '包裹已派送', images: [] };
  return { kind, actor: 'owner', description: '请平台介入', pictures: [] };
}

/** A problem's code; whatever says that the service cannot answer now is one word. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code === '' || code === 'ENGINE_UNAVAILABLE' || code === 'PLATFORM_UNAVAILABLE' ? 'UNAVAILABLE' : code;
}
