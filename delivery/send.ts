import { Agent, type Dispatcher, request } from 'undici';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import { readRetryAfter } from './retry-schedule.ts';
import { guardLookup, lookupName, type NameLookup, readTarget, resolveTarget, TargetRefused, type TargetRules } from './target.ts';

/** How one request went. */
export interface SendOutcome {
  /** Any 2xx delivers; 410 asks for no more; everything else, redirects included, failed. */
  kind: 'DELIVERED' | 'GONE' | 'FAILED';
  status: number | null;
  retryAfterMs: DurationMs | null;
  /** UPPER_SNAKE word for the log, null when delivered. Says nothing of what answered beyond its status. */
  reason: string | null;
}

/** One request as it leaves. `now` is the sender's clock, for a `Retry-After` that names a date. */
export interface OutgoingMessage {
  url: string;
  headers: Record<string, string>;
  body: string;
  now: EpochMs;
}

/** Sends messages to addresses of strangers without being led elsewhere. */
export interface WebhookSender {
  /** Throws `TargetRefused` unless the address may be called as things stand. */
  check(url: string): Promise<URL>;
  /** One request, checked again on its way; never throws. */
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /** As `send`, to a party whose answer says in its body whether it took the message: the beginning of it, null without an answer. */
  ask(message: OutgoingMessage): Promise<SendOutcome & { answer: string | null }>;
  close(): Promise<void>;
}

export interface SenderOptions extends TargetRules {
  lookup?: NameLookup;
  /** Everything together: name, connection, answer. */
  timeoutMs?: DurationMs;
}

const TIMEOUT_MS = 15_000;
const MAX_HEADER_BYTES = 16_384;
/** Connections to one target at a time. */
const CONNECTIONS = 8;
/** What is read of an answer at most. */
const MAX_ANSWER_BYTES = 8_192;

/** One for a process; end it with `close()`. */
export function createWebhookSender({ allowLoopback, lookup = lookupName, timeoutMs = TIMEOUT_MS }: SenderOptions): WebhookSender {
  const rules: TargetRules = { allowLoopback };
  const agent = new Agent({
    connect: { lookup: guardLookup(rules, lookup), timeout: timeoutMs },
    connections: CONNECTIONS,
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // Kept so short that a name which moved is soon looked up again.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 4_000,
  });
  async function post<T>(
    { url, headers, body, now }: OutgoingMessage,
    read: (response: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<SendOutcome & { answer: T | null }> {
    try {
      const response = await request(readTarget(url, rules), {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'refund-intercept-webhooks/1' },
        body,
        dispatcher: agent,
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = await read(response);
      return { ...outcomeOf(response.statusCode, headerText(response.headers['retry-after']), now), answer };
    } catch (error) {
      return { kind: 'FAILED', status: null, retryAfterMs: null, reason: reasonOf(error), answer: null };
    }
  }
  return {
    async check(text) {
      const url = readTarget(text, rules);
      await resolveTarget(url.hostname, rules, lookup);
      return url;
    },
    async send(message) {
      // The status is the whole answer: what else it says is neither read nor kept (S19).
      const { answer: _unread, ...outcome } = await post(message, async ({ body }) => void body.on('error', () => undefined).destroy());
      return outcome;
    },
    ask: (message) => post(message, beginningOf),
    close: () => agent.destroy(),
  };
}

async function beginningOf({ body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

function headerText(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}

function outcomeOf(status: number, retryAfter: string | null, now: EpochMs): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'DELIVERED', status, retryAfterMs: null, reason: null };
  if (status === 410) return { kind: 'GONE', status, retryAfterMs: null, reason: 'GONE' };
  const reason = status >= 300 && status < 400 ? 'REDIRECTED' : `HTTP_${status}`;
  return { kind: 'FAILED', status, retryAfterMs: readRetryAfter(retryAfter, now), reason };
}

/** Words for what went wrong before an answer, by Node's and undici's codes. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  UND_ERR_SOCKET: 'CONNECTION_LOST',
  UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'TIMEOUT',
  UND_ERR_HEADERS_OVERFLOW: 'ANSWER_TOO_LARGE',
  HPE_HEADER_OVERFLOW: 'ANSWER_TOO_LARGE',
  ETIMEDOUT: 'TIMEOUT',
  EHOSTUNREACH: 'UNREACHABLE',
  ENETUNREACH: 'UNREACHABLE',
};

function reasonOf(error: unknown): string {
  let at = error as { name?: unknown; code?: unknown; cause?: unknown } | null | undefined;
  for (let depth = 0; at && depth < 5; depth += 1, at = at.cause as typeof at) {
    if (at instanceof TargetRefused) return `TARGET_${at.reason}`;
    if (at.name === 'TimeoutError') return 'TIMEOUT';
    const code = typeof at.code === 'string' ? at.code : '';
    const known = REASONS[code];
    if (known !== undefined) return known;
    if (/CERT|TLS|SSL|^UNABLE_TO|^DEPTH_ZERO|SELF_SIGNED/.test(code)) return 'TLS_FAILED';
    if (at.name === 'HTTPParserError') return 'NOT_HTTP';
  }
  return 'CONNECTION_FAILED';
}
