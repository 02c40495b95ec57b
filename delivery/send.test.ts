import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createWebhookSender, type WebhookSender } from './send.ts';
import { answering, type Receiver, startReceiver } from './test-receiver.ts';

let receiver: Receiver;
let sender: WebhookSender;
/** For answers that never come; one that comes does so in time for the other, also on a busy machine. */
let impatient: WebhookSender;
beforeAll(async () => {
  receiver = await startReceiver();
  sender = createWebhookSender({ allowLoopback: true, timeoutMs: 20_000 });
  impatient = createWebhookSender({ allowLoopback: true, timeoutMs: 400 });
});
afterEach(() => {
  receiver.received.length = 0;
  receiver.answer = answering(200);
});
afterAll(async () => {
  await sender.close();
  await impatient.close();
  await receiver.close();
});

const NOW = Date.parse('2026-11-20T08:00:00.000Z');
const send = (url = receiver.url, by = sender) => by.send({ url, headers: { 'webhook-id': 'msg_1' }, body: '{"a":1}', now: NOW });

describe('one request', () => {
  test('carries the body and headers as JSON by POST', async () => {
    await expect(send()).resolves.toEqual({ kind: 'DELIVERED', status: 200, retryAfterMs: null, reason: null });
    expect(receiver.received).toMatchObject([{ body: '{"a":1}', headers: { 'webhook-id': 'msg_1', 'content-type': 'application/json' } }]);
  });

  test.each([
    [204, { kind: 'DELIVERED', reason: null }],
    [410, { kind: 'GONE', reason: 'GONE' }],
    [404, { kind: 'FAILED', reason: 'HTTP_404' }],
    [500, { kind: 'FAILED', reason: 'HTTP_500' }],
  ])('%i', async (status, outcome) => {
    receiver.answer = answering(status);
    await expect(send()).resolves.toMatchObject({ ...outcome, status });
  });

  test('Retry-After in seconds and as a date', async () => {
    receiver.answer = answering(503, { 'retry-after': '120' });
    await expect(send()).resolves.toMatchObject({ kind: 'FAILED', retryAfterMs: 120_000 });
    receiver.answer = answering(429, { 'retry-after': 'Fri, 20 Nov 2026 08:01:00 GMT' });
    await expect(send()).resolves.toMatchObject({ kind: 'FAILED', retryAfterMs: 60_000 });
    receiver.answer = answering(429, { 'retry-after': 'soon' });
    await expect(send()).resolves.toMatchObject({ kind: 'FAILED', retryAfterMs: null });
  });

  test.each([301, 302, 303, 307, 308])('S19: a redirect (%i) is not followed', async (status) => {
    const inner = await startReceiver();
    receiver.answer = answering(status, { location: inner.url });
    await expect(send()).resolves.toMatchObject({ kind: 'FAILED', status, reason: 'REDIRECTED' });
    expect(inner.received).toHaveLength(0);
    await inner.close();
  });

  test('S19: an endless or compressed answer is not read', async () => {
    let sent = 0;
    receiver.answer = (response) => {
      response.writeHead(200);
      const pour = (): void => {
        if (response.destroyed) return;
        sent += 65_536;
        response.write(Buffer.alloc(65_536), pour);
      };
      pour();
    };
    await expect(send()).resolves.toMatchObject({ kind: 'DELIVERED' });
    expect(sent).toBeLessThan(20_000_000);
    receiver.answer = (response) => response.writeHead(500, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
    await expect(send()).resolves.toMatchObject({ kind: 'FAILED', reason: 'HTTP_500' });
  });

  test('S19: of an answer that is asked for the beginning is read, an endless one too, and one that never ends fails in time', async () => {
    const ask = (by = sender) => by.ask({ url: receiver.url, headers: {}, body: '{}', now: NOW });
    receiver.answer = (response) => response.writeHead(200).end('{"errcode":0}');
    await expect(ask()).resolves.toMatchObject({ kind: 'DELIVERED', status: 200, answer: '{"errcode":0}' });
    receiver.answer = (response) => {
      response.writeHead(200);
      const pour = (): void => void (response.write('x'.repeat(4_096)) ? setImmediate(pour) : response.once('drain', pour));
      pour();
      response.on('error', () => undefined);
    };
    const endless = await ask();
    expect([endless.kind, endless.answer?.length]).toEqual(['DELIVERED', 8_192]);
    receiver.answer = (response) => void response.writeHead(200).write('{"errcode":');
    await expect(ask(impatient)).resolves.toMatchObject({ kind: 'FAILED', reason: 'TIMEOUT', answer: null });
  });

  test('S19: headers without end, and an answer that never comes, end in time', async () => {
    receiver.answer = (response) =>
      response.writeHead(200, Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`x-${n}`, 'y'.repeat(200)]))).end();
    await expect(send()).resolves.toMatchObject({ kind: 'FAILED', reason: 'ANSWER_TOO_LARGE' });
    receiver.answer = () => undefined;
    const startedAt = performance.now();
    await expect(send(receiver.url, impatient)).resolves.toMatchObject({ kind: 'FAILED', status: null, reason: 'TIMEOUT' });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('a port where nobody listens, and one that speaks no HTTP', async () => {
    const closed = await startReceiver();
    await closed.close();
    await expect(send(closed.url)).resolves.toMatchObject({ kind: 'FAILED', reason: 'CONNECTION_REFUSED' });
    const babbler: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('hello\r\n\r\n', () => socket.destroy());
    });
    await new Promise<void>((resolve) => babbler.listen(0, '127.0.0.1', resolve));
    const { port } = babbler.address() as AddressInfo;
    await expect(send(`http://127.0.0.1:${port}/`)).resolves.toMatchObject({ kind: 'FAILED', status: null, reason: 'NOT_HTTP' });
    await expect(send(`https://127.0.0.1:${port}/`)).resolves.toMatchObject({ kind: 'FAILED', reason: 'TLS_FAILED' });
    await new Promise((resolve) => babbler.close(resolve));
  });
});

