import { once } from 'node:events';
import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * How a request is brought: as a network and the proxies in it do. `AFTER_THE_NEXT`: held back until another one was brought. `TWICE`: both at the
 * same time. `AGAIN_LATER`: its copy comes when others have been there since. `LATE`: whoever sent it is told that it failed, and it comes after that.
 */
const CARRIAGES = ['ONCE', 'TWICE', 'AFTER_THE_NEXT', 'AGAIN_LATER', 'LATE'] as const;
export type Carriage = (typeof CARRIAGES)[number];

/** Nobody waits longer for the next one. */
const HELD_AT_MOST_MS = 1_500;
const LATER_MS = 3_000;

interface Letter {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A proxy that brings HTTP requests as a bad network does, each to one place. */
export interface Courier {
  /** `http://127.0.0.1:port` */
  url: string;
  /** How many were brought in each way. */
  brought: Record<Carriage, number>;
  close(): Promise<void>;
}

/** A courier to a port of this machine; requests to one and the same path are brought in all ways in turn, whichever it begins with. */
export async function startCourier(toPort: () => number): Promise<Courier> {
  const brought = Object.fromEntries(CARRIAGES.map((carriage) => [carriage, 0])) as Record<Carriage, number>;
  const turns = new Map<string, number>();
  let carriedOut: (() => void)[] = [];
  const bring = async (letter: Letter): Promise<Answer> => {
    const answer = await send(toPort(), letter);
    for (const goOn of carriedOut.splice(0)) goOn();
    return answer;
  };
  const nextBrought = () => Promise.race([new Promise<void>((resolve) => carriedOut.push(resolve)), delay(HELD_AT_MOST_MS)]);
  const later = (letter: Letter): void => void delay(LATER_MS).then(() => bring(letter).catch(() => undefined));
  const carry = async (letter: Letter): Promise<Answer> => {
    const path = `${letter.method} ${letter.url.split('?')[0]}`;
    const turn = turns.get(path) ?? turns.size;
    turns.set(path, turn + 1);
    const carriage = CARRIAGES[turn % CARRIAGES.length] ?? 'ONCE';
    brought[carriage] += 1;
    switch (carriage) {
      case 'ONCE':
        return bring(letter);
      case 'TWICE':
        return (await Promise.all([bring(letter), bring(letter)]))[0];
      case 'AFTER_THE_NEXT':
        await nextBrought();
        return bring(letter);
      case 'AGAIN_LATER':
        later(letter);
        return bring(letter);
      case 'LATE':
        later(letter);
        return { status: 502, headers: {}, body: Buffer.from('the courier is late') };
    }
  };
  const server = createServer((incoming, outgoing) => {
    void read(incoming)
      .then(carry)
      .then(
        ({ status, headers, body }) => outgoing.writeHead(status, ownHeaders(headers)).end(body),
        () => outgoing.destroy(),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    brought,
    async close() {
      carriedOut = [];
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Letter> {
  const { method = 'GET', url = '/', headers } = incoming;
  return { method, url, headers: ownHeaders(headers), body: await buffer(incoming) };
}

/** Without those that belong to one connection. */
function ownHeaders({ ...own }: IncomingHttpHeaders): IncomingHttpHeaders {
  for (const name of ['connection', 'keep-alive', 'transfer-encoding']) delete own[name];
  return own;
}

async function send(port: number, { method, url, headers, body }: Letter): Promise<Answer> {
  const sent = ask({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, 'content-length': body.length }, agent: false });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) };
}
