import { objectOf, textOf } from './fields.ts';

/** One HTTP request of ours. Its URL carries the access token: it must appear in no message. */
export interface Outgoing {
  method: 'GET' | 'POST';
  url: string;
  /** Sent as a form; null for none. */
  form: URLSearchParams | null;
  timeoutMs: number;
}

/** `ANSWER` whatever the status; `FAILURE` with `sent: false` when the request certainly never arrived. */
export type Exchange = { kind: 'ANSWER'; status: number; text: string } | { kind: 'FAILURE'; sent: boolean; reason: string };

/** An order with fifty parcels is some 100 kB; a page of a hundred refunds some 300 kB. */
const MAX_ANSWER_BYTES = 4_000_000;

/** Failures before the first byte left: nobody listened, no such host, no route, or TLS refused. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const TLS_REFUSED = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/;

/** One request with a limit on time and size and without following redirects. Never throws. */
export async function exchange({ method, url, form, timeoutMs }: Outgoing): Promise<Exchange> {
  try {
    const response = await fetch(url, { method, body: form, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await readText(response);
    if (text === null) return { kind: 'FAILURE', sent: true, reason: `the answer was longer than ${MAX_ANSWER_BYTES} bytes` };
    return { kind: 'ANSWER', status: response.status, text };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'TimeoutError') return { kind: 'FAILURE', sent: true, reason: `no answer within ${timeoutMs} ms` };
    return { kind: 'FAILURE', sent: !NEVER_SENT.has(code) && !TLS_REFUSED.test(code), reason: `the connection failed (${code})` };
  }
}

async function readText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A failure's code or name, never its message: that may quote the URL. fetch puts the network's error into `cause`. */
function codeOf(error: unknown): string {
  const { cause, name } = objectOf(error);
  return textOf(objectOf(cause).code) ?? textOf(name) ?? 'unknown';
}
