import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startChannelPump } from '../../../delivery/channels/channel-pump.ts';
import { createMailer } from '../../../delivery/channels/mail.ts';
import { MAIL_CERTIFICATE, MAIL_PASSWORD, MAIL_USER, startMailServer } from '../../../delivery/channels/test-mail.ts';
import { type Robots, startRobots } from '../../../delivery/channels/test-robots.ts';
import { createWebhookSender } from '../../../delivery/send.ts';
import { eventually } from '../../../delivery/test-world.ts';
import { DEFAULT_CODES } from '../../../domain/channel/channel.ts';
import { insertOutbox } from '../../../store/outbox.ts';
import { channelDepsOf } from '../../outgoing/delivery-deps.ts';
import { openTestApi, OTHER_SHOP, send, type TestApi } from '../../test-api.ts';

let api: TestApi;
let robots: Robots;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  robots = await startRobots();
  await api.database.kysely.deleteFrom('notice_channels').execute();
});
afterEach(() => robots.close());

const path = (...parts: string[]) => ['/v1/notice-channels', ...parts].join('/');
const DINGTALK = () => ({ kind: 'DINGTALK', name: '售后群', ...robots.target('DINGTALK') });
const open = async (body: object = DINGTALK()) => (await api.call('POST', path(), body)).body;

