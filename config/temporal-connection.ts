import { Connection, type ConnectionLike, type ConnectionOptions } from '@temporalio/client';

/** A connection that is being made, in the words of `@grpc/grpc-js` (`connectivityState`). */
const CONNECTING = 1;
const CHANNEL = {
  // A connection that the network lost without a word is noticed in 20 s; the SDK takes 45. The server takes a ping in 10 s for too many.
  'grpc.keepalive_time_ms': 15_000,
  'grpc.keepalive_timeout_ms': 5_000,
  // Else the next one would wait on for the half-made connection of the one before.
  'grpc.use_local_subchannel_pool': 1,
};
/** The server's first word takes as many round trips as TLS does. */
const FIRST_WORD_LIMIT_MS = 5_000;

class Line extends Connection {
  #waitsSince: number | null = null;

  /** How long a connection has been in the making, as far as anybody looked. */
  waitedMs(): number {
    const state: number = this.client.getChannel().getConnectivityState(false);
    this.#waitsSince = state === CONNECTING ? (this.#waitsSince ?? performance.now()) : null;
    return this.#waitsSince === null ? 0 : performance.now() - this.#waitsSince;
  }
}

/**
 * A connection to Temporal that is made with the first call, and anew when the network lost it. gRPC for Node waits without end for the first word
 * of whoever took a connection, and all calls with it: after 5 s another one is made.
 */
export function temporalConnection(options: ConnectionOptions, firstWordLimitMs = FIRST_WORD_LIMIT_MS): ConnectionLike {
  const makeLine = (): Line => Line.lazy({ ...options, channelArgs: CHANNEL }) as Line;
  let line = makeLine();
  const presentLine = (): Line => {
    if (line.waitedMs() > firstWordLimitMs) {
      void line.close();
      line = makeLine();
    }
    return line;
  };
  return new Proxy(line, {
    get(_first, name) {
      const present = presentLine();
      const value: unknown = Reflect.get(present, name, present);
      return typeof value === 'function' ? value.bind(present) : value;
    },
  });
}
