import { readdirSync, readFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { refuseBrokenRequest } from '../http/broken-request.ts';
import '../http/request.ts';
import { openTestApi, send, type TestApi } from '../test-api.ts';
import { sql } from 'kysely';
import { waitFor } from '../../dev/waiting.ts';
import { isDatabaseOutage } from '../../store/database-outage.ts';
import { openDatabase } from '../../store/db.ts';
import { PROBLEMS } from './catalogue.ts';
import { handleError, isEngineOutage } from './error-handler.ts';
import { preferredLanguage } from './problem.ts';

describe('the language of a problem', () => {
  test.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['fr, de', 'zh'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en;q=0.8, zh-TW;q=0.9', 'zh'],
    ['EN ; q=1, zh;q=0.1', 'en'],
    ['en;q=0', 'zh'],
    ['en;q=x', 'zh'],
    ['english', 'zh'],
    ['x'.repeat(10_000), 'zh'],
  ] as const)('%.30s → %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});

describe('what is our own fault', () => {
  test('says nothing of itself', async () => {
    const app = fastify({ genReqId: () => 'r-1' });
    app.decorateRequest('problemCode', null);
    app.setErrorHandler(handleError);
    app.get('/', () => {
      throw Object.assign(new Error('select secret from /var/lib at postgres://u:p@h'), { extensions: { a: 1 } });
    });
    const answer = await send(app, { method: 'GET', url: '/' });
    expect([answer.status, answer.body.code, answer.body.instance]).toEqual([500, 'INTERNAL_ERROR', 'urn:request:r-1']);
    expect(answer.text).not.toMatch(/select|postgres|\/var|"a":/);
    await app.close();
  });

  test.each([
    'ECONNREFUSED',
    '57P01',
    '08006',
    '53300',
    // Rolled back for others' sake, cancelled after its time, a full disk, a server that was demoted, a transaction that stood too long.
    '40001',
    '40P01',
    '57014',
    '53100',
    '25006',
    '25P03',
    '58030',
  ])('a database that fails with %s is an outage', (code) => {
    expect(isDatabaseOutage(Object.assign(new Error('x'), { code }))).toBe(true);
  });
  test.each([
    'Client has encountered a connection error and is not queryable',
    'Connection terminated unexpectedly',
    'Query read timeout',
    'timeout exceeded when trying to connect',
  ])('so is one of which the driver says "%s"', (message) => expect(isDatabaseOutage(new Error(message))).toBe(true));
  test.each(['23505', '42P01', '22003', '25001', '57000'])('%s is not', (code) => {
    expect(isDatabaseOutage(Object.assign(new Error('x'), { code }))).toBe(false);
  });

  test.each([
    ['UNAVAILABLE', 14, true],
    ['DEADLINE_EXCEEDED', 4, true],
    // "Unable to perform workflow execution update due to Workflow Task in failed state."
    ['FAILED_PRECONDITION', 9, true],
    ['ABORTED', 10, true],
    ['INTERNAL', 13, true],
    ['INVALID_ARGUMENT', 3, false],
    ['PERMISSION_DENIED', 7, false],
  ])('an engine that answers %s (%i) is an outage: %s', (_name, code, outage) => {
    const cause = Object.assign(new Error('x'), { code, details: '', metadata: {} });
    expect(isEngineOutage(new Error('Failed to …', { cause }))).toBe(outage);
  });
});

describe('under way', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi({ shedAboveMs: 500 });
  });
  afterAll(() => api.close());

  test('a database that is not there is 503 with the time to come back', async () => {
    const database = openDatabase('postgres://127.0.0.1:9/nothing', { max: 1, applicationName: 'test', onError: () => undefined });
    const other = await openTestApi({ db: database.kysely });
    const answer = await other.call('GET', '/v1/intercepts');
    await other.close();
    await database.close();
    expect([answer.status, answer.body.code, Number(answer.headers['retry-after']) > 0]).toEqual([503, 'DATABASE_UNAVAILABLE', true]);
  });

  test('a connection that breaks within a transaction is an outage, whatever the driver calls it', async () => {
    const db = api.database.kysely;
    const broken = await db
      .transaction()
      .execute(async (trx) => {
        const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        await sql`select pg_terminate_backend(${own.rows[0]?.pid ?? 0})`.execute(db);
        // Long enough for the driver to know: it then refuses what comes in words of its own.
        await waitFor(async () => (await sql`select 1`.execute(trx).catch(() => null)) === null, 5_000);
        await sql`select 1`.execute(trx);
      })
      .catch((error: unknown) => error);
    // Not of this realm where Node itself made it.
    expect(broken).toMatchObject({ message: expect.any(String) });
    expect(isDatabaseOutage(broken)).toBe(true);
  });

  test('a wrong scope names the one that is needed', async () => {
    const key = await api.newKey(['intercepts:read']);
    const answer = await send(api.app, {
      method: 'POST',
      url: '/v1/service/close',
      payload: { reason: 'x' },
      headers: { authorization: `Bearer ${key}` },
    });
    expect([answer.status, answer.body.detail]).toEqual([403, '此操作需要权限 service:write；请使用有此权限的密钥或账号']);
  });

  test('a process that cannot keep up sheds /v1, never a push', async () => {
    const lock = new Int32Array(new SharedArrayBuffer(4));
    const block = (ms: number) => void Atomics.wait(lock, 0, 0, ms);
    let answer = await api.call('GET', '/v1/openapi.json');
    for (let round = 0; round < 10 && answer.status === 200; round += 1) {
      block(1_100);
      await setImmediate();
      answer = await api.call('GET', '/v1/openapi.json');
    }
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'OVERLOADED', '5']);
    const push = await send(api.app, {
      method: 'POST',
      url: '/webhooks/carriers/zto/track',
      payload: 'data=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(push.status).toBe(401);
  });
});

describe('bytes that are no request', () => {
  test.each([
    ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'REQUEST_TIMEOUT'],
    ['HPE_HEADER_OVERFLOW', 431, 'HEADERS_TOO_LARGE'],
    ['HPE_INVALID_METHOD', 400, 'BAD_REQUEST'],
  ] as const)('%s is answered with %i once, and the line closed', async (nodeCode, status, code) => {
    const server = createServer((socket) => refuseBrokenRequest(Object.assign(new Error('x'), { code: nodeCode }), socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      connect(port, '127.0.0.1')
        .on('data', (chunk) => (received += chunk.toString()))
        .on('end', () => resolve(received))
        .on('error', reject);
    });
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(
      new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*content-length: ${Buffer.byteLength(body)}\\r\\n[\\s\\S]*connection: close`),
    );
    expect(JSON.parse(body)).toMatchObject({ status, code });
    await new Promise((resolve) => server.close(resolve));
  });
});

test('every problem of the catalogue is provoked by a test', () => {
  const folder = join(import.meta.dirname, '..');
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const words = tests.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const missing = Object.keys(PROBLEMS).filter((code) => !words.includes(`'${code}'`));
  expect(missing).toEqual([]);
});
