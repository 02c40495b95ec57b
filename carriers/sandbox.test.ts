import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { carrierOf, codeOf, WORLDS, type World, worldOfCarrier } from '../domain/world.ts';
import { CARRIERS, connectCarriers, findCarrier } from './index.ts';
import type { CarrierClient } from './port.ts';

const asked: Record<World, string[]> = { REAL: [], SANDBOX: [] };
const servers: Server[] = [];
const urls = {} as Record<World, string>;

beforeAll(async () => {
  for (const world of WORLDS) {
    const server = createServer((request, response) => {
      asked[world].push(request.url ?? '');
      response.end('{}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    urls[world] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
afterAll(() => servers.forEach((server) => server.close()));

/** Every carrier in both worlds, with all settings filled. */
function connected() {
  const settings = WORLDS.flatMap((world) =>
    CARRIERS.map(({ code, settings: { properties }, urlSetting }) => [
      carrierOf(world, code),
      Object.fromEntries(Object.keys(properties).map((name) => [name, name === urlSetting ? urls[world] : 'x'])),
    ]),
  );
  return connectCarriers(Object.fromEntries(settings));
}

/** Every call that a client has: one that is added to the port has to be written here. */
const CALLS: { [Name in Exclude<keyof CarrierClient, 'readPush'>]: (client: CarrierClient) => Promise<unknown> } = {
  requestIntercept: (client) => client.requestIntercept({ waybillNo: '73000000000001', requestId: '1-1', reason: '拦截' }),
  readIntercept: async (client) => client.readIntercept?.('73000000000001'),
  readTrack: (client) => client.readTrack('73000000000001', '1234'),
  subscribeTrack: async (client) => client.subscribeTrack?.('73000000000001', '1234'),
  claims: async (client) => {
    const request = { waybillNo: '73000000000001', kind: 'LOSS', claimId: 'claim_1', contactPhone: '13800001234' } as const;
    await client.claims?.open({ ...request, contactName: '店', claimedFen: 1, commodity: '鞋', description: '丢' });
    await client.claims?.read('73000000000001', 'claim_1');
  },
};

test('every call of a carrier goes to the servers of its world alone', async () => {
  const all = connected();
  expect(all.map(({ carrier }) => carrier.code)).toEqual(WORLDS.flatMap((world) => CARRIERS.map(({ code }) => carrierOf(world, code))));
  for (const { carrier, client } of all) {
    expect(Object.keys(client).toSorted()).toEqual([...Object.keys(CALLS), 'readPush'].toSorted());
    for (const [name, call] of Object.entries(CALLS)) {
      asked.REAL = [];
      asked.SANDBOX = [];
      await call(client);
      const [own, other] = worldOfCarrier(carrier.code) === 'REAL' ? [asked.REAL, asked.SANDBOX] : [asked.SANDBOX, asked.REAL];
      expect([carrier.code, name, other]).toEqual([carrier.code, name, []]);
      const member = client[name as keyof typeof CALLS];
      expect([carrier.code, name, own.length > 0]).toEqual([carrier.code, name, member !== null]);
    }
  }
});

test('a sandbox’s carrier is the same under a code of its own', () => {
  for (const { code, nameZh } of CARRIERS) {
    const played = findCarrier(carrierOf('SANDBOX', code));
    expect(played).toMatchObject({ code: `SANDBOX_${code}`, nameZh: `${nameZh}（沙箱）` });
    expect(codeOf(`SANDBOX_${code}`)).toBe(code);
  }
});
