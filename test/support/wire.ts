import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** A stretch of network between a client and a server that a test makes bad. */
export interface Wire {
  port: number;
  /** Everything goes through this much later, either way; 0: at once. */
  delay(ms: number): void;
  /** Connections are reset, as they are now. */
  reset(): void;
  /** Nothing goes through any more, and nobody is told: connections stand half-open, and stay so when others go through again. */
  lose(): void;
  /** What connects from now on goes through. */
  mend(): void;
  /** What connects from now on comes to another port, as after an address has moved. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** A wire on a free port of this machine to that port of it. */
export async function layWire(toPort: number): Promise<Wire> {
  let delayMs = 0;
  let port = toPort;
  let isLost = false;
  const ends = new Set<Socket>();
  /** Those whose bytes vanished: what comes later would be out of place. */
  const lost = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    ends.add(from);
    from.on('data', (bytes: Buffer) => {
      const goOn = (): void => {
        if (!lost.has(from)) to.write(bytes);
      };
      if (delayMs === 0) goOn();
      else setTimeout(goOn, delayMs);
    });
    from.on('error', () => from.destroy());
    from.once('close', () => {
      ends.delete(from);
      if (!lost.has(from)) to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pass(near, far);
    pass(far, near);
    if (isLost) for (const end of [near, far]) lost.add(end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    delay(ms) {
      delayMs = ms;
    },
    reset() {
      for (const end of ends) end.resetAndDestroy();
    },
    lose() {
      isLost = true;
      for (const end of ends) lost.add(end);
    },
    mend() {
      isLost = false;
    },
    leadTo(other) {
      port = other;
    },
    async close() {
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The address of a server, through a wire to it. */
export function throughWire(url: string, { port }: Pick<Wire, 'port'>): string {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return through.href;
}
