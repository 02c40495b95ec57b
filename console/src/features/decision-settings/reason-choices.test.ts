import { expect, test } from '@jest/globals';
import { reasonChoices } from './reason-choices.ts';

test('reasons are offered by name, and a saved one that is no longer given as its code', () => {
  const reasons = [{ reason: '1002', text: '快递拦截失败，包裹已派送', descriptionRequired: false, imageRequired: false }];
  const named = { value: '1002', label: '快递拦截失败，包裹已派送' };
  for (const saved of [undefined, '', '1002']) expect(reasonChoices(reasons, saved)).toEqual([named]);
  expect(reasonChoices(reasons, '77')).toEqual([named, { value: '77', label: '77' }]);
});
