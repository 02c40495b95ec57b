import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { InterceptState } from '../../domain/intercept/state.ts';
import { type InterceptView, viewIntercept } from '../../domain/intercept/view.ts';
import { succeededIntercept } from '../../store/test-settlement.ts';
import { openTestApi, type TestApi } from '../test-api.ts';
import { scriptedClient, timeOut } from '../test-temporal.ts';

/** The run is a moment ahead of its record: what it shows may be claimed is taken. */
let api: TestApi;
let shown: InterceptView | null = null;
beforeAll(async () => {
  const client = scriptedClient({ query: async () => shown ?? Promise.reject(timeOut()) });
  api = await openTestApi({ temporal: { client, address: 'scripted' } });
});
afterAll(() => api.close());

const BEHIND: Partial<InterceptState> = { interceptStatus: 'INTERCEPTING', returnStatus: null, succeededAt: null, resultAt: null };
const claim = ({ input }: InterceptState) =>
  api.call('POST', `/v1/intercepts/${input.interceptId}/claims`, {
    kind: 'LOSS',
    contactPhone: '13800001234',
    goods: [{ name: '连衣裙', quantity: 1, specification: '红色 M', valueFen: 12_900 }],
    claimedFen: 12_900,
    description: '一直未退回',
  });
const record = () => succeededIntercept(api.database.kysely, { shopId: api.shopId, carrier: 'YTO' }, BEHIND);

test('a claim is judged by the run where its record does not allow it yet', async () => {
  const state = await record();
  shown = viewIntercept({ ...state, interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' }, Date.now());
  expect((await claim(state)).status).toBe(201);
});

test('what the run does not allow either is refused, and so is what only a run could allow that does not answer', async () => {
  const state = await record();
  shown = viewIntercept(state, Date.now());
  expect((await claim(state)).body).toMatchObject({ code: 'ACTION_NOT_ALLOWED', reason: 'NOT_SUCCEEDED' });
  shown = null;
  expect((await claim(state)).body).toMatchObject({ code: 'ACTION_NOT_ALLOWED', reason: 'NOT_SUCCEEDED' });
});
