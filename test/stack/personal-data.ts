import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { JPEG } from '../../api/files/sample-files.ts';
import { type Robots, startRobots } from '../../delivery/channels/test-robots.ts';
import { eventually } from '../../delivery/test-world.ts';
import { type Receiver, startReceiver } from '../../delivery/test-receiver.ts';
import { CHANNEL_CODES } from '../../domain/channel/channel.ts';
import { TOLD_EVENTS } from '../../domain/intercept/event.ts';
import { toShanghaiText } from '../../domain/time.ts';
import { DEFAULT_CREDENTIALS } from '../../simulators/settings.ts';
import { openDatabase } from '../../store/db.ts';
import type { RunningStack } from '../support/running-stack.ts';

/** Somebody whom carriers name wherever they can, and the number at which the shop itself is called. */
const PHONE = '13812341234';
const NAME = '张三丰';
const ADDRESS = '江滨路1号3幢502室';
const SHOP_PHONE = '13987654321';
/** Where ZTO is to bring the shop's parcels. */
const STREET = '诚信大道8号仓';
const RETURN_ADDRESS = { name: NAME, phone: SHOP_PHONE, province: '浙江省', city: '金华市', district: '义乌市', address: STREET };
const PLANTED = [PHONE, NAME, ADDRESS, SHOP_PHONE];
const SENTENCE = `派件员${NAME}（${PHONE}）`;
const CARRIERS = ['ZTO', 'YTO', 'STO', 'JT'];

