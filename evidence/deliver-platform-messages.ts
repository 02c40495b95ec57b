import type { EpochMs } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { now, type Trx } from '../store/db.ts';
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

type Deps = Pick<EvidenceDeps, 'client' | 'platform' | 'log'>;

/** Messages about one refund of an open case: one look at the platform answers them all. */
interface Look {
  events: InboxEvent[];
  record: InterceptRecord;
  temporalOut: boolean;
  outcome: 'TOLD' | 'NOTHING_NEW' | 'REFUND_UNKNOWN' | 'NO_RUN' | 'NOT_TRIED' | { unavailable: string } | { fault: string };
}

const LOOKS_AT_ONCE = 8;
/** No look begins later in a round, so that slow answers never keep carriers' evidence waiting. */
const LOOKING_LIMIT_MS = 3_000;
const HELD_MS = 300;
const FAILED_AT_MOST_MS = 30_000;

/**
 * A platform message only says "look": the refund is read, and its case is told if the record does not show exactly that
 * already. True when Temporal gave no answer.
 */
export async function deliverPlatformMessages(deps: Deps, trx: Trx, events: readonly InboxEvent[]): Promise<boolean> {
  if (events.length === 0) return false;
  const startedAt = performance.now();
  const roundAt = await now(trx);
  const looks: Look[] = [];
  for (const [refundId, group] of Map.groupBy(events, (event) => event.refundId)) {
    const record = refundId === null ? null : await openCaseOf(trx, group, refundId, roundAt);
    if (record !== null) looks.push({ events: group, record, temporalOut: false, outcome: 'NOT_TRIED' });
  }
  const clock = (): EpochMs => roundAt + Math.round(performance.now() - startedAt);
  await inLanes(looks, LOOKS_AT_ONCE, async (look) => {
    if (performance.now() - startedAt > LOOKING_LIMIT_MS) return;
    await lookAt(deps, look, clock);
  });
  for (const look of looks) for (const event of look.events) await settle(trx, event, look);
  return looks.some((look) => look.temporalOut);
}

/** The case to look at, or null after settling or postponing the messages. */
async function openCaseOf(trx: Trx, group: readonly InboxEvent[], refundId: string, roundAt: EpochMs): Promise<InterceptRecord | null> {
  const each = async (act: (inboxId: number) => Promise<void>): Promise<null> => {
    for (const event of group) await act(event.inboxId);
    return null;
  };
  const record = await findByRefund(trx, refundId);
  if (record === null) return each((inboxId) => markSuperseded(trx, inboxId, 'NO_INTERCEPT'));
  if (record.phase === 'ENDED') return each((inboxId) => markSuperseded(trx, inboxId, 'CASE_ENDED'));
  if (record.phase === 'STARTING') return each((inboxId) => postpone(trx, inboxId, HELD_MS, null));
  const payment = await recentPaymentCall(trx, refundId, OWN_PAYMENT_MS);
  if (payment === null) return record;
  const waitMs = Math.max(HELD_MS, payment.sentAt + OWN_PAYMENT_MS - roundAt);
  return each((inboxId) => postpone(trx, inboxId, waitMs, null));
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

async function settle(trx: Trx, { inboxId, attempts }: InboxEvent, { outcome, record }: Look): Promise<void> {
  switch (outcome) {
    case 'TOLD':
      await noteDelivery(trx, inboxId, record.interceptId);
      return markDelivered(trx, inboxId);
    case 'NOTHING_NEW':
      return markSuperseded(trx, inboxId, outcome);
    case 'REFUND_UNKNOWN':
      return quarantine(trx, inboxId, outcome, `the platform knows no refund ${record.state.input.refundId} of shop ${record.shopId}`);
    case 'NO_RUN':
      return postpone(trx, inboxId, backOff(attempts, FAILED_AT_MOST_MS), 'no open run of an open case');
    case 'NOT_TRIED':
      return postpone(trx, inboxId, HELD_MS, null);
    default:
      if ('unavailable' in outcome) return postpone(trx, inboxId, backOff(attempts, FAILED_AT_MOST_MS), outcome.unavailable);
      if (attempts + 1 >= FAULTY_TRIES) return quarantine(trx, inboxId, 'POISON', outcome.fault);
      return postpone(trx, inboxId, backOff(attempts, FAILED_AT_MOST_MS), outcome.fault);
  }
}
