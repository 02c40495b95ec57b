import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApi, type TestApi } from '../test-api.ts';
import { PROBLEMS } from '../problems/catalogue.ts';
import { SCOPES } from '../scopes.ts';

// biome-ignore lint/suspicious/noExplicitAny: the document is walked freely
type Json = any;
let api: TestApi;
let document: Json;
let operations: { method: string; path: string; operation: Json }[];

beforeAll(async () => {
  api = await openTestApi();
  document = (await api.call('GET', '/v1/openapi.json', undefined, { authorization: '' })).body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]) => ({ method, path, operation: operation as Json })),
  );
});
afterAll(() => api.close());

/** Every schema object below a place of the document, with where it is. */
function schemasBelow(value: Json, at = ''): { at: string; schema: Json }[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = typeof value.type === 'string' || value.anyOf || value.$ref ? [{ at, schema: value }] : [];
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, part]) => (key === 'examples' || key === 'enum' ? [] : schemasBelow(part, `${at}/${key}`))),
  ];
}

describe('the OpenAPI document', () => {
  test('is 3.1 and names every route of the contract', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      expect.arrayContaining([
        'DELETE /v1/intercepts/{interceptId}',
        'DELETE /v1/outlet-subscriptions/{subscriptionId}',
        'GET /v1/intercepts',
        'GET /v1/intercepts/{interceptId}',
        'GET /v1/intercepts/{interceptId}/events',
        'GET /v1/intercepts/{interceptId}/reject-reasons',
        'GET /v1/intercepts/{interceptId}/track',
        'GET /v1/openapi.json',
        'GET /v1/outlet-prices',
        'GET /v1/outlet-subscriptions',
        'GET /v1/outlets',
        'GET /v1/refunds',
        'GET /v1/service',
        'POST /v1/intercepts',
        'POST /v1/intercepts/batch',
        'POST /v1/intercepts/preview',
        'POST /v1/intercepts/{interceptId}/approve-refund',
        'POST /v1/intercepts/{interceptId}/reject-refund',
        'POST /v1/intercepts/{interceptId}/request-arbitration',
        'POST /v1/outlet-subscriptions',
        'POST /v1/outlet-subscriptions/{subscriptionId}/remind',
        'POST /v1/outlet-subscriptions/{subscriptionId}/review',
        'POST /v1/service/close',
        'POST /v1/service/open',
        'POST /v1/waybills',
        'PUT /v1/outlet-prices',
      ]),
    );
  });

  test('gives every operation one name, words, a security rule, an answer and its problems', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { method, path, operation } of operations) {
      const where = `${method} ${path}`;
      expect([where, operation.operationId, operation.summary, operation.tags?.length]).toEqual([
        where,
        expect.any(String),
        expect.any(String),
        1,
      ]);
      expect([where, operation.security]).toEqual([where, path === '/v1/openapi.json' ? [] : [{ key: [] }]]);
      const statuses = Object.keys(operation.responses);
      expect([where, statuses]).toEqual([
        where,
        expect.arrayContaining(path === '/v1/openapi.json' ? ['200', '400', '500'] : ['400', '401', '403', '429', '500', '503']),
      ]);
      for (const status of statuses.filter((each) => Number(each) >= 400)) {
        expect([where, status, Object.keys(operation.responses[status].content)]).toEqual([where, status, ['application/problem+json']]);
      }
    }
  });

  test('describes no object that takes other fields, and no text, list or number without a bound, in what callers send', () => {
    for (const { path, operation } of operations) {
      const sent = [...schemasBelow(operation.requestBody), ...schemasBelow(operation.parameters)];
      for (const { at, schema } of sent) {
        const where = `${path}${at}`;
        if (schema.type === 'object') expect([where, schema.additionalProperties]).toEqual([where, false]);
        if (schema.type === 'string' && !schema.enum && !schema.const) {
          expect([where, schema.maxLength !== undefined || /\{\d+,\d+\}\$$|\{\d+,\d+\}-/.test(schema.pattern ?? '')]).toEqual([
            where,
            true,
          ]);
        }
        if (schema.type === 'array') expect([where, typeof schema.maxItems]).toEqual([where, 'number']);
        if (schema.type === 'integer') expect([where, typeof schema.minimum, typeof schema.maximum]).toEqual([where, 'number', 'number']);
      }
    }
  });

  test('has no reference that leads nowhere', () => {
    const references = schemasBelow(document).flatMap(({ schema }) => (schema.$ref ? [schema.$ref as string] : []));
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) {
      const target = reference
        .replace('#/', '')
        .split('/')
        .reduce((value: Json, part) => value?.[part], document);
      expect([reference, typeof target]).toEqual([reference, 'object']);
    }
  });

  test('says of every path with an id that nobody may have it, and of every body whether it may be left out', () => {
    for (const { method, path, operation } of operations) {
      const where = `${method} ${path}`;
      expect([where, !path.includes('{') || '404' in operation.responses]).toEqual([where, true]);
      if (operation.requestBody === undefined) continue;
      const [media] = Object.values<Json>(operation.requestBody.content);
      const mustBeThere = media.schema.$ref !== undefined || (media.schema.required ?? []).length > 0;
      expect([where, operation.requestBody.required]).toEqual([where, mustBeThere]);
    }
  });

  test('gives an example for every body', () => {
    for (const { path, operation } of operations.filter(({ operation: { requestBody } }) => requestBody)) {
      const [media] = Object.values<Json>(operation.requestBody.content);
      expect([path, media.example !== undefined || media.examples !== undefined || media.schema.examples !== undefined]).toEqual([
        path,
        true,
      ]);
    }
  });
});

