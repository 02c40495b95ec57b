import { Type } from 'typebox';
import { callCarrier } from '../http.ts';
import type { Carrier, CarrierClient, TrackReading } from '../port.ts';
import { requiredSetting, urlSetting } from '../settings.ts';
import { JD_CODES } from './codes.ts';
import { type JdAccount, jdCall } from './gateway.ts';
import { CANCEL_ORDER, cancelRequest, readInterceptAnswer } from './intercept.ts';
import { readJdPush } from './push.ts';
import { QUERY_TRACE, readTraceAnswer, reverseWaybillOf, traceRequest, withWayBack } from './track.ts';
import { JD_WORDS } from './words.ts';

/**
 * JD 京东物流: intercept by its cancel call; the trace tells the result, under the new waybill of the way back too. No outlet is asked
 * first: JD runs its own, and its contract with the merchant is what the call needs.
 */
export const JD: Carrier = {
  code: 'JD',
  nameZh: '京东物流',
  // 京东 is 14 in Kuaishou's 物流公司编号 (GitHub AndersonBY/kwaixiaodian-python-sdk, docs); its letters for e-waybills are not public.
  platform: { expressCode: 14, companyCode: 'JD' },
  outletsOpenByDefault: true,
  returnsTo: ['SENDER'],
  offByDefault: true,
  callsPerSecond: 10,
  words: { states: JD_WORDS },
  codes: JD_CODES,
  settings: Type.Object({
    JD_URL: Type.String({
      pattern: '^https?://',
      description:
        'Base URL of JD Logistics’ open gateway, such as https://api.jdl.com; /ecap/v1/… is appended. Unset: JD is not connected.',
    }),
    JD_APP_KEY: Type.String({ minLength: 1, description: 'appKey of our application at JD Logistics (cloud.jdl.com).' }),
    JD_APP_SECRET: Type.String({ minLength: 1, description: 'appSecret of that application: signs our calls.' }),
    JD_ACCESS_TOKEN: Type.String({ minLength: 1, description: 'access_token that JD gave when the merchant authorised that application.' }),
    JD_CUSTOMER_CODE: Type.String({
      minLength: 1,
      description: 'Customer code (客户编码) of the merchant’s contract with JD, under which its parcels are sent.',
    }),
  }),
  urlSetting: 'JD_URL',
  secretSettings: ['JD_APP_SECRET', 'JD_ACCESS_TOKEN'],
  connect: connectJd,
};

function connectJd(settings: Record<string, string>): CarrierClient {
  const account: JdAccount = {
    baseUrl: urlSetting(settings, 'JD_URL'),
    appKey: requiredSetting(settings, 'JD_APP_KEY'),
    appSecret: requiredSetting(settings, 'JD_APP_SECRET'),
    accessToken: requiredSetting(settings, 'JD_ACCESS_TOKEN'),
    customerCode: requiredSetting(settings, 'JD_CUSTOMER_CODE'),
  };
  const ask = (path: string, request: object) => callCarrier(jdCall(account, path, request, Date.now()));
  const readTrace = async (waybillNo: string): Promise<TrackReading> =>
    readTraceAnswer(await ask(QUERY_TRACE, traceRequest(waybillNo, account.customerCode)), waybillNo, Date.now());
  return {
    requestIntercept: async (request) => readInterceptAnswer(await ask(CANCEL_ORDER, cancelRequest(request, account.customerCode))),
    readIntercept: null,
    readTrack: async (waybillNo) => {
      const track = await readTrace(waybillNo);
      const wayBack = reverseWaybillOf(track);
      return wayBack === null ? track : withWayBack(track, await readTrace(wayBack));
    },
    subscribeTrack: null,
    readPush: readJdPush,
    claims: null,
  };
}
