import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { passwordFits } from '../../api/console/passwords.ts';
import { DEFAULT_TIMES } from '../../domain/channel/channel.ts';
import { openTarget, sealTarget } from '../../delivery/channels/targets.ts';
import { addSecret, sealSecret, validSecrets } from '../../delivery/endpoint-secrets.ts';
import { findKey } from '../../store/api-keys.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { storeEvents } from '../../store/inbox.ts';
import { returnAddress, saveReturnAddress } from '../../store/return-addresses.ts';
import { readDataKey } from '../../store/secrets.ts';
import { shopTokenStore, storeShopTokens } from '../../store/shop-tokens.ts';
import { findShop, setShopStatus, upsertShop } from '../../store/shops.ts';
import { findCredentials } from '../../store/staff.ts';
import { findChannel, insertChannel } from '../../store/notice-channels.ts';
import { changeSecrets, insertEndpoint } from '../../store/webhook-endpoints.ts';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts';
import { databaseFolder } from '../../test/support/quick-folder.ts';

const TOKENS = { refreshToken: null, accessIssuedAt: 0, accessExpiresAt: null, refreshExpiresAt: null };
const DATA_KEY = Buffer.from('a key of thirty-two bytes, truly').toString('base64');

interface Ending {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command as `npm run` does, with this environment and nothing else that could name a server. */
function run(command: string, args: string[], env: Record<string, string>): Promise<Ending> {
  const words = [join(import.meta.dirname, '../on-node-24.mjs'), join(import.meta.dirname, `${command}.ts`), ...args];
  return new Promise((resolve) => {
    const { PATH = '', HOME = '' } = process.env;
    execFile(process.execPath, words, { env: { PATH, HOME, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

let runsHere = 0;

/** Runs a command in this process, which is as good where it ends before it has asked anybody: starting one takes half a second. */
async function runHere(command: string, args: string[]): Promise<Ending> {
  const { argv, exitCode } = process;
  const said = { stdout: '', stderr: '' };
  const listening = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  try {
    Object.assign(process, { argv: [...argv.slice(0, 2), ...args], exitCode: undefined });
    runsHere += 1;
    await import(`${pathToFileURL(join(import.meta.dirname, `${command}.ts`)).href}?run=${runsHere}`);
    return { code: Number(process.exitCode ?? 0), ...said };
  } finally {
    for (const spy of listening) spy.mockRestore();
    Object.assign(process, { argv, exitCode });
  }
}

let fresh: FreshDatabase;
let database: Database;
let env: Record<string, string>;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'test', onError: () => {} });
  env = { DATABASE_URL: fresh.url, DATA_KEY };
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('re-encrypt', () => {
  const ADDRESS = { name: '张三', phone: '13812341234', province: '浙江省', city: '金华市', district: '义乌市' };
  const NEW_KEY = Buffer.from('another key of thirty-two bytes.').toString('base64');

  test('seals with the new key what the former one sealed, batch by batch, and may be repeated', async () => {
    const db = database.kysely;
    const owners = Array.from({ length: 130 }, (_, n) => ({ shopId: String(7_000_000_000 + n), endpointId: `whe_${n}` }));
    const former = readDataKey(DATA_KEY);
    for (const owner of owners) {
      await upsertShop(db, { shopId: owner.shopId, platform: 'KUAISHOU', name: '店' });
      await storeShopTokens(db, former, owner.shopId, { ...TOKENS, accessToken: `at-${owner.shopId}` });
      await insertEndpoint(db, { ...owner, url: 'https://a.example', types: [], secretSealed: sealSecret(former, owner, 'one') }, 9);
      await changeSecrets(db, owner.shopId, owner.endpointId, (sealed) => addSecret(former, owner, sealed, 'two', Date.now()));
      await saveReturnAddress(db, former, owner.shopId, { ...ADDRESS, address: `${owner.shopId}号` }, 'owner');
      const channel = { shopId: owner.shopId, channelId: `chn_${owner.shopId}` };
      const targetSealed = sealTarget(former, channel, { url: `https://robot.example/${owner.shopId}`, secret: 'one' });
      const settings = { name: '群', codes: [], ...DEFAULT_TIMES };
      await insertChannel(db, { ...channel, kind: 'DINGTALK', settings, targetSealed, targetShown: '…' }, 9);
    }
    const rotated = { ...env, DATA_KEY: `${NEW_KEY},${DATA_KEY}` };
    const first = await run('keys', ['re-encrypt'], rotated);
    expect(first).toMatchObject({
      stderr: '',
      code: 0,
      stdout: expect.stringContaining(
        'the tokens of 130 shops, the secrets of 130 webhook endpoints, the addresses of 130 notice channels, 130 return addresses',
      ),
    });
    expect(await run('keys', ['re-encrypt'], rotated)).toMatchObject({
      stdout: expect.stringContaining('0 shops, the secrets of 0 webhook'),
    });
    const alone = readDataKey(NEW_KEY);
    for (const owner of owners) {
      expect((await shopTokenStore(db, alone).read(owner.shopId))?.accessToken).toBe(`at-${owner.shopId}`);
      const { secrets_sealed: sealed } = await db
        .selectFrom('webhook_endpoints')
        .select('secrets_sealed')
        .where('endpoint_id', '=', owner.endpointId)
        .executeTakeFirstOrThrow();
      expect(validSecrets(alone, owner, sealed, Date.now())).toEqual(['two', 'one']);
      const channel = await findChannel(db, owner.shopId, `chn_${owner.shopId}`);
      expect(channel && openTarget(alone, channel, channel.targetSealed)).toMatchObject({ url: `https://robot.example/${owner.shopId}` });
    }
    for (const { shopId } of owners) expect((await returnAddress(db, alone, shopId, 1))?.address).toBe(`${shopId}号`);
    const without = await run('keys', ['re-encrypt'], { ...env, DATA_KEY: Buffer.alloc(32, 9).toString('base64') });
    expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining(`sealed with key ${alone.id}`) });
    await db.deleteFrom('webhook_endpoints').execute();
    await db.deleteFrom('notice_channels').execute();
    await db.deleteFrom('return_addresses').execute();
  });
});

describe('shops and keys', () => {
  test('a shop is created operating, with sealed tokens, and again with new ones', async () => {
    const args = ['create', '--shop', '2788410001', '--name', '毛衣店', '--kuaishou-token', 'at-1', '--kuaishou-refresh-token', 'rt-1'];
    expect(await run('shops', args, env)).toEqual({ code: 0, stdout: 'Shop 2788410001 "毛衣店" is OPERATING.\n', stderr: '' });
    expect(await findShop(database.kysely, '2788410001')).toMatchObject({ name: '毛衣店', status: 'OPERATING', platform: 'KUAISHOU' });
    const tokens = shopTokenStore(database.kysely, readDataKey(DATA_KEY));
    expect(await tokens.read('2788410001')).toMatchObject({ accessToken: 'at-1', refreshToken: 'rt-1' });
    expect((await run('shops', ['create', '--shop', '2788410001', '--name', '毛衣店', '--kuaishou-token', 'at-2'], env)).code).toBe(0);
    expect(await tokens.read('2788410001')).toMatchObject({ accessToken: 'at-2', refreshToken: null, accessExpiresAt: null });
  });

  test('it is a sandbox from its creation on or never, and only where there is one', async () => {
    const args = ['create', '--shop', '2788410002', '--name', '联调店', '--kuaishou-token', 'at-s'];
    const played = [...args, '--world', 'SANDBOX'];
    expect(await run('shops', played, env)).toMatchObject({ code: 1, stderr: expect.stringContaining('SANDBOX_KUAISHOU_URL') });
    expect(await findShop(database.kysely, '2788410002')).toBeNull();
    const withSandbox = { ...env, SANDBOX_KUAISHOU_URL: 'http://simulators:8090/kuaishou' };
    expect(await run('shops', played, withSandbox)).toEqual({
      code: 0,
      stdout: 'Shop 2788410002 "联调店" is OPERATING, a sandbox.\n',
      stderr: '',
    });
    for (const [words, world] of [
      [args, 'SANDBOX'],
      [['create', '--shop', '2788410001', '--name', '毛衣店', '--kuaishou-token', 'at-s', '--world', 'SANDBOX'], 'REAL'],
    ] as const)
      expect(await run('shops', [...words], withSandbox)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`is ${world}, and stays so`),
      });
    expect(await shopTokenStore(database.kysely, readDataKey(DATA_KEY)).read('2788410001')).toMatchObject({ accessToken: 'at-2' });
  });

  test('its status changes', async () => {
    expect((await run('shops', ['set-status', '--shop', '2788410001', '--status', 'SUSPENDED'], env)).code).toBe(0);
    expect(await findShop(database.kysely, '2788410001')).toMatchObject({ status: 'SUSPENDED' });
    const unknown = await run('shops', ['set-status', '--shop', '99', '--status', 'OPERATING'], env);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no shop 99') });
  });

  test('a key is printed alone on the last line and works', async () => {
    const { code, stdout } = await run('keys', ['create', '--shop', '2788410001', '--scopes', 'intercepts:read,intercepts:write'], env);
    expect(code).toBe(0);
    const secret = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(secret).toMatch(/^ik_live_[\w-]{43}$/);
    expect(await findKey(database.kysely, secret)).toMatchObject({
      shopId: '2788410001',
      scopes: ['intercepts:read', 'intercepts:write'],
      demo: false,
    });
  });

  test('a person gets a password for once, alone on the last line', async () => {
    const create = (...args: string[]) => run('staff', ['create', '--shop', '2788410001', ...args], env);
    const { code, stdout } = await create('--name', '张三', '--role', 'OPERATOR');
    expect(code).toBe(0);
    const password = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(password).toMatch(/^[A-Za-z2-9]{16}$/);
    const found = await findCredentials(database.kysely, '2788410001', '张三');
    expect(found?.staff).toMatchObject({ role: 'OPERATOR', mustChange: true, demo: false });
    expect(await passwordFits(found?.passwordHash ?? '', password)).toBe(true);
    expect(await create('--name', '张三', '--role', 'VIEWER')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already has a person'),
    });
    expect(await create('--name', '李四', '--role', 'BOSS')).toMatchObject({ code: 2, stderr: expect.stringContaining('is no role') });
    expect(await create('--name', 'a\u0007', '--role', 'VIEWER')).toMatchObject({ code: 2, stderr: expect.stringContaining('--name') });
    const nowhere = await run('staff', ['create', '--shop', '99', '--name', '张三', '--role', 'OWNER'], env);
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no shop 99') });
  });

  test('tokens are not sealed with a key that the service does not have', async () => {
    const { code, stderr } = await run('shops', ['create', '--shop', '1', '--name', 'N', '--kuaishou-token', 'T'], {
      DATABASE_URL: fresh.url,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('DATA_KEY is not set') });
    expect(await findShop(database.kysely, '1')).toBeNull();
  });
});

