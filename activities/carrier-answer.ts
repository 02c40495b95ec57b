import type { InterceptAnswer, InterceptReading, Unread } from '../carriers/port.ts';
import type { CarrierAnswer } from '../domain/intercept/event.ts';

/** What is known of earlier requests of ours when the carrier answers. */
export interface AskedBefore {
  /** One may have reached the carrier without our learning what became of it. */
  mayHaveAsked: boolean;
  /** The carrier's status of the parcel's intercept, asked then; null where nobody can ask (YTO, STO, J&T) or nothing was to be asked. */
  status: InterceptReading | null;
}

/**
 * What an answer means for the case; `UNKNOWN`: the same request is to be made again.
 * "There already is one" is an acceptance, whoever asked: the parcel is being turned round.
 */
export function judgeAnswer(answer: InterceptAnswer, before: AskedBefore): CarrierAnswer | Unread {
  switch (answer.kind) {
    case 'ACCEPTED':
    case 'UNKNOWN':
      return answer;
    case 'EXISTS':
      if (before.mayHaveAsked) return { kind: 'ACCEPTED', reference: null };
      return { kind: 'ACCEPTED', reference: null, joined: { code: answer.code, message: answer.message } };
    case 'REFUSED':
      if (before.mayHaveAsked && answer.perhapsOurs) return judgeHindrance(answer, before.status);
      return { kind: 'REFUSED', code: answer.code, message: answer.message };
  }
}

/**
 * A refusal that our own earlier request would explain: so it does where no status can be asked; a status of no intercept, or
 * of one that failed, says that it does not.
 */
function judgeHindrance({ code, message }: InterceptAnswer & { kind: 'REFUSED' }, status: InterceptReading | null): CarrierAnswer | Unread {
  if (status === null) return { kind: 'ACCEPTED', reference: null };
  if (status.kind === 'UNKNOWN') return { ...status, reason: `${code ?? ''} ${message}; the status is unknown: ${status.reason}`.trim() };
  return { kind: 'REFUSED', code, message };
}

/**
 * The acceptance a status tells of, after an outcome nobody knows; null: the request is made again. A failed or cancelled
 * intercept was an older one, of somebody else or of an earlier attempt.
 */
export function acceptanceIn(status: InterceptReading | null): CarrierAnswer | null {
  if (status?.kind !== 'INTERCEPTING' && status?.kind !== 'SUCCEEDED') return null;
  return { kind: 'ACCEPTED', reference: status.reference };
}
