import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type ChannelSettings, DEFAULT_CODES, DEFAULT_TIMES, ROBOT_KINDS, type RobotKind } from '../../domain/channel/channel.ts';
import { HOUR_MS, toShanghaiText } from '../../domain/time.ts';
import { channelLag, claimChannels, shareNotices } from '../../store/channel-notices.ts';
import { changeChannel, findChannel, insertChannel, type NoticeChannel, recordTest } from '../../store/notice-channels.ts';
import { insertNotices, type NewShopNotice } from '../../store/notices.ts';
import { newId } from '../../store/values.ts';
import { type DeliveryWorld, eventually, openDeliveryWorld, OTHER_SHOP, SHOP } from '../test-world.ts';
import { startChannelPump } from './channel-pump.ts';
import type { OutgoingMail } from './mail.ts';
import { sealTarget } from './targets.ts';
import { type ChannelDeps, tellChannel } from './tell.ts';
import { type Robots, startRobots } from './test-robots.ts';

let world: DeliveryWorld;
let deps: ChannelDeps;
let robots: Robots;

beforeAll(async () => {
  world = await openDeliveryWorld();
  deps = { ...world.deps, consoleUrl: 'https://intercept.example.com/console', mailer: null };
});
beforeEach(async () => {
  robots = await startRobots();
  for (const table of ['channel_notices', 'notice_channels', 'notices'] as const) await deps.db.deleteFrom(table).execute();
});
afterEach(() => robots.close());
afterAll(() => world.close());

async function channel(kind: RobotKind = 'DINGTALK', over: Partial<ChannelSettings> = {}, shopId = SHOP): Promise<NoticeChannel> {
  const owner = { shopId, channelId: newId('chn') };
  const { url, secret = null } = robots.target(kind);
  const made = await insertChannel(
    deps.db,
    {
      ...owner,
      kind,
      settings: { name: '售后群', codes: [...DEFAULT_CODES], ...DEFAULT_TIMES, ...over },
      targetSealed: sealTarget(deps.dataKey, owner, { url, secret }),
      targetShown: 'shown',
    },
    20,
  );
  if (made === null) throw new Error('too many');
  return made;
}

let told = 0;
async function notice(
  code: 'REFUND_UNCONFIRMED' | 'REFUND_REOPENED' | 'QUARANTINE_GREW' = 'REFUND_UNCONFIRMED',
  over: Partial<NewShopNotice> = {},
) {
  told += 1;
  const detail = code === 'QUARANTINE_GREW' ? { count: told, reason: 'FAULTY' } : { cause: 'SILENT' };
  const about = { eventKey: `told-${told}`, shopId: SHOP, interceptId: null, at: Date.now(), detail };
  await insertNotices(deps.db, [{ ...about, kind: 'NOTICE', code, ...over } as NewShopNotice]);
}

/** One round of the pump by hand: what is new is shared, what is due is told. */
async function round(): Promise<number> {
  await shareNotices(deps.db, 200);
  const claimed = await claimChannels(deps.db, 16);
  for (const one of claimed) await tellChannel(deps, one);
  return claimed.length;
}

/** The pace, a lease or a wait is over. */
const later = () => sql`update notice_channels set held_until = clock_ms()`.execute(deps.db);
const seen = async ({ channelId }: NoticeChannel) => (await findChannel(deps.db, SHOP, channelId)) ?? { channelId };

describe('what a channel is told', () => {
  test.each(ROBOT_KINDS)('%s: each notice it wants, once, signed as its platform wants it', async (kind) => {
    const made = await channel(kind, { codes: ['REFUND_UNCONFIRMED'] });
    await notice();
    await notice('REFUND_REOPENED');
    await notice('REFUND_UNCONFIRMED', { shopId: OTHER_SHOP });
    expect(await round()).toBe(1);
    expect(robots.texts).toEqual([
      '【1001】退款到期后仍未得到平台确认（平台没有应答），请在平台核实\nhttps://intercept.example.com/console/notices',
    ]);
    await later();
    expect(await round()).toBe(0);
    expect(await seen(made)).toMatchObject({ lastSentAt: expect.any(Number), lastError: null, failingSince: null });
  });

  test('the running pump tells what comes, and what was there before the channel it does not', async () => {
    await notice('REFUND_REOPENED');
    await channel();
    const errors: unknown[] = [];
    const pump = startChannelPump(deps, { everyMs: 20, onError: (error) => errors.push(error) });
    await notice();
    await eventually(
      () => robots.texts.length,
      (count) => count > 0,
    );
    await pump.stop();
    expect(robots.texts).toEqual([expect.stringContaining('仍未得到平台确认')]);
    expect(errors).toEqual([]);
  });

  test('what waits leaves together, and no sooner than the robot’s pace allows', async () => {
    await channel('WECOM');
    await notice();
    expect(await round()).toBe(1);
    for (let n = 0; n < 60; n += 1) await notice('QUARANTINE_GREW');
    expect(await round()).toBe(0);
    await later();
    expect(await round()).toBe(1);
    expect(robots.texts).toHaveLength(2);
    expect(robots.texts[1]).toMatch(/^【1001】60 条通知\n1\. 有 /);
    expect(robots.texts[1]).toMatch(/\n另有 \d+ 条\nhttps:\/\/intercept\.example\.com\/console\/notices$/);
    await later();
    expect(await round()).toBe(0);
  });
});