describe('redrive', () => {
  test('makes quarantined evidence of a carrier due again, received since an instant, unknown waybills only when asked for', async () => {
    const event = { kind: 'TRACK', refundId: null, shopId: null, payload: {} } as const;
    await storeEvents(database.kysely, [
      { ...event, eventKey: 'a', carrier: 'ZTO', waybillNo: '1', quarantine: 'POISON' },
      { ...event, eventKey: 'b', carrier: 'YTO', waybillNo: '2', quarantine: 'POISON' },
      { ...event, eventKey: 'c', carrier: 'ZTO', waybillNo: '3', quarantine: 'UNKNOWN_WAYBILL' },
    ]);
    expect((await run('redrive', ['--carrier', 'ZTO', '--since', '2099-01-01T00:00:00Z'], env)).stdout).toMatch(/^0 events of ZTO/);
    expect((await run('redrive', ['--carrier', 'ZTO', '--since', '1h'], env)).stdout).toMatch(/^1 events of ZTO/);
    const rows = await database.kysely.selectFrom('inbox').select(['event_key', 'status']).orderBy('event_key').execute();
    expect(rows).toEqual([
      { event_key: 'a', status: 'PENDING' },
      { event_key: 'b', status: 'QUARANTINED' },
      { event_key: 'c', status: 'QUARANTINED' },
    ]);
    const unknown = await run('redrive', ['--carrier', 'ZTO', '--since', '1h', '--reason', 'UNKNOWN_WAYBILL'], env);
    expect(unknown.stdout).toMatch(/^1 events of ZTO/);
  });

  test('makes messages of the platform due again, which are of no carrier, by the reason they were set aside for', async () => {
    const message = { kind: 'PLATFORM', carrier: null, waybillNo: null, refundId: '22', shopId: null, payload: {} } as const;
    await storeEvents(database.kysely, [{ ...message, eventKey: 'm', quarantine: 'REFUND_UNKNOWN' }]);
    const said = await run('redrive', ['--since', '1h', '--reason', 'REFUND_UNKNOWN'], env);
    expect(said.stdout).toMatch(/^1 events received since/);
    const row = await database.kysely.selectFrom('inbox').select('status').where('event_key', '=', 'm').executeTakeFirst();
    expect(row).toEqual({ status: 'PENDING' });
  });

  test('of an intercept says what to do when Temporal is not there', async () => {
    const { code, stderr } = await run('redrive', ['--intercept', '22-1'], { ...env, TEMPORAL_PORT: '1' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('start the service first ("npm start")') });
  });
});

