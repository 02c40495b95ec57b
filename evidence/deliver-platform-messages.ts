import type { EpochMs } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { type Db, now } from '../store/db.ts';
import { type InboxEvent, markDelivered, markSuperseded, noteDelivery, postpone, quarantine } from '../store/inbox.ts';
import { findByRefund } from '../store/intercept-reading.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { recentPaymentCall } from '../store/payment-calls.ts';
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
const HELD_MS = 300;
const FAILED_AT_MOST_MS = 30_000;

/**
 * A platform message only says "look": the refund is read, and its case is told if the record does not show exactly that
 * already. True when Temporal gave no answer.
 */
export async function deliverPlatformMessages(deps: Deps, events: readonly InboxEvent[]): Promise<boolean> {
  if (events.length === 0) return false;
  const startedAt = performance.now();
  const roundAt = await now(deps.db);
  const looks: Look[] = [];
  const failures: unknown[] = [];
  for (const [refundId, group] of Map.groupBy(events, (event) => event.refundId)) {
    const record = refundId === null ? null : await openCaseOf(deps.db, group, refundId, roundAt);
    if (record !== null) looks.push({ events: group, record, temporalOut: false, outcome: 'NOT_TRIED' });
  }
  const clock = (): EpochMs => roundAt + Math.round(performance.now() - startedAt);
  await inLanes(looks, LOOKS_AT_ONCE, async (look) => {
    if (performance.now() - startedAt <= LOOKING_LIMIT_MS) await lookAt(deps, look, clock);
    for (const event of look.events) await settle(deps.db, event, look).catch((error: unknown) => void failures.push(error));
  });
  if (failures.length > 0) throw failures[0];
  return looks.some((look) => look.temporalOut);
}

/** The case to look at, or null after settling or postponing the messages. */
async function openCaseOf(db: Db, group: readonly InboxEvent[], refundId: string, roundAt: EpochMs): Promise<InterceptRecord | null> {
  const each = async (act: (event: InboxEvent) => Promise<void>): Promise<null> => {
    for (const event of group) await act(event);
    return null;
  };
  const record = await findByRefund(db, refundId);
  if (record === null) return each((event) => markSuperseded(db, event, 'NO_INTERCEPT'));
  if (record.phase === 'ENDED') return each((event) => markSuperseded(db, event, 'CASE_ENDED'));
  if (record.phase === 'STARTING') return each((event) => postpone(db, event, HELD_MS, null));
  const payment = await recentPaymentCall(db, refundId, OWN_PAYMENT_MS);
  if (payment === null) return record;
  const waitMs = Math.max(HELD_MS, payment.sentAt + OWN_PAYMENT_MS - roundAt);
  return each((event) => postpone(db, event, waitMs, null));
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

async function settle(db: Db, event: InboxEvent, { outcome, record }: Look): Promise<void> {
  const { inboxId, attempts } = event;
  switch (outcome) {
    case 'TOLD':
      await noteDelivery(db, inboxId, record.interceptId);
      return markDelivered(db, event);
    case 'NOTHING_NEW':
      return markSuperseded(db, event, outcome);
    case 'REFUND_UNKNOWN':
      return quarantine(db, event, outcome, `the platform knows no refund ${record.state.input.refundId} of shop ${record.shopId}`);
    case 'NO_RUN':
      return postpone(db, event, backOff(attempts, FAILED_AT_MOST_MS), 'no open run of an open case');
    case 'NOT_TRIED':
      return postpone(db, event, HELD_MS, null);
    default:
      if ('unavailable' in outcome) return postpone(db, event, backOff(attempts, FAILED_AT_MOST_MS), outcome.unavailable);
      if (attempts + 1 >= FAULTY_TRIES) return quarantine(db, event, 'POISON', outcome.fault);
      return postpone(db, event, backOff(attempts, FAILED_AT_MOST_MS), outcome.fault);
  }
}
