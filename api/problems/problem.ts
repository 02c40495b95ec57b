import createError, { type FastifyError } from '@fastify/error';
import { PROBLEMS, type ProblemCode, type ProblemKind } from './catalogue.ts';

/** One place in the request that is wrong: a JSON Pointer (`/query/…`, `/path/…` outside the body) and words. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** What a problem says beyond its kind. */
export interface ProblemDetails {
  /** Values for the `{name}` places of the kind's detail. */
  params?: Record<string, string | number>;
  errors?: FieldError[];
  /** Extension members of the body (RFC 9457 §3.2). */
  extensions?: Record<string, unknown>;
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
  /** For the log only. */
  cause?: unknown;
}

export interface ProblemError extends FastifyError {
  code: ProblemCode;
  details: ProblemDetails;
}

type ProblemConstructor = new () => FastifyError;
const constructors = new Map<ProblemCode, ProblemConstructor>(
  (Object.entries(PROBLEMS) as [ProblemCode, ProblemKind][]).map(([code, kind]) => [
    code,
    createError(code, kind.title.en, kind.status) as ProblemConstructor,
  ]),
);

/** The error to throw for a problem of the catalogue; the v1 error handler turns it into the answer. */
export function problem(code: ProblemCode, details: ProblemDetails = {}): ProblemError {
  const Constructor = constructors.get(code) as ProblemConstructor;
  const error = new Constructor() as ProblemError;
  error.details = details;
  if (details.cause !== undefined) error.cause = details.cause;
  return error;
}

/** For `found ?? notFound()`: throws the one 404 that absent and foreign ids get. */
export function notFound(): never {
  throw problem('NOT_FOUND');
}

export function isProblem(error: unknown): error is ProblemError {
  if (typeof error !== 'object' || error === null || !('details' in error && 'code' in error)) return false;
  return typeof error.code === 'string' && Object.hasOwn(PROBLEMS, error.code);
}

/** An answer's body in `application/problem+json` (RFC 9457). */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ProblemCode;
  retryable: boolean;
  errors?: FieldError[];
  [extension: string]: unknown;
}

export type Language = 'zh' | 'en';

/** The body of a problem. Of our own faults (500) nothing but the request id gets out. */
export function problemBody(code: ProblemCode, details: ProblemDetails, requestId: string, language: Language): ProblemBody {
  const kind: ProblemKind = PROBLEMS[code];
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (place, name: string) => String(details.params?.[name] ?? place));
  return {
    type: `urn:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: kind.title[language],
    status: kind.status,
    detail: fill(kind.detail[language]),
    instance: `urn:request:${requestId}`,
    code,
    retryable: kind.retryable,
    ...(kind.status === 400 ? { errors: details.errors ?? [] } : {}),
    ...(kind.status === 500 ? {} : details.extensions),
  };
}

/** zh unless `Accept-Language` prefers English (RFC 9110 §12.5.4: highest weight, first of equals). */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  let best: Language = 'zh';
  let bestWeight = 0;
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    const language = /^en(-|$)/.test(tag) ? 'en' : /^(zh(-|$)|\*$)/.test(tag) ? 'zh' : null;
    if (language !== null && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}

/** The language a request asks for. */
export function languageOf({ headers }: { headers: { 'accept-language'?: string } }): Language {
  return preferredLanguage(headers['accept-language']);
}
