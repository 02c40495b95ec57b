import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callPlatform, control } from '../testing/callers.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators();
});
afterAll(() => sim.close());

async function refresh(refreshToken: string, changes: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    app_id: sim.world.settings.credentials.KUAISHOU_APP_KEY,
    app_secret: sim.world.settings.credentials.KUAISHOU_APP_SECRET,
    ...changes,
  });
  const response = await fetch(`${sim.urls.KUAISHOU_URL}/oauth2/refresh_token`, { method: 'POST', body });
  return (await response.json()) as Record<string, unknown>;
}
const call = async (accessToken: string) => (await callPlatform(sim, 'open.express.subscribe.query', '{}', { accessToken })).json;

test('a refresh gives a new pair, discards the old refresh token alone, and does not move the authorisation', async () => {
  await control(sim, 'POST', '/shops', { shopId: '1', accessToken: 'a-1', refreshToken: 'r-1' });
  const before = sim.world.state.shops['1']?.refresh.expiresAt;
  const pair = await refresh('r-1');
  expect(pair).toMatchObject({ result: 1, expires_in: 172_800, scopes: expect.arrayContaining(['merchant_refund']) });
  expect(sim.world.state.shops['1']?.refresh.expiresAt).toBe(before);
  expect(await call('a-1')).toMatchObject({ result: 1 });
  expect(await call(String(pair.access_token))).toMatchObject({ result: 1 });
  expect(await refresh('r-1')).toEqual({ result: 100200102, error: 'access_denied', error_msg: 'refreshToken.discarded' });
  expect(await refresh(String(pair.refresh_token))).toMatchObject({ result: 1 });
});

test('tokens expire', async () => {
  await control(sim, 'POST', '/shops', { shopId: '2', accessToken: 'a-2', refreshToken: 'r-2' });
  await control(sim, 'POST', '/tokens/expire', { shopId: '2', which: 'both' });
  expect(await call('a-2')).toMatchObject({ result: 100200102, error: 'access_denied' });
  expect(await refresh('r-2')).toMatchObject({ result: 100200102, error_msg: 'invalid refresh_token' });
});

test('the application itself must be known', async () => {
  expect(await refresh('r-3')).toMatchObject({ result: 100200102, error_msg: 'invalid refresh_token' });
  expect(await refresh('r-3', { app_secret: 'wrong' })).toMatchObject({ result: 100200101 });
  expect(await refresh('r-3', { grant_type: 'code' })).toMatchObject({ result: 100200104 });
});
