import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A shop's own system on this machine. */
export interface Receiver {
  /** `http://127.0.0.1:port/hooks` */
  url: string;
  port: number;
  received: Received[];
  /** How it answers from now on; 200 at first. */
  answer: (response: ServerResponse, request: Received) => void;
  /** Resolves once `count` requests arrived. */
  got(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const arrived = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      receiver.received.push(arrived);
      receiver.answer(response, arrived);
      for (const waiter of waiting) if (receiver.received.length >= waiter.count) waiter.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received: [],
    answer: (response) => response.writeHead(200).end(),
    got: (count) =>
      receiver.received.length >= count ? Promise.resolve() : new Promise((resolve) => void waiting.push({ count, resolve })),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Answers with a status and, if named, headers. */
export function answering(status: number, headers: Record<string, string> = {}): Receiver['answer'] {
  return (response) => response.writeHead(status, headers).end();
}
