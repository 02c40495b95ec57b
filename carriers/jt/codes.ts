import { type AnswerCodes, answerCodes } from '../answer-codes.ts';

/** J&T's international documents of the same platform; codes of China's intercept are not public. */
const DOCUMENTS = 'J&T open platform, 状态码 (order/printOrder, MY document, 2025)';
const CLIENTS = 'code lists of two public J&T clients (2025)';
const TRACE = 'J&T open platform, logistics/trace (EG document, 2026-09)';

const ACCOUNT = 'compare JT_API_ACCOUNT with the application at open.jtexpress.com.cn';
const KEY = 'compare JT_PRIVATE_KEY with the application at open.jtexpress.com.cn';
const CALL = 'the call itself is not what J&T expects any more: report it with its document';

/** Every public code of J&T; `1` is success, `0` a refusal in words. */
export const JT_CODES: AnswerCodes = answerCodes([
  ['0', 'PARCEL', 'fail', DOCUMENTS],
  ['145003010', 'ACCESS', 'API account does not exist', DOCUMENTS, ACCOUNT],
  ['145003012', 'ACCESS', 'API account has no interface permissions', DOCUMENTS, 'have the interface granted at open.jtexpress.com.cn'],
  ['145003030', 'ACCESS', 'headers signature verification failed', DOCUMENTS, KEY],
  ['145003031', 'ACCESS', 'business parameter signature verification failed', CLIENTS, KEY],
  ['145003040', 'PASSING', 'internal call exception', CLIENTS],
  // May mean this very waybill number, so it is no fault of our access.
  ['145003050', 'PARCEL', 'Illegal parameters', DOCUMENTS],
  ['145003051', 'ACCESS', 'apiAccount is empty!', DOCUMENTS, ACCOUNT],
  ['145003052', 'ACCESS', 'digest is empty!', DOCUMENTS, KEY],
  ['145003053', 'ACCESS', 'timestamp is empty!', DOCUMENTS, CALL],
  ['145003071', 'ACCESS', 'apiAccount is empty', CLIENTS, ACCOUNT],
  ['145003100', 'PARCEL', 'illegal waybill number', TRACE],
  ['145003502', 'ACCESS', 'more than 30 waybills', TRACE, CALL],
  ['145005000', 'PASSING', 'system error', CLIENTS],
  ['999001010', 'ACCESS', 'a mandatory business parameter is missing', DOCUMENTS, CALL],
  ['999001030', 'PARCEL', 'data cannot be found', CLIENTS],
]);
