import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CARRIERS } from './carriers/index.ts';
import { BadConfiguration, type ConfigMode, type Environment, loadConfig } from './config.ts';
import { readDataKey } from './store/secrets.ts';
import { VARIABLES } from './config/variables.ts';
import { DEFAULT_CREDENTIALS } from './simulators/settings.ts';

const OTHER_KEY = Buffer.from('fedcba9876543210fedcba9876543210').toString('base64');
const DATA_KEY = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
const PRODUCTION: ConfigMode = { embedded: false, role: 'api' };
const EMBEDDED: ConfigMode = { embedded: true, role: 'api' };

/** The smallest environment a production process starts with. */
const ENOUGH: Record<string, string> = {
  DATABASE_URL: 'postgres://refund:correct-horse@db.example.com:5432/refund',
  TEMPORAL_ADDRESS: 'temporal.example.com:7233',
  DATA_KEY,
  ZTO_URL: 'https://japi.zto.example.com',
  ZTO_APP_KEY: 'zto-app',
  ZTO_APP_SECRET: 'zto-own-secret',
  YTO_URL: 'https://openapi.yto.example.com',
  YTO_APP_KEY: 'yto-app',
  YTO_URL_KEY: 'urlKey',
  YTO_SECRET: 'yto-own-secret',
  STO_URL: 'https://sto.example.com/gateway/link.do',
  STO_FROM_APPKEY: 'sto-app',
  STO_FROM_CODE: 'sto-code',
  STO_SECRET: 'sto-own-secret',
  JT_URL: 'https://openapi.jtexpress.example.com',
  JT_API_ACCOUNT: '100000000001',
  JT_PRIVATE_KEY: 'jt-own-key',
  KUAISHOU_URL: 'https://openapi.kwaixiaodian.example.com',
  KUAISHOU_APP_KEY: 'ks1',
  KUAISHOU_APP_SECRET: 'ks-own-secret',
  KUAISHOU_SIGN_SECRET: 'ks-own-sign-secret',
  KUAISHOU_MESSAGE_KEY: Buffer.from('0123456789abcdef').toString('base64'),
};

function badIn(env: Environment, mode = PRODUCTION): { name: string; problem: string }[] {
  try {
    loadConfig(env, mode);
  } catch (error) {
    if (error instanceof BadConfiguration) return [...error.variables];
    throw error;
  }
  return [];
}

