import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { everyPartyIsTold, PARTY_URLS, partEnvironment, type StackFacts } from './part-environment.ts';
import { readSetting, readStackSettings } from './settings.ts';

describe('readStackSettings', () => {
  test('has the documented defaults', async () => {
    expect(await readStackSettings({})).toMatchObject({
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      ports: { api: 8080, apiAdmin: 9090, workerAdmin: 9091, temporal: 7233, temporalUi: 8233, postgres: undefined },
      databaseUrl: undefined,
      temporalTold: false,
    });
  });

  test('turns 0 into free ports that differ', async () => {
    const { ports } = await readStackSettings({
      PORT: '0',
      ADMIN_PORT: '0',
      WORKER_ADMIN_PORT: '0',
      TEMPORAL_PORT: '0',
      SIM_PORT: '0',
      POSTGRES_PORT: '0',
    });
    const chosen = [ports.api, ports.apiAdmin, ports.workerAdmin, ports.temporal, ports.temporalUi, ports.simulators];
    expect(new Set(chosen).size).toBe(6);
    for (const port of chosen) expect(port).toBeGreaterThan(1023);
    expect(ports.postgres).toBeUndefined();
  });

  test('names every bad variable at once', async () => {
    const reading = readStackSettings({ PORT: 'http', ADMIN_PORT: '70000', TEMPORAL_PORT: '65000', DATA_KEY_FILE: '/no/such/file' });
    for (const name of [
      /PORT: "http"/,
      /ADMIN_PORT: "70000"/,
      /TEMPORAL_PORT: 65000 leaves no port/,
      /DATA_KEY_FILE: the file \/no\/such\/file/,
    ]) {
      await expect(reading).rejects.toThrow(name);
    }
  });

  test.each(['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE'])('%s means that a Temporal is there', async (name) => {
    expect((await readStackSettings({ [name]: 'somewhere' })).temporalTold).toBe(true);
  });

  test('reads a secret from its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'settings-test-'));
    try {
      await writeFile(join(folder, 'url'), 'postgres://db/x\n');
      expect(readSetting({ DATABASE_URL_FILE: join(folder, 'url') }, 'DATABASE_URL')).toBe('postgres://db/x');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('partEnvironment', () => {
  const facts: StackFacts = {
    host: '127.0.0.1',
    dataDir: '/data',
    databaseUrl: 'postgres://embedded',
    temporal: { address: '127.0.0.1:7999', namespace: 'default', uiUrl: 'http://127.0.0.1:8999' },
    simulators: { ZTO_URL: 'http://sim/zto', ZTO_APP_KEY: 'sim-key', YTO_URL: 'http://sim/yto' },
    dataKey: 'made',
    demoApiKey: 'demo_made',
  };

  test('completes what the user left open', () => {
    expect(partEnvironment({ LOG_LEVEL: 'debug' }, facts)).toEqual({
      LOG_LEVEL: 'debug',
      EMBEDDED: '1',
      HOST: '127.0.0.1',
      DATA_DIR: '/data',
      DATABASE_URL: 'postgres://embedded',
      TEMPORAL_ADDRESS: '127.0.0.1:7999',
      TEMPORAL_PORT: '7999',
      TEMPORAL_NAMESPACE: 'default',
      TEMPORAL_UI_URL: 'http://127.0.0.1:8999',
      ZTO_URL: 'http://sim/zto',
      ZTO_APP_KEY: 'sim-key',
      YTO_URL: 'http://sim/yto',
      DATA_KEY: 'made',
      DEMO_API_KEY: 'demo_made',
    });
  });

  test('a URL of the user replaces that simulator alone', () => {
    const environment = partEnvironment({ ZTO_URL: 'http://127.0.0.1:1234', ZTO_APP_KEY_FILE: '/run/key' }, facts);
    expect(environment).toMatchObject({ ZTO_URL: 'http://127.0.0.1:1234', YTO_URL: 'http://sim/yto' });
    expect(environment).not.toHaveProperty('ZTO_APP_KEY');
  });

  test('a carrier that is off by default stays off, and has the simulator’s credentials once its URL is told', () => {
    const withJd = { ...facts, simulators: { ...facts.simulators, JD_URL: 'http://sim/jd', JD_APP_KEY: 'sim-jd' } };
    expect(partEnvironment({}, withJd)).not.toHaveProperty('JD_URL');
    expect(partEnvironment({ JD_URL: 'http://sim/jd' }, withJd)).toMatchObject({ JD_URL: 'http://sim/jd', JD_APP_KEY: 'sim-jd' });
  });

  test('credentials of another Temporal do not reach the embedded one, and stay with the one they are for', () => {
    const told = { TEMPORAL_API_KEY: 'cloud', TEMPORAL_TLS_SERVER_NAME: 'cloud', TEMPORAL_ADDRESS: 'cloud:7233' };
    expect(partEnvironment(told, facts)).toMatchObject({ TEMPORAL_API_KEY: undefined, TEMPORAL_TLS_SERVER_NAME: undefined });
    expect(partEnvironment(told, { ...facts, temporal: undefined })).toMatchObject(told);
  });

  test('no simulator is needed once every party is told', () => {
    const all = Object.fromEntries(PARTY_URLS.map((name) => [name, 'https://real']));
    expect(everyPartyIsTold(all)).toBe(true);
    expect(everyPartyIsTold({ ...all, JT_URL: ' ' })).toBe(false);
  });
});
