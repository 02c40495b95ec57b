import { TOLD_EVENTS, type ToldEvent } from '../intercept/event.ts';
import { NOTICES } from '../intercept/state.ts';
import { isListed, type NoticeCode, SHOP_NOTICES } from '../notice.ts';

/** Where people of a shop are told beside the console by group robots (群机器人) of WeCom, DingTalk and Feishu. */
export const ROBOT_KINDS = ['WECOM', 'DINGTALK', 'FEISHU'] as const;
export type RobotKind = (typeof ROBOT_KINDS)[number];
/** A robot, or an address of e-mail. */
export type ChannelKind = RobotKind | 'EMAIL';

/** Languages a channel may be told in. */
export type ChannelLanguage = 'zh-CN' | 'en-US';

/** What a shop decides about a channel beside its address. Times are `HH:MM` on the Shanghai clock. */
export interface ChannelSettings {
  name: string;
  /** Which notices it is told. */
  codes: NoticeCode[];
  language: ChannelLanguage;
  /** When nothing but what is urgent is told, over midnight where `to` is earlier; what came meanwhile is told together at `to`. */
  quietHours: { from: string; to: string } | null;
  /** Whether what is not urgent is gathered, for an hour or for a day until `digestAt`. */
  digest: 'NONE' | 'HOURLY' | 'DAILY';
  digestAt: string;
}

/** What a shop need not say. */
export const DEFAULT_TIMES: Pick<ChannelSettings, 'language' | 'quietHours' | 'digest' | 'digestAt'> = {
  language: 'zh-CN',
  quietHours: null,
  digest: 'NONE',
  digestAt: '09:05',
};

/** Every code a channel may be told: what may stand on the notice list. */
export const CHANNEL_CODES: readonly NoticeCode[] = [...TOLD_EVENTS.filter(isListed), ...NOTICES, ...SHOP_NOTICES];

/** News that ask for a decision or a look of a person. */
const NEWS_FOR_A_PERSON: readonly ToldEvent[] = [
  'intercept.refused',
  'intercept.failed',
  'refund.reject_unlocked',
  'refund.deadline_near',
  'refund.arbitration_requested',
  'return.failed',
];

/** What a channel is told unless the shop says otherwise: whatever needs a person. */
export const DEFAULT_CODES: readonly NoticeCode[] = [...NEWS_FOR_A_PERSON, ...NOTICES, ...SHOP_NOTICES];
