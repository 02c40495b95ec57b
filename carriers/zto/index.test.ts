import { afterEach, expect, test } from '@jest/globals';
import { answerJson, startGateway, type TestGateway } from '../testing/gateway.ts';
import { formPush } from '../testing/pushes.ts';
import { ZTO } from './index.ts';
import { signZto } from './signature.ts';

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());

async function connect(body: unknown) {
  gateway = await startGateway(answerJson(body));
  return { gateway, client: ZTO.connect({ ZTO_URL: `${gateway.url}/`, ZTO_APP_KEY: 'key-1', ZTO_APP_SECRET: 'secret-1' }) };
}

test('every call is signed over the bytes on the wire', async () => {
  const {
    gateway: { calls },
    client,
  } = await connect({ status: true, statusCode: 'SYS000', data: { centerBizNo: 'LJ1' } });
  expect(await client.requestIntercept({ waybillNo: '73', requestId: 'r-1', reason: '' })).toEqual({ kind: 'ACCEPTED', reference: 'LJ1' });
  await client.readIntercept?.('73');
  await client.readTrack('73');
  await client.claims?.open({
    waybillNo: '73',
    kind: 'LOSS',
    claimId: 'c',
    contactPhone: '1',
    contactName: '张三',
    claimedFen: 1,
    commodity: '裙',
    description: '丢失',
  });
  await client.claims?.read('73', 'c');
  expect(calls.map((call) => call.path)).toEqual([
    '/thirdcenter.createIntercept',
    '/thirdcenter.queryInterceptAndReturnStatus',
    '/zto.merchant.waybill.track.query',
    '/zto.open.merchant.incident.create',
    '/zto.open.merchant.incident.query',
  ]);
  for (const call of calls) {
    expect(call.headers).toMatchObject({
      'x-appkey': 'key-1',
      'x-datadigest': signZto(call.body, 'secret-1'),
      'content-type': 'application/json; charset=UTF-8',
    });
  }
});

test('case 12: the digits of a phone go with the track query and the subscription; digits of another are left out again', async () => {
  gateway = await startGateway((response, { body }) => {
    const { mobilePhone } = JSON.parse(body.toString()) as { mobilePhone?: string };
    const denied = { status: false, statusCode: 'E409', message: '鉴权失败,收寄人电话号码校验不一致' };
    answerJson(mobilePhone === '9999' ? denied : { status: true, statusCode: 'SYS000', result: [] })(response);
  });
  const client = ZTO.connect({ ZTO_URL: gateway.url, ZTO_APP_KEY: 'k', ZTO_APP_SECRET: 's' });
  expect(await client.readTrack('73', '0000')).toEqual({ kind: 'NO_TRACK' });
  expect(await client.readTrack('73', '9999')).toEqual({ kind: 'NO_TRACK' });
  expect(await client.subscribeTrack?.('73', '0000')).toEqual({ kind: 'SUBSCRIBED' });
  expect(gateway.calls.map(({ path, body }) => [path, body.toString()])).toEqual([
    ['/zto.merchant.waybill.track.query', '{"billCode":"73","mobilePhone":"0000"}'],
    ['/zto.merchant.waybill.track.query', '{"billCode":"73","mobilePhone":"9999"}'],
    ['/zto.merchant.waybill.track.query', '{"billCode":"73"}'],
    ['/zto.merchant.waybill.track.subsrcibe', '{"billCode":"73","mobilePhone":"0000"}'],
  ]);
});

test('a gateway that is gone is unknown and not sent', async () => {
  const { gateway: gone, client } = await connect({});
  await gone.close();
  gateway = undefined;
  expect(await client.requestIntercept({ waybillNo: '73', requestId: 'r-1', reason: '' })).toMatchObject({ kind: 'UNKNOWN', sent: false });
  expect(await client.readTrack('73')).toMatchObject({ kind: 'UNAVAILABLE' });
  expect(await client.readIntercept?.('73')).toMatchObject({ kind: 'UNKNOWN' });
});

test('pushes are verified with the same secret', () => {
  const client = ZTO.connect({ ZTO_URL: 'http://127.0.0.1:1', ZTO_APP_KEY: 'k', ZTO_APP_SECRET: 's' });
  const data = JSON.stringify({ billCode: '73', action: 'SIGNED', actionTime: '2024-01-01 00:00:00' });
  expect(client.readPush(formPush({ data, data_digest: signZto(data, 's') }))).toMatchObject({
    kind: 'VERIFIED',
    scans: [{ event: 'SIGNED' }],
  });
});

test('a missing setting is named', () => {
  expect(() => ZTO.connect({ ZTO_URL: 'http://x', ZTO_APP_KEY: 'k' })).toThrow('ZTO_APP_SECRET');
});
