import { type AnswerCodes, answerCodes } from '../answer-codes.ts';

/** One client that notes the forms it met (2024-09), another that met 401 without `success` (2026-10). */
const CLIENTS = 'php-express LogisticsGateway (2024-09), YtoTraceProvider (2026-10)';

/** `code` of YTO's gateway; beside it `statusCode` 0 is accepted and 1 a refusal in words. YTO publishes no list. */
export const YTO_CODES: AnswerCodes = answerCodes([
  [
    '401',
    'ACCESS',
    '请求加密校验失败',
    CLIENTS,
    'compare app key, url key and secret of this very interface with YTO’s console (控制台→接口管理); YTO issues them per interface and checks the caller’s address',
  ],
  ['1001', 'PARCEL', '查询结果为空。', CLIENTS],
]);
