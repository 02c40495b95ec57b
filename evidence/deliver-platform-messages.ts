import type { EpochMs } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { now } from '../store/db.ts';
import { type InboxEvent, settleEvents } from '../store/inbox.ts';
import { delivered, postponed, quarantined, type Settlement, superseded } from '../store/inbox-settlement.ts';
import { findByRefunds } from '../store/intercept-reading.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { type PaymentCall, recentPaymentCalls } from '../store/payment-calls.ts';
import { type UnjudgedRefund, wantJudgements } from '../store/rule-tasks.ts';
import { backOff, FAULTY_TRIES } from './back-off.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';
import { saysNothingNew } from './refund-news.ts';
import { signalRefund, TemporalUnreachable } from './signal-case.ts';
import { OWN_PAYMENT_MS } from './tell-refund.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'platform' | 'log'>;

/** Messages about one refund of an open case: one look at the platform answers them all. */
interface Look {
  events: InboxEvent[];
  record: InterceptRecord;
  temporalOut: boolean;
  outcome: 'TOLD' | 'NOTHING_NEW' | 'REFUND_UNKNOWN' | 'NO_RUN' | 'NOT_TRIED' | { unavailable: string } | { fault: string };
}

const LOOKS_AT_ONCE = 8;
/** No look begins later in a round: it must be settled while the claim lasts, and carriers' evidence waits for the next round. */
const LOOKING_LIMIT_MS = 3_000;
/** A case that is just being started, or has a look coming, is looked at soon again; nothing a message says is urgent. */
const HELD_MS = 1_000;
const FAILED_AT_MOST_MS = 30_000;

/**
 * A platform message only says "look": the refund is read, and its case is told if the record does not show exactly that
 * already. True when Temporal gave no answer.
 */
export async function deliverPlatformMessages(deps: Deps, events: readonly InboxEvent[]): Promise<boolean> {
  if (events.length === 0) return false;
  const startedAt = performance.now();
  const roundAt = await now(deps.db);
  const groups = Map.groupBy(events, (event) => event.refundId ?? '');
  const refundIds = [...groups.keys()];
  const records = await findByRefunds(deps.db, null, refundIds);
  const payments = await recentPaymentCalls(deps.db, refundIds, OWN_PAYMENT_MS);
  // A refund without a case may be a new one: its shop's rules judge it, if it has any.
  const forRules = await wantJudgements(deps.db, newRefunds(groups, records));
  const looks: Look[] = [];
  const settled: Settlement[] = [];
  for (const [refundId, group] of groups) {
    const record = records.get(refundId) ?? null;
    const settle =
      record === null
        ? (event: InboxEvent) => superseded(event, forRules.has(refundId) ? 'FOR_RULES' : 'NO_INTERCEPT')
        : withoutLook(record, payments.get(refundId) ?? null, roundAt);
    if (settle !== null) settled.push(...group.map(settle));
    else if (record !== null) looks.push({ events: group, record, temporalOut: false, outcome: 'NOT_TRIED' });
  }
  await settleEvents(deps.db, settled);
  const failures: unknown[] = [];
  const clock = (): EpochMs => roundAt + Math.round(performance.now() - startedAt);
  await inLanes(looks, LOOKS_AT_ONCE, async (look) => {
    if (performance.now() - startedAt <= LOOKING_LIMIT_MS) await lookAt(deps, look, clock);
    const settlements = look.events.map((event) => settle(event, look));
    await settleEvents(deps.db, settlements).catch((error: unknown) => void failures.push(error));
  });
  if (failures.length > 0) throw failures[0];
  return looks.some((look) => look.temporalOut);
}

/** How messages about a refund are settled without a look at the platform; null: it is looked at. */
function withoutLook(record: InterceptRecord, payment: PaymentCall | null, roundAt: EpochMs): ((event: InboxEvent) => Settlement) | null {
  if (record.phase === 'ENDED') return (event) => superseded(event, 'CASE_ENDED');
  if (record.phase === 'STARTING') return (event) => postponed(event, HELD_MS, null);
  if (payment === null) return null;
  const waitMs = Math.max(HELD_MS, payment.sentAt + OWN_PAYMENT_MS - roundAt);
  return (event) => postponed(event, waitMs, null);
}

/** The refunds without a case, each as its first message that names the shop told of it. */
function newRefunds(groups: ReadonlyMap<string, readonly InboxEvent[]>, records: ReadonlyMap<string, InterceptRecord>): UnjudgedRefund[] {
  return [...groups].flatMap(([refundId, group]) => {
    const told = records.has(refundId) ? undefined : group.find(({ shopId }) => shopId !== null);
    return told?.shopId ? [{ refundId, shopId: told.shopId, seenAt: told.receivedAt }] : [];
  });
}

async function lookAt(deps: Deps, look: Look, clock: () => EpochMs): Promise<void> {
  const { interceptId } = look.record;
  try {
    look.outcome = await tellIfNew(deps, look.record, clock);
  } catch (error) {
    const passing = error instanceof PlatformUnavailable || error instanceof TemporalUnreachable;
    look.temporalOut = error instanceof TemporalUnreachable;
    look.outcome = passing ? { unavailable: error.message } : { fault: String(error) };
    deps.log.warn({ interceptId, error: String(error) }, 'platform message waits: the refund was not read or its case not told');
  }
}

async function tellIfNew(
  { platform, client }: Deps,
  { interceptId, shopId, state }: InterceptRecord,
  clock: () => EpochMs,
): Promise<Look['outcome']> {
  const refund = await platform.readRefund(shopId, state.input.refundId);
  if (refund === null) return 'REFUND_UNKNOWN';
  const readAt = clock();
  if (saysNothingNew(state, refund, readAt)) return 'NOTHING_NEW';
  return (await signalRefund(client, interceptId, { refund, readAt, notice: null })) === 'SENT' ? 'TOLD' : 'NO_RUN';
}

function settle(event: InboxEvent, { outcome, record }: Look): Settlement {
  const { attempts } = event;
  switch (outcome) {
    case 'TOLD':
      return delivered(event, [record.interceptId]);
    case 'NOTHING_NEW':
      return superseded(event, outcome);
    case 'REFUND_UNKNOWN':
      return quarantined(event, outcome, `the platform knows no refund ${record.state.input.refundId} of shop ${record.shopId}`);
    case 'NO_RUN':
      return postponed(event, backOff(attempts, FAILED_AT_MOST_MS), 'no open run of an open case');
    case 'NOT_TRIED':
      return postponed(event, HELD_MS, null);
    default:
      if ('unavailable' in outcome) return postponed(event, backOff(attempts, FAILED_AT_MOST_MS), outcome.unavailable);
      if (attempts + 1 >= FAULTY_TRIES) return quarantined(event, 'POISON', outcome.fault);
      return postponed(event, backOff(attempts, FAILED_AT_MOST_MS), outcome.fault);
  }
}
