import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApi, send, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const json = { 'content-type': 'application/json' };
const PRICE = { carrier: 'ZTO', outletCode: '57913', feeFen: 350, effectiveFrom: '2026-01-01T00:00:00Z' };
const raw = (payload: string | Buffer, headers: Record<string, string> = json, url = '/v1/intercepts/preview') =>
  api.call('POST', url, payload, headers);

describe('every answer', () => {
  test.each([
    ['GET', '/v1/intercepts', 200],
    ['GET', '/v1/nothing', 404],
    ['GET', '/nothing', 404],
    ['POST', '/webhooks/nothing', 404],
    ['GET', '/v1/openapi.json', 200],
  ] as const)('%s %s carries a request id of its own', async (method, url, status) => {
    const answer = await api.call(method, url, undefined, { 'x-request-id': 'mine' });
    expect(answer.status).toBe(status);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('of /v1 forbids storing, sniffing and framing', async () => {
    const { headers } = await api.call('GET', '/v1/intercepts');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('a problem is application/problem+json with the request id, in Chinese unless English is preferred', async () => {
    const zh = await api.call('GET', '/v1/intercepts/1-1');
    expect(zh.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(zh.body).toEqual({
      type: 'urn:problem:not-found',
      title: '没有找到',
      status: 404,
      detail: '没有这个资源，或它不属于本店铺',
      instance: `urn:request:${String(zh.headers['x-request-id'])}`,
      code: 'NOT_FOUND',
      retryable: false,
    });
    const en = await api.call('GET', '/v1/intercepts/1-1', undefined, { 'accept-language': 'en-GB, zh;q=0.5' });
    expect(en.body).toMatchObject({ title: 'Not found', code: 'NOT_FOUND' });
  });
});

describe('addresses and methods', () => {
  test.each([
    ['DELETE', '/v1/refunds', 'GET'],
    ['PUT', '/v1/intercepts/123-1', 'DELETE, GET'],
    ['GET', '/v1/intercepts/batch/', undefined],
  ] as const)('%s %s: 405 with Allow, or 404', async (method, url, allow) => {
    const answer = await api.call(method, url);
    expect([answer.status, answer.headers['allow']]).toEqual(allow === undefined ? [404, undefined] : [405, allow]);
    expect(answer.body.code).toBe(allow === undefined ? 'NOT_FOUND' : 'METHOD_NOT_ALLOWED');
  });

  test.each(['HEAD', 'PATCH', 'OPTIONS', 'TRACE'] as const)('%s is not a method of this API', async (method) => {
    const answer = await send(api.app, { method, url: '/v1/refunds', headers: { authorization: `Bearer ${api.key}` } });
    expect([404, 405]).toContain(answer.status);
  });

  test.each([
    '/v1/intercepts/%2e%2e%2fadmin',
    '/v1/intercepts/%00',
    '/v1/intercepts/%',
    '/v1/intercepts/%ff',
    `/v1/intercepts/${'1'.repeat(300)}`,
    '/v1/intercepts/１２３-1',
    '/v1/Intercepts',
    '/v1//intercepts',
    "/v1/intercepts/1-1'%20or%20'1'='1",
  ])('%s is a 4xx problem', async (url) => {
    const answer = await api.call('GET', url);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
  });
});

describe('bodies', () => {
  test.each([
    ['{"refundId":"1","refundId":"2"}', 'MALFORMED_JSON', '/refundId'],
    ['{"refundId":"1\\u0000"}', 'MALFORMED_JSON', '/refundId'],
    ['{"refundId":"\\ud800"}', 'MALFORMED_JSON', '/refundId'],
    ['{"__proto__":{"confirm":true},"refundId":"1"}', 'MALFORMED_JSON', '/__proto__'],
    ['{"constructor":{"prototype":{}},"refundId":"1"}', 'MALFORMED_JSON', '/constructor/prototype'],
    ['{"toString":1,"refundId":"1"}', 'VALIDATION_FAILED', '/toString'],
    ['', 'VALIDATION_FAILED', '/refundId'],
    ['{"refundId":"1"', 'MALFORMED_JSON', ''],
    ['\ufeff{"refundId":"1"}', 'MALFORMED_JSON', ''],
    ['null', 'VALIDATION_FAILED', ''],
    ['[]', 'VALIDATION_FAILED', ''],
    ['"text"', 'VALIDATION_FAILED', ''],
    ['{}', 'VALIDATION_FAILED', '/refundId'],
    ['{"refundId":"1","extra":true}', 'VALIDATION_FAILED', '/extra'],
    ['{"refundId":12345}', 'VALIDATION_FAILED', '/refundId'],
    ['{"refundId":["1"]}', 'VALIDATION_FAILED', '/refundId'],
    ['{"refundId":"１"}', 'VALIDATION_FAILED', '/refundId'],
    ['{"refundId":"1\\n"}', 'VALIDATION_FAILED', '/refundId'],
    [`{"refundId":"${'1'.repeat(20)}"}`, 'VALIDATION_FAILED', '/refundId'],
  ])('%j → %s at "%s"', async (payload, code, pointer) => {
    const answer = await raw(payload);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  test('5000 objects within each other are refused before anything reads them', async () => {
    const answer = await raw(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  test('no body at all names the missing fields', async () => {
    const answer = await api.call('POST', '/v1/outlet-subscriptions');
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/carrier', '/outletCode']);
  });

  test.each(['"350"', 'null', 'true', '[350]', '3e2', '350.0', '350.5', '-0', '-1', '9007199254740993', '1e400', '1000001', '"0x1"', '{}'])(
    'an amount of %s is refused, not converted',
    async (amount) => {
      const payload = JSON.stringify(PRICE).replace('350', amount);
      const answer = await api.call('PUT', '/v1/outlet-prices', payload, json);
      expect(answer.status).toBe(400);
      expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/feeFen');
    },
  );

  test.each([
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    '',
  ])('an instant of "%s" is refused', async (effectiveFrom) => {
    const answer = await api.call('PUT', '/v1/outlet-prices', { ...PRICE, effectiveFrom });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, '/effectiveFrom']);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json2',
    'application/jsonx',
    'multipart/form-data; boundary=x',
    'application/xml',
    ' text/json',
    'application/problem+json',
  ])('a body called %s is 415', async (type) => {
    const answer = await raw('{"refundId":"1"}', { 'content-type': type });
    expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  test.each(['application/json\ta', 'application/json ', 'APPLICATION/JSON', 'application/json; charset=utf-8', 'application/json;'])(
    'a body called %j is refused or validated, never taken unread',
    async (type) => {
      const answer = await raw('{"refundId":1}', { 'content-type': type });
      expect([400, 415]).toContain(answer.status);
    },
  );

  test('compressed bodies are refused before they are unpacked', async () => {
    const answer = await raw('{"refundId":"1"}', { ...json, 'content-encoding': 'gzip' });
    expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  test('64 kB is the most', async () => {
    const answer = await raw(JSON.stringify({ refundId: '1', x: 'x'.repeat(65_536) }));
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([413, 'BODY_TOO_LARGE', '请求体上限为 65536 字节']);
  });

  test('text is stored as it was sent', async () => {
    const signedBy = "Ａ‮\u200b é é 👩‍👩‍👧 <script> '; drop table shops;-- ${1} \r\n=1+1";
    const answer = await api.call('POST', '/v1/service/open', { agreementVersion: '2026-01', agree: true, signedBy });
    expect(answer.status).toBe(200);
    const row = await api.deps.db.selectFrom('service_agreements').select('signed_by').executeTakeFirstOrThrow();
    expect(row.signed_by).toBe(signedBy);
  });
});

describe('queries', () => {
  test.each([
    'limit=0',
    'limit=201',
    'limit=1000000000',
    'limit=-1',
    'limit=1.5',
    'limit=1e2',
    'limit=%201',
    'limit=',
    'limit=a',
    'limit=1&limit=2',
    'after=',
    'after=abc',
    'after=W10',
    `refundId=${'1'.repeat(20)}`,
    'nothing=1',
    '__proto__=1',
    'interceptStatus=succeeded',
    'interceptStatus=SUCCEEDED&interceptStatus=FAILED',
    'interceptStatus[]=SUCCEEDED',
    'carrier=SF',
    'refundId=1x',
    'waybillNo=%00',
    'initiatedFrom=yesterday',
    'initiatedFrom=2026-01-01T00%3A00%3A00%2B25%3A00',
  ])('?%s is 400', async (query) => {
    const answer = await api.call('GET', `/v1/intercepts?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(answer.body.errors[0].pointer).toMatch(/^\/query\//);
  });

  test('a route without parameters takes none', async () => {
    expect((await api.call('GET', '/v1/service?shopId=2788419999')).status).toBe(400);
  });

  test('the shop comes from the key alone', async () => {
    const answer = await api.call('GET', '/v1/intercepts', undefined, { 'x-shop-id': '2788419999', 'x-http-method-override': 'DELETE' });
    expect([answer.status, answer.body]).toEqual([200, { items: [], nextCursor: null }]);
  });
});

describe('over a socket', () => {
  let port: number;
  beforeAll(async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    const address = api.app.server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });

  const exchange = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
      let text = '';
      socket.setTimeout(5_000, () => reject(new Error('no end')));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
  /** An answer read to its end: one that is left half read keeps the server from closing. */
  const readWhole = async (url: string | URL) => {
    const response = await fetch(url);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const answersOf = (text: string) => text.match(/^HTTP\/1\.1 \d{3}/gm) ?? [];

  test.each([
    ['two lengths', 'POST /v1/intercepts HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    [
      'length and chunks',
      'POST /v1/intercepts HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/service HTTP/1.1\r\n\r\n',
    ],
    ['negative length', 'POST /v1/intercepts HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}'],
    ['folded header', 'GET /v1/service HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n'],
    ['no HTTP', 'hello\r\n\r\n'],
    ['16 kB of header', `GET /v1/service HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`],
  ])('%s: one 4xx problem, connection closed', async (_name, bytes) => {
    const text = await exchange(bytes);
    expect(answersOf(text)).toHaveLength(1);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).toMatch(/x-request-id: [0-9a-f-]{36}/i);
    expect(text).toContain('application/problem+json');
  });

  /** Writes piece after piece until the server ends the connection; what it said, and how much it was sent. */
  const drip = (head: string, piece: string, everyMs: number): Promise<{ text: string; sent: number }> =>
    new Promise((resolve) => {
      let text = '';
      let sent = 0;
      let timer: NodeJS.Timeout | undefined;
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(head);
        timer = setInterval(() => {
          socket.write(piece);
          sent += piece.length;
        }, everyMs);
      });
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ text, sent });
      });
    });
  const postHead = async () =>
    `POST /v1/intercepts/preview HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer ${await api.newKey(['intercepts:read'])}\r\n`;

  test('a body without end is 413 once it is too long, and the connection closes (F114)', async () => {
    const { text } = await drip(`${await postHead()}Transfer-Encoding: chunked\r\n\r\n`, `1000\r\n${' '.repeat(4_096)}\r\n`, 5);
    expect(answersOf(text)).toEqual(['HTTP/1.1 413']);
    expect(text).toContain('BODY_TOO_LARGE');
  });

  test('headers and bodies that drip are ended with 408, while others are served (F115)', async () => {
    const { headersTimeout, requestTimeout } = api.app.server;
    Object.assign(api.app.server, { headersTimeout: 500, requestTimeout: 1_000 });
    try {
      const slow = Promise.all([
        drip('GET /v1/service HTTP/1.1\r\nHost: a\r\n', 'x: y\r\n', 200),
        drip(`${await postHead()}Content-Length: 60000\r\n\r\n`, ' ', 200),
      ]);
      expect((await readWhole(`http://127.0.0.1:${port}/v1/openapi.json`)).status).toBe(200);
      for (const { text } of await slow) {
        expect(answersOf(text)).toEqual(['HTTP/1.1 408']);
        expect(text).toContain('application/problem+json');
      }
    } finally {
      Object.assign(api.app.server, { headersTimeout, requestTimeout });
    }
  });

  test('the documentation page is served from here alone', async () => {
    const { text: html, ...page } = await readWhole(`http://127.0.0.1:${port}/docs/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    const script = /src="([^"]*swagger-ui-bundle\.js)"/.exec(html)?.[1] ?? '';
    expect((await readWhole(new URL(script, `http://127.0.0.1:${port}/docs/`))).status).toBe(200);
  });
});
