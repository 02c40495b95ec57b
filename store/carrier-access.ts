import type { CarrierCode } from '../domain/carrier.ts';
import type { Db } from './db.ts';
import { clock, clockPlus, storableText } from './values.ts';

/** A carrier's refusal of our own account, code and words verbatim, with the call that met it. */
export interface MetAccessFault {
  carrier: CarrierCode;
  operation: string;
  code: string | null;
  message: string;
}

/** Notes that the fault was met now. */
export async function noteAccessFault(db: Db, fault: MetAccessFault): Promise<void> {
  const words = { code: fault.code && storableText(fault.code), message: storableText(fault.message) };
  await db
    .insertInto('carrier_access_faults')
    .values({ carrier: fault.carrier, operation: fault.operation, ...words })
    .onConflict((conflict) => conflict.columns(['carrier', 'operation']).doUpdateSet({ ...words, last_at: clock() }))
    .execute();
}

/** For how many kinds of call each carrier refused our account within `withinMs`; one that refused none is not listed. */
export async function accessFaultsByCarrier(db: Db, withinMs: number): Promise<Map<CarrierCode, number>> {
  const rows = await db
    .selectFrom('carrier_access_faults')
    .where('last_at', '>', clockPlus(-withinMs))
    .groupBy('carrier')
    .select(['carrier', ({ fn }) => fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.map(({ carrier, count }) => [carrier, count]));
}
