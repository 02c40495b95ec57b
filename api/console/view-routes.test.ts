import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApi, type TestApi } from '../test-api.ts';
import { type Browser, signedIn } from './test-console.ts';

let api: TestApi;
let clerk: Browser;
let colleague: Browser;
beforeAll(async () => {
  api = await openTestApi();
  clerk = await signedIn(api.app, api.deps, api.shopId, '小林', 'VIEWER');
  colleague = await signedIn(api.app, api.deps, api.shopId, '老张', 'OWNER');
});
afterAll(() => api.close());

const save = (browser: Browser, name: string, more: object = {}) =>
  browser.call('POST', '/console/api/views', { page: 'WORKBENCH', name, query: 'tab=failed&carrier=ZTO', ...more });
const namesOf = async (browser: Browser): Promise<string[]> =>
  (await browser.call('GET', '/console/api/views')).body.items.map(({ name }: { name: string }) => name);

describe('saved views', () => {
  test('are a person’s own: saved, listed in their order, renamed and deleted by nobody else', async () => {
    const saved = await save(clerk, ' 中通失败 ');
    expect([saved.status, saved.body]).toEqual([
      201,
      {
        viewId: expect.stringMatching(/^view_/),
        page: 'WORKBENCH',
        name: '中通失败',
        query: 'tab=failed&carrier=ZTO',
        createdAt: expect.any(String),
      },
    ]);
    await save(clerk, '索赔中', { page: 'CLAIMS', query: 'open=1' });
    expect(await namesOf(clerk)).toEqual(['中通失败', '索赔中']);
    expect(await namesOf(colleague)).toEqual([]);

    const address = `/console/api/views/${saved.body.viewId}`;
    expect((await colleague.call('PATCH', address, { name: '别人的' })).status).toBe(404);
    expect((await colleague.call('DELETE', address)).status).toBe(404);
    expect((await clerk.call('PATCH', address, { name: '中通' })).body).toEqual({ ...saved.body, name: '中通' });
    expect((await clerk.call('DELETE', address)).status).toBe(204);
    expect((await clerk.call('DELETE', address)).status).toBe(404);
    expect(await namesOf(clerk)).toEqual(['索赔中']);
  });

  test('have a name of their own on their page', async () => {
    expect((await save(colleague, '我的')).status).toBe(201);
    const again = await save(colleague, '我的');
    expect([again.status, again.body.code, again.body.detail]).toEqual([409, 'VIEW_NAME_TAKEN', expect.stringContaining('“我的”')]);
    expect((await save(colleague, '我的', { page: 'INTERCEPTS' })).status).toBe(201);
    const other = await save(colleague, '别的');
    const address = `/console/api/views/${other.body.viewId}`;
    expect((await colleague.call('PATCH', address, { name: '我的' })).body.code).toBe('VIEW_NAME_TAKEN');
    expect((await colleague.call('PATCH', address, { name: '别的' })).status).toBe(200);
  });

  test('are twenty of a page at most, also of many saved at once', async () => {
    const hoarder = await signedIn(api.app, api.deps, api.shopId, '收藏家', 'FINANCE');
    const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => save(hoarder, `第${n}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.find(({ status }) => status !== 201);
    expect([refused?.status, refused?.body.code, refused?.body.detail]).toEqual([409, 'TOO_MANY_VIEWS', expect.stringContaining('20')]);
    expect((await save(hoarder, '另一页', { page: 'CLAIMS' })).status).toBe(201);
  });

  test('take a name to see and the query of an address, nothing else', async () => {
    for (const name of ['', ' ', 'a\nb', '视'.repeat(41)]) expect([name, (await save(clerk, name)).status]).toEqual([name, 400]);
    for (const query of ['', 'a=b#c', '//evil.example', 'q=一', 'a=b c', `q=${'1'.repeat(2_000)}`])
      expect([query, (await save(clerk, '名', { query })).status]).toEqual([query, 400]);
    expect((await save(clerk, '名', { page: 'SETTINGS' })).status).toBe(400);
    expect((await save(clerk, '视'.repeat(40), { query: `q=${'1'.repeat(1_998)}` })).status).toBe(201);
  });
});
