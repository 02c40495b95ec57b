import { expect, test } from '@jest/globals';
import { jdCall } from './gateway.ts';
import { cancelRequest } from './intercept.ts';
import { QUERY_TRACE, traceRequest } from './track.ts';

const ACCOUNT = {
  baseUrl: 'https://jd.example.com',
  appKey: 'jd-test',
  appSecret: 'test-secret',
  accessToken: 'at-test',
  customerCode: '010K000001',
};
/** 2026-11-28 12:00:00 in China. */
const NOON = Date.UTC(2026, 10, 28, 4, 0, 0);

/** No published request has its digest beside it: these were computed by two public clients, GitHub NoirVoider/jdl-sdk-node (`getSign`) and the Python sample. */
test('the query of a call, and the digest two public clients make of the same', () => {
  const intercept = { waybillNo: 'JDVA00000000001', requestId: 'r', reason: '买家申请仅退款，拦截退回' };
  const call = jdCall(ACCOUNT, '/ecap/v1/orders/cancel', cancelRequest(intercept, ACCOUNT.customerCode), NOON);
  const url = new URL(call.url);
  expect(url.pathname).toBe('/ecap/v1/orders/cancel');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    'LOP-DN': 'ECAP',
    app_key: 'jd-test',
    access_token: 'at-test',
    timestamp: '2026-11-28 12:00:00',
    v: '2.0',
    sign: 'bc261dbb9927e9536d51acd7cab1f711',
    algorithm: 'md5-salt',
  });
  const trace = jdCall(ACCOUNT, QUERY_TRACE, traceRequest('JDVA00000000001', ACCOUNT.customerCode), NOON);
  expect(new URL(trace.url).searchParams.get('sign')).toBe('19ffac4b46abe597f3781dd3863292ed');
});
