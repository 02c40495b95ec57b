import type { DurationMs } from './time.ts';

/** How long what is kept for a time is kept (docs/operators.md, Retention). Money, log, ledger, claims and a case's evidence are not among it. */
export interface Retention {
  /** Evidence and messages that were delivered or decided nothing, of parcels without an open case. */
  inboxMs: DurationMs;
  /** Pushes about waybills that nobody has an intercept for. */
  unknownWaybillsMs: DurationMs;
  /** Evidence that was set aside and nobody looked at. */
  quarantineMs: DurationMs;
  /** All scans of a parcel without an intercept, since the last of them. */
  scansMs: DurationMs;
  /** The carriers' own records of a case's scans, since its run ended; the scans themselves stay. */
  rawMs: DurationMs;
  /** What shops' own systems were told, every delivery and attempt. */
  webhooksMs: DurationMs;
  noticesMs: DurationMs;
  /** Sessions since their last use. */
  sessionsMs: DurationMs;
  /** Which outlet issued a waybill, as the shop told. */
  waybillsMs: DurationMs;
  /** What rules judged of refunds and why, and what that took of a day's budgets. */
  judgementsMs: DurationMs;
}
