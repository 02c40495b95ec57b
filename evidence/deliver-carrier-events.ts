import type { Trx } from '../store/db.ts';
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

/** How a signal ended, or that it was left out because Temporal had just not answered. */
type Told = SignalOutcome | 'NOT_TRIED' | { unreachable: string } | { fault: string };

const SIGNALS_AT_ONCE = 8;
const HELD_MS = 300;
/** While Temporal does not answer: short, so that evidence is there soon after it does. */
const UNREACHABLE_AT_MOST_MS = 5_000;
/** While an open record has no run: until an operator makes one again. */
const NO_RUN_AT_MOST_MS = 30_000;

/** Tells the cases of each waybill what was received; true when Temporal gave no answer. */
export async function deliverCarrierEvents(deps: Deps, trx: Trx, events: readonly InboxEvent[]): Promise<boolean> {
  const plans: { events: InboxEvent[]; plan: DeliveryPlan }[] = [];
  for (const group of Map.groupBy(events, (event) => `${event.carrier}:${event.waybillNo}`).values()) {
    const plan = await planGroup(trx, group);
    if (plan !== null) plans.push({ events: group, plan });
  }
  const told = await tellAll(
    deps,
    plans.map(({ plan }) => plan),
  );
  for (const { plan } of plans) {
    for (const { interceptId, notice, reference } of plan.notices) await addRecordNotice(deps.db, interceptId, notice, reference);
  }
  for (const { events: group, plan } of plans) {
    for (const planned of plan.events) await settle(trx, group, planned, plan, told);
  }
  return [...told.values()].some((outcome) => typeof outcome === 'object' && 'unreachable' in outcome);
}

async function planGroup(trx: Trx, group: InboxEvent[]): Promise<DeliveryPlan | null> {
  const [{ carrier, waybillNo } = { carrier: null, waybillNo: null }] = group;
  if (carrier === null || waybillNo === null) {
    for (const event of group) await quarantine(trx, event.inboxId, 'UNREADABLE', 'neither carrier nor waybill');
    return null;
  }
  const records = await interceptsOf(trx, carrier, waybillNo);
  if (records.length === 0) {
    for (const event of group) await quarantine(trx, event.inboxId, UNKNOWN_WAYBILL);
    return null;
  }
  const given = await deliveriesOf(
    trx,
    group.map((event) => event.inboxId),
  );
  return planDelivery(group, records, given, await listTrack(trx, carrier, waybillNo));
}

/** Sends every signal, some at once; after the first that Temporal does not answer no further is tried. */
async function tellAll(deps: Deps, plans: readonly DeliveryPlan[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  let unreachable = false;
  await inLanes(
    plans.flatMap((plan) => plan.signals),
    SIGNALS_AT_ONCE,
    async ({ interceptId, evidence }) => {
      if (unreachable) return void told.set(interceptId, 'NOT_TRIED');
      try {
        told.set(interceptId, await signalEvidence(deps.client, interceptId, evidence));
      } catch (error) {
        if (error instanceof TemporalUnreachable) {
          unreachable = true;
          told.set(interceptId, { unreachable: error.message });
        } else {
          told.set(interceptId, { fault: String(error) });
        }
      }
    },
  );
  for (const [interceptId, outcome] of told) {
    if (outcome === 'NO_RUN') await noteRunMissing(deps.db, interceptId);
    if (outcome === 'SENT') await noteRunSeen(deps.db, interceptId);
    if (outcome === 'NO_RUN') deps.log.warn({ interceptId }, 'evidence waits: Temporal knows no open run of this open case');
    if (typeof outcome === 'object') deps.log.warn({ interceptId, ...outcome }, 'evidence waits: its signal was not taken');
  }
  return told;
}

async function settle(
  trx: Trx,
  group: readonly InboxEvent[],
  planned: PlannedEvent,
  plan: DeliveryPlan,
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const { inboxId } = planned;
  const attempts = group.find((event) => event.inboxId === inboxId)?.attempts ?? 0;
  if (planned.elseSuperseded === null) return quarantine(trx, inboxId, 'UNREADABLE', 'the payload is no evidence');
  const outcomes: Told[] = [];
  for (const signal of plan.signals.filter((one) => one.inboxIds.includes(inboxId))) {
    const outcome = told.get(signal.interceptId) ?? 'NOT_TRIED';
    outcomes.push(outcome);
    if (outcome === 'SENT') await noteDelivery(trx, inboxId, signal.interceptId);
  }
  for (const outcome of outcomes) {
    if (outcome === 'NOT_TRIED') return postpone(trx, inboxId, backOff(0, UNREACHABLE_AT_MOST_MS), null);
    if (outcome === 'NO_RUN') return postpone(trx, inboxId, backOff(attempts, NO_RUN_AT_MOST_MS), 'no open run of an open case');
    if (outcome === 'SENT') continue;
    if ('unreachable' in outcome) return postpone(trx, inboxId, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.unreachable);
    if (attempts + 1 >= FAULTY_TRIES) return quarantine(trx, inboxId, 'POISON', outcome.fault);
    return postpone(trx, inboxId, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.fault);
  }
  if (planned.held) return postpone(trx, inboxId, HELD_MS, null);
  if (planned.given || outcomes.length > 0) return markDelivered(trx, inboxId);
  return markSuperseded(trx, inboxId, planned.elseSuperseded);
}
