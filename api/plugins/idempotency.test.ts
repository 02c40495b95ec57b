import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { beginIdempotent } from '../../store/idempotency.ts';
import { openTestApi, type TestApi } from '../test-api.ts';

let api: TestApi;
let count = 0;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const OPEN = { agreementVersion: '2026-01', agree: true, signedBy: '张三' };
const newKey = () => `key-${++count}`;
const open = (key: string, body: unknown = OPEN, headers: Record<string, string> = {}) =>
  api.call('POST', '/v1/service/open', body, { 'idempotency-key': key, ...headers });

describe('Idempotency-Key', () => {
  test('the same request gets the same answer, marked as replayed, and acts once', async () => {
    const key = newKey();
    const first = await open(key);
    await api.call('POST', '/v1/service/close', { reason: '先关' });
    const second = await open(key);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.text).toBe(first.text);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect((await api.call('GET', '/v1/service')).body.status).toBe('CLOSED');
  });

  test('the order of keys in the body does not matter, anything else does', async () => {
    const key = newKey();
    await open(key);
    expect((await open(key, { signedBy: '张三', agree: true, agreementVersion: '2026-01' })).headers['idempotent-replayed']).toBe('true');
    const other = await open(key, { ...OPEN, signedBy: '李四' });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test('belongs to one operation, one key and so one shop', async () => {
    const key = newKey();
    await open(key);
    const close = await api.call('POST', '/v1/service/close', { reason: '关闭' }, { 'idempotency-key': key });
    expect([close.status, close.headers['idempotent-replayed']]).toEqual([200, undefined]);
    const colleague = await api.newKey(['service:write']);
    expect((await open(key, { ...OPEN, signedBy: '王五' }, { authorization: `Bearer ${colleague}` })).status).toBe(200);
  });

  test('a refusal is not kept: the corrected request goes through with the same key', async () => {
    const key = newKey();
    expect((await open(key, { ...OPEN, agree: false })).body.code).toBe('VALIDATION_FAILED');
    expect((await open(key, { ...OPEN, agreementVersion: '2020-01' })).body.code).toBe('AGREEMENT_VERSION_OUTDATED');
    const good = await open(key);
    expect([good.status, good.headers['idempotent-replayed']]).toEqual([200, undefined]);
  });

  test('while the first request runs the second waits its turn', async () => {
    const key = newKey();
    const { key_id: keyId } = await api.deps.db
      .selectFrom('api_keys')
      .select('key_id')
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirstOrThrow();
    const scope = { keyId, operation: 'openService', idempotencyKey: key };
    const fingerprint = await fingerprintOf();
    await beginIdempotent(api.deps.db, scope, fingerprint, 60_000);
    const answer = await open(key);
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS', '1']);
  });

  test('parallel requests with one key act once; everyone gets the answer or is asked to wait', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(key)));
    const fresh = answers.filter(({ status, headers }) => status === 200 && headers['idempotent-replayed'] === undefined);
    expect(fresh).toHaveLength(1);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
  });

  test.each(['', ' ', 'a b', 'ä', 'a, b', 'x'.repeat(256), 'tab\there'])('the key %j is 400', async (key) => {
    const answer = await open(key);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, '/header/idempotency-key']);
  });

  test('255 visible characters are a key', async () => {
    expect((await open('~!'.repeat(127) + 'x')).status).toBe(200);
  });

  /** Of the request that `open` sends, as the API keeps it. */
  async function fingerprintOf(): Promise<string> {
    const key = newKey();
    await open(key);
    const row = await api.deps.db
      .selectFrom('idempotency_keys')
      .select('fingerprint')
      .where('idempotency_key', '=', key)
      .executeTakeFirstOrThrow();
    return row.fingerprint;
  }
});
