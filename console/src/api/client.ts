import createClient, { type Middleware } from 'openapi-fetch';
import { text } from '../i18n/text.ts';
import { problemOf } from './problem.ts';
import type { paths } from '../../../client/src/schema.ts';
import { noteDateHeader } from './server-clock.ts';

let csrfToken: string | null = null;
let onSignedOut: () => void = () => {};
const sentAt = new WeakMap<Request, number>();

/** The token that goes with every changing request; null after signing out. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Called when an answer says that the session is over. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Prepares a request of this page: language, and the session's token where something changes. */
export function prepare(request: Request): void {
  request.headers.set('accept-language', text().locale);
  if (request.method !== 'GET' && csrfToken !== null) request.headers.set('x-csrf-token', csrfToken);
  sentAt.set(request, performance.now());
}

/** Takes the server's time from an answer and throws its problem if it is one. */
export async function checkAnswer(request: Request, response: Response): Promise<void> {
  noteDateHeader(response.headers.get('date'), sentAt.get(request) ?? performance.now());
  if (response.ok) return;
  if (response.status === 401 && !new URL(request.url).pathname.endsWith('/console/api/session')) onSignedOut();
  throw await problemOf(response);
}

const session: Middleware = {
  onRequest: ({ request }) => prepare(request),
  onResponse: ({ request, response }) => checkAnswer(request, response),
};

/** The `/v1` contract, typed by openapi.json, called with the session's cookie. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(session);

/** The body of a successful call; rejects with `ApiProblem`, or `TypeError` when the service cannot be reached. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  if (data === undefined || data === null) throw new TypeError('the answer has no body');
  return data;
}
