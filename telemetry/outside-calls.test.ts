import { expect, test } from '@jest/globals';
import { Registry } from '@prometheus-io/client';
import type { CarrierClient, InterceptAnswer } from '../carriers/port.ts';
import { type Platform, PlatformUnavailable } from '../platforms/port.ts';
import { watchParties } from './outside-calls.ts';

const REQUEST = { waybillNo: '73000000000001', requestId: '1-1', reason: '' };

async function outcomes(registry: Registry): Promise<string[]> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('outside_calls_total{') && !line.endsWith(' 0'));
  return lines.map((line) => line.replace(/^outside_calls_total/, ''));
}

test('each call to a carrier counts by how it ended, and the answer stays as it was', async () => {
  const registry = new Registry();
  const answers: InterceptAnswer[] = [
    { kind: 'ACCEPTED', reference: null },
    { kind: 'EXISTS', code: null, message: '' },
    { kind: 'REFUSED', code: '1', message: '' },
    { kind: 'UNKNOWN', sent: true, reason: '' },
    { kind: 'UNKNOWN', sent: true, reason: '', accessFault: { code: 'S211', message: '', remedy: null } },
  ];
  const waiting = [...answers];
  const client = { requestIntercept: async () => waiting.shift(), readIntercept: null, subscribeTrack: null, claims: null };
  const [watched] = watchParties(registry).carriers([{ carrier: { code: 'ZTO' }, client: client as unknown as CarrierClient }]);
  for (const answer of answers) expect(await watched?.client.requestIntercept(REQUEST)).toBe(answer);
  expect(watched?.client).toMatchObject({ readIntercept: null, subscribeTrack: null, claims: null });
  expect(await outcomes(registry)).toEqual([
    '{party="ZTO",call="requestIntercept",outcome="ANSWERED"} 2',
    '{party="ZTO",call="requestIntercept",outcome="NO_ANSWER"} 1',
    '{party="ZTO",call="requestIntercept",outcome="REFUSED"} 1',
    '{party="ZTO",call="requestIntercept",outcome="UNAUTHORISED"} 1',
  ]);
  expect(await registry.metrics()).toContain('outside_call_seconds_count{party="ZTO",call="requestIntercept"} 5');
});

test('a platform that gives no answer, refuses us or breaks us is told apart, and the error goes on', async () => {
  const registry = new Registry();
  const errors = [new PlatformUnavailable('silent'), new PlatformUnavailable('no', { why: 'UNAUTHORISED' }), new TypeError('a defect')];
  const waiting = [...errors];
  const platform = {
    readRefund: () => Promise.reject(waiting.shift()),
    approveRefund: async () => ({ kind: 'WITHDRAWN', code: '300013', message: '' }),
  };
  const watched = watchParties(registry).platform('KUAISHOU', platform as unknown as Platform);
  for (const error of errors) await expect(watched.readRefund('1', '2')).rejects.toBe(error);
  await watched.approveRefund('1', '2', {} as never);
  expect(await outcomes(registry)).toEqual([
    '{party="KUAISHOU",call="readRefund",outcome="NO_ANSWER"} 1',
    '{party="KUAISHOU",call="readRefund",outcome="UNAUTHORISED"} 1',
    '{party="KUAISHOU",call="readRefund",outcome="FAILED"} 1',
    '{party="KUAISHOU",call="approveRefund",outcome="REFUSED"} 1',
  ]);
});

test('the calls of a party are told from nought on: the first one is seen to rise', async () => {
  const registry = new Registry();
  const client = { requestIntercept: async () => null, readIntercept: null, subscribeTrack: null, claims: null };
  watchParties(registry).carriers([{ carrier: { code: 'ZTO' }, client: client as unknown as CarrierClient }]);
  const told = await registry.metrics();
  for (const outcome of ['ANSWERED', 'NO_ANSWER'])
    expect(told).toContain(`outside_calls_total{party="ZTO",call="requestIntercept",outcome="${outcome}"} 0`);
  expect(told).toContain('outside_call_seconds_count{party="ZTO",call="requestIntercept"} 0');
});
