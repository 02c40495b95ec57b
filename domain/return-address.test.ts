import { expect, test } from '@jest/globals';
import { faultOfPhone } from './return-address.ts';

test.each(['13812341234', '13812341234-1234', '17012341234-12', '0579-85000000', '057985000000', '010-12345678-001'])(
  '%s can be told to a carrier',
  (phone) => expect(faultOfPhone(phone)).toBeNull(),
);

test.each([
  ['85000000', '格式'],
  ['12812341234', '格式'],
  ['138 1234 1234', '格式'],
  ['138****1234', '格式'],
  ['13812341234转12', '格式'],
  ['0579-85000000-123', '16位'],
  ['17012341234', '分机号'],
  ['16212341234', '分机号'],
])('%s cannot, and says why (%s)', (phone, why) => expect(faultOfPhone(phone)).toContain(why));
