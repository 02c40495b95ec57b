import type { Selectable } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Db, holdLock, inTransaction } from './db.ts';
import type { Tables } from './tables.ts';
import { clock } from './values.ts';

/** Where a shop stands with the service (拦截服务). */
export interface ServiceState {
  status: 'NOT_OPENED' | 'OPEN' | 'CLOSED';
  /** Version of the agreement last signed. */
  signedVersion: string | null;
  signedAt: EpochMs | null;
  signedBy: string | null;
  closedAt: EpochMs | null;
  closeReason: string | null;
}

const NOT_OPENED: ServiceState = {
  status: 'NOT_OPENED',
  signedVersion: null,
  signedAt: null,
  signedBy: null,
  closedAt: null,
  closeReason: null,
};

export async function serviceOf(db: Db, shopId: string): Promise<ServiceState> {
  const row = await db
    .selectFrom('service_agreements')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('agreement_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? stateOf(row) : NOT_OPENED;
}

/** Every signature of the shop, newest first. */
export async function listAgreements(db: Db, shopId: string): Promise<ServiceState[]> {
  const rows = await db
    .selectFrom('service_agreements')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('agreement_id', 'desc')
    .execute();
  return rows.map(stateOf);
}

/** Signs the agreement (R8). Signing the version in force again changes nothing; another version replaces it, the old one is kept. */
export function openService(db: Db, signing: { shopId: string; agreementVersion: string; signedBy: string }): Promise<ServiceState> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `service:${signing.shopId}`);
    const present = await serviceOf(trx, signing.shopId);
    if (present.status === 'OPEN') {
      if (present.signedVersion === signing.agreementVersion) return present;
      await endAgreement(trx, signing.shopId, `replaced by version ${signing.agreementVersion}`, signing.signedBy);
    }
    const row = await trx
      .insertInto('service_agreements')
      .values({ shop_id: signing.shopId, agreement_version: signing.agreementVersion, signed_by: signing.signedBy })
      .returningAll()
      .executeTakeFirstOrThrow();
    return stateOf(row);
  });
}

/** Closes the whole service of the shop, and with it every outlet subscription; running intercepts go on (R12, Q26). */
export function closeService(db: Db, closing: { shopId: string; reason: string; closedBy: string }): Promise<ServiceState> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `service:${closing.shopId}`);
    await endAgreement(trx, closing.shopId, closing.reason, closing.closedBy);
    await trx
      .updateTable('outlet_subscriptions')
      .set({ status: 'CLOSED', closed_at: clock() })
      .where('shop_id', '=', closing.shopId)
      .where('status', '<>', 'CLOSED')
      .execute();
    return serviceOf(trx, closing.shopId);
  });
}

async function endAgreement(db: Db, shopId: string, reason: string, closedBy: string): Promise<void> {
  await db
    .updateTable('service_agreements')
    .set({ closed_at: clock(), close_reason: reason, closed_by: closedBy })
    .where('shop_id', '=', shopId)
    .where('closed_at', 'is', null)
    .execute();
}

function stateOf(row: Selectable<Tables['service_agreements']>): ServiceState {
  return {
    status: row.closed_at === null ? 'OPEN' : 'CLOSED',
    signedVersion: row.agreement_version,
    signedAt: row.signed_at,
    signedBy: row.signed_by,
    closedAt: row.closed_at,
    closeReason: row.close_reason,
  };
}
