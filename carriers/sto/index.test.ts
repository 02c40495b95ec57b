import { afterEach, expect, test } from '@jest/globals';
import { answerJson, startGateway, type TestGateway } from '../testing/gateway.ts';
import { formPush } from '../testing/pushes.ts';
import { STO } from './index.ts';
import { signSto } from './signature.ts';

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());

test('one URL, the API named in the form, the content signed', async () => {
  gateway = await startGateway(answerJson({ success: 'true', data: {} }));
  const client = STO.connect({
    STO_URL: `${gateway.url}/gateway/link.do`,
    STO_FROM_APPKEY: 'appkey',
    STO_FROM_CODE: 'code',
    STO_SECRET: 'secret-1',
  });
  expect(await client.requestIntercept({ waybillNo: '77', requestId: 'r', reason: '退' })).toEqual({ kind: 'ACCEPTED', reference: null });
  expect(await client.readTrack('77')).toEqual({ kind: 'NO_TRACK' });
  expect(gateway.calls.map((call) => call.path)).toEqual(['/gateway/link.do', '/gateway/link.do']);
  const [intercept, track] = gateway.calls.map((call) => Object.fromEntries(new URLSearchParams(call.body.toString())));
  const from = { from_appkey: 'appkey', from_code: 'code' };
  const content = '{"waybillNo":"77","interceptForAct":"DEFAULT"}';
  expect(intercept).toEqual({
    ...from,
    api_name: 'INTERCEPT_CREATE_STANDARD',
    to_appkey: 'reverse-center',
    to_code: 'reverse-center',
    content,
    data_digest: signSto(content, 'secret-1'),
  });
  const query = '{"order":"asc","waybillNoList":["77"]}';
  expect(track).toEqual({
    ...from,
    api_name: 'STO_TRACE_QUERY_COMMON',
    to_appkey: 'sto_trace_query',
    to_code: 'sto_trace_query',
    content: query,
    data_digest: signSto(query, 'secret-1'),
  });
  const push = JSON.stringify({ waybillNo: '77', trace: { opTime: '2024-01-01 00:00:00', scanType: '签收' } });
  expect(client.readPush(formPush({ content: push, data_digest: signSto(push, 'secret-1') }))).toMatchObject({
    kind: 'VERIFIED',
    scans: [{ event: 'SIGNED' }],
  });
  expect([client.readIntercept, client.claims]).toEqual([null, null]);
});