describe('S17, S18: checked again when connecting', () => {
  test('a name that was public when registered and leads inside when called is not connected to', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    const asked: string[] = [];
    const rebound = createWebhookSender({
      allowLoopback: false,
      timeoutMs: 20_000,
      lookup: async (hostname) => {
        asked.push(hostname);
        return [{ address: answers.shift() ?? '127.0.0.1', family: 4 }];
      },
    });
    await expect(rebound.check('https://erp.example.com/')).resolves.toMatchObject({ hostname: 'erp.example.com' });
    await expect(send('https://erp.example.com/', rebound)).resolves.toMatchObject({ kind: 'FAILED', reason: 'TARGET_NOT_PUBLIC' });
    expect(asked).toEqual(['erp.example.com', 'erp.example.com']);
    await rebound.close();
  });

  test('one lookup a connection, and it goes to the address that was checked', async () => {
    let lookups = 0;
    const pinned = createWebhookSender({
      allowLoopback: true,
      timeoutMs: 2_000,
      lookup: async () => {
        lookups += 1;
        return [{ address: '127.0.0.1', family: 4 }];
      },
    });
    await expect(send(`http://erp.localhost:${receiver.port}/`, pinned)).resolves.toMatchObject({ kind: 'DELIVERED' });
    expect(lookups).toBe(1);
    expect(receiver.received[0]?.headers.host).toBe(`erp.localhost:${receiver.port}`);
    await pinned.close();
  });

  test('outside the embedded mode this machine is not called, however it is written', async () => {
    const strict = createWebhookSender({ allowLoopback: false, timeoutMs: 20_000 });
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::1]', '[::ffff:127.0.0.1]']) {
      await expect(send(`https://${host}/`, strict)).resolves.toMatchObject({ kind: 'FAILED', reason: expect.stringMatching(/^TARGET_/) });
      await expect(strict.check(`https://${host}/`)).rejects.toMatchObject({ name: 'TargetRefused' });
    }
    await expect(strict.check('https://no-such-name.invalid/')).rejects.toMatchObject({ reason: 'NAME_NOT_FOUND' });
    await strict.close();
  });
});