/** A case whose parcel comes back, told in sentences that name somebody. */
async function comesBack(stack: RunningStack, carrier: string): Promise<string> {
  const { refundId, waybillNo } = await stack.shop.seed({ carrier, parcel: { onIntercept: 'SILENT' } });
  const returnTo = carrier === 'ZTO' ? 'ADDRESS' : 'SENDER';
  const wanted = { refundId, confirm: true, returnTo };
  const { interceptId } = (await stack.shop.call<{ interceptId: string }>('POST', '/intercepts', wanted)).body;
  const scan = (event: string, text: string) => stack.control('POST', `/sim/parcels/${waybillNo}/scan`, { event, text });
  await stack.shop.until(interceptId, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING', 30_000);
  await scan('PROBLEM', `客户要求改期，联系人：${NAME}，电话${PHONE}`);
  await scan('RETURNING', SENTENCE);
  await stack.shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000);
  if (carrier === 'ZTO')
    await pushRecord(stack, { billCode: waybillNo, action: 'ARRIVAL', courier: NAME, courierPhone: PHONE, receiverAddress: ADDRESS });
  await scan('RETURN_SIGNED', `签收人：${NAME}`);
  await stack.shop.until(interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', 30_000);
  return interceptId;
}

/** ZTO's own push with members that the simulator leaves empty. */
async function pushRecord(stack: RunningStack, record: object): Promise<void> {
  const data = JSON.stringify({ ...record, actionTime: toShanghaiText(Date.now()), desc: SENTENCE });
  const digest = createHash('md5')
    .update(data + DEFAULT_CREDENTIALS.ZTO_APP_SECRET)
    .digest('base64');
  const body = new URLSearchParams({ data, data_digest: digest, msg_type: 'Traces', company_id: DEFAULT_CREDENTIALS.ZTO_APP_KEY });
  const answer = await fetch(`${stack.addresses.api}/webhooks/carriers/zto/track`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

/** A carrier that refuses, and one that refuses our account first, in words that name somebody. */
async function isRefused(stack: RunningStack): Promise<string> {
  const message = `快件已派送，请联系${NAME}${PHONE}`;
  await stack.control('POST', '/sim/faults', {
    party: 'STO',
    api: 'INTERCEPT_CREATE_STANDARD',
    kind: 'error-200',
    code: '007',
    message,
    times: 1,
  });
  await stack.control('POST', '/sim/faults', { party: 'STO', api: 'INTERCEPT_CREATE_STANDARD', kind: 'refuse', code: '999', message });
  const { refundId } = await stack.shop.seed({ carrier: 'STO' });
  const { interceptId } = await stack.shop.create(refundId);
  const refused = await stack.shop.until(interceptId, ({ refundStatus }) => refundStatus === 'RELEASED', 30_000);
  expect(refused.carrierRefusal?.message).toBe('快件已派送，请联系张**138****1234');
  await stack.control('DELETE', '/sim/faults');
  return interceptId;
}

async function claims(stack: RunningStack, interceptId: string): Promise<string> {
  const photo = new FormData();
  photo.set('file', new Blob([JPEG]), '破损.jpg');
  const headers = { authorization: `Bearer ${stack.addresses.demoApiKey}` };
  const uploaded = await fetch(`${stack.addresses.api}/v1/files`, { method: 'POST', headers, body: photo });
  const { fileId } = (await uploaded.json()) as { fileId: string };
  const { status, body } = await stack.shop.call<{ claimId: string }>('POST', `/intercepts/${interceptId}/claims`, {
    kind: 'DAMAGE',
    contactPhone: SHOP_PHONE,
    goods: [{ name: '四件套', quantity: 1, specification: '1.8m', valueFen: 5_000 }],
    claimedFen: 5_000,
    description: `网点${SENTENCE}说已破损`,
    evidence: [fileId],
  });
  expect(status).toBe(201);
  return body.claimId;
}

/** Every row of the database, without the columns in which docs/personal-data.md has these whole. */
async function rows(stack: RunningStack): Promise<Record<string, string>> {
  const database = openDatabase(stack.addresses.databaseUrl, { max: 1, applicationName: 'test', onError: () => undefined });
  try {
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'`.execute(database.kysely);
    const texts: [string, string][] = [];
    for (const { name } of tables) {
      const { rows: found } = await sql<{ text: string }>`
        select coalesce(string_agg((to_jsonb(t) - 'contact_phone' - 'description')::text, ' '), '') as text from ${sql.table(name)} t`.execute(
        database.kysely,
      );
      texts.push([name, found[0]?.text ?? '']);
    }
    return Object.fromEntries(texts);
  } finally {
    await database.close();
  }
}

async function histories(stack: RunningStack): Promise<string> {
  const connection = await Connection.connect({ address: stack.addresses.temporal ?? '' });
  try {
    const { workflow } = new Client({ connection });
    const texts: string[] = [];
    for await (const { workflowId, runId, type } of workflow.list()) {
      if (type === 'patrol') continue;
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      texts.push(JSON.stringify(history, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value)));
    }
    return texts.join('\n');
  } finally {
    await connection.close();
  }
}

/** What the group was told once every case was named there. */
async function toldToTheGroup(robots: Robots, cases: readonly string[]): Promise<string> {
  const refundIds = cases.map((interceptId) => interceptId.split('-')[0] ?? '');
  return eventually(
    () => robots.texts.join('\n'),
    (texts) => refundIds.every((refundId) => texts.includes(refundId)),
    30_000,
  );
}

const named = (text: string) => PLANTED.filter((planted) => text.includes(planted));

/** Nothing tells whom a parcel is for. The product logs all it can; what it sends goes nowhere afterwards. */
export function personalDataTests(here: () => RunningStack): void {
  describe('personal data', () => {
    let receiver: Receiver;
    let robots: Robots;
    beforeAll(async () => {
      [receiver, robots] = [await startReceiver(), await startRobots()];
    });
    afterAll(() => Promise.all([receiver.close(), robots.close()]));

    test('whom carriers, a claim and the return address name stands whole nowhere: not in tables, histories, answers, webhooks, messages or logs', async () => {
      const stack = here();
      await stack.shop.call('POST', '/webhook-endpoints', { url: receiver.url, types: TOLD_EVENTS });
      const robot = { kind: 'DINGTALK', name: '售后群', ...robots.target('DINGTALK'), codes: CHANNEL_CODES };
      expect((await stack.shop.call('POST', '/notice-channels', robot)).status).toBe(201);
      expect((await stack.shop.call('PUT', '/return-address', RETURN_ADDRESS)).status).toBe(200);
      const refused = await isRefused(stack);
      const cases = [...(await Promise.all(CARRIERS.map((carrier) => comesBack(stack, carrier)))), refused];
      const claimId = await claims(stack, cases[0] ?? '');
      const paths = ['/return-address', '/notices?limit=200', '/claims', `/claims/${claimId}`, `/claims/${claimId}/events`, '/intercepts'];
      for (const interceptId of cases) paths.push(...['', '/track', '/events'].map((part) => `/intercepts/${interceptId}${part}`));
      const answers = await Promise.all(
        paths.map(async (path) => [path, JSON.stringify((await stack.shop.call('GET', path)).body)] as const),
      );
      await receiver.got(cases.length * 2);

      const places: Record<string, string> = {
        ...(await rows(stack)),
        ...Object.fromEntries(answers),
        histories: await histories(stack),
        webhooks: receiver.received.map(({ body }) => body).join('\n'),
        messages: await toldToTheGroup(robots, cases),
        log: stack.log(),
      };
      for (const place of [
        'track_events',
        'intercept_log',
        'claims',
        '/claims',
        'histories',
        'webhooks',
        'messages',
        'log',
        `/intercepts/${cases[0]}/track`,
      ])
        expect([place, (places[place] ?? '').length > 100]).toEqual([place, true]);
      expect(Object.entries(places).flatMap(([place, text]) => (named(text).length > 0 ? [[place, ...named(text)]] : []))).toEqual([]);
      const streets = Object.entries(places).filter(([, text]) => text.includes(STREET));
      expect(streets.map(([place]) => place)).toEqual(['/return-address']);
      const { items } = await stack.control<{ items: unknown[] }>('GET', '/sim/calls?party=ZTO&api=thirdcenter.createIntercept');
      for (const told of [NAME, SHOP_PHONE, STREET]) expect(JSON.stringify(items)).toContain(told);
      expect(places['track_events']).toContain('138****1234');
      expect(places[`/claims/${claimId}`]).toContain('139****4321');
      expect(places['log']).toContain('138****1234');
    }, 120_000);
  });
}
