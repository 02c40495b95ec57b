import { globSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PlatformRefund } from '../domain/refund.ts';
import type { World } from '../domain/world.ts';
import type { Platform, ShopTokens } from './port.ts';
import { connectPlatforms, type Platforms } from './worlds.ts';

/** Two platforms that only keep what is asked of them. */
const asked: Record<World, string[]> = { REAL: [], SANDBOX: [] };
const servers: Server[] = [];
const SHOPS: Record<string, World> = { '1': 'REAL', '2': 'SANDBOX' };
const REFUND = '9000000000000000001';
/** Of which world the tokens were asked for. */
let tokensOf: [World, string][] = [];

async function listen(world: World): Promise<string> {
  const server = createServer((request, response) => {
    asked[world].push(request.url ?? '');
    response.end('{"result":1,"data":{}}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const settings = (url: string) => ({
  KUAISHOU_URL: url,
  KUAISHOU_APP_KEY: 'app',
  KUAISHOU_APP_SECRET: 's',
  KUAISHOU_SIGN_SECRET: 's',
  KUAISHOU_MESSAGE_KEY: Buffer.alloc(16, 1).toString('base64'),
});
/** Long past their half: asking for new ones is due. */
const tokens: ShopTokens = { accessToken: 'a', refreshToken: 'r', accessIssuedAt: 0, accessExpiresAt: 1, refreshExpiresAt: null };

let urls: Record<World, string>;
const connect = (sandbox: boolean, worldOf = async (shopId: string) => SHOPS[shopId] ?? null): Platforms =>
  connectPlatforms(
    { kuaishou: settings(urls.REAL), sandbox: sandbox ? { kuaishou: settings(urls.SANDBOX) } : null },
    {
      tokens: (world) => ({
        read: async (shopId) => (tokensOf.push([world, shopId]), tokens),
        update: async (_shopId, renew) => (await renew(tokens)) ?? tokens,
      }),
      worldOf,
    },
  );

beforeAll(async () => {
  urls = { REAL: await listen('REAL'), SANDBOX: await listen('SANDBOX') };
});
beforeEach(() => {
  asked.REAL = [];
  asked.SANDBOX = [];
  tokensOf = [];
});
afterAll(() => servers.forEach((server) => server.close()));

const refund = { refundId: REFUND, refundFeeFen: 1, status: 10, negotiateStatus: 1 } as PlatformRefund;
const address = { province: '浙江省', city: '金华市', district: '义乌市', street: '', detail: '' };
/** How every function of the port is called for a shop; one that is added has to be written here. */
const CALLS: { [Name in Exclude<keyof Platform, 'readMessage'>]: (platform: Platform, shopId: string) => Promise<unknown> } = {
  readRefund: (platform, shopId) => platform.readRefund(shopId, REFUND),
  readOrder: (platform, shopId) => platform.readOrder(shopId, '25'),
  listOpenRefunds: (platform, shopId) => platform.listOpenRefunds(shopId, { cursor: null, limit: 10 }),
  listUpdatedRefunds: (platform, shopId) => platform.listUpdatedRefunds(shopId, 0, 1_000),
  approveRefund: (platform, shopId) => platform.approveRefund(shopId, REFUND, refund),
  rejectRefund: (platform, shopId) => platform.rejectRefund(shopId, REFUND, refund, { reason: '1001', description: '', images: [] }),
  requestArbitration: (platform, shopId) => platform.requestArbitration(shopId, REFUND, refund, { description: '', pictures: [] }),
  listRejectReasons: (platform, shopId) => platform.listRejectReasons(shopId, REFUND),
  listEbillOutlets: (platform, shopId) => platform.listEbillOutlets(shopId, 'ZTO'),
  isReachable: (platform, shopId) => platform.isReachable(shopId, 'ZTO', address),
  refreshTokens: (platform, shopId) => platform.refreshTokens(shopId),
};

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  test('goes to the world of its shop, with tokens of that world, and to no other', async () => {
    const { platform } = connect(true);
    expect(Object.keys(platform)).toContain(name);
    for (const [shopId, world] of Object.entries(SHOPS)) {
      for (const each of Object.values(asked)) each.length = 0;
      tokensOf = [];
      await call(platform, shopId).catch(() => null);
      expect(asked[world]).not.toHaveLength(0);
      expect(asked[world === 'REAL' ? 'SANDBOX' : 'REAL']).toEqual([]);
      expect(new Set(tokensOf.map(String))).toEqual(new Set([`${world},${shopId}`]));
    }
  });

  test('goes nowhere for a sandbox that is not connected, a shop that nobody knows, and one that cannot be looked up', async () => {
    const unsure = async () => {
      throw new Error('the database is down');
    };
    const answers = [];
    for (const { platform, shopId } of [
      { ...connect(false), shopId: '2' },
      { ...connect(true), shopId: '3' },
      { ...connect(true, unsure), shopId: '1' },
    ])
      answers.push(await call(platform, shopId).catch((error: Error) => error.name));
    expect(asked).toEqual({ REAL: [], SANDBOX: [] });
    const isWrite = ['approveRefund', 'rejectRefund', 'requestArbitration'].includes(name);
    const nowhere = isWrite ? expect.objectContaining({ kind: 'UNKNOWN', sent: false }) : 'PlatformUnavailable';
    expect(answers).toEqual([nowhere, nowhere, nowhere]);
  });
});

test('the port has no function but these and the reading of messages', () => {
  expect(Object.keys(connect(true).platform).toSorted()).toEqual([...Object.keys(CALLS), 'readMessage'].toSorted());
});

test('a sandbox has no refund of a number that real ones may have', async () => {
  const { platform } = connect(true);
  expect(await platform.readRefund('2', '24000000000000001')).toBeNull();
  expect(asked).toEqual({ REAL: [], SANDBOX: [] });
});

describe('no way leads outside beside the ports', () => {
  const ROOT = join(import.meta.dirname, '..');
  const FOLDERS = '{activities,api,carriers,config,delivery,domain,evidence,platforms,sealing,store,telemetry,worker,workflows}';
  const IS_TEST = /\.test\.ts$|\/test-[^/]+\.ts$|\/testing\/|fake-platform/;
  const filesWith = (pattern: RegExp): string[] =>
    globSync(`${FOLDERS}/**/*.ts`, { cwd: ROOT })
      .filter((file) => !IS_TEST.test(file) && pattern.test(readFileSync(join(ROOT, file), 'utf8')))
      .toSorted((a, b) => a.localeCompare(b));

  test('requests are made where a carrier, the platform, the shops’ own systems or our own metrics are asked', () => {
    const clients = /(^|[^.\w])fetch\(|from '(undici|nodemailer|node:https)'|\b(request|get)\b[^;]*from 'node:http'/;
    expect(filesWith(clients)).toEqual([
      'carriers/http.ts',
      'delivery/channels/mail.ts',
      'delivery/send.ts',
      'platforms/kuaishou/exchange.ts',
      'worker/admin.ts',
    ]);
  });

  test('carriers and platforms are connected, both worlds at once, by the two programs alone', () => {
    const connecting = /\b(connectCarriers|connectPlatforms|connectKuaishou|carrier\.connect)\(/;
    expect(filesWith(connecting)).toEqual([
      'api/main.ts',
      'carriers/index.ts',
      'carriers/sandbox.ts',
      'platforms/kuaishou/kuaishou.ts',
      'platforms/worlds.ts',
      'worker/main.ts',
    ]);
  });
});
