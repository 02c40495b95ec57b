import type { components } from './schema.ts';

type ProblemBody = components['schemas']['Problem'];

/** An answer of the service that is not a success (RFC 9457). `code` never changes its meaning; texts may. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Why, where the problem has one cause of several. */
  readonly reason: string | null;
  /** Name it when asking for help; null when the answer did not come from the service. */
  readonly requestId: string | null;
  /** Everything the answer said; null when it was not a problem of the service (a proxy's page). */
  readonly body: (ProblemBody & Record<string, unknown>) | null;

  constructor(status: number, body: (ProblemBody & Record<string, unknown>) | null) {
    super(body === null ? `HTTP ${status}` : `${body.code}: ${body.detail}`);
    this.status = status;
    this.code = body?.code ?? 'UNKNOWN';
    this.retryable = body?.retryable ?? (status === 429 || status >= 500);
    this.reason = typeof body?.['reason'] === 'string' ? body['reason'] : null;
    this.requestId = body?.instance.replace(/^urn:request:/, '') ?? null;
    this.body = body;
  }
}

/** The problem an answer is, whoever on the way wrote it. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  return new Problem(response.status, isProblem(body) ? body : null);
}

function isProblem(body: unknown): body is ProblemBody & Record<string, unknown> {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    'retryable' in body &&
    'instance' in body &&
    typeof body.instance === 'string'
  );
}
