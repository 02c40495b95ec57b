import { Type } from 'typebox';
import { callCarrier } from '../http.ts';
import type { Carrier, CarrierClient } from '../port.ts';
import { requiredSetting, urlSetting } from '../settings.ts';
import { ZTO_CODES } from './codes.ts';
import * as claim from './claim.ts';
import { type ZtoAccount, ztoCall } from './gateway.ts';
import * as intercept from './intercept.ts';
import { readZtoPush, ZTO_PUSH_WORDS } from './push.ts';
import { readSubscribeAnswer, SUBSCRIBE_TRACK, subscribeBody } from './subscribe.ts';
import { QUERY_TRACK, queryTrackBody, readTrackAnswer, ZTO_QUERY_WORDS } from './track.ts';

/** 收寄人电话号码校验不一致. */
const OTHER_PHONE = 'E409';

/** ZTO 中通: the only one with an intercept status to ask for and with a claim API. */
export const ZTO: Carrier = {
  code: 'ZTO',
  nameZh: '中通快递',
  platform: { expressCode: 9, companyCode: 'ZTO' },
  outletsOpenByDefault: false,
  returnsTo: ['SENDER', 'OUTLET', 'ADDRESS'],
  callsPerSecond: 20,
  words: { push: ZTO_PUSH_WORDS, query: ZTO_QUERY_WORDS },
  codes: ZTO_CODES,
  settings: Type.Object({
    ZTO_URL: Type.String({
      pattern: '^https?://',
      description: 'Base URL of ZTO’s open platform, such as https://japi.zto.com; the name of the API is appended. Unset: the simulator.',
    }),
    ZTO_APP_KEY: Type.String({ minLength: 1, description: 'appKey of our application at ZTO, sent as x-appKey.' }),
    ZTO_APP_SECRET: Type.String({
      minLength: 1,
      description: 'appSecret of that application: signs our calls and verifies ZTO’s pushes.',
    }),
  }),
  urlSetting: 'ZTO_URL',
  secretSettings: ['ZTO_APP_SECRET'],
  connect: connectZto,
};

function connectZto(settings: Record<string, string>): CarrierClient {
  const account: ZtoAccount = {
    baseUrl: urlSetting(settings, 'ZTO_URL'),
    appKey: requiredSetting(settings, 'ZTO_APP_KEY'),
    appSecret: requiredSetting(settings, 'ZTO_APP_SECRET'),
  };
  const ask = (api: string, body: string) => callCarrier(ztoCall(account, api, body));
  const readTrack = async (waybillNo: string, phoneTail?: string | null) =>
    readTrackAnswer(await ask(QUERY_TRACK, queryTrackBody(waybillNo, phoneTail)), waybillNo, Date.now());
  return {
    requestIntercept: async (request) =>
      intercept.readInterceptAnswer(await ask(intercept.CREATE_INTERCEPT, intercept.createInterceptBody(request))),
    readIntercept: async (waybillNo) =>
      intercept.readInterceptStatus(await ask(intercept.QUERY_INTERCEPT, intercept.queryInterceptBody(waybillNo)), waybillNo),
    readTrack: async (waybillNo, phoneTail) => {
      const reading = await readTrack(waybillNo, phoneTail);
      // The digits we know may be of a number that stands in for the buyer's: a bound account needs none.
      const isOfAnother = reading.kind === 'UNAVAILABLE' && reading.accessFault?.code === OTHER_PHONE && phoneTail;
      return isOfAnother ? readTrack(waybillNo) : reading;
    },
    subscribeTrack: async (waybillNo, phoneTail) => readSubscribeAnswer(await ask(SUBSCRIBE_TRACK, subscribeBody(waybillNo, phoneTail))),
    readPush: (push) => readZtoPush(push, account.appSecret, Date.now()),
    claims: {
      open: async (request) => claim.readClaimAnswer(await ask(claim.CREATE_INCIDENT, claim.createIncidentBody(request))),
      read: async (waybillNo) => claim.readClaimProgress(await ask(claim.QUERY_INCIDENT, claim.queryIncidentBody(waybillNo)), waybillNo),
    },
  };
}
