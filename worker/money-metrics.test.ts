import { ApplicationFailure } from '@temporalio/common';
import { Registry } from '@prometheus-io/client';
import { expect, test } from '@jest/globals';
import type { MoneyActivities, PayRequest } from '../activities/types.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { countMoney } from './money-metrics.ts';

const request = (carrier: string) => ({ carrier }) as PayRequest;

test('a try is counted by how it ended: what nobody foresaw apart from a platform or database without an answer, and a sandbox apart from real shops', async () => {
  const registry = new Registry();
  const ends = [
    new PlatformUnavailable('the platform answered HTTP 500'),
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    ApplicationFailure.create({ type: 'PLATFORM_UNKNOWN' }),
    new TypeError('a defect'),
    null,
  ];
  const payRefund: MoneyActivities['payRefund'] = async () => {
    const end = ends.shift();
    if (end) throw end;
    return { kind: 'DONE', sent: true, refund: null, refusal: null };
  };
  const counted = countMoney({ payRefund } as MoneyActivities, registry);
  for (const count of Array.from({ length: ends.length }).keys()) await counted.payRefund(request('ZTO')).catch(() => count);
  await counted.payRefund(request('SANDBOX_ZTO'));
  const told = await registry.metrics();
  for (const outcome of ['PLATFORM_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'PLATFORM_UNKNOWN', 'FAILED', 'DONE'])
    expect(told).toContain(`money_commands_total{command="payRefund",outcome="${outcome}",world="REAL"} 1`);
  expect(told).toContain('money_commands_total{command="payRefund",outcome="DONE",world="SANDBOX"} 1');
});

test('what a dashboard or an alert sees rise is told from nought on: of a count that begins at 1 neither sees anything', async () => {
  const registry = new Registry();
  countMoney({} as MoneyActivities, registry);
  const told = await registry.metrics();
  for (const command of ['payRefund', 'rejectRefund', 'requestArbitration'])
    for (const outcome of ['DONE', 'FAILED'])
      for (const world of ['REAL', 'SANDBOX'])
        expect(told).toContain(`money_commands_total{command="${command}",outcome="${outcome}",world="${world}"} 0`);
});
