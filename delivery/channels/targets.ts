import type { RobotKind } from '../../domain/channel/channel.ts';
import type { Db } from '../../store/db.ts';
import { changeTargetsNotSealedWith } from '../../store/notice-channels.ts';
import { type DataKey, openSealed, reseal, seal, type SealedFor, sealedWith } from '../../store/secrets.ts';
import type { WebhookSender } from '../send.ts';
import { TargetRefused } from '../target.ts';
import { ROBOTS, type RobotTarget } from './robots.ts';

/** Where a channel leads: a robot, or an address of e-mail. */
export type ChannelTarget = RobotTarget | { address: string };

/** Whose target this is: a sealed one opens for no other channel. */
export interface TargetOwner {
  shopId: string;
  channelId: string;
}

/**
 * The robot's address, if messages may go there: its platform's own host and form, by the same rules as every outgoing message (in the
 * embedded mode this machine plays the platform). Throws `TargetRefused`.
 */
export async function checkRobotUrl(sender: WebhookSender, kind: RobotKind, text: string): Promise<string> {
  const url = await sender.check(text);
  const { hosts, form } = ROBOTS[kind];
  if ((url.protocol === 'https:' && !hosts.includes(url.hostname)) || !form.test(url.pathname + url.search))
    throw new TargetRefused('NOT_A_ROBOT', url.host);
  return url.href;
}

/** An address as it is shown: the last four signs of its key tell robots apart. */
export function shownUrl(url: string): string {
  const { host, pathname, search } = new URL(url);
  const [, before = '', last = ''] = /^(.*[/=])[^/=]*([^/=]{4})$/.exec(pathname + search) ?? [];
  return `${host}${before}…${last}`;
}

/** An address of e-mail as it is shown: enough to tell one's own apart. */
export function shownAddress(address: string): string {
  const [name = '', domain = ''] = address.split('@');
  return `${name.slice(0, 1)}***@${domain}`;
}

export function sealTarget(dataKey: DataKey, owner: TargetOwner, target: ChannelTarget): string {
  return seal(dataKey, JSON.stringify(target), purposeOf(owner));
}

export function openTarget(dataKey: DataKey, owner: TargetOwner, sealed: string): ChannelTarget {
  return JSON.parse(openSealed(dataKey, sealed, purposeOf(owner))) as ChannelTarget;
}

/** Seals the targets of up to `limit` channels anew that a former key sealed; answers how many, 0 when none is left. */
export function resealTargets(db: Db, dataKey: DataKey, limit: number): Promise<number> {
  return changeTargetsNotSealedWith(db, sealedWith(dataKey.id), limit, (owner, sealed) => reseal(dataKey, sealed, purposeOf(owner)));
}

function purposeOf({ shopId, channelId }: TargetOwner): SealedFor {
  return { shopId, purpose: `notice channel ${channelId}` };
}
