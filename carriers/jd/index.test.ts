import { afterEach, expect, test } from '@jest/globals';
import { answerJson, startGateway, type TestGateway } from '../testing/gateway.ts';
import { JD } from './index.ts';
import { signJd } from './signature.ts';

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());

const SETTINGS = { JD_APP_KEY: 'app', JD_APP_SECRET: 'secret-1', JD_ACCESS_TOKEN: 'token-1', JD_CUSTOMER_CODE: '010K1' };

test('path, query, the list of one request, signed over the bytes on the wire', async () => {
  gateway = await startGateway(answerJson({ code: 0, success: true, data: { resultType: 4 } }));
  const client = JD.connect({ ...SETTINGS, JD_URL: `${gateway.url}/` });
  expect(await client.requestIntercept({ waybillNo: 'JDVA1', requestId: 'r', reason: '退' })).toEqual({
    kind: 'ACCEPTED',
    reference: null,
  });
  expect(await client.readTrack('JDVA1')).toEqual({ kind: 'NO_TRACK' });
  const urls = gateway.calls.map(({ path }) => new URL(path, 'http://jd'));
  expect(urls.map(({ pathname }) => pathname)).toEqual(['/ecap/v1/orders/cancel', '/ecap/v1/orders/trace/query']);
  expect(gateway.calls.map(({ method, body }) => [method, body.toString()])).toEqual([
    ['POST', '[{"waybillCode":"JDVA1","orderOrigin":1,"customerCode":"010K1","cancelReason":"退","cancelReasonCode":"1","cancelType":1}]'],
    ['POST', '[{"waybillCode":"JDVA1","orderOrigin":1,"customerCode":"010K1"}]'],
  ]);
  for (const [at, { pathname, searchParams }] of urls.entries()) {
    const timestamp = searchParams.get('timestamp') ?? '';
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const signed = { appKey: 'app', accessToken: 'token-1', path: pathname, body: gateway.calls[at]?.body.toString() ?? '', timestamp };
    expect(searchParams.get('sign')).toBe(signJd(signed, 'secret-1'));
  }
  expect([client.readIntercept, client.subscribeTrack, client.claims]).toEqual([null, null, null]);
});

test('the way back is asked for under the waybill of the new label', async () => {
  gateway = await startGateway((response, { body }) => {
    const isBack = body.includes('JDVC00000000001');
    const state = isBack ? 10034 : 200020;
    const operationTime = isBack ? '2024-01-03 00:00:00' : '2024-01-02 00:00:00';
    const traceDetails = [{ state, operationTime, operationRemark: isBack ? '已妥投' : '换单打印，新运单号JDVC00000000001' }];
    answerJson({ code: 0, success: true, data: { traceDetails } })(response);
  });
  const client = JD.connect({ ...SETTINGS, JD_URL: gateway.url });
  expect(await client.readTrack('JDVA00000000001')).toMatchObject({
    kind: 'SCANS',
    scans: [
      { waybillNo: 'JDVA00000000001', event: 'RETURNING' },
      { waybillNo: 'JDVA00000000001', event: 'RETURN_SIGNED' },
    ],
  });
  expect(gateway.calls).toHaveLength(2);
});
