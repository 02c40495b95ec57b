import { Type } from 'typebox';
import { callCarrier } from '../http.ts';
import type { Carrier, CarrierClient } from '../port.ts';
import { requiredSetting, urlSetting } from '../settings.ts';
import { STO_CODES } from './codes.ts';
import { type StoAccount, stoCall } from './gateway.ts';
import { CREATE_INTERCEPT, createInterceptContent, REVERSE_CENTER, readInterceptAnswer } from './intercept.ts';
import { readStoPush } from './push.ts';
import { STO_PUSH_WORDS, STO_QUERY_WORDS } from './scan.ts';
import { readSubscribeAnswer, SUBSCRIBE_TRACK, subscribeContent, TRACE_PLATFORM } from './subscribe.ts';
import { QUERY_TRACK, queryTrackContent, readTrackAnswer, TRACE_QUERY } from './track.ts';

/** STO 申通: intercept by its reverse centre; no status query, the track tells the result. */
export const STO: Carrier = {
  code: 'STO',
  nameZh: '申通快递',
  platform: { expressCode: 3, companyCode: 'STO' },
  outletsOpenByDefault: false,
  returnsTo: ['SENDER'],
  callsPerSecond: 20,
  words: { push: STO_PUSH_WORDS, query: STO_QUERY_WORDS },
  codes: STO_CODES,
  settings: Type.Object({
    STO_URL: Type.String({
      pattern: '^https?://',
      description:
        'The whole URL of STO’s link gateway, such as https://cloudinter-linkgateway.sto.cn/gateway/link.do. Unset: the simulator.',
    }),
    STO_FROM_APPKEY: Type.String({ minLength: 1, description: 'appkey of our application at STO, sent as from_appkey.' }),
    STO_FROM_CODE: Type.String({ minLength: 1, description: 'Code of our application at STO, sent as from_code.' }),
    STO_SECRET: Type.String({ minLength: 1, description: 'secretKey of that application: signs our calls and verifies STO’s pushes.' }),
  }),
  urlSetting: 'STO_URL',
  secretSettings: ['STO_SECRET'],
  connect: connectSto,
};

function connectSto(settings: Record<string, string>): CarrierClient {
  const account: StoAccount = {
    gatewayUrl: urlSetting(settings, 'STO_URL'),
    fromAppkey: requiredSetting(settings, 'STO_FROM_APPKEY'),
    fromCode: requiredSetting(settings, 'STO_FROM_CODE'),
    secret: requiredSetting(settings, 'STO_SECRET'),
  };
  return {
    requestIntercept: async (request) =>
      readInterceptAnswer(await callCarrier(stoCall(account, CREATE_INTERCEPT, REVERSE_CENTER, createInterceptContent(request)))),
    readIntercept: null,
    readTrack: async (waybillNo) =>
      readTrackAnswer(await callCarrier(stoCall(account, QUERY_TRACK, TRACE_QUERY, queryTrackContent(waybillNo))), waybillNo, Date.now()),
    subscribeTrack: async (waybillNo) =>
      readSubscribeAnswer(await callCarrier(stoCall(account, SUBSCRIBE_TRACK, TRACE_PLATFORM, subscribeContent(waybillNo))), waybillNo),
    readPush: (push) => readStoPush(push, account.secret, Date.now()),
    claims: null,
  };
}
