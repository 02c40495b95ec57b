import type { ToldEvent } from '../domain/intercept/event.ts';
import type { Notice } from '../domain/intercept/state.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { instant } from './values.ts';

/** A line of the shop's notice list: something to look at (`NOTICE`), or news (`EVENT`). */
export type NewShopNotice = {
  /** Listed once for ever. */
  eventKey: string;
  shopId: string;
  interceptId: string | null;
  at: EpochMs;
} & ({ kind: 'NOTICE'; code: Notice } | { kind: 'EVENT'; code: ToldEvent });

/** Adds to the list what is not on it yet. */
export async function insertNotices(trx: Db, notices: NewShopNotice[]): Promise<void> {
  if (notices.length === 0) return;
  await trx
    .insertInto('notices')
    .values(
      notices.map((notice) => ({
        event_key: notice.eventKey,
        shop_id: notice.shopId,
        intercept_id: notice.interceptId,
        kind: notice.kind,
        code: notice.code,
        at: instant(notice.at),
      })),
    )
    .onConflict((conflict) => conflict.column('event_key').doNothing())
    .execute();
}