describe('every route', () => {
  const concrete = (path: string) => path.replace('{interceptId}', '123-1').replace(/\{\w+\}/, 'x1');

  test('needs a key, and a key with its scope', async () => {
    const bare = await api.newKey([]);
    for (const { method, path } of operations.filter(({ path: each }) => each !== '/v1/openapi.json')) {
      const call = (authorization: string) => api.call(method.toUpperCase() as 'GET', concrete(path), undefined, { authorization });
      expect([path, (await call('')).body.code]).toEqual([path, 'UNAUTHENTICATED']);
      expect([path, (await call(`Bearer ${'x'.repeat(40)}`)).status]).toEqual([path, 401]);
      const refused = await call(`Bearer ${bare}`);
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'FORBIDDEN']);
    }
  });

  test('takes no scope but its own, and admin', async () => {
    const open: Record<string, string> = {};
    for (const { method, path } of operations.filter(({ path: each }) => each !== '/v1/openapi.json')) {
      const held: string[] = [];
      for (const scope of SCOPES) {
        const key = await api.newKey([scope]);
        const answer = await api.call(method.toUpperCase() as 'GET', `${concrete(path)}?nothing=1`, undefined, {
          authorization: `Bearer ${key}`,
        });
        if (answer.status !== 403) held.push(scope);
      }
      expect([path, held.length, held.at(-1)]).toEqual([path, 2, 'admin']);
      open[`${method} ${path}`] = held[0] ?? '';
    }
    expect(open['post /v1/outlet-subscriptions/{subscriptionId}/review']).toBe('outlets:review');
    expect(open['post /v1/intercepts']).toBe('intercepts:write');
    expect(open['get /v1/intercepts']).toBe('intercepts:read');
    expect(open['post /v1/service/close']).toBe('service:write');
  });

  test('a start with a route that breaks a rule fails, naming it', async () => {
    const { applyRouteRules } = await import('./route-rules.ts');
    const route = { method: 'GET', url: '/v1/things/:id', handler: async () => null } as const;
    expect(() => applyRouteRules({ ...route })).toThrow('GET /v1/things/:id needs config.operation');
    expect(() => applyRouteRules({ ...route, config: { operation: 'a', scope: 'admin' } })).toThrow('summary');
  });
});

describe('the catalogue of problems', () => {
  test('has words in both languages and a proper status for every code', () => {
    for (const [code, { status, title, detail }] of Object.entries(PROBLEMS)) {
      expect([code, status >= 400 && status < 600]).toEqual([code, true]);
      for (const { zh, en } of [title, detail]) {
        expect([code, /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en), en.length > 3]).toEqual([code, true, false, true]);
        expect([code, zh.match(/\{\w+\}/g)?.sort()]).toEqual([code, en.match(/\{\w+\}/g)?.sort()]);
      }
    }
  });
});