describe('times', () => {
  /** Quiet hours that began an hour ago, and end in two. */
  function quietNow(): { from: string; to: string } {
    const clock = (at: number) => toShanghaiText(at).slice(11, 16);
    return { from: clock(Date.now() - HOUR_MS), to: clock(Date.now() + 2 * HOUR_MS) };
  }
  /** All that is to come is due. */
  const inTheMorning = () => sql`update channel_notices set due_at = clock_ms() where sent_at is null`.execute(deps.db);

  test('in quiet hours what is urgent is told, the rest at their end in one message', async () => {
    await channel('FEISHU', { quietHours: quietNow() });
    await notice('REFUND_REOPENED');
    await notice('REFUND_UNCONFIRMED');
    await notice('REFUND_REOPENED');
    await round();
    expect(robots.texts).toEqual([expect.stringContaining('仍未得到平台确认')]);
    await later();
    expect(await round()).toBe(0);
    await inTheMorning();
    await round();
    expect(robots.texts[1]).toMatch(/^【1001】2 条通知\n1\. 买家在拒绝后再次申请退款\n2\. 买家在拒绝后再次申请退款\n/);
  });

  test('who gives up the digest is told at once what it had gathered; who turns the channel off is not', async () => {
    const made = await channel('DINGTALK', { digest: 'DAILY', digestAt: toShanghaiText(Date.now() - HOUR_MS).slice(11, 16) });
    await notice('REFUND_REOPENED');
    expect(await round()).toBe(0);
    const settings = { ...made.settings, digest: 'NONE' as const };
    await changeChannel(deps.db, SHOP, made.channelId, { settings, enabled: true, target: null });
    expect(await round()).toBe(1);
    await changeChannel(deps.db, SHOP, made.channelId, { settings: made.settings, enabled: true, target: null });
    await notice('REFUND_REOPENED');
    await round();
    await changeChannel(deps.db, SHOP, made.channelId, { settings, enabled: false, target: null });
    await changeChannel(deps.db, SHOP, made.channelId, { settings, enabled: true, target: null });
    await later();
    expect(await round()).toBe(0);
    expect(robots.texts).toHaveLength(1);
  });

  test('in English where the channel says so', async () => {
    await channel('WECOM', { language: 'en-US' });
    await notice('REFUND_REOPENED');
    await round();
    expect(robots.texts).toEqual([
      '[1001] The buyer asked for the refund again after its rejection\nhttps://intercept.example.com/console/notices',
    ]);
  });
});

