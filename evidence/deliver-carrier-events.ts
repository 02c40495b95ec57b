import { recordAfterEnd } from '../domain/intercept/record.ts';
import { deliveriesOf, type InboxEvent, settleEvents, UNKNOWN_WAYBILL } from '../store/inbox.ts';
import { delivered, postponed, quarantined, type Settlement, superseded } from '../store/inbox-settlement.ts';
import type { Db } from '../store/db.ts';
import { findAnyIntercept, interceptsOf } from '../store/intercept-reading.ts';
import { addRecordNotice, saveRecord } from '../store/intercept-record.ts';
import { noteRunMissing, noteRunSeen } from '../store/intercept-watch.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { listTracks, type StoredScan } from '../store/track.ts';
import { backOff, FAULTY_TRIES } from './back-off.ts';
import { isLateDamage } from './classify.ts';
import { type DeliveryPlan, planDelivery, type PlannedEvent } from './delivery-plan.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';
import { type SignalOutcome, signalEvidence, TemporalUnreachable } from './signal-case.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'log'>;

/**
 * How a signal ended, that the record took it because the run has ended, or that it was left out because Temporal had just not
 * answered or the round has no time left.
 */
type Told = SignalOutcome | 'RECORDED' | 'NOT_TRIED' | { unreachable: string } | { fault: string };

/** Where a round stands: what one waybill met holds for those after it. */
interface Round {
  startedAt: number;
  temporalOut: boolean;
}

const WAYBILLS_AT_ONCE = 8;
/** What is known of so many is read together: few, for what is read is told soon. */
const WAYBILLS_A_READING = 25;
/** No case is told later in a round: a signal may take 3 s, and what is told must be settled while the claim lasts. */
const TELLING_LIMIT_MS = 5_000;
const HELD_MS = 300;
/** While Temporal does not answer: short, so that evidence is there soon after it does. */
const UNREACHABLE_AT_MOST_MS = 5_000;
/** While an open record has no run: until an operator makes one again. */
const NO_RUN_AT_MOST_MS = 30_000;

/**
 * Tells the cases of each waybill what was received; true when Temporal gave no answer. Each waybill is settled as soon as its
 * cases were told, in one statement that waits for nothing outside: a slow Temporal holds no row, and what it took is not told again.
 */
export async function deliverCarrierEvents(deps: Deps, events: readonly InboxEvent[]): Promise<boolean> {
  const round: Round = { startedAt: performance.now(), temporalOut: false };
  const failures: unknown[] = [];
  const groups = [...Map.groupBy(events, waybillOf).entries()];
  for (let start = 0; start < groups.length; start += WAYBILLS_A_READING) {
    const some = groups.slice(start, start + WAYBILLS_A_READING);
    const known = await readKnown(deps.db, some);
    await inLanes(some, WAYBILLS_AT_ONCE, ([waybill, group]) =>
      deliverGroup(deps, group, known(waybill), round).catch((error: unknown) => void failures.push(error)),
    );
  }
  if (failures.length > 0) throw failures[0];
  return round.temporalOut;
}

const waybillOf = ({ carrier, waybillNo }: { carrier: string | null; waybillNo: string | null }): string => `${carrier}:${waybillNo}`;

/** What is known of one waybill. */
interface Known {
  records: InterceptRecord[];
  scans: StoredScan[];
  given: Map<number, Set<string>>;
}

/** What is known of each of these waybills, read by three statements. */
async function readKnown(db: Db, groups: readonly [string, InboxEvent[]][]): Promise<(waybill: string) => Known> {
  const events = groups.flatMap(([, group]) => group);
  const waybills = groups.flatMap(([, [event]]) =>
    event?.carrier && event.waybillNo ? [{ carrier: event.carrier, waybillNo: event.waybillNo }] : [],
  );
  const records = Map.groupBy(await interceptsOf(db, waybills), ({ state }) => waybillOf(state.input));
  const scans = Map.groupBy(await listTracks(db, waybills), waybillOf);
  const given = await deliveriesOf(
    db,
    events.map(({ inboxId }) => inboxId),
  );
  return (waybill) => ({ records: records.get(waybill) ?? [], scans: scans.get(waybill) ?? [], given });
}

