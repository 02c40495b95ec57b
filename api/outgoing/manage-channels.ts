import { checkRobotUrl, sealTarget, shownUrl, type TargetOwner } from '../../delivery/channels/targets.ts';
import { ROBOTS, type RobotTarget } from '../../delivery/channels/robots.ts';
import { type ChannelDeps, sendText, TEST_EVERY_MS } from '../../delivery/channels/tell.ts';
import { TargetRefused } from '../../delivery/target.ts';
import { composeTest } from '../../domain/channel/message.ts';
import type { ChannelSettings, RobotKind } from '../../domain/channel/channel.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { beginTest, changeChannel, findChannel, insertChannel, type NoticeChannel, recordTest } from '../../store/notice-channels.ts';
import { findShop } from '../../store/shops.ts';
import { newId } from '../../store/values.ts';
import { problem } from '../problems/problem.ts';

const MOST_CHANNELS = 20;

/** Where a channel leads, as the shop wrote it. */
export interface GivenTarget {
  url: string;
  secret?: string | undefined;
}

/** A new channel to a robot of that platform; its address is shown nowhere whole. */
export async function openChannel(
  deps: ChannelDeps,
  shopId: string,
  { kind, settings, target }: { kind: RobotKind; settings: ChannelSettings; target: GivenTarget },
): Promise<NoticeChannel> {
  const owner = { shopId, channelId: newId('chn') };
  const sealed = await sealedTarget(deps, owner, kind, target);
  const channel = await insertChannel(deps.db, { ...owner, kind, settings, ...sealed }, MOST_CHANNELS);
  if (channel === null) throw problem('NOTICE_CHANNEL_LIMIT', { params: { limit: MOST_CHANNELS } });
  return channel;
}

/** Changes what a channel is told, turns it on or off, and leads it elsewhere where a new target is named. */
export async function alterChannel(
  deps: ChannelDeps,
  shopId: string,
  channelId: string,
  { settings, enabled, target }: { settings: ChannelSettings; enabled: boolean; target: GivenTarget | null },
): Promise<NoticeChannel> {
  const { kind } = await requireChannel(deps, shopId, channelId);
  const sealed = target && (await sealedTarget(deps, { shopId, channelId }, kind, target));
  return (await changeChannel(deps.db, shopId, channelId, { settings, enabled, target: sealed })) ?? notFound();
}

async function sealedTarget(
  { sender, dataKey }: ChannelDeps,
  owner: TargetOwner,
  kind: RobotKind,
  { url: text, secret = null }: { url: string; secret?: string | null | undefined },
): Promise<Pick<NoticeChannel, 'targetSealed' | 'targetShown'>> {
  if (ROBOTS[kind].signed !== (secret !== null)) {
    const message = secret === null ? '请填写该机器人的签名密钥（加签／签名校验）' : '该平台的机器人没有签名密钥';
    throw problem('VALIDATION_FAILED', { errors: [{ pointer: '/secret', message }] });
  }
  try {
    const target: RobotTarget = { url: await checkRobotUrl(sender, kind, text), secret };
    return { targetSealed: sealTarget(dataKey, owner, target), targetShown: shownUrl(target.url) };
  } catch (error) {
    if (error instanceof TargetRefused) throw problem('NOTICE_CHANNEL_URL_REFUSED', { extensions: { reason: error.reason } });
    throw error;
  }
}

/** Sends a message of no notice at once, also to a channel that is off, and tells whether it was taken. */
export async function testChannel(
  deps: ChannelDeps,
  shopId: string,
  channelId: string,
): Promise<{ delivered: boolean; error: string | null }> {
  const channel = await requireChannel(deps, shopId, channelId);
  if (!(await beginTest(deps.db, channelId, TEST_EVERY_MS)))
    throw problem('NOTICE_CHANNEL_TESTED', { retryAfterSeconds: TEST_EVERY_MS / SECOND_MS });
  const shop = await findShop(deps.db, shopId);
  const { error } = await sendText(deps, channel, composeTest(shop?.name ?? shopId, channel.settings.language));
  await recordTest(deps.db, channelId, error);
  return { delivered: error === null, error };
}

export async function requireChannel({ db }: ChannelDeps, shopId: string, channelId: string): Promise<NoticeChannel> {
  return (await findChannel(db, shopId, channelId)) ?? notFound();
}

function notFound(): never {
  throw problem('NOT_FOUND');
}
