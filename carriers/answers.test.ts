import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CarrierReply } from './http.ts';
import { readInterceptAnswer as readJdAnswer } from './jd/intercept.ts';
import { readTraceAnswer as readJdTrace } from './jd/track.ts';
import { readInterceptAnswer as readJtAnswer } from './jt/intercept.ts';
import { readTrackAnswer as readJtTrack } from './jt/track.ts';
import { readInterceptAnswer as readStoAnswer } from './sto/intercept.ts';
import { readTrackAnswer as readStoTrack } from './sto/track.ts';
import { NOW } from './testing/pushes.ts';
import { readInterceptAnswer as readYtoAnswer } from './yto/intercept.ts';
import { readTrackAnswer as readYtoTrack } from './yto/track.ts';
import { readClaimAnswer, readClaimProgress } from './zto/claim.ts';
import { readInterceptAnswer as readZtoAnswer, readInterceptStatus } from './zto/intercept.ts';
import { readTrackAnswer as readZtoTrack } from './zto/track.ts';

const INTERCEPT_READERS = [readZtoAnswer, readYtoAnswer, readStoAnswer, readJtAnswer, readJdAnswer];
const TRACK_READERS = [readZtoTrack, readYtoTrack, readStoTrack, readJtTrack, readJdTrace];

const names = [
  'status',
  'success',
  'statusCode',
  'errorCode',
  'code',
  'data',
  'result',
  'map',
  'W',
  'details',
  'billCode',
  'message',
  'response',
  'content',
  'error_response',
  'resultType',
  'traceDetails',
  'state',
  '__proto__',
];
const leaf = fc.oneof(fc.constantFrom(true, 'true', false, '1', 1, 0, '009', 'S200', null, 'W'), fc.jsonValue({ maxDepth: 2 }));
const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.dictionary(fc.constantFrom(...names), tie('node')),
    fc.array(tie('node'), { maxLength: 4 }),
  ),
}));
const anyReply: fc.Arbitrary<CarrierReply> = fc.record({
  kind: fc.constant('REPLY' as const),
  status: fc.constantFrom(200, 204, 301, 400, 401, 404, 429),
  text: fc.oneof(
    node.map((value) => JSON.stringify(value) ?? ''),
    fc.string(),
    fc.string().map((text) => `<response>${text}</response>`),
  ),
});

test('no answer, whatever it is, makes a reader throw; nothing but 2xx is ever accepted', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      for (const read of INTERCEPT_READERS) {
        const answer = read(reply);
        expect(['ACCEPTED', 'REFUSED', 'EXISTS', 'UNKNOWN']).toContain(answer.kind);
        if (reply.kind === 'REPLY' && reply.status >= 300) expect(answer.kind).not.toBe('ACCEPTED');
      }
      for (const read of TRACK_READERS) expect(['SCANS', 'NO_TRACK', 'UNAVAILABLE']).toContain(read(reply, 'W', NOW).kind);
      readInterceptStatus(reply, 'W');
      readClaimAnswer(reply);
      readClaimProgress(reply, 'W');
    }),
    { numRuns: 500 },
  );
});

test('text that is no JSON and no XML never counts as a verdict', () => {
  const prose = fc.string({ unit: fc.constantFrom('a', '已', '有', ' ', '!', '.') });
  fc.assert(
    fc.property(prose, (text) => {
      for (const read of INTERCEPT_READERS) expect(read({ kind: 'REPLY', status: 200, text }).kind).toBe('UNKNOWN');
      for (const read of TRACK_READERS) expect(read({ kind: 'REPLY', status: 200, text }, 'W', NOW).kind).toBe('UNAVAILABLE');
    }),
  );
});
