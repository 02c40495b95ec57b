import { createHmac } from 'node:crypto';
import type { RobotKind } from '../../domain/channel/channel.ts';
import { type DurationMs, type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';

/** What a robot is called with: its address, which carries its key, and its signing secret, null where it has none. */
export interface RobotTarget {
  url: string;
  secret: string | null;
}

/** What is posted. */
export interface RobotRequest {
  url: string;
  body: string;
}

/** A platform's group robot as its public document has it. */
export interface Robot {
  hosts: readonly string[];
  /** Path and query of an address of it. */
  form: RegExp;
  /** Whether its messages are signed: the address alone is then not enough to write to the group. */
  signed: boolean;
  /** UTF-8 bytes of a text. */
  mostBytes: number;
  request(target: RobotTarget, text: string, at: EpochMs): RobotRequest;
  /** Members of the answer that hold its code, 0 for taken. Robots answer 200 also to what they did not take. */
  codeMembers: readonly string[];
  /** Codes that say that too much was sent. */
  tooMany: readonly number[];
}

/**
 * WeCom 企业微信, developer.work.weixin.qq.com/document/path/91770 (群机器人配置说明): the key stands in the address, a text has at most
 * 2,048 bytes, 20 messages a minute; 45009 is its frequency limit.
 */
const WECOM: Robot = {
  hosts: ['qyapi.weixin.qq.com'],
  form: /^\/cgi-bin\/webhook\/send\?key=[\w-]{8,100}$/,
  signed: false,
  mostBytes: 2_048,
  request: ({ url }, text) => ({ url, body: JSON.stringify({ msgtype: 'text', text: { content: text } }) }),
  codeMembers: ['errcode'],
  tooMany: [45_009],
};

/**
 * DingTalk 钉钉, open.dingtalk.com/document/robots/custom-robot-access (自定义机器人接入) and …/customize-robot-security-settings (加签):
 * `timestamp` in ms, at most an hour off, `sign` the Base64 of HMAC-SHA256 over `{timestamp}\n{secret}` with the secret as key, encoded
 * for a URL; 20 messages a minute, else nothing for 10 minutes (130101, 410100).
 */
const DINGTALK: Robot = {
  hosts: ['oapi.dingtalk.com'],
  form: /^\/robot\/send\?access_token=\w{8,100}$/,
  signed: true,
  mostBytes: 4_096,
  request({ url, secret }, text, at) {
    const signed = new URL(url);
    signed.searchParams.set('timestamp', String(at));
    signed.searchParams.set('sign', dingtalkSignature(at, secret ?? ''));
    return { url: signed.href, body: JSON.stringify({ msgtype: 'text', text: { content: text } }) };
  },
  codeMembers: ['errcode'],
  tooMany: [130_101, 410_100],
};

/**
 * Feishu 飞书 and Lark, open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (自定义机器人使用指南): `timestamp` in seconds, at most an
 * hour off, `sign` the Base64 of HMAC-SHA256 over nothing with `{timestamp}\n{secret}` as key, both in the body; 100 messages a minute
 * and 5 a second (11232; 9499 with too many requests).
 */
const FEISHU: Robot = {
  hosts: ['open.feishu.cn', 'open.larksuite.com'],
  form: /^\/open-apis\/bot\/v2\/hook\/[\w-]{8,100}$/,
  signed: true,
  mostBytes: 4_096,
  request({ url, secret }, text, at) {
    const timestamp = Math.floor(at / SECOND_MS);
    const sign = feishuSignature(timestamp, secret ?? '');
    return { url, body: JSON.stringify({ timestamp: String(timestamp), sign, msg_type: 'text', content: { text } }) };
  },
  codeMembers: ['code', 'StatusCode'],
  tooMany: [11_232],
};

export const ROBOTS: Readonly<Record<RobotKind, Robot>> = { WECOM, DINGTALK, FEISHU };

export function dingtalkSignature(timestampMs: EpochMs, secret: string): string {
  return createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');
}

export function feishuSignature(timestampSeconds: number, secret: string): string {
  return createHmac('sha256', `${timestampSeconds}\n${secret}`).update('').digest('base64');
}

/** As long as DingTalk takes nothing after too many messages. */
const TOO_MANY_WAIT_MS: DurationMs = 10 * MINUTE_MS;

/** Whether a robot took a message, by the body of its answer; `reason` is the word for the log. */
export function readRobotAnswer({ codeMembers, tooMany }: Robot, answer: string): { reason: string | null; waitMs: DurationMs | null } {
  const code = codeIn(answer, codeMembers);
  if (code === 0) return { reason: null, waitMs: null };
  if (code === null) return { reason: 'ANSWER_UNREADABLE', waitMs: null };
  return { reason: `ERRCODE_${code}`, waitMs: tooMany.includes(code) ? TOO_MANY_WAIT_MS : null };
}

function codeIn(answer: string, members: readonly string[]): number | null {
  try {
    const body = JSON.parse(answer) as Record<string, unknown> | null;
    const code = members.map((member) => body?.[member]).find((value) => value !== undefined);
    return Number.isSafeInteger(code) ? (code as number) : null;
  } catch {
    return null;
  }
}
