import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RobotKind } from '../../domain/channel/channel.ts';

/**
 * The three platforms' robots on this machine, written from their public documents alone: key, signature, time window and form of a
 * message are checked, and every answer is 200 with a code.
 */
export interface Robots {
  /** Address and secret of the one robot of a platform, as a shop copies them. */
  target(kind: RobotKind): { url: string; secret?: string };
  /** Texts that reached a group, in order. */
  texts: string[];
  /** The next messages are refused with this code; null: they are judged. */
  refuseWith: number | null;
  close(): Promise<void>;
}

interface Posted {
  msgtype?: string;
  text?: { content?: string };
  timestamp?: string;
  sign?: string;
  msg_type?: string;
  content?: { text?: string };
}

const KEY = '693a91f6-7aec-4bc4-97a0-0ec2';
const TOKEN = '5d41402abc4b2a76b9719d911017c592';
const SECRET = 'SEC240d7bb4c0bafc62';
const AN_HOUR_MS = 3_600_000;

export async function startRobots(): Promise<Robots> {
  const robots: Pick<Robots, 'texts' | 'refuseWith'> = { texts: [], refuseWith: null };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const posted = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Posted;
      const verdict = judge(new URL(request.url ?? '', 'http://robots'), posted);
      const code = robots.refuseWith ?? verdict.code;
      if (code === 0) robots.texts.push(verdict.text);
      const answer = verdict.feishu
        ? { code, msg: code === 0 ? 'success' : 'refused', data: {} }
        : { errcode: code, errmsg: code === 0 ? 'ok' : 'refused' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const targets: Record<RobotKind, { url: string; secret?: string }> = {
    WECOM: { url: `${base}/cgi-bin/webhook/send?key=${KEY}` },
    DINGTALK: { url: `${base}/robot/send?access_token=${TOKEN}`, secret: SECRET },
    FEISHU: { url: `${base}/open-apis/bot/v2/hook/${TOKEN}`, secret: SECRET },
  };
  return Object.assign(robots, {
    target: (kind: RobotKind) => targets[kind],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function judge(url: URL, posted: Posted): { code: number; text: string; feishu?: true } {
  const query = url.searchParams;
  const text = posted.msgtype === 'text' ? (posted.text?.content ?? '') : '';
  if (url.pathname === '/cgi-bin/webhook/send') {
    if (query.get('key') !== KEY) return { code: 93_000, text };
    return { code: text === '' || Buffer.byteLength(text) > 2_048 ? 40_058 : 0, text };
  }
  if (url.pathname === '/robot/send') {
    const timestamp = query.get('timestamp') ?? '';
    const sign = createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`, 'utf8').digest('base64');
    if (query.get('access_token') !== TOKEN) return { code: 300_005, text };
    if (query.get('sign') !== sign || !isNear(Number(timestamp))) return { code: 310_000, text };
    return { code: text === '' ? 43_004 : 0, text };
  }
  const told = posted.msg_type === 'text' ? (posted.content?.text ?? '') : '';
  const sign = createHmac('sha256', `${posted.timestamp}\n${SECRET}`).digest('base64');
  if (url.pathname !== `/open-apis/bot/v2/hook/${TOKEN}`) return { code: 19_001, text: told, feishu: true };
  if (posted.sign !== sign || !isNear(1_000 * Number(posted.timestamp))) return { code: 19_021, text: told, feishu: true };
  return { code: told === '' ? 9_499 : 0, text: told, feishu: true };
}

const isNear = (timestampMs: number): boolean => Math.abs(Date.now() - timestampMs) < AN_HOUR_MS;
