import { afterEach, expect, test } from '@jest/globals';
import { answerJson, startGateway, type TestGateway } from '../testing/gateway.ts';
import { formPush } from '../testing/pushes.ts';
import { JT } from './index.ts';
import { signJt } from './signature.ts';

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());

test('paths, the one form field and the signed headers', async () => {
  gateway = await startGateway(answerJson({ code: '1', msg: 'success', data: [] }));
  const client = JT.connect({ JT_URL: `${gateway.url}/`, JT_API_ACCOUNT: '178', JT_PRIVATE_KEY: 'key-1' });
  expect(await client.requestIntercept({ waybillNo: 'JT1', requestId: 'r', reason: '退' })).toEqual({ kind: 'ACCEPTED', reference: null });
  expect(await client.readTrack('JT1')).toEqual({ kind: 'NO_TRACK' });
  expect(gateway.calls.map((call) => call.path)).toEqual([
    '/webopenplatformapi/api/waybill/intercept',
    '/webopenplatformapi/api/logistics/trace',
  ]);
  const contents = gateway.calls.map((call) => Object.fromEntries(new URLSearchParams(call.body.toString())));
  expect(contents).toEqual([{ bizContent: '{"mailNo":"JT1","applyTypeCode":4}' }, { bizContent: '{"billCodes":"JT1"}' }]);
  for (const [at, call] of gateway.calls.entries()) {
    expect(call.headers).toMatchObject({
      apiaccount: '178',
      digest: signJt(contents[at]?.['bizContent'] ?? '', 'key-1'),
      timestamp: expect.stringMatching(/^\d{13}$/),
    });
  }
  const push = JSON.stringify({ billCode: 'JT1', details: [{ scanTime: '2024-01-01 00:00:00', scanType: '退件扫描' }] });
  expect(client.readPush(formPush({ bizContent: push }, { digest: signJt(push, 'key-1') }))).toMatchObject({
    kind: 'VERIFIED',
    scans: [{ event: 'RETURNING' }],
  });
  expect([client.readIntercept, client.claims]).toEqual([null, null]);
});
