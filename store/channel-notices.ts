import { sql } from 'kysely';
import type { ChannelKind, ChannelLanguage } from '../domain/channel/channel.ts';
import type { NoticeToTell } from '../domain/channel/message.ts';
import { leavesAt } from '../domain/channel/timing.ts';
import type { NoticeCode, NoticeDetail } from '../domain/notice.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import { type Db, inTransaction, now, type Trx } from './db.ts';
import { CHANNEL_LEASE_MS } from './notice-channels.ts';
import { insertNotices } from './notices.ts';
import { clock, clockBound, clockPlus, instant } from './values.ts';

/**
 * Gives notices nobody has looked at yet, oldest first, to the channels of their shop that want them and were there before them; all in
 * one transaction, so a notice is either still to be looked at or is with all its channels, each once. Several processes share the
 * work. Returns how many notices were looked at.
 */
export function shareNotices(db: Db, limit: number): Promise<number> {
  return inTransaction(db, async (trx) => {
    const notices = await trx
      .selectFrom('notices')
      .select(['notice_id', 'shop_id', 'code', 'created_at'])
      .where('unshared', '=', true)
      .orderBy('notice_id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    if (notices.length === 0) return 0;
    const channels = await trx
      .selectFrom('notice_channels')
      .select(['channel_id', 'shop_id', 'settings', 'created_at'])
      .where('enabled', '=', true)
      .where('shop_id', 'in', [...new Set(notices.map(({ shop_id }) => shop_id))])
      // One that is being turned off, or deleted, is waited for: what it is given afterwards would wait for ever.
      .forShare()
      .execute();
    const at = await now(trx);
    const wanted = notices.flatMap((notice) =>
      channels
        .filter(({ shop_id, created_at }) => shop_id === notice.shop_id && created_at <= notice.created_at)
        .filter(({ settings }) => settings.codes.includes(notice.code as NoticeCode))
        .map(({ channel_id, settings }) => ({
          channel_id,
          notice_id: notice.notice_id,
          due_at: instant(leavesAt(settings, notice.code as NoticeCode, at)),
        })),
    );
    if (wanted.length > 0)
      await trx
        .insertInto('channel_notices')
        .values(wanted)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    await trx
      .updateTable('notices')
      .set({ unshared: false })
      .where(
        'notice_id',
        'in',
        notices.map(({ notice_id }) => notice_id),
      )
      .execute();
    return notices.length;
  });
}

/** A channel that is told something now, claimed by whoever holds this. */
export interface ClaimedChannel {
  channelId: string;
  shopId: string;
  shopName: string;
  kind: ChannelKind;
  language: ChannelLanguage;
  targetSealed: string;
  failedAttempts: number;
}

/** Takes up to `limit` channels for which something is due; who dies with one gives it back when the lease ends. */
export async function claimChannels(db: Db, limit: number): Promise<ClaimedChannel[]> {
  const { rows } = await sql<ClaimedChannel>`
    with taken as (
      select channel_id from notice_channels
      where channel_id in (select channel_id from channel_notices where sent_at is null and due_at <= ${clockBound()})
        and enabled and held_until <= ${clockBound()}
      order by held_until limit ${limit} for update skip locked
    )
    update notice_channels c set held_until = ${clockPlus(CHANNEL_LEASE_MS)} from taken, shops s
    where c.channel_id = taken.channel_id and s.shop_id = c.shop_id
    returning c.channel_id as "channelId", c.shop_id as "shopId",
      s.name || case when s.sandbox then '（沙箱）' else '' end as "shopName", c.kind, c.settings ->> 'language' as language, c.target_sealed as "targetSealed",
      c.failed_attempts as "failedAttempts"`.execute(db);
  return rows;
}

/** What is due to a channel, oldest first, with what each case says now. */
export async function dueNotices(db: Db, channelId: string, limit: number): Promise<NoticeToTell[]> {
  const { rows } = await sql<
    Pick<NoticeToTell, 'noticeId' | 'code' | 'at'> & {
      detail: NoticeDetail;
      refundId: string | null;
      waybillNo: string;
      refundFeeFen: number;
      autoRefundAt: EpochMs | null;
    }
  >`
    select n.notice_id as "noticeId", n.code, n.detail, n.at, i.refund_id as "refundId", i.waybill_no as "waybillNo",
      i.refund_fee_fen as "refundFeeFen",
      case when i.refund_status = 'OPEN' and i.automatic_refund = 'ARMED' then i.auto_refund_at end as "autoRefundAt"
    from channel_notices d join notices n on n.notice_id = d.notice_id left join intercepts i on i.intercept_id = n.intercept_id
    where d.channel_id = ${channelId} and d.sent_at is null and d.due_at <= ${clockBound()}
    order by d.notice_id limit ${limit}`.execute(db);
  return rows.map(({ noticeId, code, detail, at, refundId, waybillNo, refundFeeFen, autoRefundAt }) => ({
    noticeId,
    code,
    detail,
    at,
    parcel: refundId === null ? null : { refundId, waybillNo, refundFeeFen, autoRefundAt },
  }));
}

/** A message was taken: what it told is done with, and the next one leaves after `waitMs`. */
export function recordTold(db: Db, channelId: string, noticeIds: readonly number[], waitMs: DurationMs): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx
      .updateTable('channel_notices')
      .set({ sent_at: clock() })
      .where('channel_id', '=', channelId)
      .where('notice_id', 'in', noticeIds)
      .execute();
    await trx
      .updateTable('notice_channels')
      .set({ failing_since: null, failed_attempts: 0, last_sent_at: clock(), held_until: clockPlus(waitMs) })
      .where('channel_id', '=', channelId)
      .execute();
  });
}