describe('a configuration that is enough', () => {
  test('has the documented defaults', () => {
    const config = loadConfig(ENOUGH, PRODUCTION);
    expect(config).toMatchObject({
      embedded: false,
      dataDir: '.data',
      http: { host: '127.0.0.1', port: 8080 },
      admin: { host: '127.0.0.1', port: 9090 },
      temporal: { address: 'temporal.example.com:7233', namespace: 'default' },
      temporalUiUrl: 'http://127.0.0.1:8233',
      durations: {
        rejectUnlockAfterMs: 259_200_000,
        autoRefundAfterMs: 432_000_000,
        returnStalledAfterMs: 604_800_000,
        returnOverdueAfterMs: 1_296_000_000,
        returnGiveUpAfterMs: 5_184_000_000,
        correctionAfterMs: 604_800_000,
      },
      createWaitMs: 5_000,
      carrierPollEveryMs: 300_000,
      logLevel: 'info',
      demoApiKey: null,
      simulatorsInUse: false,
      resultSecrets: { ZTO: null, YTO: null, STO: null, JT: null, JD: null },
      warnings: [],
    });
    expect(config.blockedCategories).toContain('生鲜');
    expect(config.database.url).toBe(ENOUGH.DATABASE_URL);
    expect(config.dataKey).toBe(DATA_KEY);
  });

  test('takes keys in a ring: the first is in use, the others still read', () => {
    const config = loadConfig(
      { ...ENOUGH, DATA_KEY: `${DATA_KEY},${OTHER_KEY}`, TEMPORAL_PAYLOAD_KEYS: `new:${OTHER_KEY}, old:${DATA_KEY}` },
      PRODUCTION,
    );
    expect(readDataKey(config.dataKey).former).toHaveLength(1);
    expect(config.temporal.payloadKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  test('gives each gateway its own settings by variable name', () => {
    const { carriers, kuaishou } = loadConfig(ENOUGH, PRODUCTION);
    expect(carriers.ZTO).toEqual({ ZTO_URL: ENOUGH.ZTO_URL, ZTO_APP_KEY: 'zto-app', ZTO_APP_SECRET: 'zto-own-secret' });
    expect(kuaishou).toMatchObject({ KUAISHOU_APP_KEY: 'ks1', KUAISHOU_SIGN_SECRET: 'ks-own-sign-secret' });
  });

  test('trusts no proxy unless told which', () => {
    expect(loadConfig(ENOUGH, PRODUCTION).http.trustedProxies).toEqual([]);
    const told = { ...ENOUGH, TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16,fd00::/8' };
    expect(loadConfig(told, PRODUCTION).http.trustedProxies).toEqual(['10.0.0.5', '10.1.0.0/16', 'fd00::/8']);
  });

  test('leads messages to the console where it is told, to its own with npm start, nowhere else', () => {
    expect(loadConfig(ENOUGH, PRODUCTION).consoleUrl).toBeNull();
    const told = { ...ENOUGH, CONSOLE_URL: 'https://intercept.example.com/console/' };
    expect(loadConfig(told, PRODUCTION).consoleUrl).toBe('https://intercept.example.com/console');
    expect(loadConfig({ ...ENOUGH, PORT: '8088' }, { embedded: true, role: 'api' }).consoleUrl).toBe('http://127.0.0.1:8088/console');
  });

  test('sends mail through a server that is told, and then wants a sender too', () => {
    expect(loadConfig(ENOUGH, PRODUCTION).mail).toBeNull();
    const SMTP_URL = 'smtp://notices%40example.com:own-secret@mail.example.com:587';
    expect(badIn({ ...ENOUGH, SMTP_URL }, PRODUCTION)).toMatchObject([{ name: 'MAIL_FROM' }]);
    const MAIL_FROM = '退款拦截 <notices@example.com>';
    expect(loadConfig({ ...ENOUGH, SMTP_URL, MAIL_FROM }, PRODUCTION).mail).toEqual({ url: SMTP_URL, from: MAIL_FROM });
  });

  test('takes the track key and secret of YTO from the others unless told', () => {
    expect(loadConfig(ENOUGH, PRODUCTION).carriers.YTO).toMatchObject({ YTO_TRACK_URL_KEY: 'urlKey', YTO_TRACK_SECRET: 'yto-own-secret' });
    const told = { ...ENOUGH, YTO_TRACK_URL_KEY: 'trackKey', YTO_TRACK_SECRET: 'track-secret' };
    expect(loadConfig(told, PRODUCTION).carriers.YTO).toMatchObject({ YTO_TRACK_URL_KEY: 'trackKey', YTO_TRACK_SECRET: 'track-secret' });
  });

  test('counts an empty variable as unset', () => {
    expect(loadConfig({ ...ENOUGH, PORT: '', CREATE_WAIT: ' ' }, PRODUCTION)).toMatchObject({ http: { port: 8080 }, createWaitMs: 5_000 });
  });

  test('gives a worker alone its own admin port', () => {
    expect(loadConfig(ENOUGH, { embedded: false, role: 'worker' }).admin.port).toBe(9091);
    expect(loadConfig({ ...ENOUGH, ADMIN_PORT: '9500' }, { embedded: false, role: 'worker' }).admin.port).toBe(9500);
  });

  test('asks a command for the database and the key alone', () => {
    const cli: ConfigMode = { embedded: false, role: 'cli' };
    expect(badIn({ DATABASE_URL: ENOUGH.DATABASE_URL, DATA_KEY, TEMPORAL_ADDRESS: 'localhost:7233' }, cli)).toEqual([]);
    expect(
      badIn({ TEMPORAL_ADDRESS: 'localhost:7233' }, cli)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['DATABASE_URL', 'DATA_KEY']);
  });

  test('connects to Temporal as the SDK reads its variables', () => {
    const { temporal } = loadConfig({ ...ENOUGH, TEMPORAL_NAMESPACE: 'shop', TEMPORAL_API_KEY: 'key-1' }, PRODUCTION);
    expect(temporal).toMatchObject({ namespace: 'shop', connection: { apiKey: 'key-1', tls: true } });
  });

  test('a worker is of a build only when it is told which', () => {
    expect(loadConfig({ ...ENOUGH, TEMPORAL_DEPLOYMENT_NAME: 'refunds' }, PRODUCTION).temporal.deployment).toBeNull();
    const told = { ...ENOUGH, TEMPORAL_WORKER_BUILD_ID: '1.4.0-rc.1' };
    expect(loadConfig(told, PRODUCTION).temporal.deployment).toEqual({ deploymentName: 'refund-intercept', buildId: '1.4.0-rc.1' });
  });

  test('splits the blocked categories', () => {
    expect(loadConfig({ ...ENOUGH, BLOCKED_CATEGORIES: '生鲜，1024, 整车' }, PRODUCTION).blockedCategories).toEqual([
      '生鲜',
      '1024',
      '整车',
    ]);
  });
});

describe('each variable, bad by itself', () => {
  const BAD: [string, string, RegExp][] = [
    ['HOST', '127.0.0.1 ', /blanks/],
    ['PORT', '65536', /0 to 65535/],
    ['PORT', '80.5', /whole number/],
    ['PORT', '1e3', /whole number/],
    ['ADMIN_PORT', '-1', /whole number/],
    ['ADMIN_PORT', '8080', /never go on the public port/],
    ['DATA_DIR', 'a\nb', /control character/],
    ['LOG_LEVEL', 'verbose', /write one of trace, debug/],
    ['DATA_KEY', 'c2hvcnQ=', /32 bytes/],
    ['DATA_KEY', Buffer.alloc(32).toString('base64'), /published example/],
    ['DATA_KEY', `${DATA_KEY},c2hvcnQ=`, /32 bytes/],
    ['DATA_KEY', `${DATA_KEY},${Buffer.alloc(32).toString('base64')}`, /published example/],
    ['TEMPORAL_PAYLOAD_KEYS', DATA_KEY, /entry 1 is no key with its id/],
    ['TEMPORAL_PAYLOAD_KEYS', `a:${DATA_KEY},b:c2hvcnQ=`, /entry 2 is no key with its id/],
    ['TEMPORAL_PAYLOAD_KEYS', `a:${DATA_KEY},a:${OTHER_KEY}`, /two keys have the id a/],
    ['TEMPORAL_PAYLOAD_KEYS', `a:${Buffer.alloc(32).toString('base64')}`, /published example/],
    ['DEMO_API_KEY', 'has blank', /8 to 255/],
    ['DATABASE_URL', 'mysql://db/refund', /postgres:\/\//],
    ['DATABASE_URL', 'postgres://db', /postgres:\/\//],
    ['TEMPORAL_ADDRESS', 'temporal.example.com', /host:port/],
    ['TEMPORAL_WORKER_BUILD_ID', 'unversioned', /form/],
    ['TEMPORAL_WORKER_BUILD_ID', 'a:b', /form/],
    ['TEMPORAL_DEPLOYMENT_NAME', 'a.b', /form/],
    ['TEMPORAL_PORT', '70000', /1 to 64535/],
    ['TEMPORAL_UI_URL', 'temporal:8233', /not a URL/],
    ['REJECT_UNLOCK_AFTER', '5 d', /72h/],
    ['REJECT_UNLOCK_AFTER', '120h', /not shorter than AUTO_REFUND_AFTER/],
    ['AUTO_REFUND_AFTER', '432000', /72h/],
    ['AUTO_REFUND_AFTER', '71h', /not shorter/],
    ['RETURN_STALLED_AFTER', '1w', /duration/],
    ['RETURN_OVERDUE_AFTER', '0d', /above zero/],
    ['RETAIN_SCANS', '1d', /shorter than/],
    ['RETURN_GIVE_UP_AFTER', '99999d', /longer than/],
    ['CARRIER_POLL_EVERY', 'often', /duration/],
    ['CREATE_WAIT', '2m', /longer than 60 s/],
    ['BLOCKED_CATEGORIES', ',', /names nothing/],
    ['TRUSTED_PROXIES', '10.0.0.5,', /is no address or network/],
    ['TRUSTED_PROXIES', 'proxy.internal', /is no address or network/],
    ['TRUSTED_PROXIES', '10.0.0.0/33', /is no address or network/],
    ['TRUSTED_PROXIES', '0.0.0.0/0', /is no address or network/],
    ['TRUSTED_PROXIES', '::/0', /is no address or network/],
    ['TRUSTED_PROXIES', 'true', /is no address or network/],
    ['SMTP_URL', 'https://mail.example.com', /not an SMTP URL/],
    ['SMTP_URL', 'smtp://mail.example.com/?pool=true', /not an SMTP URL/],
    ['MAIL_FROM', 'notices', /form/],
    ['MAIL_FROM', 'a@example.com, b@example.com', /form/],
    ['ZTO_URL', 'http://japi.zto.example.com', /https/],
    ['ZTO_URL', 'https://127.0.0.1:8443', /this machine/],
    ['YTO_URL', 'https://user:pass@yto.example.com', /user or password/],
    ['STO_URL', 'sto.example.com', /not a URL/],
    ['JT_URL', 'https://[::1]/', /this machine/],
    ['KUAISHOU_URL', 'https://localhost/', /this machine/],
    ['ZTO_APP_SECRET', '123456', /published example/],
    ['YTO_SECRET', 'sim-yto-secret', /published example/],
    ['YTO_TRACK_SECRET', 'opentest', /published example/],
    ['STO_SECRET', ' padded ', /blanks/],
    ['JT_PRIVATE_KEY', 'test-secret', /published example/],
    ['KUAISHOU_MESSAGE_KEY', 'short', /form/],
    ['CARRIER_RESULT_SECRET_ZTO', 'secret-without-prefix-0123456789', /does not begin with whsec_/],
    ['CARRIER_RESULT_SECRET_JT', 'whsec_c2hvcnQ=', /holds 5 bytes/],
    ['CARRIER_RESULT_SECRET_JT', `whsec_${'A'.repeat(43)}`, /must end in 1 "="/],
    ['CARRIER_RESULT_SECRET_JT', `whsec_${'a'.repeat(32)}=`, /must end in no "="/],
    ['CARRIER_RESULT_SECRET_JT', 'whsec_not-base64!', /not Base64/],
    ['CARRIER_RESULT_SECRET_STO', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', /published example/],
  ];

  test.each(BAD)('%s=%s', (name, value, problem) => {
    const bad = badIn({ ...ENOUGH, [name]: value });
    expect(bad).toHaveLength(1);
    // A pair that contradicts each other is told once, at its first variable.
    expect([name, 'REJECT_UNLOCK_AFTER']).toContain(bad[0]?.name);
    expect(bad[0]?.problem).toMatch(problem);
  });

  const REQUIRED = Object.keys(ENOUGH);
  test.each(REQUIRED)('%s missing', (name) => {
    const { [name]: _left, ...rest } = ENOUGH;
    const bad = badIn(rest);
    expect(bad.map((variable) => variable.name)).toEqual([name]);
    expect(bad[0]?.problem).toMatch(/^not set: /);
  });

  test('every variable has a default, may be missing, or is required above', () => {
    const uncovered = Object.entries(VARIABLES).filter(
      ([name, notes]) =>
        !(notes.default ?? notes.fallback) && !notes.optional && notes.neededBeside === undefined && !REQUIRED.includes(name),
    );
    expect(uncovered).toEqual([]);
  });
});

describe('everything bad at once', () => {
  test('is one error that names each, with what to write, and no secret', () => {
    const env = {
      ...ENOUGH,
      PORT: 'http',
      CREATE_WAIT: '5',
      ZTO_URL: 'ftp://zto',
      STO_SECRET: '123456',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      KUAISHOU_URL: '',
    };
    expect(
      badIn(env)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['CREATE_WAIT', 'DATABASE_URL', 'KUAISHOU_URL', 'PORT', 'STO_SECRET', 'ZTO_URL']);
    let message = '';
    try {
      loadConfig(env, PRODUCTION);
    } catch (error) {
      message = String(error);
    }
    for (const name of ['CREATE_WAIT', 'DATABASE_URL', 'KUAISHOU_URL', 'PORT', 'STO_SECRET', 'ZTO_URL'])
      expect(message).toContain(`${name}: `);
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('123456');
  });

  test('an empty environment names every variable a service needs', () => {
    expect(
      badIn({})
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(ENOUGH).sort());
  });
});

describe('a carrier that is off by default', () => {
  const others = { JD_APP_KEY: 'app', JD_APP_SECRET: 'own-secret', JD_ACCESS_TOKEN: 'own-token', JD_CUSTOMER_CODE: '010K1' };

  test('is not connected without its URL, whatever else is told of it', () => {
    expect(Object.keys(loadConfig(ENOUGH, PRODUCTION).carriers)).toEqual(['ZTO', 'YTO', 'STO', 'JT']);
    expect(loadConfig({ ...ENOUGH, ...others }, PRODUCTION).carriers).not.toHaveProperty('JD');
  });

  test('needs everything of its own once its URL is told', () => {
    const told = { ...ENOUGH, JD_URL: 'https://api.jdl.example.com' };
    expect(badIn(told).map(({ name }) => name)).toEqual(Object.keys(others));
    expect(loadConfig({ ...told, ...others }, PRODUCTION).carriers['JD']).toEqual({ JD_URL: told.JD_URL, ...others });
  });
});

describe('embedded', () => {
  const simulators = 'http://127.0.0.1:40000';
  const simulated: Record<string, string> = {
    ...ENOUGH,
    ...DEFAULT_CREDENTIALS,
    ...Object.fromEntries(CARRIERS.map(({ code, urlSetting }) => [urlSetting, `${simulators}/${code.toLowerCase()}`])),
    KUAISHOU_URL: `${simulators}/kuaishou`,
  };

  test('takes loopback, plain HTTP and the simulators’ own secrets', () => {
    expect(loadConfig({ ...simulated, DEMO_API_KEY: 'ik_demo_0123456789' }, EMBEDDED)).toMatchObject({
      simulatorsInUse: true,
      demoApiKey: 'ik_demo_0123456789',
    });
  });

  test('knows when no gateway is a simulator any more', () => {
    expect(loadConfig(ENOUGH, EMBEDDED).simulatorsInUse).toBe(false);
    expect(loadConfig({ ...ENOUGH, JT_URL: `${simulators}/jt` }, EMBEDDED).simulatorsInUse).toBe(true);
  });

  test('none of the simulators’ secrets is taken outside', () => {
    const secrets = Object.entries(DEFAULT_CREDENTIALS).filter(([name]) => VARIABLES[name]?.secret);
    expect(secrets.length).toBeGreaterThanOrEqual(7);
    for (const [name, value] of secrets)
      expect(badIn({ ...ENOUGH, [name]: value })).toEqual([{ name, problem: expect.stringContaining('published example') }]);
  });
});

describe('secrets from files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'secret');
  const { ZTO_APP_SECRET: _left, ...rest } = ENOUGH;

  test('are read without their line end', () => {
    writeFileSync(path, 'from-a-file\n');
    expect(loadConfig({ ...rest, ZTO_APP_SECRET_FILE: path }, PRODUCTION).carriers.ZTO).toMatchObject({ ZTO_APP_SECRET: 'from-a-file' });
  });

  test('reach Temporal too', () => {
    writeFileSync(path, 'cloud-key\n');
    expect(loadConfig({ ...ENOUGH, TEMPORAL_API_KEY_FILE: path }, PRODUCTION).temporal.connection.apiKey).toBe('cloud-key');
  });

  test('are told when they are missing, empty, or set twice', () => {
    writeFileSync(path, '\n');
    expect(badIn({ ...rest, ZTO_APP_SECRET_FILE: path })).toEqual([
      { name: 'ZTO_APP_SECRET_FILE', problem: expect.stringContaining('empty') },
    ]);
    expect(badIn({ ...rest, ZTO_APP_SECRET_FILE: `${path}-gone` })).toEqual([
      { name: 'ZTO_APP_SECRET_FILE', problem: expect.stringContaining('ENOENT') },
    ]);
    expect(badIn({ ...ENOUGH, ZTO_APP_SECRET_FILE: path })).toEqual([
      { name: 'ZTO_APP_SECRET_FILE', problem: expect.stringContaining('only one') },
    ]);
  });
});

describe('names that are almost a variable', () => {
  test('are warned of', () => {
    const { warnings } = loadConfig({ ...ENOUGH, REJECT_UNLOCK_AFTR: '1h', auto_refund_after: '2h', ZTO_APP_SECRETS: 'x' }, PRODUCTION);
    expect(warnings).toEqual([
      expect.stringContaining('did you mean REJECT_UNLOCK_AFTER?'),
      expect.stringContaining('did you mean AUTO_REFUND_AFTER?'),
      expect.stringContaining('did you mean ZTO_APP_SECRET?'),
    ]);
  });

  test('are not seen in an ordinary environment', () => {
    const ordinary = {
      PATH: '/bin',
      HOSTNAME: 'box',
      SHLVL: '1',
      TEMPORAL_CLI_PATH: '/usr/bin/temporal',
      TEMPORAL_TLS: 'true',
      PGPORT: '1',
      DATA_KEYS: 'x',
      LOGNAME: 'me',
    };
    expect(loadConfig({ ...ENOUGH, ...ordinary }, PRODUCTION).warnings).toEqual([expect.stringContaining('DATA_KEYS')]);
  });
});

describe('a sandbox', () => {
  const SANDBOX = Object.fromEntries(
    Object.entries(ENOUGH).flatMap(([name, value]) => {
      if (!/^(ZTO|YTO|STO|JT|KUAISHOU)_/.test(name)) return [];
      const own = name.endsWith('_URL') ? `http://simulators:8090/${name.toLowerCase()}` : value.replace('own', 'played');
      return [[`SANDBOX_${name}`, name.endsWith('_MESSAGE_KEY') ? Buffer.from('messages-of-play').toString('base64') : own]];
    }),
  );
  const told: Record<string, string> = { ...ENOUGH, ...SANDBOX };

  test('is there once its platform is told, with accounts of its own and plain addresses in the own network', () => {
    expect(loadConfig(ENOUGH, PRODUCTION)).toMatchObject({ sandbox: null });
    const { carriers, kuaishou, sandbox } = loadConfig(told, PRODUCTION);
    expect(Object.keys(carriers)).toEqual(['ZTO', 'SANDBOX_ZTO', 'YTO', 'SANDBOX_YTO', 'STO', 'SANDBOX_STO', 'JT', 'SANDBOX_JT']);
    expect(carriers['SANDBOX_ZTO']).toEqual({
      ZTO_URL: 'http://simulators:8090/zto_url',
      ZTO_APP_KEY: 'zto-app',
      ZTO_APP_SECRET: 'zto-played-secret',
    });
    expect(sandbox?.kuaishou).toMatchObject({
      KUAISHOU_URL: 'http://simulators:8090/kuaishou_url',
      KUAISHOU_SIGN_SECRET: 'ks-played-sign-secret',
    });
    expect(kuaishou).toEqual(loadConfig(ENOUGH, PRODUCTION).kuaishou);
  });

  test('is whole or not at all: no carrier of it is ever the real one for want of its own', () => {
    for (const name of Object.keys(SANDBOX)) {
      const { [name]: _left, ...others } = told;
      expect(badIn(others).map((bad) => bad.name)).toContain(name);
    }
  });

  test.each([
    ['SANDBOX_ZTO_URL', 'https://japi.zto.example.com/', 'the address of ZTO_URL'],
    ['SANDBOX_KUAISHOU_URL', 'https://openapi.kwaixiaodian.example.com', 'the address of KUAISHOU_URL'],
    ['SANDBOX_YTO_URL', 'https://japi.zto.example.com', 'the address of ZTO_URL'],
    ['SANDBOX_STO_SECRET', 'sto-own-secret', 'the same secret as STO_SECRET'],
    ['SANDBOX_KUAISHOU_MESSAGE_KEY', ENOUGH['KUAISHOU_MESSAGE_KEY'] ?? '', 'the same secret as KUAISHOU_MESSAGE_KEY'],
    ['SANDBOX_JT_PRIVATE_KEY', 'sim-jt-private-key', 'a published example'],
  ])('%s that is not the sandbox’s own is refused: %s', (name, value, problem) => {
    for (const mode of problem === 'a published example' ? [PRODUCTION] : [PRODUCTION, EMBEDDED])
      expect(badIn({ ...told, [name]: value }, mode)).toEqual([{ name, problem: expect.stringContaining(problem) }]);
  });
});