describe('channels', () => {
  test('a new one is told what needs a person; its address and secret are shown nowhere and stored sealed', async () => {
    const answer = await api.call('POST', path(), DINGTALK());
    expect(answer.status).toBe(201);
    const { channelId, target, ...rest } = answer.body;
    expect(answer.headers['location']).toBe(path(channelId));
    expect(target).toMatch(/^127\.0\.0\.1:\d+\/robot\/send\?access_token=…c592$/);
    expect(rest).toEqual({
      kind: 'DINGTALK',
      name: '售后群',
      codes: DEFAULT_CODES,
      language: 'zh-CN',
      quietHours: null,
      digest: 'NONE',
      digestAt: '09:05',
      enabled: true,
      disabledReason: null,
      failingSince: null,
      lastError: null,
      lastErrorAt: null,
      lastSentAt: null,
      createdAt: expect.stringMatching(/Z$/),
    });
    expect((await api.call('GET', path(channelId))).body).toEqual(answer.body);
    expect((await api.call('GET', path())).body).toEqual({ items: [answer.body], nextCursor: null });
    const stored = JSON.stringify(await api.database.kysely.selectFrom('notice_channels').selectAll().execute());
    const { url, secret } = robots.target('DINGTALK');
    for (const hidden of [secret, url.slice(-32, -4)]) expect(stored + answer.text).not.toContain(hidden);
  });

  test('from a robot’s address to a message in its group: news of a case, with its facts', async () => {
    const { channelId } = await open({ ...DINGTALK(), codes: ['return.failed'] });
    const pump = startChannelPump(channelDepsOf(api.deps), { everyMs: 20, onError: (error) => expect(error).toBeNull() });
    await insertOutbox(api.database.kysely, {
      eventKey: 'return-failed',
      shopId: api.shopId,
      interceptId: '2260718200000012-1',
      sequence: 5_000,
      type: 'return.failed',
      payload: { waybillNo: '75312345678901', returnFailure: 'STALLED' },
      occurredAt: Date.now(),
    });
    await eventually(
      () => robots.texts.length,
      (count) => count > 0,
    );
    await pump.stop();
    expect(robots.texts).toEqual(['【禾木家居旗舰店】退回异常：退回停滞\nhttp://127.0.0.1:8080/console/notices']);
    expect((await api.call('GET', path(channelId))).body.lastSentAt).toMatch(/Z$/);
  });

  test('a test says at once whether the robot took it; soon after another is 429', async () => {
    const { channelId } = await open();
    const first = await api.call('POST', path(channelId, 'test'));
    expect(first).toMatchObject({ status: 200, body: { delivered: true, error: null } });
    expect(robots.texts).toEqual(['【禾木家居旗舰店】测试消息：通知会发到这里']);
    const soon = await api.call('POST', path(channelId, 'test'));
    expect(soon).toMatchObject({ status: 429, body: { code: 'NOTICE_CHANNEL_TESTED' }, headers: { 'retry-after': '15' } });
    await api.database.kysely.updateTable('notice_channels').set({ tested_at: null }).execute();
    robots.refuseWith = 310_000;
    expect((await api.call('POST', path(channelId, 'test'))).body).toEqual({ delivered: false, error: 'ERRCODE_310000' });
    expect((await api.call('GET', path(channelId))).body).toMatchObject({ lastError: 'ERRCODE_310000', failingSince: null });
  });

  test('is changed, turned off, led elsewhere and deleted', async () => {
    const { channelId, codes } = await open();
    const put = (body: object) => api.call('PUT', path(channelId), body);
    expect((await put({ name: '值班群', codes: ['CLAIM_QUIET'], enabled: false })).body).toMatchObject({
      name: '值班群',
      codes: ['CLAIM_QUIET'],
      enabled: false,
      target: expect.stringContaining('…c592'),
    });
    const moved = { ...robots.target('DINGTALK'), url: robots.target('DINGTALK').url.replace('5d41', '0000') };
    expect((await put({ name: '值班群', codes, enabled: true, ...moved })).body).toMatchObject({ enabled: true });
    expect((await api.call('POST', path(channelId, 'test'))).body).toEqual({ delivered: false, error: 'ERRCODE_300005' });
    expect(await put({ name: '值班群', codes, enabled: true, secret: 'SEC1' })).toMatchObject({ status: 400 });
    expect((await api.call('DELETE', path(channelId))).status).toBe(204);
    expect((await api.call('DELETE', path(channelId))).status).toBe(404);
  });

  test('foreign or absent ids are the same 404 on every route, and other scopes are 403', async () => {
    const { channelId, name, codes } = await open();
    const foreign = await api.newKey(['webhooks:write'], OTHER_SHOP.shopId);
    const reader = await api.newKey(['intercepts:read', 'intercepts:write']);
    const routes: [method: 'GET' | 'PUT' | 'POST' | 'DELETE', rest: string[], body?: object][] = [
      ['GET', []],
      ['PUT', [], { name, codes, enabled: true }],
      ['POST', ['test']],
      ['DELETE', []],
    ];
    for (const [method, rest, payload] of routes) {
      const as = (key: string, id: string) =>
        send(api.app, { method, url: path(id, ...rest), payload, headers: { authorization: `Bearer ${key}` } });
      const [theirs, absent, scoped] = [await as(foreign, channelId), await as(api.key, 'chn_absent'), await as(reader, channelId)];
      expect([theirs.status, absent.status, scoped.status]).toEqual([404, 404, 403]);
      expect({ ...theirs.body, instance: '' }).toEqual({ ...absent.body, instance: '' });
    }
  });

  test('a shop has at most 20', async () => {
    for (let n = 0; n < 20; n += 1) await open();
    expect(await api.call('POST', path(), DINGTALK())).toMatchObject({ status: 409, body: { code: 'NOTICE_CHANNEL_LIMIT' } });
  });

  test.each([
    [{ kind: 'DINGTALK', name: '' }, '/name'],
    [{ kind: 'DINGTALK', name: 'x', secret: 's', url: 'https://oapi.dingtalk.com/', codes: [] }, '/codes'],
    [{ kind: 'DINGTALK', name: 'x', secret: 's', url: 'https://oapi.dingtalk.com/', codes: ['intercept.requested'] }, '/codes/0'],
    [{ kind: 'SLACK', name: 'x', secret: 's', url: 'https://oapi.dingtalk.com/' }, '/kind'],
    [{ kind: 'DINGTALK', name: 'x', url: 'https://oapi.dingtalk.com/' }, '/secret'],
    [{ kind: 'FEISHU', name: 'x', url: 'https://open.feishu.cn/' }, '/secret'],
    [{ kind: 'EMAIL', name: 'x' }, '/address'],
    [{ kind: 'EMAIL', name: 'x', address: 'anna@shop.example\nBcc: b@c.de' }, '/address'],
    [{ kind: 'EMAIL', name: 'x', address: 'anna@shop.example', url: 'https://open.feishu.cn/' }, '/url'],
    [{ kind: 'WECOM', name: 'x', url: 'https://qyapi.weixin.qq.com/', address: 'anna@shop.example' }, '/address'],
    [{ kind: 'WECOM', name: 'x', secret: 's', url: 'https://qyapi.weixin.qq.com/' }, '/secret'],
  ])('%j is 400 at %s', async (body, pointer) => {
    const answer = await api.call('POST', path(), body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});

describe('mail', () => {
  test('without a server for mail there are no such channels; with one a test goes there at once', async () => {
    const body = { kind: 'EMAIL', name: '安娜', address: 'anna@shop.example' };
    expect(await api.call('POST', path(), body)).toMatchObject({ status: 409, body: { code: 'MAIL_NOT_CONFIGURED' } });
    const server = await startMailServer();
    const url = `smtp://${encodeURIComponent(MAIL_USER)}:${encodeURIComponent(MAIL_PASSWORD)}@localhost:${server.port}`;
    const mailer = createMailer({ url, from: 'notices@example.com', allowPlain: false, ca: MAIL_CERTIFICATE });
    const mailing = await openTestApi({ mailer });
    const made = await mailing.call('POST', path(), body);
    expect(made).toMatchObject({ status: 201, body: { kind: 'EMAIL', target: 'a***@shop.example' } });
    const stored = JSON.stringify(await mailing.database.kysely.selectFrom('notice_channels').selectAll().execute());
    expect(stored + made.text).not.toContain('anna');
    expect((await mailing.call('POST', path(made.body.channelId, 'test'))).body).toEqual({ delivered: true, error: null });
    expect(server.got).toMatchObject([{ to: ['anna@shop.example'], encrypted: true }]);
    await mailing.close();
    await server.close();
  });
});

describe('S17: messages go to the platforms’ own robots alone', () => {
  const lookup = async (name: string) => [{ address: name === 'oapi.dingtalk.com' ? '10.0.0.1' : '8.8.8.8', family: 4 }];
  const query = 'access_token=5d41402abc4b2a76b9719d911017c592';
  const webhookSender = createWebhookSender({ allowLoopback: false, lookup });
  let strict: TestApi;
  beforeAll(async () => {
    strict = await openTestApi({ webhookSender });
  });
  afterAll(async () => {
    await strict.close();
    await webhookSender.close();
  });

  test.each([
    ['DINGTALK', `https://oapi.dingtalk.com.example.com/robot/send?${query}`, 'NOT_A_ROBOT'],
    ['DINGTALK', `https://erp.example.com/robot/send?${query}`, 'NOT_A_ROBOT'],
    ['DINGTALK', `https://open.feishu.cn/robot/send?${query}`, 'NOT_A_ROBOT'],
    ['FEISHU', 'https://open.feishu.cn/open-apis/auth/v3/token', 'NOT_A_ROBOT'],
    ['FEISHU', 'https://open.feishu.cn/open-apis/bot/v2/hook/../../../auth', 'NOT_A_ROBOT'],
    ['DINGTALK', `http://oapi.dingtalk.com/robot/send?${query}`, 'NOT_HTTPS'],
    ['DINGTALK', `https://oapi.dingtalk.com:8443/robot/send?${query}`, 'PORT'],
    ['DINGTALK', `https://oapi.dingtalk.com@10.0.0.1/robot/send?${query}`, 'USER_INFO'],
    // The name is right and leads inside: a resolver that lies.
    ['DINGTALK', `https://oapi.dingtalk.com/robot/send?${query}`, 'NOT_PUBLIC'],
    ['DINGTALK', `http://127.0.0.1:9/robot/send?${query}`, 'NOT_HTTPS'],
  ])('%s at %s: %s', async (kind, url, reason) => {
    const answer = await strict.call('POST', path(), { kind, name: 'x', url, secret: 'SEC1' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'NOTICE_CHANNEL_URL_REFUSED', reason } });
  });
});
