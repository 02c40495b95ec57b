import { expect, test } from '@jest/globals';
import { asMeant, asTold, worldOfRefund } from './world.ts';

test('what a sandbox’s shop says of carriers is meant of its own world, wherever it says it; nothing else is touched', () => {
  const sent = {
    carrier: 'ZTO',
    items: [{ carrier: 'YTO', waybillNo: 'ZTO' }],
    rules: [{ name: 'carrier', conditions: { carriers: ['ZTO', 'JT'], outletCodes: ['ZTO'] } }],
    limit: 5,
    none: null,
  };
  const meant = asMeant('SANDBOX', sent);
  expect(meant).toEqual({
    carrier: 'SANDBOX_ZTO',
    items: [{ carrier: 'SANDBOX_YTO', waybillNo: 'ZTO' }],
    rules: [{ name: 'carrier', conditions: { carriers: ['SANDBOX_ZTO', 'SANDBOX_JT'], outletCodes: ['ZTO'] } }],
    limit: 5,
    none: null,
  });
  expect(asTold(meant)).toEqual(sent);
  expect(asMeant('REAL', sent)).toBe(sent);
  expect(asTold({ condition: 'carriers', wanted: ['SANDBOX_ZTO'], found: 'SANDBOX_ZTO' })).toEqual({
    condition: 'carriers',
    wanted: ['ZTO'],
    found: 'ZTO',
  });
  const file = Buffer.from('SANDBOX_ZTO');
  expect(asTold({ file }).file).toBe(file);
});

test('a refund’s number tells its world', () => {
  for (const refundId of ['9000000000000000000', '9223372036854775807']) expect(worldOfRefund(refundId)).toBe('SANDBOX');
  for (const refundId of ['24000000000000001', '900000000000000000', '8999999999999999999']) expect(worldOfRefund(refundId)).toBe('REAL');
});