describe('by mail', () => {
  const mails: OutgoingMail[] = [];
  /** The operator's server, and what it says of the next mail. */
  const mailing = (error: string | null = null): ChannelDeps => ({
    ...deps,
    mailer: {
      async send(mail) {
        mails.push(mail);
        return error;
      },
    },
  });
  async function mailChannel(): Promise<NoticeChannel> {
    const owner = { shopId: SHOP, channelId: newId('chn') };
    const targetSealed = sealTarget(deps.dataKey, owner, { address: 'anna@shop.example' });
    const settings = { name: '安娜', codes: [...DEFAULT_CODES], ...DEFAULT_TIMES };
    const made = await insertChannel(deps.db, { ...owner, kind: 'EMAIL', settings, targetSealed, targetShown: 'a***@shop.example' }, 20);
    if (made === null) throw new Error('too many');
    return made;
  }
  async function mailRound(over: ChannelDeps): Promise<void> {
    await shareNotices(deps.db, 200);
    for (const one of await claimChannels(deps.db, 16)) await tellChannel(over, one);
  }
  beforeEach(() => void mails.splice(0));

  test('the first line is the subject; a mail that is sent again has its id again, another one has its own', async () => {
    await mailChannel();
    await notice();
    await mailRound(mailing('SMTP_451'));
    await later();
    await mailRound(mailing());
    await notice();
    await later();
    await mailRound(mailing());
    expect(mails).toHaveLength(3);
    expect(mails[0]).toEqual({
      to: 'anna@shop.example',
      subject: '【1001】退款到期后仍未得到平台确认（平台没有应答），请在平台核实',
      text: '【1001】退款到期后仍未得到平台确认（平台没有应答），请在平台核实\nhttps://intercept.example.com/console/notices',
      messageKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(mails[1]).toEqual(mails[0]);
    expect(mails[2]?.messageKey).not.toBe(mails[0]?.messageKey);
  });

  test('a service whose operator took the mail server away says so on the channel', async () => {
    const made = await mailChannel();
    await notice();
    await mailRound(deps);
    expect(await seen(made)).toMatchObject({ lastError: 'MAIL_NOT_CONFIGURED' });
  });
});

describe('failures', () => {
  test('200 with a code is one: it is seen, waits longer each time, and is told when the robot takes it', async () => {
    const made = await channel();
    robots.refuseWith = 310_000;
    await notice();
    await round();
    expect(await seen(made)).toMatchObject({
      lastError: 'ERRCODE_310000',
      lastErrorAt: expect.any(Number),
      failingSince: expect.any(Number),
    });
    expect((await channelLag(deps.db)).failing).toBe(1);
    expect(await round()).toBe(0);
    await later();
    await round();
    const { rows } = await sql<{ wait: number }>`
      select round(extract(epoch from held_until - last_error_at))::int as wait from notice_channels`.execute(deps.db);
    expect(rows).toEqual([{ wait: 60 }]);
    robots.refuseWith = null;
    await later();
    await round();
    expect(robots.texts).toHaveLength(1);
    expect(await seen(made)).toMatchObject({ failingSince: null, lastError: 'ERRCODE_310000' });
    expect(await channelLag(deps.db)).toEqual({ lagMs: 0, failing: 0 });
  });

  test('a test that is taken ends a long wait, and takes nothing out of the hands of who is sending', async () => {
    const { channelId } = await channel();
    robots.refuseWith = 130_101;
    await notice();
    await round();
    await recordTest(deps.db, channelId, null);
    const { rows } = await sql<{ wait: number }>`
      select round(extract(epoch from held_until - clock_ms()))::int as wait from notice_channels`.execute(deps.db);
    expect(rows).toEqual([{ wait: 60 }]);
    await later();
    expect(await claimChannels(deps.db, 16)).toHaveLength(1);
    await recordTest(deps.db, channelId, null);
    expect(await claimChannels(deps.db, 16)).toEqual([]);
  });

  test('too many messages: ten minutes of rest', async () => {
    await channel();
    robots.refuseWith = 130_101;
    await notice();
    await round();
    const { rows } = await sql<{ wait: number }>`
      select round(extract(epoch from held_until - last_error_at))::int as wait from notice_channels`.execute(deps.db);
    expect(rows).toEqual([{ wait: 600 }]);
  });

  test('three days of it turn the channel off, which the others are told; on again it tells what comes then', async () => {
    const [made, other] = [await channel(), await channel('FEISHU', { codes: ['NOTICE_CHANNEL_DISABLED'] })];
    robots.refuseWith = 300_005;
    await notice();
    await round();
    await sql`update notice_channels set failing_since = failing_since - interval '3 days' where failing_since is not null`.execute(
      deps.db,
    );
    await later();
    await round();
    expect(await seen(made)).toMatchObject({ enabled: false, disabledReason: 'FAILING' });
    robots.refuseWith = null;
    await later();
    await round();
    expect(robots.texts).toEqual([expect.stringContaining('通知渠道已停用')]);
    const change = { settings: made.settings, enabled: true, target: null };
    expect(await changeChannel(deps.db, SHOP, made.channelId, change)).toMatchObject({
      enabled: true,
      disabledReason: null,
      failingSince: null,
    });
    await notice('REFUND_REOPENED');
    await later();
    await round();
    expect(robots.texts.slice(1)).toEqual([expect.stringContaining('再次申请退款')]);
    expect(await seen(other)).toMatchObject({ enabled: true });
  });

  test('who dies between sending and noting tells the same once more, and nothing is lost', async () => {
    await channel();
    await notice();
    await shareNotices(deps.db, 200);
    const [claimed] = await claimChannels(deps.db, 16);
    const dying: ChannelDeps = {
      ...deps,
      sender: {
        ...deps.sender,
        async ask(message) {
          await deps.sender.ask(message);
          throw new Error('killed');
        },
      },
    };
    await expect(claimed && tellChannel(dying, claimed)).rejects.toThrow('killed');
    expect(await round()).toBe(0);
    await later();
    expect(await round()).toBe(1);
    expect(robots.texts).toHaveLength(2);
    expect(robots.texts[1]).toBe(robots.texts[0]);
    await later();
    expect(await round()).toBe(0);
  });

  test('several processes never tell the same thing twice', async () => {
    await channel();
    for (let n = 0; n < 5; n += 1) await notice();
    await Promise.all(Array.from({ length: 6 }, () => round()));
    await later();
    await Promise.all(Array.from({ length: 6 }, () => round()));
    expect(robots.texts.join('\n').match(/仍未得到平台确认/g)).toHaveLength(5);
  });
});
