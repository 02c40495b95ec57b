import { Type } from 'typebox';
import { callCarrier } from '../http.ts';
import type { Carrier, CarrierClient } from '../port.ts';
import { requiredSetting, urlSetting } from '../settings.ts';
import { JT_CODES } from './codes.ts';
import { type JtAccount, jtCall } from './gateway.ts';
import { CREATE_INTERCEPT, createInterceptContent, readInterceptAnswer } from './intercept.ts';
import { readJtPush } from './push.ts';
import { readSubscribeAnswer, SUBSCRIBE_TRACK, subscribeContent } from './subscribe.ts';
import { QUERY_TRACK, queryTrackContent, readTrackAnswer } from './track.ts';
import { JT_PROBLEMS, JT_WORDS } from './words.ts';

/** J&T 极兔 (China): intercept by waybill; no status query, the track tells the result. */
export const JT: Carrier = {
  code: 'JT',
  nameZh: '极兔速递',
  platform: { expressCode: 109, companyCode: 'JTSD' },
  outletsOpenByDefault: false,
  returnsTo: ['SENDER'],
  callsPerSecond: 20,
  words: { scans: JT_WORDS, problems: JT_PROBLEMS },
  codes: JT_CODES,
  settings: Type.Object({
    JT_URL: Type.String({
      pattern: '^https?://',
      description:
        'Base URL of J&T’s open platform, such as https://openapi.jtexpress.com.cn; /webopenplatformapi/api/… is appended. Unset: the simulator.',
    }),
    JT_API_ACCOUNT: Type.String({ minLength: 1, description: 'apiAccount of our application at J&T, sent as a header.' }),
    JT_PRIVATE_KEY: Type.String({
      minLength: 1,
      description: 'privateKey of that application: signs our calls and verifies J&T’s pushes.',
    }),
  }),
  urlSetting: 'JT_URL',
  secretSettings: ['JT_PRIVATE_KEY'],
  connect: connectJt,
};

function connectJt(settings: Record<string, string>): CarrierClient {
  const account: JtAccount = {
    baseUrl: urlSetting(settings, 'JT_URL'),
    apiAccount: requiredSetting(settings, 'JT_API_ACCOUNT'),
    privateKey: requiredSetting(settings, 'JT_PRIVATE_KEY'),
  };
  const ask = (path: string, bizContent: string) => callCarrier(jtCall(account, path, bizContent, Date.now()));
  return {
    requestIntercept: async (request) => readInterceptAnswer(await ask(CREATE_INTERCEPT, createInterceptContent(request))),
    readIntercept: null,
    readTrack: async (waybillNo) => readTrackAnswer(await ask(QUERY_TRACK, queryTrackContent(waybillNo)), waybillNo, Date.now()),
    subscribeTrack: async (waybillNo) =>
      readSubscribeAnswer(await ask(SUBSCRIBE_TRACK, subscribeContent(account.apiAccount, waybillNo)), waybillNo),
    readPush: (push) => readJtPush(push, account.privateKey, Date.now()),
    claims: null,
  };
}
