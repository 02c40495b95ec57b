/** One kind of problem: its HTTP status, whether repeating the same request later can help, and its words. */
export interface ProblemKind {
  status: number;
  retryable: boolean;
  title: { zh: string; en: string };
  /** What happened and what to do; `{name}` is replaced by the parameter of that name. */
  detail: { zh: string; en: string };
}

const kind = (status: number, retryable: boolean, title: [zh: string, en: string], detail: [zh: string, en: string]): ProblemKind => ({
  status,
  retryable,
  title: { zh: title[0], en: title[1] },
  detail: { zh: detail[0], en: detail[1] },
});

/**
 * Every problem the API answers with (RFC 9457). The code is the contract: it never changes its meaning.
 * Whoever adds a route adds its problems here and names them in the route's `config.problems`.
 */
export const PROBLEMS = {
  MALFORMED_JSON: kind(
    400,
    false,
    ['请求体不是合规的 JSON', 'The body is not acceptable JSON'],
    ['请按 errors 中的位置改正后重发', 'Correct the places named in errors and send it again'],
  ),
  VALIDATION_FAILED: kind(
    400,
    false,
    ['请求内容不符合接口要求', 'The request does not fit the interface'],
    ['请按 errors 中的位置改正后重发', 'Correct the places named in errors and send it again'],
  ),
  INVALID_CURSOR: kind(
    400,
    false,
    ['翻页游标无效', 'The cursor is not valid'],
    ['游标只能原样使用，且筛选条件不能改变；请从第一页重新开始', 'Use cursors unchanged and with the same filters; start again from the first page'],
  ),
  BAD_REQUEST: kind(400, false, ['请求无法读取', 'The request cannot be read'], ['请检查请求的格式', 'Check the form of the request']),
  UNAUTHENTICATED: kind(
    401,
    false,
    ['缺少有效的访问密钥', 'No valid key'],
    ['请在 Authorization 头中以 Bearer 方式携带有效的密钥', 'Send a valid key in the Authorization header as a Bearer token'],
  ),
  FORBIDDEN: kind(
    403,
    false,
    ['密钥没有此操作的权限', 'The key may not do this'],
    ['此操作需要权限 {scope}；请使用有此权限的密钥', 'This needs the scope {scope}; use a key that has it'],
  ),
  NOT_FOUND: kind(
    404,
    false,
    ['没有找到', 'Not found'],
    ['没有这个资源，或它不属于本店铺', 'There is no such resource, or it is not of this shop'],
  ),
  REFUND_NOT_FOUND: kind(
    404,
    false,
    ['没有找到退款单', 'No such refund'],
    ['平台上没有本店铺的退款单 {refundId}', 'The platform knows no refund {refundId} of this shop'],
  ),
  METHOD_NOT_ALLOWED: kind(
    405,
    false,
    ['不支持此请求方法', 'Method not allowed'],
    ['此地址支持的方法见 Allow 头', 'The Allow header names the methods of this address'],
  ),
  CONFIRMATION_REQUIRED: kind(
    409,
    false,
    ['需要确认', 'Confirmation required'],
    [
      '拦截一经发起不能撤销；确认后请以 confirm: true 重发',
      'An intercept cannot be taken back once started; send confirm: true when the merchant has confirmed it',
    ],
  ),
  WARNINGS_NOT_ACKNOWLEDGED: kind(
    409,
    false,
    ['有提醒尚未知悉', 'Warnings not acknowledged'],
    ['请把 warnings 中的代码填入 acknowledge 后重发', 'Name the codes of warnings in acknowledge and send it again'],
  ),
  ACTION_NOT_ALLOWED: kind(
    409,
    false,
    ['当前不能执行此操作', 'Not allowed now'],
    ['原因见 reason；availableAt 有值时，届时可再操作', 'See reason; when availableAt is set, it becomes possible then'],
  ),
  COMMAND_IN_PROGRESS: kind(
    409,
    true,
    ['上一个操作尚未完成', 'Another command is still running'],
    ['请等它有结果后再操作', 'Wait for its outcome, then try again'],
  ),
  EVIDENCE_PENDING: kind(
    409,
    true,
    ['快递刚有新结果', 'New evidence from the carrier is just being applied'],
    ['请刷新后按最新状态决定', 'Look at the intercept again and decide by its present state'],
  ),
  AMOUNT_CHANGED: kind(
    409,
    false,
    ['退款金额已变化', 'The amount has changed'],
    [
      '买家现在申请的金额见 refundFeeFen；同意请在请求中写明该金额',
      'The amount now asked is in refundFeeFen; name it in the request to agree',
    ],
  ),
  INTERCEPT_IRREVOCABLE: kind(
    409,
    false,
    ['拦截不能撤销', 'An intercept cannot be taken back'],
    ['拦截一经发起不能取消', 'Once started, an intercept cannot be cancelled'],
  ),
  EBILL_NOT_OPENED: kind(
    409,
    false,
    ['尚未开通电子面单', 'E-waybills are not opened'],
    ['请先在小店后台开通电子面单，再开通拦截服务', 'Open e-waybills in the shop back office first, then the intercept service'],
  ),
  AGREEMENT_VERSION_OUTDATED: kind(
    409,
    false,
    ['协议版本已更新', 'The agreement has another version'],
    ['现行版本为 {agreementVersion}；请阅读后按此版本签署', 'The present version is {agreementVersion}; read and sign that one'],
  ),
  SERVICE_NOT_OPEN: kind(
    409,
    false,
    ['拦截服务未开通', 'The intercept service is not open'],
    ['请先开通拦截服务', 'Open the intercept service first'],
  ),
  SUBSCRIPTION_NOT_PENDING: kind(
    409,
    false,
    ['该订购不在审核中', 'The subscription is not under review'],
    ['当前状态见 subscriptionStatus；只有审核中的订购可以催办或审核', 'See subscriptionStatus; only a pending subscription can be reminded of or reviewed'],
  ),
  SUBSCRIPTION_BY_DEFAULT: kind(
    409,
    false,
    ['该网点默认开通', 'This outlet is open by default'],
    ['该快递的合作网点默认开通，无需也不能退订', 'All cooperating outlets of this carrier are open by default and cannot be closed'],
  ),
  IDEMPOTENCY_IN_PROGRESS: kind(
    409,
    true,
    ['同一请求仍在处理', 'The same request is still running'],
    ['请按 Retry-After 稍后以同一 Idempotency-Key 重试', 'Repeat it with the same Idempotency-Key after Retry-After'],
  ),
  BODY_TOO_LARGE: kind(413, false, ['请求体过大', 'The body is too large'], ['请求体上限为 {limit} 字节', 'A body may have at most {limit} bytes']),
  URI_TOO_LONG: kind(414, false, ['请求地址过长', 'The address is too long'], ['请缩短请求地址', 'Shorten the address']),
  UNSUPPORTED_MEDIA_TYPE: kind(
    415,
    false,
    ['不支持的请求体类型', 'Unsupported body type'],
    [
      '请以 application/json（UTF-8、不压缩）发送请求体',
      'Send the body as application/json in UTF-8, without content encoding',
    ],
  ),
  INTERCEPT_NOT_ELIGIBLE: kind(
    422,
    false,
    ['不符合拦截条件', 'Not eligible for an intercept'],
    ['全部原因见 reasons', 'All reasons are in reasons'],
  ),
  CARRIER_REFUSED: kind(
    422,
    false,
    ['快递多次拒绝拦截', 'The carrier refused too often'],
    ['该退款的拦截已被快递拒绝 5 次，不能再发起', 'The carrier refused this refund’s intercept 5 times; no further attempt is made'],
  ),
  OUTLET_NOT_COOPERATING: kind(
    422,
    false,
    ['网点不在电子面单合作网点中', 'Not a cooperating outlet'],
    [
      '网点 {outletCode} 不在本店铺该快递的电子面单网点中',
      'The outlet {outletCode} is not among the shop’s e-waybill outlets of this carrier',
    ],
  ),
  IDEMPOTENCY_KEY_REUSED: kind(
    422,
    false,
    ['Idempotency-Key 已用于其他请求', 'The Idempotency-Key was used for another request'],
    ['请为不同的请求使用新的 Idempotency-Key', 'Use a new Idempotency-Key for a different request'],
  ),
  ACTION_REFUSED_BY_PLATFORM: kind(
    422,
    false,
    ['平台拒绝了此操作', 'The platform refused'],
    ['平台的代码和说明见 platform', 'See platform for its code and words'],
  ),
  HEADERS_TOO_LARGE: kind(431, false, ['请求头过大', 'The headers are too large'], ['请缩减请求头', 'Send fewer or shorter headers']),
  REQUEST_TIMEOUT: kind(408, true, ['请求接收超时', 'The request took too long to arrive'], ['请重发', 'Send it again']),
  RATE_LIMITED: kind(
    429,
    true,
    ['请求过于频繁', 'Too many requests'],
    ['每个密钥每秒 50 次，突发 100 次；请按 Retry-After 重试', 'A key has 50 requests a second and bursts of 100; repeat after Retry-After'],
  ),
  INTERNAL_ERROR: kind(
    500,
    true,
    ['服务内部错误', 'Internal error'],
    ['请稍后重试；仍失败请提供 instance 中的请求号', 'Try again; if it persists, report the request id in instance'],
  ),
  PLATFORM_UNAVAILABLE: kind(
    503,
    true,
    ['暂时连不上店铺平台', 'The shop platform cannot be reached'],
    ['请按 Retry-After 重试，重复请求是安全的', 'Repeat after Retry-After; repeating is safe'],
  ),
  ENGINE_UNAVAILABLE: kind(
    503,
    true,
    ['流程引擎暂时不可用', 'The workflow engine cannot be reached'],
    ['请按 Retry-After 重试，重复请求是安全的', 'Repeat after Retry-After; repeating is safe'],
  ),
  DATABASE_UNAVAILABLE: kind(
    503,
    true,
    ['数据库暂时不可用', 'The database cannot be reached'],
    ['请按 Retry-After 重试，重复请求是安全的', 'Repeat after Retry-After; repeating is safe'],
  ),
  OVERLOADED: kind(503, true, ['服务繁忙', 'The service is overloaded'], ['请按 Retry-After 重试', 'Repeat after Retry-After']),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
