import { type AnswerCodes, answerCodes } from '../answer-codes.ts';

/** `resultType` of the intercept by the name under which its refusals are told: an answer code would look the same. */
export const CANCEL_FAILED = 'resultType 2';
export const INTERCEPT_FAILED = 'resultType 3';

const CLIENT = 'a Go client of the call, `CancelOrderData` (two versions): the only source';

/** The few public codes of JD: its lists (access-guide 267/53215 of the platform, 267/54365 of the business) are behind its login. */
export const JD_CODES: AnswerCodes = answerCodes([
  [
    '62',
    'ACCESS',
    '入参不是数组',
    'GitHub NoirVoider/jdl-sdk-node, README 注意事项 (49cd134)',
    'the form of our call is not what JD takes any more: report it',
  ],
  [CANCEL_FAILED, 'PARCEL', '取消失败', CLIENT],
  [INTERCEPT_FAILED, 'PARCEL', '拦截失败', CLIENT],
]);
