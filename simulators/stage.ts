import type { Journal } from './journal.ts';
import type { Lookup } from './lookup.ts';
import type { Party } from './parties.ts';
import type { Schedule } from './schedule.ts';
import type { Settings } from './settings.ts';
import type { Changed, State } from './state.ts';

/** A call the product made. */
export interface Call {
  at: number;
  party: Party;
  /** The API it named, in the party's own words. */
  api: string;
  method: string;
  path: string;
  /** The body of a POST, the query of a GET; verbatim. */
  body: string;
  headers: Record<string, string>;
  /** What happened to it: `answered`, or the kind of the fault that struck. */
  outcome: string;
  answer: string | null;
}

/** A push or message sent to the product, one entry an attempt. */
export interface PushAttempt {
  at: number;
  party: Party;
  /** Waybill or refund it is about. */
  subject: string;
  what: string;
  attempt: number;
  /** HTTP status of the answer; null: no answer. */
  status: number | null;
  acknowledged: boolean;
  body: string;
}

/** What all players share: the state, the clock, the list of things to come, and the journals. */
export interface Stage {
  state: State;
  lookup: Lookup;
  settings: Settings;
  now(): number;
  /** A number never given before, also not before a restart. */
  nextNumber(): number;
  changed: Changed;
  saved(): Promise<void>;
  schedule: Schedule;
  calls: Journal<Call>;
  pushes: Journal<PushAttempt>;
}
