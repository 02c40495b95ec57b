import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { findCarrier } from '../../carriers/index.ts';
import { toShanghaiText } from '../../domain/time.ts';
import { connectKuaishou } from '../../platforms/index.ts';
import type { Database } from '../../store/db.ts';
import { handleError } from '../problems/error-handler.ts';
import { webhookRoutes } from './index.ts';
import { keyOf } from './standard-webhooks.ts';

const ZTO_SECRET = 'zto-secret';
const YTO_SECRET = 'yto-track-secret';
const STO_SECRET = 'sto-secret';
const JT_KEY = 'jt-private-key';
export const RESULT_SECRET: string = `whsec_${randomBytes(32).toString('base64')}`;
const MESSAGE_KEY = randomBytes(16);
export const WAYBILL = '73100000000001';

const settings: Record<string, Record<string, string>> = {
  ZTO: { ZTO_URL: 'http://127.0.0.1:9', ZTO_APP_KEY: 'zto-app', ZTO_APP_SECRET: ZTO_SECRET },
  YTO: {
    YTO_URL: 'http://127.0.0.1:9',
    YTO_APP_KEY: 'a',
    YTO_URL_KEY: 'u',
    YTO_SECRET: 's',
    YTO_CLIENT_ID: 'c',
    YTO_TRACK_SECRET: YTO_SECRET,
  },
  STO: { STO_URL: 'http://127.0.0.1:9', STO_FROM_APPKEY: 'sto-app', STO_FROM_CODE: 'sto-code', STO_SECRET: STO_SECRET },
  JT: { JT_URL: 'http://127.0.0.1:9', JT_API_ACCOUNT: 'jt-account', JT_PRIVATE_KEY: JT_KEY },
};
const carriers = Object.entries(settings).flatMap(([code, own]) => {
  const carrier = findCarrier(code);
  return carrier === undefined ? [] : [{ carrier, client: carrier.connect(own) }];
});
const platform = connectKuaishou(
  {
    KUAISHOU_URL: 'http://127.0.0.1:9',
    KUAISHOU_APP_KEY: 'ks-app',
    KUAISHOU_APP_SECRET: 'x',
    KUAISHOU_SIGN_SECRET: 'y',
    KUAISHOU_MESSAGE_KEY: MESSAGE_KEY.toString('base64'),
  },
  { read: async () => null, update: async () => null },
);

/** The inbound webhooks alone, over this database. */
export async function startWebhooks(over: Database, wakePump: () => void): Promise<FastifyInstance> {
  const instance = fastify({ bodyLimit: 65_536, genReqId: () => 'request-1' });
  instance.setErrorHandler(handleError);
  const deps = { db: over.kysely, platform, sandbox: null, carriers, config: { resultSecrets: { ZTO: RESULT_SECRET } }, wakePump };
  await instance.register(webhookRoutes, { prefix: '/webhooks', deps, world: 'REAL' });
  return instance;
}

/** One instant for a whole file, so that the same push is the same bytes. */
const startedAt = Date.now();
export const shanghai = (minutesAgo: number): string => toShanghaiText(startedAt - minutesAgo * 60_000);

export interface Push {
  url: string;
  headers: Record<string, string>;
  payload: string | Buffer;
}

const md5 = (text: string) => createHash('md5').update(text).digest('base64');
const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Push & { payload: string } => ({
  url: `/webhooks/carriers/${path}/track`,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  payload: new URLSearchParams(fields).toString(),
});

/** A carrier's push with this content, signed as the carrier signs it. */
export type SignPush = (content: string, secret?: string) => Push & { payload: string };

/** How each carrier pushes, and a content that says that the parcel comes back. */
export const CARRIER_PUSHES: Record<string, { sign: SignPush; content: string }> = {
  ZTO: {
    sign: (data, secret = ZTO_SECRET) => form('zto', { data, data_digest: md5(data + secret), msg_type: 'Traces', company_id: 'zto-app' }),
    content: ztoContent({ action: 'RETURN_SCAN', actionTime: shanghai(5) }),
  },
  YTO: {
    sign: (xml, secret = YTO_SECRET) =>
      form('yto', { logistics_interface: xml, data_digest: md5(xml + secret), clientId: 'c', type: 'online' }),
    content: `<UpdateInfo><logisticProviderID>YTO</logisticProviderID><mailNo>${WAYBILL}</mailNo><infoType>STATUS</infoType><infoContent>TMS_RETURN</infoContent><acceptTime>${shanghai(5)}</acceptTime><remark>退回</remark></UpdateInfo>`,
  },
  STO: {
    sign: (content, secret = STO_SECRET) =>
      form('sto', {
        content,
        data_digest: md5(content + secret),
        api_name: 'STO_TRACE_PLATFORM_PUSH',
        from_appkey: 'sto',
        from_code: 'sto',
        to_appkey: 'sto-app',
        to_code: 'sto-app',
      }),
    content: JSON.stringify({
      waybillNo: WAYBILL,
      trace: { outBizCode: 'o1', opTime: shanghai(5), scanType: '退回件', memo: '退回', opOrgCode: 'S1', opOrgName: '上海' },
    }),
  },
  JT: {
    sign: (bizContent, secret = JT_KEY) =>
      form('jt', { bizContent }, { apiAccount: 'jt-account', digest: md5(bizContent + secret), timestamp: String(Date.now()) }),
    content: JSON.stringify({ billCode: WAYBILL, details: [{ scanTime: shanghai(5), scanType: '退件扫描', desc: '退件' }] }),
  },
};

function ztoContent(scan: Record<string, unknown>): string {
  return JSON.stringify({ billCode: WAYBILL, facilityName: '杭州', desc: '退件', ...scan });
}

/** A push of ZTO with other members. */
export function ztoPush(scan: Record<string, unknown>): Push & { payload: string } {
  return form('zto', {
    data: ztoContent(scan),
    data_digest: md5(ztoContent(scan) + ZTO_SECRET),
    msg_type: 'Traces',
    company_id: 'zto-app',
  });
}

/** A neutral result push, signed for an instant. */
export function resultPush(payload: string, at: number = Date.now(), path = 'zto'): Push & { payload: string } {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', keyOf(RESULT_SECRET)).update(`msg_1.${timestamp}.${payload}`).digest('base64');
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  return { url: `/webhooks/carriers/${path}/results`, headers, payload };
}

/** A message of the platform, encrypted as it encrypts it. */
export function platformMessage(text: string, key: Buffer = MESSAGE_KEY): Push {
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16));
  const payload = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  return { url: '/webhooks/kuaishou/messages', headers: { 'content-type': 'text/plain' }, payload };
}
