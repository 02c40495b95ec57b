import { noticeOf, RING_AFTER_MS } from '../domain/intercept/unconfirmed.ts';
import { unconfirmedDetail } from '../domain/notice.ts';
import { now } from '../store/db.ts';
import { ringUnconfirmed, type UnconfirmedRefund, untoldUnconfirmed } from '../store/unconfirmed-refunds.ts';
import type { EvidenceDeps } from './deps.ts';
import { inLanes } from './lanes.ts';
import { signalRefund } from './signal-case.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'log'>;

const TOLD_AT_ONCE = 8;
const PAYMENTS_A_ROUND = 1_000;

/**
 * Never silent (contract §7): a payment that is not confirmed in time, for whatever cause, is on its record and in the shop's
 * notices, once a payment and once more if it turns out to be refused. Asks nobody outside. Returns how many were told.
 */
export async function tellUnconfirmed(deps: Deps): Promise<number> {
  const late = await untoldUnconfirmed(deps.db, RING_AFTER_MS, PAYMENTS_A_ROUND);
  await inLanes(late, TOLD_AT_ONCE, (one) => tell(deps, one));
  return late.length;
}

async function tell({ db, client, log }: Deps, late: UnconfirmedRefund): Promise<void> {
  const { record, cause, refusal } = late;
  const { interceptId, state } = record;
  const notice = noticeOf(cause);
  log.warn({ interceptId, cause, dueAt: late.dueAt, refusal }, 'a payment is not confirmed');
  try {
    const at = await now(db);
    await ringUnconfirmed(db, late, { notice, at, detail: unconfirmedDetail(state, cause, refusal) });
    if (state.notices.includes(notice) && refusal === null) return;
    await signalRefund(client, interceptId, { refund: null, readAt: at, notice, reason: refusal });
  } catch (error) {
    log.warn({ interceptId, error: String(error) }, 'the shop or the run of an unconfirmed payment was not told');
  }
}
