import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { callCarrier, isOkStatus, unreadableAnswer } from './http.ts';
import { startGateway } from './testing/gateway.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function gateway(...args: Parameters<typeof startGateway>) {
  const started = await startGateway(...args);
  open.push(started);
  return started;
}

/** A server below HTTP: what it does with a socket is up to the test. */
async function socketServer(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  return (server.address() as AddressInfo).port;
}

const call = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{"waybillNo":"退"}' });
const limits = { timeoutMs: 5_000, maxBytes: 1_000 };

describe('callCarrier', () => {
  test('posts the very bytes and gives back status and text', async () => {
    const server = await gateway((response) => {
      response.statusCode = 201;
      response.end('成功');
    });
    expect(await callCarrier(call(`${server.url}/api`), limits)).toEqual({ kind: 'REPLY', status: 201, text: '成功' });
    expect(server.calls[0]).toMatchObject({ method: 'POST', path: '/api', body: Buffer.from('{"waybillNo":"退"}') });
  });

  test('a 4xx is an answer, a 5xx is none and may have been processed', async () => {
    for (const status of [400, 401, 404, 429]) {
      const server = await gateway((response) => response.writeHead(status).end('x'));
      expect(await callCarrier(call(server.url), limits)).toEqual({ kind: 'REPLY', status, text: 'x' });
    }
    for (const status of [500, 502, 503, 504]) {
      const server = await gateway((response) => response.writeHead(status).end('{"status":true}'));
      expect(await callCarrier(call(server.url), limits)).toEqual({ kind: 'FAILED', sent: true, reason: `HTTP ${status}` });
    }
  });

  test('a redirect is not followed', async () => {
    const other = await gateway((response) => response.end('{"status":true}'));
    const server = await gateway((response) => response.writeHead(307, { location: other.url }).end());
    expect(await callCarrier(call(server.url), limits)).toEqual({ kind: 'REPLY', status: 307, text: '' });
    expect(other.calls).toHaveLength(0);
  });

  test('no answer in time: it may have been processed', async () => {
    const server = await gateway(() => undefined);
    expect(await callCarrier(call(server.url), { ...limits, timeoutMs: 100 })).toEqual({
      kind: 'FAILED',
      sent: true,
      reason: 'no answer within 100 ms',
    });
    expect(server.calls).toHaveLength(1);
  });

  test('an answer that begins and never ends is bounded by the same time', async () => {
    const server = await gateway((response) => response.writeHead(200).write('{"status":'));
    expect(await callCarrier(call(server.url), { ...limits, timeoutMs: 200 })).toEqual({
      kind: 'FAILED',
      sent: true,
      reason: 'no answer within 200 ms',
    });
  });

  test('an answer that is too long is none', async () => {
    const server = await gateway((response) => response.end('x'.repeat(1_001)));
    expect(await callCarrier(call(server.url), limits)).toEqual({ kind: 'FAILED', sent: true, reason: 'answer longer than 1000 bytes' });
    const fitting = await gateway((response) => response.end('x'.repeat(1_000)));
    expect(await callCarrier(call(fitting.url), limits)).toMatchObject({ kind: 'REPLY', status: 200 });
  });

  test('a connection that breaks after the call was sent', async () => {
    const port = await socketServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await callCarrier(call(`http://127.0.0.1:${port}`), limits)).toMatchObject({ kind: 'FAILED', sent: true });
  });

  test('a connection that breaks in the middle of the answer', async () => {
    const port = await socketServer((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"status"', () => socket.destroy())),
    );
    expect(await callCarrier(call(`http://127.0.0.1:${port}`), limits)).toMatchObject({ kind: 'FAILED', sent: true });
  });

  test('a refused connection: certainly not received', async () => {
    const server = await startGateway((response) => response.end());
    await server.close();
    const answer = await callCarrier(call(server.url), limits);
    expect(answer).toMatchObject({ kind: 'FAILED', sent: false, reason: expect.stringContaining('ECONNREFUSED') });
    // Both addresses of the name are tried, and both refuse.
    expect(await callCarrier(call(`http://localhost:${server.port}`), limits)).toMatchObject({ kind: 'FAILED', sent: false });
  });

  test('a name that does not resolve', async () => {
    expect(await callCarrier(call('http://carrier.invalid/'), limits)).toMatchObject({ kind: 'FAILED', sent: false });
  });

  test('a TLS connection that does not come about', async () => {
    const plain = await gateway((response) => response.end());
    expect(await callCarrier(call(`https://127.0.0.1:${plain.port}`), limits)).toMatchObject({ kind: 'FAILED', sent: false });
    const closing = await socketServer((socket) => socket.once('data', () => socket.destroy()));
    expect(await callCarrier(call(`https://127.0.0.1:${closing}`), limits)).toMatchObject({ kind: 'FAILED', sent: false });
  });

  test('an address that is none', async () => {
    expect(await callCarrier(call('not a url'), limits)).toMatchObject({ kind: 'FAILED', sent: false });
  });
});

test('isOkStatus and unreadableAnswer', () => {
  expect([200, 204, 299].every(isOkStatus)).toBe(true);
  expect([199, 301, 400].some(isOkStatus)).toBe(false);
  expect(unreadableAnswer(404, '<html>'.repeat(100)).reason).toHaveLength(
    'HTTP 404 with an answer that is not the carrier’s: '.length + 200,
  );
  expect(unreadableAnswer(307, '')).toEqual({ kind: 'FAILED', sent: true, reason: expect.stringContaining('(empty)') });
  expect(unreadableAnswer(403, '').accessFault).toMatchObject({ code: 'HTTP 403' });
});
