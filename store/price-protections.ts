import type { Db } from './db.ts';
import { storableText } from './values.ts';

/** Keeps that the platform called a refund price protection (价保); once said it stays so. */
export async function notePriceProtection(db: Db, refundId: string): Promise<void> {
  await db
    .insertInto('price_protections')
    .values({ refund_id: storableText(refundId) })
    .onConflict((conflict) => conflict.column('refund_id').doNothing())
    .execute();
}

/** Whether a message ever called the refund price protection. */
export async function isPriceProtection(db: Db, refundId: string): Promise<boolean> {
  const row = await db.selectFrom('price_protections').select('refund_id').where('refund_id', '=', refundId).executeTakeFirst();
  return row !== undefined;
}
