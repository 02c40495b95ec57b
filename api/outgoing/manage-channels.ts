import {
  type ChannelTarget,
  checkRobotUrl,
  sealTarget,
  shownAddress,
  shownUrl,
  type TargetOwner,
} from '../../delivery/channels/targets.ts';
import { ROBOTS } from '../../delivery/channels/robots.ts';
import { type ChannelDeps, sendText, TEST_EVERY_MS } from '../../delivery/channels/tell.ts';
import { TargetRefused } from '../../delivery/target.ts';
import { composeTest } from '../../domain/channel/message.ts';
import type { ChannelKind, ChannelSettings } from '../../domain/channel/channel.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { beginTest, changeChannel, findChannel, insertChannel, type NoticeChannel, recordTest } from '../../store/notice-channels.ts';
import { findShop } from '../../store/shops.ts';
import { newId } from '../../store/values.ts';
import { notFound, problem } from '../problems/problem.ts';

const MOST_CHANNELS = 20;

/** Where a channel leads, as the shop wrote it: `address` of mail, `url` and, where messages are signed, `secret` of a robot. */
export interface GivenTarget {
  url?: string | undefined;
  secret?: string | undefined;
  address?: string | undefined;
}

/** A new channel of that kind; its address is shown nowhere whole. */
export async function openChannel(
  deps: ChannelDeps,
  shopId: string,
  { kind, settings, target }: { kind: ChannelKind; settings: ChannelSettings; target: GivenTarget },
): Promise<NoticeChannel> {
  const owner = { shopId, channelId: newId('chn') };
  const where = await sealedTarget(deps, owner, kind, target);
  const channel = await insertChannel(deps.db, { ...owner, kind, settings, ...where }, MOST_CHANNELS);
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
  const where = target && (await sealedTarget(deps, { shopId, channelId }, kind, target));
  return (await changeChannel(deps.db, shopId, channelId, { settings, enabled, target: where })) ?? notFound();
}

async function sealedTarget(
  deps: ChannelDeps,
  owner: TargetOwner,
  kind: ChannelKind,
  given: GivenTarget,
): Promise<Pick<NoticeChannel, 'targetSealed' | 'targetShown'>> {
  const wanted: (keyof GivenTarget)[] = kind === 'EMAIL' ? ['address'] : ROBOTS[kind].signed ? ['url', 'secret'] : ['url'];
  const errors = (['url', 'secret', 'address'] as const)
    .filter((field) => wanted.includes(field) !== (given[field] !== undefined))
    .map((field) => ({ pointer: `/${field}`, message: wanted.includes(field) ? '该类渠道必填' : '该类渠道没有此项' }));
  if (errors.length > 0) throw problem('VALIDATION_FAILED', { errors });
  const { url = '', secret = null, address = '' } = given;
  if (kind === 'EMAIL') {
    if (deps.mailer === null) throw problem('MAIL_NOT_CONFIGURED');
    return sealed(deps, owner, { address }, shownAddress(address));
  }
  try {
    const checked = await checkRobotUrl(deps.sender, kind, url);
    return sealed(deps, owner, { url: checked, secret }, shownUrl(checked));
  } catch (error) {
    if (error instanceof TargetRefused) throw problem('NOTICE_CHANNEL_URL_REFUSED', { extensions: { reason: error.reason } });
    throw error;
  }
}

function sealed({ dataKey }: ChannelDeps, owner: TargetOwner, target: ChannelTarget, targetShown: string) {
  return { targetSealed: sealTarget(dataKey, owner, target), targetShown };
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
  const { error } = await sendText(deps, channel, {
    text: composeTest(shop?.name ?? shopId, channel.settings.language),
    about: newId('test'),
  });
  await recordTest(deps.db, channelId, error);
  return { delivered: error === null, error };
}

export async function requireChannel({ db }: ChannelDeps, shopId: string, channelId: string): Promise<NoticeChannel> {
  return (await findChannel(db, shopId, channelId)) ?? notFound();
}
