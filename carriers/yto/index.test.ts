import { afterEach, expect, test } from '@jest/globals';
import { answerJson, startGateway, type TestGateway } from '../testing/gateway.ts';
import { formPush } from '../testing/pushes.ts';
import { YTO } from './index.ts';
import { signYto, signYtoPush } from './signature.ts';

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());

const SETTINGS = { YTO_APP_KEY: 'app/1', YTO_URL_KEY: 'url1', YTO_SECRET: 'secret-1' };

test('path, the four fields and the signature of either interface', async () => {
  gateway = await startGateway(answerJson({ statusCode: 0 }));
  const client = YTO.connect({ ...SETTINGS, YTO_URL: `${gateway.url}/`, YTO_TRACK_URL_KEY: 'url2', YTO_TRACK_SECRET: 'secret-2' });
  expect(await client.requestIntercept({ waybillNo: 'YT1', requestId: 'r', reason: '买家申请仅退款' })).toEqual({
    kind: 'ACCEPTED',
    reference: null,
  });
  await client.readTrack('YT1');
  expect(gateway.calls.map((call) => call.path)).toEqual([
    '/open/wanted_report_adapter/v1/url1/app%2F1',
    '/open/track_query_adapter/v1/url2/app%2F1',
  ]);
  const bodies = gateway.calls.map((call) => JSON.parse(call.body.toString()) as Record<string, string>);
  const common = { timestamp: expect.stringMatching(/^\d{13}$/), format: 'JSON' };
  const [intercept, track] = ['{"waybillNo":"YT1","wantedDesc":"买家申请仅退款"}', '{"NUMBER":"YT1"}'];
  expect(bodies[0]).toEqual({ ...common, param: intercept, sign: signYto(intercept, 'wanted_report_adapter', 'secret-1') });
  expect(bodies[1]).toEqual({ ...common, param: track, sign: signYto(track, 'track_query_adapter', 'secret-2') });
});

test('the track interface falls back to the other’s key and secret', async () => {
  gateway = await startGateway(answerJson([]));
  const client = YTO.connect({ ...SETTINGS, YTO_URL: gateway.url });
  expect(await client.readTrack('YT1')).toEqual({ kind: 'NO_TRACK' });
  expect(gateway.calls[0]?.path).toBe('/open/track_query_adapter/v1/url1/app%2F1');
  const xml = '<UpdateInfo><mailNo>YT1</mailNo><infoContent>GOT</infoContent><acceptTime>2024-01-01 00:00:00</acceptTime></UpdateInfo>';
  const push = formPush({ logistics_interface: xml, data_digest: signYtoPush(xml, 'secret-1') });
  expect(client.readPush(push)).toMatchObject({ kind: 'VERIFIED', scans: [{ event: 'PICKED_UP' }] });
  const own = YTO.connect({ ...SETTINGS, YTO_URL: gateway.url, YTO_TRACK_SECRET: 'secret-2' });
  expect(own.readPush(push).kind).toBe('BAD_SIGNATURE');
});

test('case 13: subscriptions have a key of their own, else that of the tracks, and need the client id', async () => {
  gateway = await startGateway(answerJson({ success: true, waybillNo: 'YT1' }));
  const tracks = { ...SETTINGS, YTO_URL: gateway.url, YTO_TRACK_URL_KEY: 'url2', YTO_TRACK_SECRET: 'secret-2' };
  expect(YTO.connect(tracks).subscribeTrack).toBeNull();
  const own = { ...tracks, YTO_CLIENT_ID: 'K1', YTO_SUBSCRIBE_URL_KEY: 'url3', YTO_SUBSCRIBE_SECRET: 'secret-3' };
  for (const settings of [{ ...tracks, YTO_CLIENT_ID: 'K1' }, own]) {
    expect(await YTO.connect(settings).subscribeTrack?.('YT1', null)).toEqual({ kind: 'SUBSCRIBED' });
  }
  expect(gateway.calls.map((call) => call.path)).toEqual([
    '/open/subscribe_adapter/v1/url2/app%2F1',
    '/open/subscribe_adapter/v1/url3/app%2F1',
  ]);
  const bodies = gateway.calls.map((call) => JSON.parse(call.body.toString()) as { param: string; sign: string });
  expect(bodies.map(({ sign }) => sign)).toEqual(
    ['secret-2', 'secret-3'].map((secret, n) => signYto(bodies[n]?.param ?? '', 'subscribe_adapter', secret)),
  );
});

test('YTO has neither a status query nor a claim API', () => {
  const client = YTO.connect({ ...SETTINGS, YTO_URL: 'http://127.0.0.1:1' });
  expect([client.readIntercept, client.claims]).toEqual([null, null]);
});