/** The events of one waybill. */
async function deliverGroup(deps: Deps, group: InboxEvent[], { records, scans, given }: Known, round: Round): Promise<void> {
  const unplanned = quarantineOf(group, records);
  if (unplanned !== null) return settleEvents(deps.db, group.map(unplanned));
  const plan = planDelivery(group, records, given, scans);
  const told = await tell(deps, plan, round);
  await recordWithoutRun(deps.db, plan, told);
  await noteRuns(deps, records, told);
  for (const { interceptId, notice, reference } of plan.notices) await addRecordNotice(deps.db, interceptId, notice, reference);
  await settleEvents(
    deps.db,
    plan.events.map((planned, index) => settle(group[index] as InboxEvent, planned, plan, told)),
  );
}

/** How events are set aside that nobody can be told. */
function quarantineOf([first]: InboxEvent[], records: readonly InterceptRecord[]): ((event: InboxEvent) => Settlement) | null {
  if (!first?.carrier || !first.waybillNo) return (event) => quarantined(event, 'UNREADABLE', 'neither carrier nor waybill');
  return records.length === 0 ? (event) => quarantined(event, UNKNOWN_WAYBILL) : null;
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
  return told;
}

/**
 * What came too late for a case's run goes into the record it left, which is read anew: that run may just have written its last
 * version, and no other will.
 */
async function recordWithoutRun(db: Db, plan: DeliveryPlan, told: Map<string, Told>): Promise<void> {
  for (const { interceptId, evidence } of plan.signals) {
    if (told.get(interceptId) !== 'NO_RUN') continue;
    const record = await findAnyIntercept(db, interceptId);
    if (record?.phase !== 'ENDED') continue;
    const late = evidence.filter((piece) => isLateDamage(piece, record));
    if (late.length === 0) continue;
    await saveRecord(db, recordAfterEnd(record.state, late));
    told.set(interceptId, 'RECORDED');
  }
}

/** Notes which open cases have no run, and that one has its run again. */
async function noteRuns(deps: Deps, records: readonly InterceptRecord[], told: ReadonlyMap<string, Told>): Promise<void> {
  for (const [interceptId, outcome] of told) {
    if (outcome === 'NO_RUN') await noteRunMissing(deps.db, interceptId);
    const wasMissing = records.some((record) => record.interceptId === interceptId && record.runMissingSince !== null);
    if (outcome === 'SENT' && wasMissing) await noteRunSeen(deps.db, interceptId);
    if (outcome === 'NO_RUN') deps.log.warn({ interceptId }, 'evidence waits: Temporal knows no open run of this open case');
    if (typeof outcome === 'object') deps.log.warn({ interceptId, ...outcome }, 'evidence waits: its signal was not taken');
  }
}

function settle(event: InboxEvent, planned: PlannedEvent, plan: DeliveryPlan, told: ReadonlyMap<string, Told>): Settlement {
  if (planned.elseSuperseded === null) return quarantined(event, 'UNREADABLE', 'the payload is no evidence');
  const carried = plan.signals.filter((signal) => signal.inboxIds.includes(event.inboxId));
  const outcomes = carried.map(({ interceptId }): [string, Told] => [interceptId, told.get(interceptId) ?? 'NOT_TRIED']);
  const givenTo = outcomes.flatMap(([interceptId, outcome]) => (outcome === 'SENT' || outcome === 'RECORDED' ? [interceptId] : []));
  return {
    ...settleTold(
      event,
      planned,
      outcomes.map(([, outcome]) => outcome),
    ),
    givenTo,
  };
}

function settleTold(event: InboxEvent, planned: PlannedEvent, outcomes: readonly Told[]): Settlement {
  const { attempts } = event;
  for (const outcome of outcomes) {
    if (outcome === 'NOT_TRIED') return postponed(event, backOff(0, UNREACHABLE_AT_MOST_MS), null);
    if (outcome === 'NO_RUN') return postponed(event, backOff(attempts, NO_RUN_AT_MOST_MS), 'no open run of an open case');
    if (outcome === 'SENT' || outcome === 'RECORDED') continue;
    if ('unreachable' in outcome) return postponed(event, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.unreachable);
    if (attempts + 1 >= FAULTY_TRIES) return quarantined(event, 'POISON', outcome.fault);
    return postponed(event, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.fault);
  }
  if (planned.held) return postponed(event, HELD_MS, null);
  if (planned.given || outcomes.length > 0) return delivered(event);
  return superseded(event, planned.elseSuperseded ?? 'CASE_ENDED');
}