describe('invariants', () => {
  test('a database that keeps every promise, and one that does not', async () => {
    const kept = await run('invariants', [], env);
    expect(kept).toMatchObject({ code: 0, stderr: '' });
    expect(kept.stdout).toMatch(/^holds {2}I1 /m);
    expect(kept.stdout).not.toContain('BROKEN');
    const call = sql`
      insert into payment_calls (call_key, refund_id, intercept_id, sequence, amount_fen, sent_at)
      values ('stray', '77', '77-1', 1, 100, clock_ms())`;
    await call.execute(database.kysely);
    const broken = await run('invariants', ['--settled', '0s'], env);
    expect(broken).toMatchObject({ code: 1, stderr: '1 promises are broken\n' });
    expect(broken.stdout).toMatch(/^BROKEN I6 .*: 1$/m);
    expect(broken.stdout).toMatch(/^ {2}I6 77: /m);
  });
});

describe('erase', () => {
  test('tells what of an order or a shop it erased, what stands in the way, and that nothing is left', async () => {
    const db = database.kysely;
    await upsertShop(db, { shopId: '880', platform: 'KUAISHOU', name: '店' });
    await sql`insert into rule_judgements (shop_id, refund_id, version, decision, cause, buyer_key, facts, verdicts, seen_at)
      select '880', n::text, 1, 'LEAVE', 'NO_RULE_MATCHED', 'k', jsonb_build_object('orderId', (500 + n)::text, 'province', '浙江省'), '[]', clock_ms()
      from generate_series(1, 2) n`.execute(db);
    expect(await run('erase', ['--order', '501'], env)).toEqual({ code: 0, stdout: 'Erased of order 501: judgements 1.\n', stderr: '' });
    expect((await run('erase', ['--order', '501'], env)).stdout).toBe('Nothing personal is kept of order 501.\n');
    expect(await run('erase', ['--shop', '880'], env)).toMatchObject({ code: 1, stderr: expect.stringContaining('suspend it first') });
    await setShopStatus(db, '880', 'SUSPENDED');
    expect((await run('erase', ['--shop', '880'], env)).stdout).toBe('Erased of shop 880: judgements 1.\n');
  });
});

