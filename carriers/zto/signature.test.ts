import { expect, test } from '@jest/globals';
import { createInterceptBody } from './intercept.ts';
import { signZto } from './signature.ts';
import { queryTrackBody } from './track.ts';

test('the digests known for our own bodies', () => {
  const intercept = createInterceptBody({ waybillNo: '73100000000001', requestId: 'IR-0001', reason: '买家申请仅退款' });
  expect(intercept).toBe('{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":2}');
  expect(signZto(intercept, 'test-secret')).toBe('2F5a0ODb7gVuUrXcAbOA7w==');
  const toOutlet = createInterceptBody({ waybillNo: '73100000000001', requestId: 'IR-0001', reason: '买家申请仅退款', returnTo: 'OUTLET' });
  expect(toOutlet).toBe('{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":1}');
  expect(signZto(toOutlet, 'test-secret')).toBe('ffdOiOivz3bKo11wUNWKvA==');
  const toAddress = createInterceptBody({
    waybillNo: '73100000000001',
    requestId: 'IR-0001',
    reason: '买家申请仅退款',
    returnTo: 'ADDRESS',
    returnAddress: {
      name: '禾木家居售后',
      phone: '0579-85000000',
      province: '浙江省',
      city: '金华市',
      district: '义乌市',
      address: '福田街道诚信大道1号仓',
    },
  });
  expect(toAddress).toBe(
    '{"billCode":"73100000000001","requestId":"IR-0001","thirdBizNo":"IR-0001","destinationType":4,"receivePhone":"0579-85000000","receiveUsername":"禾木家居售后","receiveAddress":"福田街道诚信大道1号仓","receiveDistrict":"义乌市","receiveCity":"金华市","receiveProvince":"浙江省"}',
  );
  expect(signZto(toAddress, 'test-secret')).toBe('jOF+OCR3iNgYTzntHX2HxQ==');
  expect(signZto(queryTrackBody('73100000000001'), 'test-secret')).toBe('r8E7EKxzV8IRFIxkwdSqeA==');
});

test('text and its bytes sign alike', () => {
  expect(signZto(Buffer.from('{"desc":"退件"}'), 's')).toBe(signZto('{"desc":"退件"}', 's'));
});
