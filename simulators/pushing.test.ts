import { createDecipheriv, createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { control, seed } from './testing/callers.ts';
import { acknowledge, startReceiver } from './testing/receiver.ts';
import type { Received, Receiver } from './testing/receiver.ts';
import { startSimulators } from './world.ts';
import type { Simulators } from './world.ts';

let sim: Simulators;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  sim = await startSimulators({
    webhookBase: receiver.url,
    demo: false,
    paceMs: 1,
    pushRetryMs: [1, 1, 1],
    messageRetryMs: [1, 1],
    pushTimeoutMs: 2_000,
  });
  await control(sim, 'POST', '/shops', { shopId: '9007199254740993' });
});
afterAll(async () => {
  await sim.close();
  await receiver.close();
});
afterEach(async () => {
  receiver.answerWith(acknowledge);
  await control(sim, 'DELETE', '/faults');
});

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('base64');
const about = (text: string) => (push: Received) => decodeURIComponent(push.body.replaceAll('+', ' ')).includes(text);

async function pushOne(
  carrier: string,
  event: string,
  more: Record<string, unknown> = {},
): Promise<{ waybillNo: string; push: Received; form: URLSearchParams }> {
  const { waybillNo } = await seed(sim, { carrier, notify: false });
  await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event, ...more });
  const [push] = await receiver.waitFor(1, about(waybillNo));
  if (push === undefined) throw new Error('nothing was pushed');
  return { waybillNo, push, form: new URLSearchParams(push.body) };
}

describe('each carrier pushes in its own signed form', () => {
  test('ZTO', async () => {
    const { waybillNo, push, form } = await pushOne('ZTO', 'RETURNING', { occurredAt: '2026-01-28T03:04:05.678Z' });
    expect(push.path).toBe('/webhooks/carriers/zto/track');
    expect(form.get('data_digest')).toBe(md5(form.get('data') + sim.world.settings.credentials.ZTO_APP_SECRET));
    expect([form.get('msg_type'), form.get('company_id')]).toEqual(['Traces', sim.world.settings.credentials.ZTO_APP_KEY]);
    expect(JSON.parse(form.get('data') ?? '')).toMatchObject({
      billCode: waybillNo,
      action: 'RETURN_SCAN',
      actionTime: '2026-01-28 11:04:05',
      returnType: '',
    });
  });

  test('YTO', async () => {
    const { waybillNo, push, form } = await pushOne('YTO', 'LOST');
    const xml = form.get('logistics_interface') ?? '';
    expect(push.path).toBe('/webhooks/carriers/yto/track');
    expect(form.get('data_digest')).toBe(md5(xml + sim.world.settings.credentials.YTO_SECRET));
    expect(form.get('type')).toBe('online');
    expect(new XMLParser().parse(xml)).toMatchObject({
      UpdateInfo: { logisticProviderID: 'YTO', mailNo: waybillNo, infoContent: 'FAILED', questionCause: '遗失' },
    });
  });

  test('STO', async () => {
    const { waybillNo, push, form } = await pushOne('STO', 'RETURNING');
    const content = form.get('content') ?? '';
    expect(push.path).toBe('/webhooks/carriers/sto/track');
    expect(form.get('data_digest')).toBe(md5(content + sim.world.settings.credentials.STO_SECRET));
    expect([form.get('api_name'), form.get('to_appkey')]).toEqual([
      'STO_TRACE_PLATFORM_PUSH',
      sim.world.settings.credentials.STO_FROM_APPKEY,
    ]);
    expect(JSON.parse(content)).toMatchObject({ waybillNo, trace: { scanType: '退回件', outBizCode: expect.stringContaining(waybillNo) } });
  });

  test('J&T', async () => {
    const { waybillNo, push, form } = await pushOne('JT', 'OUT_FOR_DELIVERY');
    const content = form.get('bizContent') ?? '';
    expect(push.path).toBe('/webhooks/carriers/jt/track');
    expect(push.headers.digest).toBe(md5(content + sim.world.settings.credentials.JT_PRIVATE_KEY));
    expect(push.headers.apiaccount).toBe(sim.world.settings.credentials.JT_API_ACCOUNT);
    expect(push.headers.timestamp).toMatch(/^\d{13}$/);
    expect(JSON.parse(content)).toMatchObject({ billCode: waybillNo, details: [{ scanType: '出仓扫描' }] });
  });
});

test('the platform sends encrypted messages with exact ids', async () => {
  const { refundId } = await seed(sim, { refundId: '9007199254740995' });
  await receiver.waitFor(1, ({ path }) => path === '/webhooks/kuaishou/messages');
  const sent = sim.world.pushes.entries().find((push) => push.subject === refundId);
  const { credentials } = sim.world.settings;
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(credentials.KUAISHOU_MESSAGE_KEY, 'base64'), Buffer.alloc(16));
  const text = decipher.update(sent?.body ?? '', 'base64', 'utf8') + decipher.final('utf8');
  expect(text).toContain('"userId":9007199254740993');
  const message = JSON.parse(text) as { event: string; appKey: string; info: string; test: boolean };
  expect(message).toMatchObject({ event: 'kwaishop_aftersales_addRefund', appKey: credentials.KUAISHOU_APP_KEY, test: false });
  expect(message.info).toContain('"refundId":9007199254740995,');
});

