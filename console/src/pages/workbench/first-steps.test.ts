import { expect, test } from '@jest/globals';
import type { Outlet } from '../../api/types.ts';
import { stepsDone } from './first-steps.ts';

const outlet = (status: 'ACTIVE' | 'PENDING' | null, feeFen: number | null) =>
  ({ subscription: status && { status }, feeFen }) as unknown as Outlet;

test('a new shop is led from the agreement to its first intercept', () => {
  expect([...stepsDone({ status: 'NOT_OPENED' }, [outlet(null, null)], false)]).toEqual([]);
  expect([...stepsDone({ status: 'OPEN' }, [outlet('PENDING', null)], false)]).toEqual(['open']);
  // A price of an outlet that is not open yet helps nobody.
  expect([...stepsDone({ status: 'OPEN' }, [outlet('PENDING', 450), outlet('ACTIVE', null)], false)]).toEqual(['open', 'subscribe']);
  expect([...stepsDone({ status: 'OPEN' }, [outlet('ACTIVE', 450)], true)]).toEqual(['open', 'subscribe', 'price', 'intercept']);
});
