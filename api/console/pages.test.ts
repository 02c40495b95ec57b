import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { type Answer, openTestApi, send, type TestApi } from '../test-api.ts';

let folder: string;
let api: TestApi;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-pages-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>拦截物流</title>');
  await writeFile(join(folder, 'assets', 'main-Ab12.js'), 'export {};');
  await writeFile(join(folder, '.vite', 'manifest.json'), '{}');
  api = await openTestApi({ consoleFolder: folder });
  app = api.app;
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}): Promise<Answer> => send(app, { method: 'GET', url, headers });
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the console’s pages', () => {
  test('are reached from the root, and without the closing slash', async () => {
    expect([(await get('/')).status, (await get('/')).headers['location']]).toEqual([302, '/console/']);
    const bare = await get('/console', HTML);
    expect([bare.status, bare.headers['location']]).toEqual([302, '/console/']);
  });

  test('answer every address of the console with the page, never kept, for whoever asks for HTML', async () => {
    for (const url of ['/console/', '/console/index.html', '/console/intercepts/22-1?tab=track', '/console/apiary']) {
      const answer = await get(url, HTML);
      expect([url, answer.status, answer.headers['cache-control'], answer.headers['content-type']]).toEqual([
        url,
        200,
        'no-store',
        'text/html; charset=utf-8',
      ]);
      expect(answer.text).toContain('拦截物流');
    }
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
      const answer = await get('/console/intercepts/22-1', headers as Record<string, string>);
      expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    }
    expect((await send(app, { method: 'POST', url: '/console/intercepts', headers: HTML })).status).toBe(404);
  });

  test('let hashed files be kept for ever, and a missing one is no page', async () => {
    const script = await get('/console/assets/main-Ab12.js');
    expect([script.status, script.headers['cache-control'], script.headers['content-type']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      expect.stringContaining('javascript'),
    ]);
    const gone = await get('/console/assets/old-Zz99.js', HTML);
    expect([gone.status, gone.headers['cache-control'], gone.body.code]).toEqual([404, 'no-store', 'NOT_FOUND']);
  });

  test('show nothing but what was built', async () => {
    for (const url of [
      '/console/.vite/manifest.json',
      '/console/..%2f..%2fpackage.json',
      '/console/%2e%2e/package.json',
      '/console/assets/..%5c..%5cx',
      '/console/assets/',
    ]) {
      const answer = await get(url);
      expect([url, [400, 403, 404].includes(answer.status)]).toEqual([url, true]);
    }
  });

  test('run under a strict policy', async () => {
    for (const url of ['/console/', '/console/anything', '/console/assets/main-Ab12.js']) {
      const { headers } = await get(url, HTML);
      const policy = Object.fromEntries(
        String(headers['content-security-policy'])
          .split(';')
          .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
      );
      expect([url, policy]).toEqual([
        url,
        {
          'default-src': ["'none'"],
          'script-src': ["'self'"],
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'font-src': ["'self'"],
          'connect-src': ["'self'"],
          'manifest-src': ["'self'"],
          'base-uri': ["'none'"],
          'form-action': ["'none'"],
          'frame-ancestors': ["'none'"],
        },
      ]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'strict-transport-security': expect.stringContaining('max-age='),
        'cross-origin-opener-policy': 'same-origin',
        'x-request-id': expect.any(String),
      });
      expect([headers['server'], headers['x-powered-by'], headers['access-control-allow-origin']]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  test('of the API’s own part carry a policy that lets nothing run', async () => {
    const { headers } = await get('/console/api/session', HTML);
    expect([headers['content-security-policy'], headers['cache-control'], headers['x-content-type-options']]).toEqual([
      "default-src 'none';frame-ancestors 'none'",
      'no-store',
      'nosniff',
    ]);
  });

  test('that were not built say so, and the rest works', async () => {
    const bare = await openTestApi({ consoleFolder: join(folder, 'nothing') });
    const page = await send(bare.app, { method: 'GET', url: '/console/', headers: HTML });
    expect([page.status, page.headers['cache-control'], page.text.includes('npm run build')]).toEqual([503, 'no-store', true]);
    expect((await bare.call('GET', '/v1/service')).status).toBe(200);
    await bare.close();
  });
});
