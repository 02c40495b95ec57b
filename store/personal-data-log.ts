import type { EpochMs } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import type { Db } from './db.ts';
import type { PersonalDataDeed } from './tables.ts';
import { jsonb } from './values.ts';

/** Somebody was shown, given or had erased what is personal. */
export interface PersonalDataEntry {
  shopId: string;
  /** A key, a person of the shop, or the operator's command. */
  actor: string;
  what: PersonalDataDeed;
  /** The claim, file, order or shop. */
  about: string;
  /** The case, or what it came to. */
  detail: Record<string, string | number>;
}

/** An entry as listed. */
export interface ListedEntry extends PersonalDataEntry {
  entryId: number;
  /** PostgreSQL's clock. */
  at: EpochMs;
}

/** Writes an entry; it is never changed. What is shown is shown after this. */
export async function notePersonalData(db: Db, { shopId, actor, what, about, detail }: PersonalDataEntry): Promise<void> {
  await db
    .insertInto('personal_data_log')
    .values({ shop_id: shopId, actor, what, about, detail: jsonb(detail) })
    .execute();
}

/** The shop's entries, newest first. Throws `BadCursor`. */
export async function listPersonalDataLog(db: Db, shopId: string, page: PageRequest): Promise<Page<ListedEntry>> {
  const key = { list: 'personal-data-log', shopId };
  const start = pageStart(page, key);
  let query = db.selectFrom('personal_data_log').selectAll().where('shop_id', '=', shopId);
  if (start) query = query.where('entry_id', '<', start.at);
  const rows = await query
    .orderBy('entry_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page,
    key,
    (row) => ({ at: row.entry_id, id: '' }),
    ({ entry_id, shop_id, at, actor, what, about, detail }) => ({ entryId: entry_id, shopId: shop_id, at, actor, what, about, detail }),
  );
}
