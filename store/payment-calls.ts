import type { Selectable } from 'kysely';
import type { ForeignReason } from '../domain/intercept/state.ts';
import type { Fen } from '../domain/money.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';
import { clock, clockBound, instant, jsonb, storableText } from './values.ts';

/** A payment call that left, or was about to: noted before it is sent, answered at most once, never removed. */
export interface PaymentCall {
  /** Identity, the caller's: the same call noted twice is one. */
  callKey: string;
  refundId: string;
  interceptId: string;
  /** Number of the money command within the case. */
  sequence: number;
  amountFen: Fen;
  /** PostgreSQL's clock, as it was noted. */
  sentAt: EpochMs;
  /** The platform's answer in a word, null while unknown. */
  answer: string | null;
  answeredAt: EpochMs | null;
  /** Why the platform refused it, verbatim. */
  refusal: ForeignReason | null;
}

/** Notes a call before it is sent; false when it was noted before. */
export async function notePaymentCall(
  db: Db,
  call: Pick<PaymentCall, 'callKey' | 'refundId' | 'interceptId' | 'sequence' | 'amountFen'>,
): Promise<boolean> {
  const row = await db
    .insertInto('payment_calls')
    .values({
      call_key: call.callKey,
      refund_id: call.refundId,
      intercept_id: call.interceptId,
      sequence: call.sequence,
      amount_fen: call.amountFen,
      sent_at: clock(),
    })
    .onConflict((conflict) => conflict.column('call_key').doNothing())
    .returning('call_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes the answer; false when the call is unknown or has one: the first answer stays. */
export async function notePaymentAnswer(db: Db, callKey: string, answer: string, refusal: ForeignReason | null = null): Promise<boolean> {
  const row = await db
    .updateTable('payment_calls')
    .set({ answer: storableText(answer), answered_at: clock(), refusal: refusal === null ? null : jsonb(refusal) })
    .where('call_key', '=', callKey)
    .where('answer', 'is', null)
    .returning('call_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A call that a run knows to have left, from the answer it heard. */
export interface KnownPayment extends Pick<PaymentCall, 'refundId' | 'interceptId' | 'sequence' | 'amountFen'> {
  /** When the run heard the answer; the call left shortly before. */
  at: EpochMs;
  /** Whether the platform took it; else it may have been applied. */
  isTaken: boolean;
}

/** Notes a call of which the book, restored to an earlier state, knows nothing; false when it knows one of that command or one that was taken. */
export async function notePaymentKnown(
  db: Db,
  { refundId, interceptId, sequence, amountFen, at, isTaken }: KnownPayment,
): Promise<boolean> {
  const calls = await paymentCallsOf(db, refundId);
  if (calls.some((call) => (call.interceptId === interceptId && call.sequence === sequence) || call.answer === 'DONE')) return false;
  const row = await db
    .insertInto('payment_calls')
    .values({
      call_key: `${interceptId}:${sequence}:restored`,
      refund_id: refundId,
      intercept_id: interceptId,
      sequence,
      amount_fen: amountFen,
      sent_at: instant(at),
      ...(isTaken && { answer: 'DONE', answered_at: instant(at) }),
    })
    .onConflict((conflict) => conflict.column('call_key').doNothing())
    .returning('call_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** All calls for a refund, oldest first. */
export async function paymentCallsOf(db: Db, refundId: string): Promise<PaymentCall[]> {
  const rows = await db
    .selectFrom('payment_calls')
    .selectAll()
    .where('refund_id', '=', refundId)
    .orderBy('sent_at')
    .orderBy('call_id')
    .execute();
  return rows.map(callOf);
}

/** The latest call for each of these refunds that was sent within the last `withinMs` by PostgreSQL's clock, by refund id. */
export async function recentPaymentCalls(db: Db, refundIds: string[], withinMs: number): Promise<Map<string, PaymentCall>> {
  if (refundIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('payment_calls')
    .selectAll()
    .where('refund_id', 'in', refundIds)
    .where('sent_at', '>', clockBound(-withinMs))
    .orderBy('sent_at')
    .orderBy('call_id')
    .execute();
  return new Map(rows.map((row) => [row.refund_id, callOf(row)]));
}

function callOf(row: Selectable<Tables['payment_calls']>): PaymentCall {
  return {
    callKey: row.call_key,
    refundId: row.refund_id,
    interceptId: row.intercept_id,
    sequence: row.sequence,
    amountFen: row.amount_fen,
    sentAt: row.sent_at,
    answer: row.answer,
    answeredAt: row.answered_at,
    refusal: row.refusal,
  };
}
