import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApi, type TestApi } from '../../api/test-api.ts';
import { newWebhookSecret, signedHeaders } from '../../delivery/standard-webhook.ts';
import { testBody } from '../../delivery/event-body.ts';
import { type ClientOptions, connect, dataOf, pages, Problem, verifyWebhook } from './index.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');
const COMPILER = join(MODULES, 'typescript7/bin/tsc');
const STRICT =
  '--noEmit --pretty false --ignoreConfig --strict --skipLibCheck --allowImportingTsExtensions --target es2024 --module nodenext --types node';

/** The published client against the API, over real HTTP. */
let api: TestApi;
let baseUrl: string;
beforeAll(async () => {
  api = await openTestApi();
  baseUrl = await api.app.listen({ host: '127.0.0.1', port: 0 });
  await api.call('POST', '/v1/service/open', { agreementVersion: '2026-01', agree: true, signedBy: '张三' });
});
afterAll(() => api.close());

const price = (outletCode: string) => ({ carrier: 'ZTO' as const, outletCode, feeFen: 300, effectiveFrom: '2026-01-01T00:00:00.000Z' });
const refusal = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );
/** A client whose waits are written down and not waited for, over the network unless told otherwise. */
function hurried(told: Partial<ClientOptions> = {}) {
  const waitsMs: number[] = [];
  const wait = async (ms: number) => void waitsMs.push(ms);
  return { client: connect({ baseUrl, key: api.key, wait, ...told }), waitsMs };
}
const answer = (status: number, retryable: boolean, headers: Record<string, string> = {}) =>
  Response.json({ code: 'SOME', detail: '', retryable, instance: 'urn:request:r1', reason: 'WHY' }, { status, headers });

test('a call answers typed data; a refusal rejects with the problem', async () => {
  const { client } = hurried();
  expect((await dataOf(client.GET('/v1/service'))).status).toBe('OPEN');
  const problem = await refusal(client.GET('/v1/intercepts/{interceptId}', { params: { path: { interceptId: 'itc_none' } } }));
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 404, retryable: false, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(await refusal(hurried({ key: 'wrong' }).client.GET('/v1/service'))).toMatchObject({ status: 401 });
});

test('a list is read page after page, each item once', async () => {
  const { client } = hurried();
  for (const code of ['90001', '90002', '90003', '90004', '90005']) await client.PUT('/v1/outlet-prices', { body: price(code) });
  const codes: string[] = [];
  for await (const item of pages((page) => client.GET('/v1/outlet-prices', { params: { query: { limit: 2, ...page } } })))
    codes.push(item.outletCode ?? '');
  expect(codes.toSorted()).toEqual(['90001', '90002', '90003', '90004', '90005']);
});

describe('repeats', () => {
  const open = (client: ReturnType<typeof connect>) =>
    client.POST('/v1/service/open', { body: { agreementVersion: '2026-01', agree: true, signedBy: '张三' } });

  test('an action whose answer was lost happens once: the repeat carries the same key and gets the kept answer', async () => {
    const keys: (string | null)[] = [];
    const answers: Response[] = [];
    const losesTheFirst = async (request: Request) => {
      keys.push(request.headers.get('idempotency-key'));
      answers.push(await fetch(request));
      if (keys.length === 1) throw new TypeError('connection lost');
      return answers.at(-1) as Response;
    };
    await open(hurried({ fetch: losesTheFirst }).client);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), keys[0]]);
    expect(answers.map((response) => response.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
  });

  test('a send that stays without an answer is given up and repeated; one the caller gave up is not', async () => {
    let sent = 0;
    const silent = (request: Request) => {
      sent += 1;
      return new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)));
    };
    const { client } = hurried({ retries: 2, timeoutMs: 5, fetch: silent });
    expect(await refusal(open(client))).toMatchObject({ name: 'TimeoutError' });
    expect(sent).toBe(3);
    const given = new AbortController();
    const call = client.GET('/v1/service', { signal: given.signal });
    given.abort();
    expect(await refusal(call)).toMatchObject({ name: 'AbortError' });
    expect(sent).toBe(4);
  });

  test('`Retry-After` is waited for, unless longer than a minute', async () => {
    const script = [answer(429, true, { 'retry-after': '7' }), answer(503, true, { 'retry-after': '61' })];
    const { client, waitsMs } = hurried({ fetch: async () => script.shift() as Response });
    expect(await refusal(open(client))).toMatchObject({ status: 503, code: 'SOME', reason: 'WHY', requestId: 'r1' });
    expect(waitsMs).toEqual([7_000]);
  });

  test('a refusal that stays one is sent once; a retryable one as often as told', async () => {
    for (const [retryable, sends] of [
      [false, 1],
      [true, 3],
    ] as const) {
      let sent = 0;
      const { client } = hurried({ retries: 2, fetch: async () => ((sent += 1), answer(409, retryable)) });
      await refusal(open(client));
      expect(sent).toBe(sends);
    }
  });
});

test('a delivery is verified by its secret alone', () => {
  const [secret, foreign] = [newWebhookSecret(), newWebhookSecret()];
  const body = testBody('whe_1', Date.now());
  const headers = signedHeaders([secret], { messageId: 'msg_1', at: Date.now(), body });
  expect(verifyWebhook(secret, headers, body)).toMatchObject({ type: 'webhook.test', data: { endpointId: 'whe_1', sequence: null } });
  expect(() => verifyWebhook(foreign, headers, body)).toThrow('No matching signature');
  const received = { ...headers, accept: ['a', 'b'], host: undefined };
  for (const as of [received, new Headers(headers)]) expect(verifyWebhook(secret, as, Buffer.from(body)).type).toBe('webhook.test');
});

test('the type of an event says what it carries', () => {
  const code = (read: string) =>
    `import { verifyWebhook } from 'refund-intercept-client';
     const event = verifyWebhook('', {}, '');
     if (event.type === 'claim.updated') ${read};`;
  const [carried, foreign] = faultsOf(code('event.data.claimId satisfies string'), code('event.data.refundStatus'));
  expect(carried).toEqual([]);
  expect(foreign).toEqual([expect.stringContaining("Property 'refundStatus' does not exist")]);
});

test('the README’s code is right by the types, against what is exported', () => {
  const [, block = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')) ?? [];
  const code = `declare const secret: string, headers: Record<string, string>, bodyAsReceived: string;\n${block}`;
  const [shown, changed] = faultsOf(code, code.replace("unread: 'true'", "unread: 'perhaps'"));
  expect(shown).toEqual([]);
  expect(changed).toEqual([expect.stringContaining('perhaps')]);
});

/** What the compiler says of each of these programs that import the client's index by its published name. */
function faultsOf(...codes: string[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'refund-intercept-client-'));
  try {
    const files = codes.map((code, index) => {
      const text = code.replace("'refund-intercept-client'", `'${join(import.meta.dirname, 'index.ts')}'`);
      writeFileSync(join(folder, `${index}.mts`), text);
      return `${index}.mts`;
    });
    const options = [...STRICT.split(' '), '--typeRoots', join(MODULES, '@types')];
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMPILER, ...options, ...files], { cwd: folder, encoding: 'utf8' });
    const faults = files.map((file) => stdout.split('\n').filter((line) => line.startsWith(`${file}(`)));
    // What else it says is not of the programs: the client itself is broken, or the compiler did not run.
    if (stdout.split(/\n(?!\s)/).filter(Boolean).length !== faults.flat().length || (status === 0) !== (stdout === ''))
      throw new Error(`the compiler ended with ${status}: ${stdout}${stderr}`);
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
