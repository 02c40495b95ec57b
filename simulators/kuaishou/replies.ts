import type { Outgoing } from '../exchange.ts';
import { jsonAnswer } from '../exchange.ts';

/** Codes of the document, and the texts it prints beside them. */
const REFUND_ERRORS: Record<number, string> = {
  300003: '结束时间要晚于开始时间',
  300005: '只能查询最近90天内的订单',
  300006: '退款单id为空',
  300007: '申请平台接入描述为空',
  300009: '退款金额为0',
  300010: '退款单当前状态不能退款',
  300011: '退款单不存在',
  300012: '不能操作他人退款单',
  300013: '买家取消退款',
  300014: '退款单状态已更新，请刷新重试',
  300015: '最多三张图片',
  300016: '协商状态不对',
  300017: '协商状态已改变',
  300018: '当前退款状态不可操作',
  300019: '时间范围超限',
};

/** The gateway's own codes: a token error and a used-up limit as documented, the rest chosen here because no table of them is public. */
export const GATEWAY_ERRORS = { BAD_REQUEST: 21, BAD_SIGNATURE: 28, NO_SUCH_API: 29, LIMITED: 1017, ACCESS_DENIED: 100200102 } as const;

/** `result` 1 with the data. */
export function success(data: unknown = null): Outgoing {
  return jsonAnswer({ result: 1, error_msg: 'SUCCESS', code: '1', msg: 'SUCCESS', sub_code: '', sub_msg: '', data });
}

/** A refusal of the business kind. */
export function failure(result: number, text: string = REFUND_ERRORS[result] ?? '业务处理失败'): Outgoing {
  return jsonAnswer({ result, error_msg: text, code: '2', msg: 'FAIL', sub_code: String(result), sub_msg: text, data: null });
}

/** Any trouble with the access token: `access_denied`. */
export function accessDenied(): Outgoing {
  const result = GATEWAY_ERRORS.ACCESS_DENIED;
  return jsonAnswer({
    result,
    error: 'access_denied',
    error_msg: 'invalid token',
    code: '',
    msg: '',
    sub_code: '',
    sub_msg: '',
    data: null,
  });
}
