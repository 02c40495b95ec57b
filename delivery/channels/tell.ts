import { createHash } from 'node:crypto';
import type { ChannelKind } from '../../domain/channel/channel.ts';
import { composeMessage } from '../../domain/channel/message.ts';
import { DAY_MS, type DurationMs, HOUR_MS, SECOND_MS } from '../../domain/time.ts';
import { type ClaimedChannel, dueNotices, recordNotTold, recordTold } from '../../store/channel-notices.ts';
import type { DeliveryDeps } from '../deps.ts';
import type { Mailer } from './mail.ts';
import { readRobotAnswer, type Robot, ROBOTS, type RobotTarget } from './robots.ts';
import { openTarget, type TargetOwner } from './targets.ts';

/** What telling people needs beside what an attempt at a webhook does. */
export interface ChannelDeps extends Pick<DeliveryDeps, 'db' | 'dataKey' | 'sender' | 'clock'> {
  /** Where the console is; null: messages lead nowhere. */
  consoleUrl: string | null;
  /** Null: the operator named no server for mail. */
  mailer: Mailer | null;
}

/** Notices one message looks at. More wait for the next. */
const NOTICES_A_MESSAGE = 200;
/** WeCom and DingTalk take 20 messages a minute: up to 16 of these, and up to 4 tests. */
const PACE_MS: DurationMs = 4 * SECOND_MS;
export const TEST_EVERY_MS: DurationMs = 15 * SECOND_MS;
/** All of a message's notices, as a rule. */
const MAIL_BYTES = 100_000;
const FIRST_WAIT_MS: DurationMs = 30 * SECOND_MS;
const LONGEST_WAIT_MS: DurationMs = HOUR_MS;
const DISABLE_AFTER_MS: DurationMs = 3 * DAY_MS;

/**
 * Tells a claimed channel all that is due to it in one message and notes how that went. At least once: who dies between sending and
 * noting leaves the notices due, and the same are told again when the lease ends.
 */
export async function tellChannel(deps: ChannelDeps, claimed: ClaimedChannel): Promise<void> {
  const { channelId, shopName, language, kind } = claimed;
  const notices = await dueNotices(deps.db, channelId, NOTICES_A_MESSAGE);
  // Turned off meanwhile: nobody waits for its lease to end.
  if (notices.length === 0) return;
  const text = composeMessage(notices, {
    shopName,
    language,
    consoleUrl: deps.consoleUrl,
    mostBytes: kind === 'EMAIL' ? MAIL_BYTES : ROBOTS[kind].mostBytes,
  });
  const outcome = await sendText(deps, claimed, { text, about: notices.map(({ noticeId }) => noticeId).join() });
  if (outcome.error === null)
    return recordTold(
      deps.db,
      channelId,
      notices.map(({ noticeId }) => noticeId),
      PACE_MS,
    );
  const planned = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(claimed.failedAttempts, 10));
  const waitMs = Math.max(planned, outcome.waitMs ?? 0);
  return recordNotTold(deps.db, channelId, { error: outcome.error, waitMs, disableAfterMs: DISABLE_AFTER_MS });
}

/** How a message went: `error` is null when it was taken, `waitMs` what the other side asks for. */
export interface TextOutcome {
  error: string | null;
  waitMs: DurationMs | null;
}

/** A text, and what it is about: the same text about the same is the same message. */
interface Told {
  text: string;
  about: string;
}

/** Sends one text to a channel; never throws for what the other side does. */
export async function sendText(
  deps: ChannelDeps,
  channel: TargetOwner & { kind: ChannelKind; targetSealed: string },
  told: Told,
): Promise<TextOutcome> {
  const target = openTarget(deps.dataKey, channel, channel.targetSealed);
  if ('address' in target) return sendMail(deps, target.address, channel.channelId, told);
  return channel.kind === 'EMAIL'
    ? Promise.reject(new Error('a mail channel leads to a robot'))
    : sendToRobot(deps, ROBOTS[channel.kind], target, told.text);
}

async function sendMail({ mailer }: ChannelDeps, to: string, channelId: string, { text, about }: Told): Promise<TextOutcome> {
  if (mailer === null) return { error: 'MAIL_NOT_CONFIGURED', waitMs: null };
  const [subject = ''] = text.split('\n', 1);
  const messageKey = createHash('sha256').update(`${channelId}\n${about}`).digest('hex').slice(0, 32);
  return { error: await mailer.send({ to, subject, text, messageKey }), waitMs: null };
}

async function sendToRobot({ sender, clock }: ChannelDeps, robot: Robot, target: RobotTarget, text: string): Promise<TextOutcome> {
  const at = clock();
  const { url, body } = robot.request(target, text, at);
  const { kind, reason, retryAfterMs, answer } = await sender.ask({ url, headers: {}, body, now: at });
  if (kind !== 'DELIVERED') return { error: reason, waitMs: retryAfterMs };
  const taken = readRobotAnswer(robot, answer ?? '');
  return { error: taken.reason, waitMs: taken.waitMs };
}
