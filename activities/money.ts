import { randomUUID } from 'node:crypto';
import { ApplicationFailure, activityInfo, heartbeat } from '@temporalio/activity';
import type { MoneyOutcome } from '../domain/intercept/event.ts';
import { judgePayment } from '../domain/intercept/payment.ts';
import { readPlatformStatus } from '../domain/intercept/refund-axis.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Platform, PlatformAnswer } from '../platforms/port.ts';
import type { PaymentBook } from './payment-book.ts';
import type { ArbitrationRequest, MoneyActivities, MoneyRequest, PayRequest, RejectRequest } from './types.ts';

export interface MoneyDeps {
  platform: Platform;
  book: PaymentBook;
  /** Writes what the record lacks while a payment takes long. */
  saveRecords(request: PayRequest): Promise<void>;
  /** Whether evidence that may decide the case lies undelivered in the inbox. */
  hasPendingEvidence(parcel: { carrier: string; waybillNo: string; interceptId: string }): Promise<boolean>;
  /** PostgreSQL's clock, or the server's where time is skipped. */
  databaseClock(): Promise<EpochMs>;
}

/** How long the platform is read after a call it took, before the answer goes back as it stands. */
const READ_BACK_MS = 3_000;
const DECISION_READ_BACK_MS = 1_000;
const READ_BACK_EVERY_MS = 200;
/** A refund that changes under our hands is read again this often within one try. */
const STALE_ROUNDS = 3;
/** The database is a witness of a payment, never its gate: it is waited for this long. */
const BOOK_WAIT_MS = 300;
/** Who paid a refund is asked of it for so long, and again after that. */
const BOOK_ANSWER_MS = 5_000;
/** A payment that is early is looked at again after this much at most; after so many tries, while two clocks disagree, once a minute. */
const HOLD_MS = 2_000;
const HOLDS = 30;
const LONG_HOLD_MS = 60_000;

interface SentMark {
  sent: boolean;
}

/**
 * Money commands at the platform. Each try reads the refund first, so a call of unknown outcome is never repeated
 * blindly; each call carries amount, status and negotiate status as just read, so of two the later one fails.
 */
export function createMoneyActivities(deps: MoneyDeps): MoneyActivities {
  return {
    payRefund: (request) => payRefund(deps, request),
    async rejectRefund(request: RejectRequest) {
      if (await deps.hasPendingEvidence(request)) return outcome('EVIDENCE_PENDING', null);
      return decide(deps, request, (refund) => deps.platform.rejectRefund(request.shopId, request.refundId, refund, request));
    },
    requestArbitration: (request: ArbitrationRequest) =>
      decide(deps, request, (refund) => deps.platform.requestArbitration(request.shopId, request.refundId, refund, request)),
  };
}

function outcome(kind: MoneyOutcome['kind'], refund: PlatformRefund | null, more: Partial<MoneyOutcome> = {}): MoneyOutcome {
  return { kind, sent: false, refund, refusal: null, ...more };
}

async function payRefund(deps: MoneyDeps, request: PayRequest): Promise<MoneyOutcome> {
  if (activityInfo().attempt > 1) await briefly(deps.saveRecords(request));
  await holdUntilDue(deps, request);
  const earlier = activityInfo().heartbeatDetails as SentMark | undefined;
  const remembered = earlier?.sent === true || (await briefly(deps.book.mayHavePaid(request.refundId)));
  const mayHaveSent = remembered === true;
  for (let round = 0; round < STALE_ROUNDS; round += 1) {
    const refund = await read(deps.platform, request);
    const judged = judgePayment(refund, request);
    if (judged === 'AMOUNT_CHANGED' || judged === 'WAYBILL_CHANGED') return outcome(judged, refund, { sent: mayHaveSent });
    if (judged === 'NOT_PAYABLE') {
      const settled = await untilSettled(deps.platform, request, refund);
      return outcome('NOT_SENT', settled, { sent: remembered ?? (await askTheBook(deps, request, settled)) });
    }
    const answer = await sendPayment(deps, request, refund, mayHaveSent);
    if (answer.kind === 'STALE') continue;
    return settlePayment(deps, request, answer, mayHaveSent);
  }
  throw again('REFUND_KEEPS_CHANGING', request, 'the refund changed at every try to pay it');
}

/** A payment under way (50) is usually through in a moment: worth the wait, it saves the case a signal. */
async function untilSettled(platform: Platform, request: MoneyRequest, refund: PlatformRefund): Promise<PlatformRefund> {
  if (refund.status !== 50) return refund;
  return (await readBack(platform, request, READ_BACK_MS, isSettled)) ?? refund;
}

/**
 * Whether we paid a refund that is paid or closed by now, when neither the heartbeat of an earlier try nor the book has said it: waited
 * for, for the case says once and for ever who paid, and moves no money meanwhile. Of a refund that is neither nobody asks.
 */
async function askTheBook({ book }: MoneyDeps, request: MoneyRequest, refund: PlatformRefund): Promise<boolean> {
  if (!isSettled(refund) && refund.status !== 50) return false;
  const booked = await briefly(book.mayHavePaid(request.refundId), BOOK_ANSWER_MS);
  if (booked === null) throw again('BOOK_SILENT', request, `it is at ${refund.status}, and the database does not say whether by us`);
  return booked;
}

const isSettled = ({ status }: PlatformRefund): boolean => status === 60 || status === 70;

/**
 * A payment never leaves before its hour (I3). Temporal's clock judges, by which this try was scheduled; PostgreSQL's, which dated
 * the initiation, is the second witness where it answers. This machine's own clock decides nothing.
 */
