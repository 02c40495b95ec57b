import type { SendOutcome, WebhookSender } from '../../../delivery/send.ts';
import { answered, type Kernel } from '../kernel.ts';
import type { Books } from './books.ts';

/** What a shop's own system makes of a message: SILENT takes it and never says so. */
export type ReceiverAnswer = 'TAKEN' | 'FAILS' | 'SILENT';

const SENDER_WAITS_MS = 15_000;
const OUTCOMES: Record<ReceiverAnswer, SendOutcome> = {
  TAKEN: { kind: 'DELIVERED', status: 200, retryAfterMs: null, reason: null },
  FAILS: { kind: 'FAILED', status: 503, retryAfterMs: null, reason: 'HTTP_503' },
  SILENT: { kind: 'FAILED', status: null, retryAfterMs: null, reason: 'TIMEOUT' },
};

/** The shop's own system behind the sender, with its own book of what reached it. */
export class SimulatedReceiver {
  readonly #kernel: Kernel;
  readonly #books: Books;
  readonly #answers: readonly ReceiverAnswer[];

  /** What it answers each time a message comes; after that it takes it. */
  constructor(kernel: Kernel, books: Books, answers: readonly ReceiverAnswer[]) {
    this.#kernel = kernel;
    this.#books = books;
    this.#answers = answers;
  }

  sender(): WebhookSender {
    return {
      check: async (url) => new URL(url),
      send: ({ headers, body }) => this.#take(headers['webhook-id'] ?? '', body),
      ask: async () => {
        throw new Error('no shop of the simulation has a channel');
      },
      close: async () => {},
    };
  }

  #take(messageId: string, body: string): Promise<SendOutcome> {
    const caller = this.#kernel.party;
    const call = this.#kernel.call('receiver POST');
    const travelMs = () => this.#kernel.drawMs('receiver', 5, 80);
    return new Promise((resolve) => {
      if (!call.left) return;
      this.#kernel.outside(travelMs(), () => {
        const { posts } = this.#books;
        const answer = this.#answers[posts.filter((post) => post.messageId === messageId).length] ?? 'TAKEN';
        posts.push({ messageId, body, at: this.#kernel.now, answer });
        call.carriedOut();
        const backMs = answer === 'SILENT' ? SENDER_WAITS_MS : travelMs();
        this.#kernel.after(backMs, () => answered(call, resolve, OUTCOMES[answer]), caller);
      });
    });
  }
}
