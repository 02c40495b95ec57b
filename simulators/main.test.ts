import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { control } from './testing/callers.ts';
import { startReceiver } from './testing/receiver.ts';
import type { Receiver } from './testing/receiver.ts';

const MAIN = new URL('./main.ts', import.meta.url).pathname;

let folder: string;
let receiver: Receiver;
const started: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
  receiver = await startReceiver();
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return { child, url: (JSON.parse(line) as { listening: string }).listening };
  }
  throw new Error('the simulators said nothing');
}

test('after kill -9 the world goes on where it was: refunds, payments, tokens and what was still to come', async () => {
  const env = {
    SIM_STATE_FILE: join(folder, 'state.json'),
    SIM_WEBHOOK_BASE: receiver.url,
    SIM_DEMO: '0',
    SIM_SANDBOX: '1',
    SIM_PACE: '700',
    SIM_ZTO_APP_SECRET: 'told-by-env',
  };
  const first = await start(env);
  await control(first, 'POST', '/shops', { shopId: '7', accessToken: 'at-7', refreshToken: 'rt-7' });
  const { json } = await control(first, 'POST', '/refunds', { carrier: 'ZTO', notify: false, parcel: { forward: 'DELIVERS' } });
  await control(first, 'POST', '/faults', { party: 'JT', kind: 'down' });
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await start(env);
  const refunds = await control(second, 'GET', '/refunds');
  expect(refunds.json.items).toMatchObject([{ refundId: json.refundId }]);
  expect(json.refundId).toMatch(/^9\d{18}$/);
  expect((await control(second, 'GET', '/shops')).json.items).toMatchObject([{ shopId: '7', access: { token: 'at-7' } }]);
  expect((await control(second, 'GET', '/faults')).json.items).toMatchObject([{ party: 'JT', kind: 'down' }]);
  expect((await control(second, 'GET', '/credentials')).json.env).toMatchObject({ ZTO_APP_SECRET: 'told-by-env' });
  const pushes = await receiver.waitFor(2, ({ body }) => body.includes(String(json.waybillNo)));
  expect(pushes.map(({ body }) => /"action":"(\w+)"/.exec(new URLSearchParams(body).get('data') ?? '')?.[1])).toEqual([
    'DISPATCH',
    'SIGNED',
  ]);

  second.child.kill('SIGTERM');
  const [code] = (await once(second.child, 'exit')) as [number | null];
  expect(code).toBe(0);
});

test('nonsense in the environment ends it with a word', async () => {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, SIM_PACE: 'fast' }, stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(child);
  const chunks: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(Buffer.concat(chunks).toString()).toContain('SIM_PACE is "fast"');
});
