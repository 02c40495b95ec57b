import { expect, test } from '@jest/globals';
import { eventBody } from './event-body.ts';

test('a sandbox’s events name carriers as those of every other shop do', () => {
  const payload = { interceptId: '9000000000000000001-1', carrier: 'SANDBOX_ZTO', outletName: 'SANDBOX_ZTO 与我无关' };
  const body = eventBody({ type: 'intercept.succeeded', payload, sequence: 1_000, occurredAt: 0 });
  expect(JSON.parse(body)).toMatchObject({ data: { carrier: 'ZTO', outletName: 'SANDBOX_ZTO 与我无关' } });
});
