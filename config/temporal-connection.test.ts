import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { isGrpcServiceError } from '@temporalio/client';
import { waitFor } from '../dev/waiting.ts';
import { layWire } from '../test/support/wire.ts';
import { temporalConnection } from './temporal-connection.ts';

/** A server says so of a method that it does not have: it was reached. */
const UNIMPLEMENTED = 12;
const CALL_LIMIT_MS = 200;

test('a connection that nobody says a word on is given up for another: calls go through once the network does', async () => {
  const server = createServer().on('stream', (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': String(UNIMPLEMENTED) }, { endStream: true });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wire = await layWire((server.address() as AddressInfo).port);
  const connection = temporalConnection({ address: `127.0.0.1:${wire.port}` }, 300);
  const codeOfCall = () =>
    connection
      .withDeadline(Date.now() + CALL_LIMIT_MS, () => connection.workflowService.getSystemInfo({}))
      .then(
        () => null,
        (error: unknown): number | null => (isGrpcServiceError(error) ? error.code : null),
      );
  try {
    wire.lose();
    expect(await codeOfCall()).not.toBe(UNIMPLEMENTED);
    wire.mend();
    expect(await waitFor(async () => (await codeOfCall()) === UNIMPLEMENTED, 5_000)).toBe(true);
  } finally {
    await connection.close();
    await wire.close();
    server.close();
  }
});
