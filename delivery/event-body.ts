import { toRfc3339 } from '../domain/time.ts';
import { asTold } from '../domain/world.ts';
import type { OutboxEvent } from '../store/outbox-dispatch.ts';

/** Version of `data`: grows only when a reader of the former could misread it. */
export const API_VERSION = 'v1';
/** Receivers may rely on it (service-style §10.5: below 20 kB). */
export const MAX_BODY_BYTES = 20_000;
const SHORT_TEXT = 200;

/**
 * The body of an event: `{type, timestamp, data}`. `data` is the snapshot at that instant with the number that orders the
 * events of a case. A snapshot too big for a message keeps its short members and says `partial: true`: read the rest by id.
 */
export function eventBody({ type, payload, sequence, occurredAt }: Omit<OutboxEvent, 'messageId' | 'shopId' | 'interceptId'>): string {
  const snapshot = typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? { ...payload } : {};
  const whole = bodyOf(type, occurredAt, { ...snapshot, sequence, apiVersion: API_VERSION });
  if (Buffer.byteLength(whole) < MAX_BODY_BYTES) return whole;
  const short = Object.entries(snapshot)
    .filter(([, value]) => (typeof value === 'string' ? value.length <= SHORT_TEXT : typeof value !== 'object' || value === null))
    .slice(0, 60);
  return bodyOf(type, occurredAt, { ...Object.fromEntries(short), partial: true, sequence, apiVersion: API_VERSION });
}

/** The body of a message that only shows that the endpoint listens. */
export function testBody(endpointId: string, at: number): string {
  return bodyOf('webhook.test', at, { endpointId, sequence: null, apiVersion: API_VERSION });
}

function bodyOf(type: string, at: number, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp: toRfc3339(at), data: asTold(data) });
}