describe('export', () => {
  test('writes a line a row into a new file that is its owner’s alone', async () => {
    await upsertShop(database.kysely, { shopId: '890', platform: 'KUAISHOU', name: '店' });
    const folder = await mkdtemp(join(tmpdir(), 'refund-intercept-export-'));
    try {
      const out = join(folder, 'shop.jsonl');
      expect(await run('export', ['--shop', '890', '--out', out], env)).toMatchObject({
        code: 0,
        stdout: `${out} has of shop 890: shops 1, personal_data_log 1.\n`,
      });
      expect((await stat(out)).mode & 0o777).toBe(0o600);
      const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
        { table: 'shops', row: { shop_id: '890', name: '店' } },
        { table: 'personal_data_log', row: { what: 'SHOP_EXPORTED' } },
      ]);
      expect(await run('export', ['--shop', '890', '--out', out], env)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('EEXIST'),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('migrate', () => {
  test('brings a database to the newest form, twice', async () => {
    expect(await run('migrate', [], env)).toMatchObject({ code: 0, stderr: '' });
    expect(await run('migrate', [], env)).toMatchObject({ code: 0, stderr: '' });
  });

  test('says what is wrong when the database is not there', async () => {
    const { code, stderr } = await run('migrate', [], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('without DATABASE_URL', () => {
  test('commands share the embedded PostgreSQL of DATA_DIR and its key, started for each', async () => {
    const dataDir = await databaseFolder('cli');
    try {
      const embedded = { DATA_DIR: dataDir };
      expect(await run('shops', ['create', '--shop', '7', '--name', 'N', '--kuaishou-token', 'T'], embedded)).toMatchObject({ code: 0 });
      const { code, stdout } = await run('keys', ['create', '--shop', '7', '--scopes', 'admin'], embedded);
      expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: expect.stringMatching(/^ik_live_/) });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('a command written wrongly ends with 2 and its usage', () => {
  test.each<[string, string[], RegExp]>([
    ['shops', [], /nothing is not what can be done here: write create or set-status/],
    ['shops', ['drop', '--shop', '1'], /"drop"/],
    ['shops', ['create', '--shop', 'abc', '--name', 'N', '--kuaishou-token', 'T'], /not a seller id/],
    ['shops', ['create', '--shop', '1', '--name', 'N'], /--kuaishou-token is missing/],
    ['shops', ['create', '--shop', '1', '--shop', '2', '--name', 'N', '--kuaishou-token', 'T'], /written 2 times/],
    ['shops', ['create', '--shop', '1', '--name', '', '--kuaishou-token', 'T'], /--name has no value/],
    ['shops', ['set-status', '--shop', '1', '--status', 'open'], /write OPERATING or SUSPENDED/],
    ['shops', ['set-status', '--shop', '1', '--status', 'OPERATING', '--name', 'N'], /--name cannot be written here/],
    ['keys', ['create', '--shop', '1', '--scopes', 'everything'], /"everything" is no scope/],
    ['keys', ['create', '--shop', '1'], /--scopes is missing/],
    ['keys', ['create', '--colour', 'red'], /colour/],
    ['redrive', [], /--carrier is missing/],
    ['redrive', ['--carrier', 'SF', '--since', '1h'], /"SF" is not supported/],
    ['redrive', ['--carrier', 'ZTO', '--since', 'yesterday'], /no instant/],
    ['redrive', ['--intercept', '22'], /no intercept id/],
    ['redrive', ['--intercept', '22-1', '--carrier', 'ZTO'], /--carrier cannot be written here/],
    ['redrive', ['--claim', 'claim_1', '--intercept', '22-1'], /--intercept cannot be written here/],
    ['migrate', ['now'], /nothing to write/],
    ['erase', [], /--order is missing/],
    ['erase', ['--order', 'abc'], /not an order number/],
    ['export', ['--shop', '1'], /--out is missing/],
    ['invariants', ['now'], /"now" cannot be written here/],
    ['invariants', ['--settled', 'soon'], /"soon" is not a duration/],
  ])('%s %j', async (command, args, message) => {
    const { code, stdout, stderr } = await runHere(command, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('Usage:\n  npm run ');
  });
});