describe('what is not acknowledged comes again', () => {
  test.each([
    ['ZTO', '{"status":"no"}'],
    ['YTO', '<Response><success>false</success></Response>'],
    ['STO', '{"success":"false"}'],
    ['JT', '{"code":"0"}'],
    ['ZTO', 'ok'],
  ])('%s does not take %s for an acknowledgement, and gives up in the end', async (carrier, body) => {
    receiver.answerWith(() => ({ body }));
    const { waybillNo } = await pushOne(carrier, 'RETURNING');
    await receiver.waitFor(4, about(waybillNo));
    await pushOne(carrier, 'RETURNING');
    const attempts = sim.world.pushes.entries().filter((push) => push.subject === waybillNo);
    expect(attempts.map((push) => [push.attempt, push.acknowledged])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, false],
    ]);
  });

  test('an error or a cut line is repeated until the acknowledgement, then no more', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'STO', notify: false });
    const answers = [() => ({ status: 500, body: '' }), () => null];
    receiver.answerWith((push) => ((about(waybillNo)(push) ? answers.shift() : undefined) ?? acknowledge)(push));
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'SIGNED' });
    await receiver.waitFor(3, about(waybillNo));
    await pushOne('STO', 'SIGNED');
    expect(receiver.received.filter(about(waybillNo))).toHaveLength(3);
  });

  test('a message without {"result":1} comes again', async () => {
    receiver.answerWith(() => ({ body: '{"result":0}' }));
    const { refundId } = await seed(sim);
    await receiver.waitFor(3, (push) => sim.world.pushes.entries().some((sent) => sent.subject === refundId && sent.body === push.body));
    expect(sim.world.pushes.entries().filter((sent) => sent.subject === refundId)).toHaveLength(3);
  });
});

describe('faults of pushes', () => {
  test('twice', async () => {
    await control(sim, 'POST', '/faults', { party: 'ZTO', kind: 'push-twice', times: 1 });
    const { waybillNo } = await pushOne('ZTO', 'RETURNING');
    const pushes = await receiver.waitFor(2, about(waybillNo));
    expect(pushes[0]?.body).toBe(pushes[1]?.body);
  });

  test('lost', async () => {
    await control(sim, 'POST', '/faults', { party: 'JT', kind: 'push-lost', times: 1 });
    const { waybillNo } = await seed(sim, { carrier: 'JT' });
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'RETURNING' });
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'RETURN_SIGNED' });
    const [push] = await receiver.waitFor(1, about(waybillNo));
    expect(new URLSearchParams(push?.body).get('bizContent')).toContain('快件签收');
  });

  test('late: after a scan made later', async () => {
    await control(sim, 'POST', '/faults', { party: 'STO', kind: 'push-late', times: 1, delayMs: 200 });
    const { waybillNo } = await seed(sim, { carrier: 'STO' });
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'RETURNING' });
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'RETURN_SIGNED' });
    const pushes = await receiver.waitFor(2, about(waybillNo));
    expect(pushes.map((push) => /"scanType":"([^"]+)"/.exec(new URLSearchParams(push.body).get('content') ?? '')?.[1])).toEqual([
      '签收',
      '退回件',
    ]);
  });

  test('with a bad signature, right the next time', async () => {
    await control(sim, 'POST', '/faults', { party: 'ZTO', kind: 'push-bad-signature', times: 1 });
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', notify: false });
    const answers = [() => ({ status: 401, body: '{"status":false}' })];
    receiver.answerWith((push) => ((about(waybillNo)(push) ? answers.shift() : undefined) ?? acknowledge)(push));
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'RETURNING' });
    const pushes = await receiver.waitFor(2, about(waybillNo));
    const right = pushes.map(({ body }) => {
      const form = new URLSearchParams(body);
      return form.get('data_digest') === md5(form.get('data') + sim.world.settings.credentials.ZTO_APP_SECRET);
    });
    expect(right).toEqual([false, true]);
  });
});

test('realistic manners: the pick-up comes after a later scan, every third scan twice', async () => {
  await control(sim, 'POST', '/settings', { paceMs: 100 });
  const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel: { scans: [], manners: 'REALISTIC' } });
  for (const event of ['PICKED_UP', 'ARRIVED', 'RETURNING']) await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event });
  const pushes = await receiver.waitFor(4, about(waybillNo));
  const actions = pushes.map(({ body }) => /"action":"(\w+)"/.exec(new URLSearchParams(body).get('data') ?? '')?.[1]);
  expect(new Set(actions.slice(0, 2))).toEqual(new Set(['ARRIVAL', 'RETURN_SCAN']));
  expect(new Set(actions.slice(2))).toEqual(new Set(['GOT', 'RETURN_SCAN']));
});
