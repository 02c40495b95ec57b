import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ShopTokens, TokenStore } from '../port.ts';
import type { KuaishouSettings } from './settings.ts';

/** A request as the fake platform received it. */
export interface Received {
  verb: string;
  path: string;
  parameters: Record<string, string>;
}
/** What to answer: a status and a text, or null to say nothing and drop the connection. */
export type Reply = { status?: number; text: string; headers?: Record<string, string> } | 'HANG' | 'RESET';

/** A platform for tests: records what comes in and answers what the test says. */
export async function startFakePlatform(answer: (request: Received) => Reply | Promise<Reply>) {
  const received: Received[] = [];
  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://platform');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const entry = { verb: request.method ?? '', path: url.pathname, parameters: Object.fromEntries([...url.searchParams, ...body]) };
    received.push(entry);
    const reply = await answer(entry);
    if (reply === 'HANG') return;
    if (reply === 'RESET') {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(reply.text);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function settingsFor(url: string): KuaishouSettings {
  return {
    KUAISHOU_URL: url,
    KUAISHOU_APP_KEY: 'ks-test',
    KUAISHOU_APP_SECRET: 'app-secret',
    KUAISHOU_SIGN_SECRET: 'test-secret',
    KUAISHOU_MESSAGE_KEY: Buffer.alloc(16, 7).toString('base64'),
  };
}

/** Tokens with a long life ahead unless said otherwise. */
export function tokensOf(accessToken: string, change: Partial<ShopTokens> = {}): ShopTokens {
  return {
    accessToken,
    refreshToken: `refresh-${accessToken}`,
    accessIssuedAt: 0,
    accessExpiresAt: Number.MAX_SAFE_INTEGER,
    refreshExpiresAt: null,
    ...change,
  };
}

/** A token store in memory with the real one's manners: one `update` a shop at a time, and a switch for its failure. */
export function storeTokens(initial: Record<string, ShopTokens>) {
  const rows = new Map(Object.entries(initial));
  const state = { down: false, silent: false, failCommit: false, reads: 0 };
  let queue: Promise<unknown> = Promise.resolve();
  const store: TokenStore = {
    async read(shopId) {
      state.reads += 1;
      if (state.down) throw new Error('the database is down');
      if (state.silent) return new Promise(() => undefined);
      return rows.get(shopId) ?? null;
    },
    update(shopId, renew) {
      const turn = queue.then(async () => {
        if (state.down) throw new Error('the database is down');
        const present = rows.get(shopId);
        if (!present) return null;
        const renewed = await renew(present);
        if (state.failCommit) throw new Error('the database went away');
        if (renewed) rows.set(shopId, renewed);
        return renewed;
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
  return { store, rows, state };
}