/**
 * A message was not taken: all that is due waits for `waitMs`. A channel that has taken nothing for `disableAfterMs` is told nothing any
 * more, which stands on the shop's notice list.
 */
export function recordNotTold(
  db: Db,
  channelId: string,
  { error, waitMs, disableAfterMs }: { error: string; waitMs: DurationMs; disableAfterMs: DurationMs },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const row = await trx
      .updateTable('notice_channels')
      .set({
        failing_since: sql<EpochMs>`coalesce(failing_since, clock_ms())`,
        failed_attempts: sql<number>`failed_attempts + 1`,
        last_error: error,
        last_error_at: clock(),
        held_until: clockPlus(waitMs),
      })
      .where('channel_id', '=', channelId)
      .returning([
        'shop_id',
        sql<boolean>`failing_since <= ${clockBound(-disableAfterMs)}`.as('forLong'),
        sql<EpochMs>`clock_ms()`.as('at'),
      ])
      .executeTakeFirst();
    if (row?.forLong) await disable(trx, { channelId, shopId: row.shop_id, at: row.at });
  });
}

async function disable(trx: Trx, { channelId, shopId, at }: { channelId: string; shopId: string; at: EpochMs }): Promise<void> {
  await trx
    .updateTable('notice_channels')
    .set({ enabled: false, disabled_reason: 'FAILING' })
    .where('channel_id', '=', channelId)
    .execute();
  await trx.deleteFrom('channel_notices').where('channel_id', '=', channelId).where('sent_at', 'is', null).execute();
  const eventKey = `notice-channel:${channelId}:disabled:${at}`;
  await insertNotices(trx, [
    { eventKey, shopId, interceptId: null, at, kind: 'NOTICE', code: 'NOTICE_CHANNEL_DISABLED', reference: channelId },
  ]);
}

/** For gauges: for how long the longest waiting notice has been due to a channel that takes notices, in ms, and how many take none. */
export async function channelLag(db: Db): Promise<{ lagMs: DurationMs; failing: number }> {
  const { rows } = await sql<{ lag: number | null; failing: number }>`
    select (extract(epoch from clock_ms() - least(
        (select min(d.due_at) from channel_notices d join notice_channels c on c.channel_id = d.channel_id
          where d.sent_at is null and d.due_at <= ${clockBound()} and c.failing_since is null),
        (select min(created_at) from notices where unshared))) * 1000)::float8 as lag,
      (select count(*) from notice_channels where failing_since is not null) as failing`.execute(db);
  return { lagMs: rows[0]?.lag ?? 0, failing: rows[0]?.failing ?? 0 };
}
