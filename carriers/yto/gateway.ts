import type { CarrierCall } from '../http.ts';
import { signYto, YTO_VERSION } from './signature.ts';

/** YTO's open platform (open.yto.net.cn). `urlKey` and `secret` are issued per interface, `appKey` per customer. */
export interface YtoAccount {
  baseUrl: string;
  appKey: string;
  urlKey: string;
  secret: string;
}

/** A signed call: `{base}/open/{method}/v1/{urlKey}/{appKey}` with exactly the four fields YTO takes; `timestamp` in epoch ms. */
export function ytoCall(account: YtoAccount, method: string, param: string, timestampMs: number): CarrierCall {
  const path = [method, YTO_VERSION, account.urlKey, account.appKey].map(encodeURIComponent).join('/');
  return {
    url: `${account.baseUrl}/open/${path}`,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({
      timestamp: String(timestampMs),
      param,
      sign: signYto(param, method, account.secret),
      format: 'JSON',
    }),
  };
}
