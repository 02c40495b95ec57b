import { expect, test } from '@jest/globals';
import { md5Base64 } from '../digest.ts';
import { REPORT_WANTED, reportWantedParam } from './intercept.ts';
import { signYto, signYtoPush } from './signature.ts';
import { QUERY_TRACK, queryTrackParam } from './track.ts';

test('the vector of YTO’s document, whose data is the whole signed text but the secret', () => {
  expect(md5Base64('opentest', '123456')).toBe('YLstCNa3x8ijQx16e/jqOA==');
  expect(signYtoPush('opentest', '123456')).toBe('YLstCNa3x8ijQx16e/jqOA==');
});

test('the platform’s own track request', () => {
  expect(signYto(queryTrackParam('YT2600227881409'), QUERY_TRACK, '123456')).toBe('uhSL6hg8txxadZi26YPYPg==');
});

test('the digests known for our own params', () => {
  const intercept = reportWantedParam({ waybillNo: 'YT0000000000001', requestId: 'r', reason: '买家申请仅退款，拦截退回' });
  expect(intercept).toBe('{"waybillNo":"YT0000000000001","wantedDesc":"买家申请仅退款，拦截退回"}');
  expect(signYto(intercept, REPORT_WANTED, 'test-secret')).toBe('UX3DpHUTTDJJqS5yFa3qGQ==');
  expect(signYto(queryTrackParam('YT0000000000001'), QUERY_TRACK, 'test-secret')).toBe('1SGXJxS0LtZ2AUT1m24v3Q==');
});

test('YTO refuses an empty reason, so there always is one', () => {
  expect(JSON.parse(reportWantedParam({ waybillNo: 'YT1', requestId: 'r', reason: '  ' }))).toEqual({
    waybillNo: 'YT1',
    wantedDesc: '买家申请仅退款，拦截退回',
  });
});
