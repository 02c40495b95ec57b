import { SECOND_MS, type DurationMs } from '../domain/time.ts';
import type { AccessFault } from './access-fault.ts';

/** One POST to a carrier. `body` is sent byte for byte as UTF-8: it is what was signed. */
export interface CarrierCall {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * `FAILED`: no answer of the carrier, or none that says anything of what was asked. `sent` is false only when it certainly did
 * not process the call. `accessFault` when our own account is what stands in the way.
 */
export type CarrierReply =
  | { kind: 'REPLY'; status: number; text: string }
  | { kind: 'FAILED'; sent: boolean; reason: string; accessFault?: AccessFault | undefined };

/** Bounds of a call: the whole exchange in time, the answer in bytes. */
export interface CallLimits {
  timeoutMs: DurationMs;
  maxBytes: number;
}

const DEFAULT_LIMITS: CallLimits = { timeoutMs: 8 * SECOND_MS, maxBytes: 1_000_000 };

/**
 * Calls a carrier's gateway. Never throws, never follows a redirect. 5xx, a timeout, a reset and an answer that is too
 * long are `FAILED` with `sent` true; a name that does not resolve, a refused connection and a certificate that does not
 * hold are `sent` false.
 */
export async function callCarrier(call: CarrierCall, limits: CallLimits = DEFAULT_LIMITS): Promise<CarrierReply> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await fetch(call.url, { method: 'POST', headers: call.headers, body: call.body, redirect: 'manual', signal });
    if (response.status >= 500) {
      await response.body?.cancel();
      return { kind: 'FAILED', sent: true, reason: `HTTP ${response.status}` };
    }
    const text = await readBounded(response, limits.maxBytes);
    if (text === null) return { kind: 'FAILED', sent: true, reason: `answer longer than ${limits.maxBytes} bytes` };
    return { kind: 'REPLY', status: response.status, text };
  } catch (error) {
    if (signal.aborted) return { kind: 'FAILED', sent: true, reason: `no answer within ${limits.timeoutMs} ms` };
    return { kind: 'FAILED', sent: !isBeforeSending(error), reason: describe(error) };
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const CODES_BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What `fetch` throws, by shape: the error's own class may come from another realm. */
interface Failure {
  message: string;
  code: string;
  causes: Failure[];
}

function asFailure(error: unknown, depth = 0): Failure {
  if (typeof error !== 'object' || error === null || depth > 4) return { message: String(error), code: '', causes: [] };
  const { message, code, cause, errors } = error as Record<'message' | 'code' | 'cause' | 'errors', unknown>;
  const below = Array.isArray(errors) ? errors : cause === undefined ? [] : [cause];
  return {
    message: typeof message === 'string' ? message : '',
    code: typeof code === 'string' ? code : '',
    causes: below.map((one) => asFailure(one, depth + 1)),
  };
}

/** One address after another may have been tried: only when all of them failed early was nothing sent. */
function isBeforeSending(error: unknown): boolean {
  const wasEarly = (failure: Failure): boolean =>
    CODES_BEFORE_SENDING.has(failure.code) ||
    failure.message.includes('before secure TLS connection was established') ||
    (failure.causes.length > 0 && failure.causes.every(wasEarly));
  return wasEarly(asFailure(error));
}

function describe(error: unknown): string {
  const all = (failure: Failure): string[] => [[failure.message, failure.code].filter(Boolean).join(' '), ...failure.causes.flatMap(all)];
  return [...new Set(all(asFailure(error)).filter(Boolean))].join(': ') || 'call failed';
}

/** Whether the HTTP status agrees with an answer that claims success. */
export function isOkStatus(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Statuses by which a gateway or proxy turns a caller away: unauthorised, forbidden, no such address. */
const STATUSES_OF_ACCESS = [401, 403, 404, 407];

/** An answer that is not in the carrier's own form, with its beginning for the log: nothing is known of what became of the call. */
export function unreadableAnswer(status: number, text: string): CarrierReply & { kind: 'FAILED' } {
  const reason = `HTTP ${status} with an answer that is not the carrier's: ${text.slice(0, 200).toWellFormed() || '(empty)'}`;
  if (!STATUSES_OF_ACCESS.includes(status)) return { kind: 'FAILED', sent: true, reason };
  return { kind: 'FAILED', sent: true, reason, accessFault: { code: `HTTP ${status}`, message: reason, remedy: null } };
}
