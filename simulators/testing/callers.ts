import { createHash, createHmac } from 'node:crypto';
import type { Simulators } from '../world.ts';

/** An answer as a caller sees it. */
interface Reply {
  status: number;
  text: string;
  json: Record<string, unknown>;
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('base64');

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Some answers are no JSON on purpose.
  }
  return { status: response.status, text, json: json as Record<string, unknown> };
}

interface CallOptions {
  /** Signs with this instead of the right secret. */
  secret?: string;
  headers?: Record<string, string>;
}

/** Calls ZTO's gateway the way a customer does. */
export async function callZto(sim: Simulators, api: string, body: unknown, options: CallOptions = {}): Promise<Reply> {
  const text = JSON.stringify(body);
  const secret = options.secret ?? sim.world.settings.credentials.ZTO_APP_SECRET;
  const headers = {
    'content-type': 'application/json',
    'x-appKey': sim.world.settings.credentials.ZTO_APP_KEY,
    'x-dataDigest': md5(text + secret),
  };
  return read(await fetch(`${sim.urls.ZTO_URL}/${api}`, { method: 'POST', headers: { ...headers, ...options.headers }, body: text }));
}

/** Calls YTO's gateway the way a customer does. */
export async function callYto(sim: Simulators, method: string, param: unknown, options: CallOptions = {}): Promise<Reply> {
  const { YTO_SECRET, YTO_URL_KEY, YTO_APP_KEY } = sim.world.settings.credentials;
  const text = JSON.stringify(param);
  const sign = md5(`${text}${method}v1${options.secret ?? YTO_SECRET}`);
  const body = JSON.stringify({ timestamp: String(Date.now()), param: text, sign, format: 'JSON' });
  const url = `${sim.urls.YTO_URL}/open/${method}/v1/${YTO_URL_KEY}/${YTO_APP_KEY}`;
  return read(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
}

/** Calls STO's gateway the way a customer does. */
export async function callSto(sim: Simulators, apiName: string, to: string, content: unknown, options: CallOptions = {}): Promise<Reply> {
  const { STO_SECRET, STO_FROM_APPKEY, STO_FROM_CODE } = sim.world.settings.credentials;
  const text = JSON.stringify(content);
  const body = new URLSearchParams({
    content: text,
    data_digest: md5(text + (options.secret ?? STO_SECRET)),
    api_name: apiName,
    from_appkey: STO_FROM_APPKEY,
    from_code: STO_FROM_CODE,
    to_appkey: to,
    to_code: to,
  });
  return read(await fetch(sim.urls.STO_URL, { method: 'POST', body }));
}

/** Calls J&T's gateway the way a customer does. */
export async function callJt(sim: Simulators, api: string, content: unknown, options: CallOptions = {}): Promise<Reply> {
  const { JT_PRIVATE_KEY, JT_API_ACCOUNT } = sim.world.settings.credentials;
  const text = JSON.stringify(content);
  const headers = {
    apiAccount: JT_API_ACCOUNT,
    digest: md5(text + (options.secret ?? JT_PRIVATE_KEY)),
    timestamp: String(Date.now()),
    ...options.headers,
  };
  return read(
    await fetch(`${sim.urls.JT_URL}/webopenplatformapi/api/${api}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ bizContent: text }),
    }),
  );
}

interface JdCallOptions extends CallOptions {
  /** Sent in place of what belongs there. */
  query?: Record<string, string>;
}

/** Calls JD's gateway the way a customer does. */
export async function callJd(sim: Simulators, path: string, body: unknown, options: JdCallOptions = {}): Promise<Reply> {
  const { JD_APP_KEY, JD_APP_SECRET, JD_ACCESS_TOKEN } = sim.world.settings.credentials;
  const secret = options.secret ?? JD_APP_SECRET;
  const text = JSON.stringify(body);
  const timestamp = '2026-11-28 12:00:00';
  const signed = `access_token${JD_ACCESS_TOKEN}app_key${JD_APP_KEY}method${path}param_json${text}timestamp${timestamp}v2.0`;
  const query = new URLSearchParams({
    'LOP-DN': 'ECAP',
    app_key: JD_APP_KEY,
    access_token: JD_ACCESS_TOKEN,
    timestamp,
    v: '2.0',
    sign: createHash('md5').update(`${secret}${signed}${secret}`, 'utf8').digest('hex'),
    algorithm: 'md5-salt',
    ...options.query,
  });
  return read(await fetch(`${sim.urls.JD_URL}${path}?${query.toString()}`, { method: 'POST', body: text }));
}

/** JD's request about a waybill of this customer. */
export function jdRequest(sim: Simulators, waybillCode: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { waybillCode, orderOrigin: 1, customerCode: sim.world.settings.credentials.JD_CUSTOMER_CODE, ...more };
}

interface PlatformCallOptions extends CallOptions {
  accessToken?: string;
  signMethod?: 'HMAC_SHA256' | 'MD5';
  httpMethod?: 'GET' | 'POST';
}

const WRITES = ['approve', 'refund', 'entry'];

/** Calls the platform the way a merchant's application does. `param` is JSON text, so that int64 ids keep their digits. */
export async function callPlatform(sim: Simulators, api: string, param: string, options: PlatformCallOptions = {}): Promise<Reply> {
  const { KUAISHOU_APP_KEY, KUAISHOU_SIGN_SECRET } = sim.world.settings.credentials;
  const signMethod = options.signMethod ?? 'HMAC_SHA256';
  const secret = options.secret ?? KUAISHOU_SIGN_SECRET;
  const fields: Record<string, string> = {
    access_token: options.accessToken ?? Object.values(sim.world.state.shops)[0]?.access.token ?? '',
    appkey: KUAISHOU_APP_KEY,
    method: api,
    param,
    signMethod,
    timestamp: String(Date.now()),
    version: '1',
  };
  const text = `${Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}&signSecret=${secret}`;
  const sign =
    signMethod === 'MD5' ? createHash('md5').update(text).digest('hex') : createHmac('sha256', secret).update(text).digest('base64');
  const parameters = new URLSearchParams({ ...fields, sign });
  const url = `${sim.urls.KUAISHOU_URL}/${api.replaceAll('.', '/')}`;
  const isWrite = WRITES.includes(api.split('.').at(-1) ?? '');
  const httpMethod = options.httpMethod ?? (isWrite ? 'POST' : 'GET');
  return read(
    httpMethod === 'POST' ? await fetch(url, { method: 'POST', body: parameters }) : await fetch(`${url}?${parameters.toString()}`),
  );
}

/** Calls the control. */
export async function control(sim: Pick<Simulators, 'url'>, method: string, path: string, body?: unknown): Promise<Reply> {
  const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return read(await fetch(`${sim.url}/sim${path}`, init));
}

/** Seeds a refund and returns its ids. */
export async function seed(sim: Simulators, body: unknown = {}): Promise<{ refundId: string; orderId: string; waybillNo: string }> {
  const { status, json, text } = await control(sim, 'POST', '/refunds', body);
  if (status !== 201) throw new Error(`seeding failed: ${text}`);
  return json as { refundId: string; orderId: string; waybillNo: string };
}
