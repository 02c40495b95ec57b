import { Type } from 'typebox';
import { callCarrier } from '../http.ts';
import type { Carrier, CarrierClient } from '../port.ts';
import { requiredSetting, urlSetting } from '../settings.ts';
import { YTO_CODES } from './codes.ts';
import { type YtoAccount, ytoCall } from './gateway.ts';
import { REPORT_WANTED, readInterceptAnswer, reportWantedParam } from './intercept.ts';
import { readYtoPush } from './push.ts';
import { readSubscribeAnswer, SUBSCRIBE_TRACK, subscribeParam } from './subscribe.ts';
import { QUERY_TRACK, queryTrackParam, readTrackAnswer } from './track.ts';
import { YTO_PUSH_WORDS, YTO_QUERY_WORDS } from './words.ts';

/** YTO 圆通: every cooperating outlet takes intercepts without a subscription (R10); no status query, the track tells the result. */
export const YTO: Carrier = {
  code: 'YTO',
  nameZh: '圆通速递',
  platform: { expressCode: 6, companyCode: 'YTO' },
  outletsOpenByDefault: true,
  returnsTo: ['SENDER'],
  callsPerSecond: 20,
  words: { push: YTO_PUSH_WORDS, query: YTO_QUERY_WORDS },
  codes: YTO_CODES,
  settings: Type.Object({
    YTO_URL: Type.String({
      pattern: '^https?://',
      description: 'Base URL of YTO’s open platform; /open/{method}/v1/{urlKey}/{appKey} is appended. Unset: the simulator.',
    }),
    YTO_APP_KEY: Type.String({ minLength: 1, description: 'appKey (customer code) of our account at YTO, the last part of the path.' }),
    YTO_URL_KEY: Type.String({ minLength: 1, description: 'urlKey of the intercept interface, issued in YTO’s console.' }),
    YTO_SECRET: Type.String({ minLength: 1, description: 'Secret of the intercept interface: signs the intercept call.' }),
    YTO_CLIENT_ID: Type.Optional(
      Type.String({
        description:
          'clientId (商家代码) under which our waybills are subscribed for track pushes. Unset: nobody subscribes them here, tracks are asked for.',
      }),
    ),
    YTO_TRACK_URL_KEY: Type.Optional(Type.String({ fallback: 'YTO_URL_KEY', description: 'urlKey of the track interface.' })),
    YTO_TRACK_SECRET: Type.Optional(
      Type.String({
        fallback: 'YTO_SECRET',
        description: 'Secret of the track interface: signs the track query and verifies track pushes.',
      }),
    ),
    YTO_SUBSCRIBE_URL_KEY: Type.Optional(
      Type.String({ fallback: 'YTO_TRACK_URL_KEY', description: 'urlKey of the subscription interface.' }),
    ),
    YTO_SUBSCRIBE_SECRET: Type.Optional(
      Type.String({ fallback: 'YTO_TRACK_SECRET', description: 'Secret of the subscription interface: signs the subscription.' }),
    ),
  }),
  urlSetting: 'YTO_URL',
  secretSettings: ['YTO_SECRET', 'YTO_TRACK_SECRET', 'YTO_SUBSCRIBE_SECRET'],
  connect: connectYto,
};

function connectYto(settings: Record<string, string>): CarrierClient {
  const intercepts: YtoAccount = {
    baseUrl: urlSetting(settings, 'YTO_URL'),
    appKey: requiredSetting(settings, 'YTO_APP_KEY'),
    urlKey: requiredSetting(settings, 'YTO_URL_KEY'),
    secret: requiredSetting(settings, 'YTO_SECRET'),
  };
  // YTO issues key and secret per interface, so the others may differ.
  const track: YtoAccount = {
    ...intercepts,
    urlKey: settings['YTO_TRACK_URL_KEY'] || intercepts.urlKey,
    secret: settings['YTO_TRACK_SECRET'] || intercepts.secret,
  };
  const subscriptions: YtoAccount = {
    ...track,
    urlKey: settings['YTO_SUBSCRIBE_URL_KEY'] || track.urlKey,
    secret: settings['YTO_SUBSCRIBE_SECRET'] || track.secret,
  };
  const clientId = settings['YTO_CLIENT_ID'];
  return {
    requestIntercept: async (request) =>
      readInterceptAnswer(await callCarrier(ytoCall(intercepts, REPORT_WANTED, reportWantedParam(request), Date.now()))),
    readIntercept: null,
    readTrack: async (waybillNo) => {
      const now = Date.now();
      return readTrackAnswer(await callCarrier(ytoCall(track, QUERY_TRACK, queryTrackParam(waybillNo), now)), waybillNo, now);
    },
    subscribeTrack: clientId
      ? async (waybillNo) =>
          readSubscribeAnswer(await callCarrier(ytoCall(subscriptions, SUBSCRIBE_TRACK, subscribeParam(clientId, waybillNo), Date.now())))
      : null,
    readPush: (push) => readYtoPush(push, track.secret, Date.now()),
    claims: null,
  };
}
