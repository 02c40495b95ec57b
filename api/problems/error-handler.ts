import { isGrpcServiceError } from '@temporalio/client';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseOutage } from '../../store/database-outage.ts';
import { PlatformUnavailable } from '../../platforms/port.ts';
import { BadCursor } from '../../store/cursor.ts';
import { RequestInvalid } from '../http/validation.ts';
import { updateFailure } from '../update-failure.ts';
import { PROBLEMS, type ProblemKind } from './catalogue.ts';
import { isProblem, languageOf, type ProblemError, problem, problemBody } from './problem.ts';

const RETRY_AFTER_SECONDS = 2;

/** Fastify's own refusals, by its codes. */
const BY_FASTIFY_CODE: Record<string, () => ProblemError> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => problem('UNSUPPORTED_MEDIA_TYPE'),
  FST_ERR_CTP_INVALID_TYPE: () => problem('UNSUPPORTED_MEDIA_TYPE'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => problem('MALFORMED_JSON', { errors: [{ pointer: '', message: 'the body is empty' }] }),
  FST_ERR_MAX_PARAM_LENGTH: () => problem('NOT_FOUND'),
  FST_ERR_BAD_URL: () => problem('BAD_REQUEST'),
};

/** Answers with a problem in the caller's language. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: ProblemError): FastifyReply {
  const { details, code } = error;
  const kind: ProblemKind = PROBLEMS[code];
  const language = languageOf(request);
  const retryAfter = details.retryAfterSeconds ?? (kind.status === 503 ? RETRY_AFTER_SECONDS : null);
  if (retryAfter !== null) reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfter))));
  if (kind.status === 401) reply.header('www-authenticate', 'Bearer');
  for (const [name, value] of Object.entries(details.headers ?? {})) reply.header(name, value);
  request.problemCode = code;
  return reply
    .code(kind.status)
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
    .type('application/problem+json')
    .send(problemBody(code, details, request.id, language));
}

/** Every error of the API's scopes ends here: what is not in the catalogue is our own fault and says nothing of itself. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const found = toProblem(error, request);
  const status = PROBLEMS[found.code].status;
  if (status >= 500) request.log.error({ err: found.cause ?? error, operation: request.routeOptions.config.operation }, 'request failed');
  return sendProblem(request, reply, found);
}

/** The problem an error stands for; `request` null where there is none of its own (an item of a batch). */
export function toProblem(error: unknown, request: Pick<FastifyRequest, 'routeOptions'> | null): ProblemError {
  if (isProblem(error)) return error;
  if (error instanceof RequestInvalid) return error.inPath ? problem('NOT_FOUND') : problem('VALIDATION_FAILED', { errors: error.errors });
  if (error instanceof BadCursor)
    return problem('INVALID_CURSOR', { errors: [{ pointer: '/query/after', message: 'not a cursor of this list' }] });
  if (error instanceof PlatformUnavailable) return problem('PLATFORM_UNAVAILABLE', { cause: error });
  if (isDatabaseOutage(error)) return problem('DATABASE_UNAVAILABLE', { cause: error });
  if (isEngineOutage(error) || isLeftUndone(error)) return problem('ENGINE_UNAVAILABLE', { cause: error });
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('BODY_TOO_LARGE', { params: { limit: request?.routeOptions.bodyLimit ?? 0 } });
  const known = code === undefined ? undefined : BY_FASTIFY_CODE[code];
  if (known) return known();
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return problem('BAD_REQUEST');
  return problem('INTERNAL_ERROR', { cause: error });
}

/** What errors have in common, whoever made them; nothing of what is no object. */
function fieldsOf(error: unknown): { code?: unknown; message?: unknown; name?: unknown; cause?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}

/** 9 and 10: the run's task has just failed, or keeps failing, so that it takes nothing for the moment; 2 and 13: the server's own faults. */
const GRPC_OUTAGES = [
  1 /* cancelled */, 2 /* unknown */, 4 /* deadline */, 8 /* exhausted */, 9 /* not ready */, 10 /* aborted */, 13 /* internal */,
  14 /* unavailable */,
];

/** Temporal cannot be reached or did not answer in time, at any depth of the error's causes. */
export function isEngineOutage(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at !== undefined && depth < 5; at = fieldsOf(at).cause, depth += 1) {
    if (isGrpcServiceError(at) && GRPC_OUTAGES.includes(at.code)) return true;
    if (fieldsOf(at).name === 'WorkflowUpdateRPCTimeoutOrCancelledError') return true;
  }
  return false;
}

/** Temporal's word for a command that was in a run's task and that the worker did not take up, as one that is just starting may: nothing was done. */
function isLeftUndone(error: unknown): boolean {
  return updateFailure(error)?.type === 'UnprocessedUpdate';
}
