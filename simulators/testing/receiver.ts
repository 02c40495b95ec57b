import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One POST the product would have received. */
export interface Received {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

type Answer = { status?: number; body: string };

export interface Receiver {
  url: string;
  received: Received[];
  /** What is answered from now on; `null` cuts the line without an answer. */
  answerWith(answer: (push: Received) => Answer | null): void;
  /** Resolves with everything received as soon as there are `count` pushes that `match`. */
  waitFor(count: number, match?: (push: Received) => boolean): Promise<Received[]>;
  close(): Promise<void>;
}

/** The acknowledgement each sender wants, by path. */
export function acknowledge({ path }: Received): Answer {
  if (path.endsWith('/zto/track')) return { body: '{"status":true,"message":"成功","result":"","statusCode":"0"}' };
  if (path.endsWith('/yto/track')) {
    return {
      body: '<Response><logisticProviderID>YTO</logisticProviderID><txLogisticID></txLogisticID><success>true</success><reason></reason></Response>',
    };
  }
  if (path.endsWith('/sto/track')) return { body: '{"success":"true","errorCode":"","errorMsg":""}' };
  if (path.endsWith('/jt/track')) return { body: '{"code":"1","msg":"success","data":"SUCCESS"}' };
  return { body: '{"result":1}' };
}

/** A stand-in for the product's webhook routes that acknowledges everything until told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let answer: (push: Received) => Answer | null = acknowledge;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const push = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      const reply = answer(push);
      received.push(push);
      for (const check of waiting) check();
      if (reply === null) request.socket.destroy();
      else response.writeHead(reply.status ?? 200).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (next) => {
      answer = next;
    },
    waitFor: (count, match = () => true) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = received.filter(match);
          if (found.length < count) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
