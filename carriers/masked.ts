import { maskPeople, maskRecord } from '../domain/masking.ts';
import type { CarrierClient } from './port.ts';

/**
 * The same carrier, whose words name nobody any more: phones, names and addresses in its sentences and records are masked after
 * they were read and before anything is made of them, so that they reach no table, no history and no log.
 */
export function masked(client: CarrierClient): CarrierClient {
  const { claims } = client;
  return {
    requestIntercept: maskCall(client.requestIntercept),
    readIntercept: client.readIntercept && maskCall(client.readIntercept),
    readTrack: maskCall(client.readTrack),
    subscribeTrack: client.subscribeTrack && maskCall(client.subscribeTrack),
    readPush: (push) => maskAnswer(client.readPush(push)),
    claims: claims && { open: maskCall(claims.open), read: maskCall(claims.read) },
  };
}

function maskCall<Asked extends unknown[], Answer>(call: (...asked: Asked) => Promise<Answer>): (...asked: Asked) => Promise<Answer> {
  return async (...asked) => maskAnswer(await call(...asked));
}

/** Members of our own answers that hold a carrier's sentence. */
const SENTENCES = new Set(['message', 'reason', 'text', 'unreadable']);

function maskAnswer<Answer>(answer: Answer): Answer {
  if (Array.isArray(answer)) return answer.map(maskAnswer) as Answer;
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, maskMember(name, value)])) as Answer;
}

function maskMember(name: string, value: unknown): unknown {
  if (name === 'raw') return maskRecord(value);
  return typeof value === 'string' && SENTENCES.has(name) ? maskPeople(value) : maskAnswer(value);
}
