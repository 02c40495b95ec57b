import type { EpochMs } from '../time.ts';
import type { Effect, LogLine, ToldEvent } from './event.ts';
import type { InterceptState, Notice } from './state.ts';

/** A state being changed by one event, and the effects gathered on the way. */
export interface Draft {
  state: InterceptState;
  effects: Effect[];
  /** The instant that decides for this event. */
  at: EpochMs;
}

/** A draft on a copy: the given state is never touched. */
export function openDraft(state: InterceptState, at: EpochMs): Draft {
  const copy: InterceptState = {
    ...state,
    command: state.command === null ? null : { ...state.command },
    parcel: { ...state.parcel },
    notices: [...state.notices],
  };
  return { state: copy, effects: [], at };
}

/** Adds a line to the audit log: who, what, and the axes before and after. */
export function log(draft: Draft, line: Pick<LogLine, 'actorKind' | 'actor' | 'what'> & Partial<LogLine>): void {
  draft.effects.push({ type: 'LOG', line: { at: draft.at, before: {}, after: {}, reference: null, ...line } });
}

export function tell(draft: Draft, event: ToldEvent): void {
  draft.effects.push({ type: 'TELL', event, at: draft.at });
}

/** Raises a notice once; raised again it stays one. */
export function notify(draft: Draft, notice: Notice, after: LogLine['after'] = {}): void {
  if (draft.state.notices.includes(notice)) return;
  draft.state.notices.push(notice);
  log(draft, { actorKind: 'SYSTEM', actor: 'notice', what: notice, after });
}