async function holdUntilDue(deps: MoneyDeps, { notBefore, refundId }: PayRequest): Promise<void> {
  if (notBefore === null) return;
  const { attempt, currentAttemptScheduledTimestampMs: scheduledAt } = activityInfo();
  const witness = await briefly(deps.databaseClock());
  const earlyMs = notBefore - Math.min(scheduledAt, witness ?? scheduledAt);
  if (earlyMs <= 0) return;
  throw ApplicationFailure.create({
    type: 'NOT_DUE',
    message: `refund ${refundId} is not due for ${earlyMs} ms`,
    nextRetryDelay: Math.min(earlyMs, attempt <= HOLDS ? HOLD_MS : LONG_HOLD_MS),
  });
}

async function sendPayment(deps: MoneyDeps, request: PayRequest, refund: PlatformRefund, mayHaveSent: boolean): Promise<PlatformAnswer> {
  heartbeat({ sent: true } satisfies SentMark);
  const callKey = randomUUID();
  await briefly(deps.book.noteCall(request, callKey, refund.refundFeeFen));
  const answer = await deps.platform.approveRefund(request.shopId, request.refundId, refund);
  const mayBeApplied = answer.kind === 'DONE' || (answer.kind === 'UNKNOWN' && answer.sent);
  if (!mayBeApplied) heartbeat({ sent: mayHaveSent } satisfies SentMark);
  await briefly(deps.book.noteAnswer(callKey, answer, mayBeApplied));
  return answer;
}

async function settlePayment(deps: MoneyDeps, request: PayRequest, answer: PlatformAnswer, mayHaveSent: boolean): Promise<MoneyOutcome> {
  switch (answer.kind) {
    case 'DONE':
      return outcome('DONE', await readBack(deps.platform, request, READ_BACK_MS, isSettled), { sent: true });
    case 'WITHDRAWN':
      return outcome('WITHDRAWN', null, { sent: mayHaveSent, refusal: { code: answer.code, message: answer.message } });
    case 'REFUSED':
      return settleRefusal(deps, request, answer, mayHaveSent, request.attended);
    case 'STALE':
    case 'UNKNOWN':
      throw again('PLATFORM_UNKNOWN', request, answer.kind === 'UNKNOWN' ? answer.reason : answer.message);
  }
}

async function settleRefusal(
  deps: MoneyDeps,
  request: MoneyRequest,
  answer: { code: string; message: string },
  mayHaveSent: boolean,
  attended: boolean,
): Promise<MoneyOutcome> {
  const refund = await read(deps.platform, request);
  if (readPlatformStatus(refund) !== 'OPEN') return outcome('NOT_SENT', refund, { sent: mayHaveSent });
  if (!attended) throw again('PLATFORM_REFUSED', request, `${answer.code} ${answer.message}`);
  return outcome('REFUSED', refund, { sent: mayHaveSent, refusal: { code: answer.code, message: answer.message } });
}

async function decide(
  deps: MoneyDeps,
  request: MoneyRequest,
  call: (refund: PlatformRefund) => Promise<PlatformAnswer>,
): Promise<MoneyOutcome> {
  for (let round = 0; round < STALE_ROUNDS; round += 1) {
    const refund = await read(deps.platform, request);
    if (readPlatformStatus(refund) !== 'OPEN') return outcome('NOT_SENT', refund);
    const answer = await call(refund);
    switch (answer.kind) {
      case 'DONE':
        return outcome(
          'DONE',
          await readBack(deps.platform, request, DECISION_READ_BACK_MS, (seen) => readPlatformStatus(seen) !== 'OPEN'),
        );
      case 'WITHDRAWN':
        return outcome('WITHDRAWN', null, { refusal: { code: answer.code, message: answer.message } });
      case 'REFUSED':
        return settleRefusal(deps, request, answer, false, true);
      case 'UNKNOWN':
        throw again('PLATFORM_UNKNOWN', request, answer.reason);
      case 'STALE':
        continue;
    }
  }
  throw again('REFUND_KEEPS_CHANGING', request, 'the refund changed at every try');
}

async function read(platform: Platform, request: MoneyRequest): Promise<PlatformRefund> {
  const refund = await platform.readRefund(request.shopId, request.refundId);
  if (refund === null) throw again('REFUND_NOT_FOUND', request, 'the platform does not know it');
  if (refund.refundId !== request.refundId) throw again('OTHER_REFUND', request, `the platform answered with ${refund.refundId}`);
  return refund;
}

/** Reads until the refund is where the call should bring it, or the time is up; null when it could not be read at all. */
async function readBack(
  platform: Platform,
  request: MoneyRequest,
  forMs: number,
  isThere: (refund: PlatformRefund) => boolean,
): Promise<PlatformRefund | null> {
  const until = performance.now() + forMs;
  let last: PlatformRefund | null = null;
  for (;;) {
    const seen = await platform.readRefund(request.shopId, request.refundId).catch(() => null);
    last = seen ?? last;
    if (seen !== null && isThere(seen)) return seen;
    if (performance.now() + READ_BACK_EVERY_MS >= until) return last;
    await new Promise((resolve) => setTimeout(resolve, READ_BACK_EVERY_MS));
  }
}

function again(type: string, request: MoneyRequest, what: string): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message: `refund ${request.refundId} of shop ${request.shopId}: ${what}; reading it again before anything else`,
  });
}

/** The result if it comes in time, else null: the database is no gate for money. */
async function briefly<T>(work: Promise<T>, forMs = BOOK_WAIT_MS): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), forMs);
  });
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
