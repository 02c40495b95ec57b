import {
  deliveriesOf,
  type InboxEvent,
  markDelivered,
  markSuperseded,
  noteDelivery,
  postpone,
  quarantine,
  UNKNOWN_WAYBILL,
} from '../store/inbox.ts';
import type { Db } from '../store/db.ts';
import { interceptsOf } from '../store/intercept-reading.ts';
import { addRecordNotice } from '../store/intercept-record.ts';
import { noteRunMissing, noteRunSeen } from '../store/intercept-watch.ts';
import { listTrack } from '../store/track.ts';
import { backOff, FAULTY_TRIES } from './back-off.ts';
import { type DeliveryPlan, planDelivery, type PlannedEvent } from './delivery-plan.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';
import { type SignalOutcome, signalEvidence, TemporalUnreachable } from './signal-case.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'log'>;

/** How a signal ended, or that it was left out because Temporal had just not answered or the round has no time left. */
type Told = SignalOutcome | 'NOT_TRIED' | { unreachable: string } | { fault: string };

/** Where a round stands: what one waybill met holds for those after it. */
interface Round {
  startedAt: number;
  temporalOut: boolean;
}

const WAYBILLS_AT_ONCE = 8;
/** No case is told later in a round: a signal may take 3 s, and what is told must be settled while the claim lasts. */
const TELLING_LIMIT_MS = 5_000;
const HELD_MS = 300;
/** While Temporal does not answer: short, so that evidence is there soon after it does. */
const UNREACHABLE_AT_MOST_MS = 5_000;
/** While an open record has no run: until an operator makes one again. */
const NO_RUN_AT_MOST_MS = 30_000;

/**
 * Tells the cases of each waybill what was received; true when Temporal gave no answer. Each waybill is settled as soon as its
 * cases were told, in a transaction that waits for nothing outside: a slow Temporal holds no row, and what it took is not told again.
 */
export async function deliverCarrierEvents(deps: Deps, events: readonly InboxEvent[]): Promise<boolean> {
  const round: Round = { startedAt: performance.now(), temporalOut: false };
  const failures: unknown[] = [];
  const groups = [...Map.groupBy(events, (event) => `${event.carrier}:${event.waybillNo}`).values()];
  await inLanes(groups, WAYBILLS_AT_ONCE, (group) => deliverGroup(deps, group, round).catch((error: unknown) => void failures.push(error)));
  if (failures.length > 0) throw failures[0];
  return round.temporalOut;
}

/** The events of one waybill. */
async function deliverGroup(deps: Deps, group: InboxEvent[], round: Round): Promise<void> {
  const plan = await planGroup(deps.db, group);
  if (plan === null) return;
  const told = await tell(deps, plan, round);
  for (const { interceptId, notice, reference } of plan.notices) await addRecordNotice(deps.db, interceptId, notice, reference);
  await deps.db.transaction().execute(async (trx) => {
    for (const [index, planned] of plan.events.entries()) await settle(trx, group[index] as InboxEvent, planned, plan, told);
  });
}

async function planGroup(db: Db, group: InboxEvent[]): Promise<DeliveryPlan | null> {
  const [{ carrier, waybillNo } = { carrier: null, waybillNo: null }] = group;
  if (carrier === null || waybillNo === null) {
    for (const event of group) await quarantine(db, event, 'UNREADABLE', 'neither carrier nor waybill');
    return null;
  }
  const records = await interceptsOf(db, carrier, waybillNo);
  if (records.length === 0) {
    for (const event of group) await quarantine(db, event, UNKNOWN_WAYBILL);
    return null;
  }
  const given = await deliveriesOf(
    db,
    group.map((event) => event.inboxId),
  );
  return planDelivery(group, records, given, await listTrack(db, carrier, waybillNo));
}

/** Sends the signals of one waybill; none after Temporal did not answer, or when the round is nearly over. */
async function tell(deps: Deps, plan: DeliveryPlan, round: Round): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  for (const { interceptId, evidence } of plan.signals) {
    if (round.temporalOut || performance.now() - round.startedAt > TELLING_LIMIT_MS) {
      told.set(interceptId, 'NOT_TRIED');
      continue;
    }
    try {
      told.set(interceptId, await signalEvidence(deps.client, interceptId, evidence));
    } catch (error) {
      round.temporalOut ||= error instanceof TemporalUnreachable;
      told.set(interceptId, error instanceof TemporalUnreachable ? { unreachable: error.message } : { fault: String(error) });
    }
  }
  for (const [interceptId, outcome] of told) {
    if (outcome === 'NO_RUN') await noteRunMissing(deps.db, interceptId);
    if (outcome === 'SENT') await noteRunSeen(deps.db, interceptId);
    if (outcome === 'NO_RUN') deps.log.warn({ interceptId }, 'evidence waits: Temporal knows no open run of this open case');
    if (typeof outcome === 'object') deps.log.warn({ interceptId, ...outcome }, 'evidence waits: its signal was not taken');
  }
  return told;
}

async function settle(
  db: Db,
  event: InboxEvent,
  planned: PlannedEvent,
  plan: DeliveryPlan,
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const { inboxId, attempts } = event;
  if (planned.elseSuperseded === null) return quarantine(db, event, 'UNREADABLE', 'the payload is no evidence');
  const outcomes: Told[] = [];
  for (const signal of plan.signals.filter((one) => one.inboxIds.includes(inboxId))) {
    const outcome = told.get(signal.interceptId) ?? 'NOT_TRIED';
    outcomes.push(outcome);
    if (outcome === 'SENT') await noteDelivery(db, inboxId, signal.interceptId);
  }
  for (const outcome of outcomes) {
    if (outcome === 'NOT_TRIED') return postpone(db, event, backOff(0, UNREACHABLE_AT_MOST_MS), null);
    if (outcome === 'NO_RUN') return postpone(db, event, backOff(attempts, NO_RUN_AT_MOST_MS), 'no open run of an open case');
    if (outcome === 'SENT') continue;
    if ('unreachable' in outcome) return postpone(db, event, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.unreachable);
    if (attempts + 1 >= FAULTY_TRIES) return quarantine(db, event, 'POISON', outcome.fault);
    return postpone(db, event, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.fault);
  }
  if (planned.held) return postpone(db, event, HELD_MS, null);
  if (planned.given || outcomes.length > 0) return markDelivered(db, event);
  return markSuperseded(db, event, planned.elseSuperseded);
}
