/** An answer of the service that is not a success, in the words of its problem document (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Seconds to wait, where the answer named them. */
  readonly retryAfterSeconds: number | null;
  /** The other members of the document: `reasons`, `availableAt`, `refundFeeFen`, … */
  readonly members: Record<string, unknown>;

  constructor(status: number, members: Record<string, unknown>, retryAfterSeconds: number | null) {
    const title = textOf(members['title']);
    super(title === '' ? `HTTP ${status}` : title);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = textOf(members['code']);
    this.title = title;
    this.detail = textOf(members['detail']);
    this.retryAfterSeconds = retryAfterSeconds;
    this.members = members;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads a failed response; a body that is no problem document leaves the status alone. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(response.status, members, Number.isFinite(wait) ? wait : null);
}

/** `{code, message}` lists of a problem document: the reasons or warnings it carries. */
export function findingsOf(problem: ApiProblem, member: 'reasons' | 'warnings'): { code: string; message: string }[] {
  const list = problem.members[member];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { code, message } = entry as { code?: unknown; message?: unknown };
    return typeof code === 'string' && typeof message === 'string' ? [{ code, message }] : [];
  });
}

/** What the service says is wrong with one member of what was sent; null when it says nothing of it. */
export function faultAt(error: unknown, pointer: string): string | null {
  const list = error instanceof ApiProblem ? error.members['errors'] : null;
  if (!Array.isArray(list)) return null;
  const fault = (list as { pointer?: unknown; message?: unknown }[]).find((entry) => entry?.pointer === pointer);
  return fault === undefined ? null : textOf(fault.message);
}
