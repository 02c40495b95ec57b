import type { CarrierCode } from '../domain/carrier.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import { TRACK_EVENTS, type TrackScan } from '../domain/track.ts';
import type { PlatformMessage } from '../platforms/port.ts';
import type { InboxEvent, NewEvent } from '../store/inbox.ts';
import { type CarrierResult, RESULT_WORDS, resultEvidence, scanEvidence } from './classify.ts';

/** A scan as the inbox keeps it: what may be decided by it; the whole of it is in the track table. */
export function eventOfScan(scan: TrackScan, eventKey: string): NewEvent {
  const { carrier, waybillNo, event, occurredAt, text } = scan;
  return { eventKey, kind: 'TRACK', carrier, waybillNo, refundId: null, shopId: null, payload: { event, occurredAt, text } };
}

/** A carrier's own word as the inbox keeps it. */
export function eventOfResult(
  carrier: CarrierCode,
  waybillNo: string,
  { result, occurredAt, code, message }: CarrierResult,
  eventKey: string,
): NewEvent {
  return { eventKey, kind: 'RESULT', carrier, waybillNo, refundId: null, shopId: null, payload: { result, occurredAt, code, message } };
}

/** A platform message as the inbox keeps it. */
export function eventOfMessage(message: PlatformMessage & { kind: 'MESSAGE' }, eventKey: string): NewEvent {
  const { shopId, refundId, event, sentAt, body } = message;
  return { eventKey, kind: 'PLATFORM', carrier: null, waybillNo: null, refundId, shopId, payload: { event, sentAt, body } };
}

/**
 * What an event of the inbox says as evidence; null when its payload is none (of another version, or unreadable).
 * An `ANSWER` is what the carrier told the leader of a shared parcel; `code` of an acceptance is the carrier's reference.
 */
export function evidenceOf(event: InboxEvent): CarrierEvidence | null {
  const { payload, eventKey, receivedAt } = event;
  if (typeof payload !== 'object' || payload === null) return null;
  const member = (name: string): unknown => Reflect.get(payload, name);
  const text = (name: string): string => textOrNull(member(name)) ?? '';
  const at = member(event.kind === 'ANSWER' ? 'at' : 'occurredAt');
  if (typeof at !== 'number') return null;
  switch (event.kind) {
    case 'TRACK': {
      const word = TRACK_EVENTS.find((known) => known === member('event'));
      return word === undefined ? null : scanEvidence({ event: word, occurredAt: at, text: text('text') }, eventKey, receivedAt);
    }
    case 'RESULT': {
      const result = RESULT_WORDS.find((known) => known === member('result'));
      if (result === undefined) return null;
      return resultEvidence({ result, occurredAt: at, code: textOrNull(member('code')), message: text('message') }, eventKey, receivedAt);
    }
    case 'ANSWER': {
      const base = { key: eventKey, occurredAt: at, receivedAt, message: text('message') };
      if (member('answer') === 'ACCEPTED') return { ...base, kind: 'ACCEPTED', code: textOrNull(member('carrierReference')) };
      return member('answer') === 'REFUSED' ? { ...base, kind: 'RESULT_REFUSED', code: textOrNull(member('code')) } : null;
    }
    case 'PLATFORM':
      return null;
  }
}

/** The leader whose answer an `ANSWER` is; null for every other event. */
export function leaderOf(event: InboxEvent): string | null {
  if (event.kind !== 'ANSWER' || typeof event.payload !== 'object' || event.payload === null) return null;
  return textOrNull(Reflect.get(event.payload, 'leaderInterceptId'));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
