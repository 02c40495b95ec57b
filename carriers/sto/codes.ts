import { type AnswerCodes, answerCodes } from '../answer-codes.ts';

const SDK = 'sto-sdk-go README, 错误码说明 (d72a6ea)';

/** Every public code of STO's link gateway. `needRetry` in an answer allows a repeat whatever the code; intercept codes are not public. */
export const STO_CODES: AnswerCodes = answerCodes([
  ['005', 'PARCEL', '运单号错误', SDK],
  ['006', 'ACCESS', '无权限访问', SDK, 'compare STO_FROM_APPKEY and STO_FROM_CODE, and have the interface subscribed at open.sto.cn'],
  ['007', 'ACCESS', '签名错误', SDK, 'compare STO_SECRET with the application at open.sto.cn'],
  // May mean this very waybill number, so it is no fault of our access.
  ['008', 'PARCEL', '请求参数错误', SDK],
  ['009', 'PASSING', '系统繁忙', SDK],
]);
