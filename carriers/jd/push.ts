import type { PushReading } from '../port.ts';

/**
 * JD pushes traces to an address told at its platform (api-doc 267/1033), but nothing public says how such a push is signed: the public
 * receivers verify nothing. One that anybody could have sent is not believed, and none is asked for: the track is read by query.
 */
export function readJdPush(): PushReading {
  return {
    kind: 'BAD_SIGNATURE',
    reply: {
      status: 401,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ code: '401', msg: 'push is not verifiable' }),
    },
  };
}
