import { type Selectable, sql } from 'kysely';
import type { ChannelKind, ChannelSettings } from '../domain/channel/channel.ts';
import { unhurriedLeavesAt } from '../domain/channel/timing.ts';
import { type DurationMs, type EpochMs, MINUTE_MS } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import { type Db, holdLock, inTransaction, now } from './db.ts';
import type { Tables } from './tables.ts';
import { clock, clockBound, clockPlus, instant, jsonb } from './values.ts';

/** How long a channel is its claimer's: longer than a message takes at worst. */
export const CHANNEL_LEASE_MS: DurationMs = MINUTE_MS;
/** A wait after failures is cut to this; whoever is sending just now keeps its lease. */
const soon = () => sql<EpochMs>`least(held_until, ${clockPlus(CHANNEL_LEASE_MS)})`;

/** Where people of a shop are told notices beside the console, as the shop sees it. */
export interface NoticeChannel {
  channelId: string;
  shopId: string;
  kind: ChannelKind;
  settings: ChannelSettings;
  /** What is shown of its address. */
  targetShown: string;
  targetSealed: string;
  enabled: boolean;
  /** It failed for so long that it is told nothing any more. */
  disabledReason: 'FAILING' | null;
  failingSince: EpochMs | null;
  lastError: string | null;
  lastErrorAt: EpochMs | null;
  lastSentAt: EpochMs | null;
  createdAt: EpochMs;
}

export type NewChannel = Pick<NoticeChannel, 'channelId' | 'shopId' | 'kind' | 'settings' | 'targetShown' | 'targetSealed'>;

/** The new channel; null when the shop has `most` already. */
export function insertChannel(db: Db, channel: NewChannel, most: number): Promise<NoticeChannel | null> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `notice-channels:${channel.shopId}`);
    const present = await trx
      .selectFrom('notice_channels')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('shop_id', '=', channel.shopId)
      .executeTakeFirstOrThrow();
    if (present.count >= most) return null;
    const row = await trx
      .insertInto('notice_channels')
      .values({
        channel_id: channel.channelId,
        shop_id: channel.shopId,
        kind: channel.kind,
        settings: jsonb(channel.settings),
        target_sealed: channel.targetSealed,
        target_shown: channel.targetShown,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return channelOf(row);
  });
}

/** Null when it is not the shop's. */
export async function findChannel(db: Db, shopId: string, channelId: string): Promise<NoticeChannel | null> {
  const row = await db
    .selectFrom('notice_channels')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return row ? channelOf(row) : null;
}

/** Newest first. Throws `BadCursor`. */
export async function listChannels(db: Db, shopId: string, page: PageRequest): Promise<Page<NoticeChannel>> {
  const key = { list: 'notice-channels', shopId };
  const start = pageStart(page, key);
  let query = db.selectFrom('notice_channels').selectAll().where('shop_id', '=', shopId);
  if (start) query = query.where(sql<boolean>`(created_at, channel_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('channel_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.created_at, id: row.channel_id }), channelOf);
}

/** What a shop changes of a channel; without a new target it keeps the present one. */
export interface ChannelChange {
  settings: ChannelSettings;
  enabled: boolean;
  target: Pick<NoticeChannel, 'targetSealed' | 'targetShown'> | null;
}

/**
 * Changes a channel; null when the shop has none of that id. What waits for one that is told nothing any more is given up: a person who
 * turns it on again wants what happens from then on. A new address, or being turned on, begins without failures. What waits for its
 * time goes by the new times.
 */
export function changeChannel(db: Db, shopId: string, channelId: string, change: ChannelChange): Promise<NoticeChannel | null> {
  return inTransaction(db, async (trx) => {
    const { settings, enabled, target } = change;
    const present = await trx
      .selectFrom('notice_channels')
      .select('enabled')
      .where('shop_id', '=', shopId)
      .where('channel_id', '=', channelId)
      .forUpdate()
      .executeTakeFirst();
    if (!present) return null;
    const afresh = target !== null || (enabled && !present.enabled);
    const row = await trx
      .updateTable('notice_channels')
      .set({
        settings: jsonb(settings),
        enabled,
        ...(target && { target_sealed: target.targetSealed, target_shown: target.targetShown }),
        ...(enabled && { disabled_reason: null }),
        ...(afresh && { failing_since: null, failed_attempts: 0, held_until: soon() }),
      })
      .where('channel_id', '=', channelId)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (!enabled) await trx.deleteFrom('channel_notices').where('channel_id', '=', channelId).where('sent_at', 'is', null).execute();
    const leaving = unhurriedLeavesAt(settings, await now(trx));
    await trx
      .updateTable('channel_notices')
      .set({ due_at: instant(leaving) })
      .where('channel_id', '=', channelId)
      .where('sent_at', 'is', null)
      .where('due_at', '>', clockBound())
      .execute();
    return channelOf(row);
  });
}

/** Takes a channel away with its address and what was to be told; false when the shop has none of that id. */
export async function deleteChannel(db: Db, shopId: string, channelId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('notice_channels')
    .where('shop_id', '=', shopId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whether a test may be sent now: one each `everyMs`, so that tests and notices together stay below what robots take. */
export async function beginTest(db: Db, channelId: string, everyMs: DurationMs): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('notice_channels')
    .set({ tested_at: clock() })
    .where('channel_id', '=', channelId)
    .where(({ or, eb }) => or([eb('tested_at', 'is', null), eb('tested_at', '<=', clockBound(-everyMs))]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes how a test went: a success ends a run of failures, a failure says nothing of the notices but is shown. */
export async function recordTest(db: Db, channelId: string, error: string | null): Promise<void> {
  await db
    .updateTable('notice_channels')
    .set(
      error === null
        ? { failing_since: null, failed_attempts: 0, held_until: soon(), last_sent_at: clock() }
        : { last_error: error, last_error_at: clock() },
    )
    .where('channel_id', '=', channelId)
    .execute();
}

/** Changes the sealed targets of up to `limit` channels that begin otherwise; answers how many there were. */
export function changeTargetsNotSealedWith(
  db: Db,
  beginning: string,
  limit: number,
  change: (channel: { shopId: string; channelId: string }, sealed: string) => string,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const rows = await trx
      .selectFrom('notice_channels')
      .select(['shop_id', 'channel_id', 'target_sealed'])
      .where(sql<boolean>`not starts_with(target_sealed, ${beginning})`)
      .limit(limit)
      .forUpdate()
      .execute();
    for (const { shop_id: shopId, channel_id: channelId, target_sealed: sealed } of rows)
      await trx
        .updateTable('notice_channels')
        .set({ target_sealed: change({ shopId, channelId }, sealed) })
        .where('channel_id', '=', channelId)
        .execute();
    return rows.length;
  });
}

function channelOf(row: Selectable<Tables['notice_channels']>): NoticeChannel {
  return {
    channelId: row.channel_id,
    shopId: row.shop_id,
    kind: row.kind,
    settings: row.settings,
    targetShown: row.target_shown,
    targetSealed: row.target_sealed,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since,
    lastError: row.last_error,
    lastErrorAt: row.last_error_at,
    lastSentAt: row.last_sent_at,
    createdAt: row.created_at,
  };
}
