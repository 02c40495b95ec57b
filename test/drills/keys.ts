import { randomBytes } from 'node:crypto';
import { demoPassword } from '../../api/console/demo-staff.ts';
import { waitFor } from '../../dev/waiting.ts';
import { DEMO_SHOP } from '../../simulators/world.ts';
import { runCommandLine } from '../support/built-product.ts';
import { acceptedCase, type Drill, paidOnce, type Scene, turnRound } from './scene.ts';

const newKey = (): string => randomBytes(32).toString('base64');

/** What an owner clicks in the console: every key of that shop with this label is revoked. */
async function revoke({ stack }: Scene, label: string): Promise<void> {
  const { api, demoApiKey = '' } = stack.addresses;
  const call = (method: string, path: string, headers: Record<string, string>, body?: object) =>
    fetch(`${api}/console/api${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const owner = { shopId: DEMO_SHOP.shopId, name: '店主', password: demoPassword(demoApiKey, '店主') };
  const session = await call('POST', '/session', {}, owner);
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const signedIn = { cookie: session.headers.get('set-cookie')?.split(';', 1)[0] ?? '', 'x-csrf-token': csrfToken };
  const { items } = (await (await call('GET', '/keys', signedIn)).json()) as { items: { keyId: string; label: string }[] };
  const leaked = items.filter((key) => key.label === label);
  const statuses = await Promise.all(leaked.map(async ({ keyId }) => (await call('DELETE', `/keys/${keyId}`, signedIn)).status));
  if (statuses.join() !== '204') throw new Error(`revoking answered ${statuses.join(', ')}`);
}

const apiKeyLeaked: Drill = {
  name: 'an API key leaked',
  section: 'keys-and-secrets',
  alerts: [],
  async play(scene) {
    const { stack, environment } = scene;
    const said = await runCommandLine('keys', ['create', '--shop', DEMO_SHOP.shopId, '--scopes', 'admin'], environment);
    const authorization = `Bearer ${said.trimEnd().split('\n').at(-1)}`;
    const status = async () => (await fetch(`${stack.addresses.api}/v1/service`, { headers: { authorization } })).status;
    const before = await status();
    await revoke(scene, 'command line');
    const isRefused = await waitFor(async () => (await status()) === 401, 1_500);
    if (before !== 200 || isRefused !== true)
      throw new Error(`the key was answered ${before} before, and not refused after it was revoked`);
  },
};

/** A roll-out of the page's table: everything that runs has these keys before it goes on. */
async function rollOut(scene: Scene, keys: { TEMPORAL_PAYLOAD_KEYS: string; DATA_KEY: string }): Promise<void> {
  await scene.stack.stop();
  scene.stack = await scene.stack.restart(keys);
  Object.assign(scene.environment, keys);
}

const sealingKeysLeaked: Drill = {
  name: 'the keys that seal leaked',
  section: 'changing-a-key',
  alerts: [],
  async play(scene) {
    const [formerKey, presentKey] = [`former:${newKey()}`, `present:${newKey()}`];
    const formerData = scene.environment['DATA_KEY'] ?? '';
    const presentData = newKey();
    await rollOut(scene, { TEMPORAL_PAYLOAD_KEYS: formerKey, DATA_KEY: formerData });
    const [first, second] = await Promise.all([acceptedCase(scene, 'ZTO'), acceptedCase(scene, 'STO')]);
    const endpoint = { url: 'http://127.0.0.1:9/hook', types: ['intercept.failed'] };
    const { status } = await scene.stack.shop.call('POST', '/webhook-endpoints', endpoint);
    if (status !== 201) throw new Error(`an endpoint was answered ${status}`);
    await rollOut(scene, { TEMPORAL_PAYLOAD_KEYS: `${formerKey},${presentKey}`, DATA_KEY: `${formerData},${presentData}` });
    await rollOut(scene, { TEMPORAL_PAYLOAD_KEYS: `${presentKey},${formerKey}`, DATA_KEY: `${presentData},${formerData}` });
    const said = await runCommandLine('keys', ['re-encrypt'], scene.environment);
    // The runner stores the demo shop's tokens anew at each start.
    if (!/the secrets of [1-9]\d* webhook endpoints/.test(said)) throw new Error(`an endpoint's secret was not sealed anew: ${said}`);
    await rollOut(scene, { TEMPORAL_PAYLOAD_KEYS: `${presentKey},${formerKey}`, DATA_KEY: presentData });
    await turnRound(scene, first);
    for (const one of [first, second]) await paidOnce(scene, one, 120_000);
  },
};

/** Somebody has what only we should have. */
export const KEYS: readonly Drill[] = [apiKeyLeaked, sealingKeysLeaked];
