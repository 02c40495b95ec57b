import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import { holdLock, shareLocks, type Trx } from './db.ts';

/** A push is stored within 3 s or given up; one whose process is frozen in the middle is not waited for. */
const WAIT_LIMIT_MS = 5_000;

/**
 * Whoever stores something about a parcel shares its waybill until the transaction ends, before the first row is written:
 * so whoever holds it reads all that was received by then, and what is received later is dated later.
 */
export function shareWaybills(trx: Trx, carrier: CarrierCode, waybillNos: readonly string[]): Promise<void> {
  return shareLocks(
    trx,
    waybillNos.map((waybillNo) => lockName(carrier, waybillNo)),
  );
}

/**
 * Waits until nobody is storing something about the waybill, and keeps others from it until the transaction ends. Throws
 * (SQLSTATE 55P03) when somebody takes too long: nothing was read or written then, and a repeat may find it free.
 */
export async function holdWaybill(trx: Trx, carrier: CarrierCode, waybillNo: string): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${WAIT_LIMIT_MS}ms`}, true)`.execute(trx);
  await holdLock(trx, lockName(carrier, waybillNo));
}

function lockName(carrier: CarrierCode, waybillNo: string): string {
  return `waybill:${carrier}:${waybillNo}`;
}
