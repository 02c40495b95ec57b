import type { CarrierEvidence } from '../domain/intercept/event.ts';
import type { Notice } from '../domain/intercept/state.ts';
import type { InboxEvent } from '../store/inbox.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import {
  type Bearing,
  countsFor,
  isLateDamage,
  isOfEarlierParcel,
  judgeEvidence,
  type KnownScan,
  noticeAfterEnd,
  returnScansBehind,
} from './classify.ts';
import { evidenceOf, leaderOf } from './inbox-payload.ts';

/** One signal to one case: the evidence, oldest first, and the events that are thereby given to it. */
export interface PlannedSignal {
  interceptId: string;
  evidence: CarrierEvidence[];
  inboxIds: number[];
}

/** What becomes of one event if every signal that carries it is taken. */
export interface PlannedEvent {
  inboxId: number;
  /** A case that is just being started must have it: it waits. */
  held: boolean;
  /** Null: quarantined as unreadable. Else why it decides nothing, should no case be given it. */
  elseSuperseded: string | null;
  /** A case had it already, from an earlier try. */
  given: boolean;
}

export interface DeliveryPlan {
  signals: PlannedSignal[];
  events: PlannedEvent[];
  notices: { interceptId: string; notice: Notice; reference: string }[];
}

/**
 * Decides what the events of one waybill mean to each of its cases: one signal a case with all that is decisive, nothing
 * to a case that had it, a notice for a case that has ended. Pure; `records` are all of the waybill, ended ones too.
 */
export function planDelivery(
  events: readonly InboxEvent[],
  records: readonly InterceptRecord[],
  given: ReadonlyMap<number, ReadonlySet<string>>,
  scans: readonly KnownScan[],
): DeliveryPlan {
  const plan: DeliveryPlan = { signals: [], events: [], notices: [] };
  const signals = new Map<string, Map<string, CarrierEvidence>>();
  const carried = new Map<string, number[]>();
  const give = (event: InboxEvent, record: InterceptRecord, list: readonly CarrierEvidence[]) => {
    const pieces = signals.get(record.interceptId) ?? new Map<string, CarrierEvidence>();
    for (const piece of list) pieces.set(piece.key, notBeforeInitiation(piece, record));
    signals.set(record.interceptId, pieces);
    carried.set(record.interceptId, [...(carried.get(record.interceptId) ?? []), event.inboxId]);
  };
  for (const event of events) {
    const evidence = evidenceOf(event);
    const planned: PlannedEvent = {
      inboxId: event.inboxId,
      held: false,
      elseSuperseded: evidence === null ? null : 'CASE_ENDED',
      given: (given.get(event.inboxId)?.size ?? 0) > 0,
    };
    plan.events.push(planned);
    if (evidence === null) continue;
    for (const record of addressees(event, records)) {
      if (given.get(event.inboxId)?.has(record.interceptId)) continue;
      if (record.phase === 'STARTING') {
        // A case being started has no record worth judging by; only what is certainly not its own is passed by.
        planned.held ||= countsFor(evidence, record) && !isOfEarlierParcel(evidence, record);
        planned.elseSuperseded = judgeEvidence(evidence, record, scans);
      } else if (record.phase === 'OPEN') {
        const bearing: Bearing = judgeEvidence(evidence, record, scans);
        planned.elseSuperseded = bearing;
        if (bearing === 'DECISIVE') give(event, record, [...returnScansBehind(evidence, record, scans), evidence]);
      } else if (isLateDamage(evidence, record)) {
        give(event, record, [evidence]);
      } else {
        const notice = isLatestAttempt(record, records) ? noticeAfterEnd(evidence, record) : null;
        if (notice !== null) plan.notices.push({ interceptId: record.interceptId, notice, reference: evidence.key });
      }
    }
    if (event.kind === 'ANSWER' && addressees(event, records).length === 0) planned.elseSuperseded = 'NO_FOLLOWER';
  }
  for (const [interceptId, pieces] of signals) {
    plan.signals.push({ interceptId, evidence: [...pieces.values()].sort(byTime), inboxIds: carried.get(interceptId) ?? [] });
  }
  return plan;
}

/** A carrier's answer goes to the followers of the case that asked; everything else to every case of the waybill. */
function addressees(event: InboxEvent, records: readonly InterceptRecord[]): InterceptRecord[] {
  if (event.kind !== 'ANSWER') return [...records];
  const leader = leaderOf(event);
  return records.filter((record) => record.followsInterceptId !== null && record.followsInterceptId === leader);
}

/** An attempt that was followed by another is history: its notice would mislead. */
function isLatestAttempt(record: InterceptRecord, records: readonly InterceptRecord[]): boolean {
  const { refundId, attempt } = record.state.input;
  return !records.some(({ state: { input } }) => input.refundId === refundId && input.attempt > attempt);
}

/** Evidence that came while the create was under way counts as received with the initiation: nothing happens to a case before it. */
function notBeforeInitiation(evidence: CarrierEvidence, { state }: InterceptRecord): CarrierEvidence {
  return { ...evidence, receivedAt: Math.max(evidence.receivedAt, state.input.initiatedAt) };
}

function byTime(one: CarrierEvidence, other: CarrierEvidence): number {
  return one.occurredAt - other.occurredAt || one.receivedAt - other.receivedAt;
}
