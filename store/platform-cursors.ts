import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clock, instant } from './values.ts';

/** How far a shop's list was read, null before the first time. `name` tells the lists of one shop apart. */
export async function readPlatformCursor(db: Db, shopId: string, name: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('platform_cursors')
    .select('position')
    .where('shop_id', '=', shopId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.position ?? null;
}

/** Moves a cursor forward; an older position leaves it. */
export async function movePlatformCursor(db: Db, shopId: string, name: string, position: EpochMs): Promise<void> {
  await db
    .insertInto('platform_cursors')
    .values({ shop_id: shopId, name, position: instant(position) })
    .onConflict((conflict) =>
      conflict
        .columns(['shop_id', 'name'])
        .doUpdateSet({ position: instant(position), updated_at: clock() })
        .where('platform_cursors.position', '<', instant(position)),
    )
    .execute();
}
