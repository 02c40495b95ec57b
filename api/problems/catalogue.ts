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
    [
      '游标只能原样使用，且筛选条件不能改变；请从第一页重新开始',
      'Use cursors unchanged and with the same filters; start again from the first page',
    ],
  ),
  BAD_REQUEST: kind(400, false, ['请求无法读取', 'The request cannot be read'], ['请检查请求的格式', 'Check the form of the request']),
  UNAUTHENTICATED: kind(
    401,
    false,
    ['缺少有效的访问密钥', 'No valid key'],
    ['请在 Authorization 头中以 Bearer 方式携带有效的密钥', 'Send a valid key in the Authorization header as a Bearer token'],
  ),
  NOT_SIGNED_IN: kind(401, false, ['尚未登录或登录已失效', 'Not signed in'], ['请重新登录', 'Sign in again']),
  SIGN_IN_FAILED: kind(
    401,
    false,
    ['登录失败', 'Signing in failed'],
    ['店铺、姓名或密码不正确；多次输错会暂时锁定', 'Shop, name or password is wrong; repeated mistakes lock for a while'],
  ),
  FORBIDDEN: kind(
    403,
    false,
    ['没有此操作的权限', 'Not permitted'],
    ['此操作需要权限 {scope}；请使用有此权限的密钥或账号', 'This needs the scope {scope}; use a key or an account that has it'],
  ),
  CSRF_TOKEN_INVALID: kind(
    403,
    false,
    ['页面凭证缺失或已过期', 'The page token is missing or out of date'],
    ['请刷新页面后再操作', 'Reload the page and try again'],
  ),
  PASSWORD_CHANGE_REQUIRED: kind(
    403,
    false,
    ['需要先修改密码', 'The password must be changed first'],
    ['这是一次性密码；请先设置自己的密码', 'This password was made for one use; choose your own first'],
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
  WAYBILL_CHANGED: kind(
    409,
    false,
    ['退款单的运单已更换', 'The refund is about another waybill by now'],
    [
      '退款单现在的运单号见 waybillNo，与被拦截的包裹不同；确认仍要退款请再次同意',
      'waybillNo is the parcel the refund is about now, not the one that was intercepted; approve again to pay it all the same',
    ],
  ),
  RULES_CHANGED: kind(
    409,
    false,
    ['规则已被修改', 'The rules have changed'],
    ['其间有人保存了新版本；请按最新版本重新修改', 'Somebody saved a new version in between; change that one'],
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
    [
      '当前状态见 subscriptionStatus；只有审核中的订购可以催办或审核',
      'See subscriptionStatus; only a pending subscription can be reminded of or reviewed',
    ],
  ),
  SUBSCRIPTION_BY_DEFAULT: kind(
    409,
    false,
    ['该网点默认开通', 'This outlet is open by default'],
    ['该快递的合作网点默认开通，无需也不能退订', 'All cooperating outlets of this carrier are open by default and cannot be closed'],
  ),
  WEBHOOK_ENDPOINT_LIMIT: kind(
    409,
    false,
    ['推送地址已达上限', 'Too many webhook endpoints'],
    ['每个店铺最多 {limit} 个推送地址；请先删除不用的', 'A shop has at most {limit} endpoints; delete one that is no longer used'],
  ),
  WEBHOOK_ENDPOINT_DISABLED: kind(
    409,
    false,
    ['推送地址已停用', 'The webhook endpoint is disabled'],
    ['请先启用该推送地址', 'Enable the endpoint first'],
  ),
  MAIL_NOT_CONFIGURED: kind(
    409,
    false,
    ['未开通邮件通知', 'No mail is sent here'],
    ['服务方尚未配置邮件服务器（SMTP_URL）', 'Who runs the service has named no mail server (SMTP_URL)'],
  ),
  NOTICE_CHANNEL_LIMIT: kind(
    409,
    false,
    ['通知渠道已达上限', 'Too many notice channels'],
    ['每个店铺最多 {limit} 个通知渠道；请先删除不用的', 'A shop has at most {limit} channels; delete one that is no longer used'],
  ),
  CLAIM_ALREADY_OPEN: kind(
    409,
    false,
    ['已有进行中的同类索赔', 'There is an open claim of this kind'],
    ['该拦截单同类索赔尚未结束，见 claimId', 'The intercept has a claim of this kind that is not settled; see claimId'],
  ),
  CLAIM_STEP_NOT_ALLOWED: kind(
    409,
    false,
    ['索赔当前状态不能这样变更', 'The claim cannot take this step'],
    ['当前状态见 claimStatus；已结束的索赔不能再变更', 'See claimStatus; a settled claim does not change'],
  ),
  LINE_ACTION_NOT_ALLOWED: kind(
    409,
    false,
    ['台账条目当前不能执行此操作', 'Not allowed for this ledger line'],
    ['原因见 reason，条目状态见 lineStatus', 'See reason and lineStatus'],
  ),
  IDEMPOTENCY_IN_PROGRESS: kind(
    409,
    true,
    ['同一请求仍在处理', 'The same request is still running'],
    ['请按 Retry-After 稍后以同一 Idempotency-Key 重试', 'Repeat it with the same Idempotency-Key after Retry-After'],
  ),
  STAFF_NAME_TAKEN: kind(
    409,
    false,
    ['已有同名员工', 'The name is taken'],
    ['本店铺已有员工 {name}（停用的也算）；请换一个姓名', 'The shop has a person named {name}, perhaps deactivated; choose another name'],
  ),
  VIEW_NAME_TAKEN: kind(
    409,
    false,
    ['已有同名视图', 'The name is taken'],
    ['您在此页面已有视图“{name}”；请换一个名称', 'You have a view named {name} on this page; choose another name'],
  ),
  TOO_MANY_VIEWS: kind(
    409,
    false,
    ['视图已满', 'No room for another view'],
    ['每个页面最多保存 {most} 个视图；请先删除不用的', 'At most {most} views are kept of a page; delete one you no longer use'],
  ),
  LAST_OWNER: kind(
    409,
    false,
    ['店铺至少保留一名店主', 'A shop keeps one owner'],
    ['请先把另一名员工设为店主', 'Make another person an owner first'],
  ),
  BODY_TOO_LARGE: kind(
    413,
    false,
    ['请求体过大', 'The body is too large'],
    ['请求体上限为 {limit} 字节', 'A body may have at most {limit} bytes'],
  ),
  UNSUPPORTED_MEDIA_TYPE: kind(
    415,
    false,
    ['不支持的请求体类型', 'Unsupported body type'],
    ['请以 application/json（UTF-8、不压缩）发送请求体', 'Send the body as application/json in UTF-8, without content encoding'],
  ),
  MULTIPART_REQUIRED: kind(
    415,
    false,
    ['须以表单上传文件', 'A form upload is required'],
    ['请以 multipart/form-data 上传，文件字段名为 file', 'Upload as multipart/form-data with one part named file'],
  ),
  FILE_QUOTA_EXCEEDED: kind(
    409,
    false,
    ['文件空间已用完', 'No room for more files'],
    [
      '店铺的文件最多共 {quotaBytes} 字节，已用 {usedBytes} 字节；请联系服务方清除不再需要的文件或扩容',
      'The files of a shop may come to {quotaBytes} bytes, {usedBytes} are taken; ask the operator to erase what is not needed or for more room',
    ],
  ),
  FILE_NOT_ACCEPTED: kind(
    422,
    false,
    ['文件不可用', 'The file is not accepted'],
    [
      '只接受 JPEG、PNG、PDF，按内容识别；同时是另一种文件的一律拒绝；原因见 reason',
      'Only JPEG, PNG and PDF by content, and nothing that is another type as well; see reason',
    ],
  ),
  CLAIM_NOT_ALLOWED: kind(
    422,
    false,
    ['不符合索赔条件', 'The claim cannot be opened'],
    ['全部原因见 reasons', 'All reasons are in reasons'],
  ),
  CLAIM_AWARD_REFUSED: kind(
    422,
    false,
    ['赔付金额不可用', 'The award is not acceptable'],
    [
      '赔付金额仅用于 UPHELD，且在 1 分与索赔金额之间；原因见 reason',
      'An award goes with UPHELD alone, from 1 fen to the claimed amount; see reason',
    ],
  ),
  STATEMENT_TOO_LONG: kind(
    422,
    false,
    ['对账单行数过多', 'The statement is too long'],
    [
      '超过 {limit} 行；请改用 /v1/statements.csv，或按快递、网点筛选',
      'More than {limit} lines; use /v1/statements.csv, or narrow it to a carrier or outlet',
    ],
  ),
  INTERCEPT_NOT_ELIGIBLE: kind(
    422,
    false,
    ['不符合拦截条件', 'Not eligible for an intercept'],
    ['全部原因见 reasons', 'All reasons are in reasons'],
  ),
  RETURN_NOT_OFFERED: kind(
    422,
    false,
    ['不支持这种退回方式', 'This return is not offered'],
    [
      '该包裹可选的退回方式见 returnsTo；退回指定地址需先保存退货地址；同一包裹已有拦截时，与那次拦截相同',
      'See returnsTo for where this parcel can be sent: to a return address once the shop has saved one; a parcel that another intercept is turning round goes where that one sends it',
    ],
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
  WEBHOOK_URL_REFUSED: kind(
    422,
    false,
    ['推送地址不可用', 'The webhook URL is refused'],
    [
      '推送地址须为公网 https 地址（443 端口，不含用户信息和 #）；原因见 reason',
      'A webhook URL must be a public https address on port 443 without user info or fragment; see reason',
    ],
  ),
  NOTICE_CHANNEL_URL_REFUSED: kind(
    422,
    false,
    ['机器人地址不可用', 'The address of the robot is refused'],
    [
      '请原样填写该平台群机器人的 Webhook 地址（https）；原因见 reason',
      'Give the webhook address (https) of a group robot of that platform as it is shown there; see reason',
    ],
  ),
  PASSWORD_REFUSED: kind(
    422,
    false,
    ['新密码不可用', 'The new password cannot be used'],
    [
      '至少 12 个字符、5 种不同字符，不含姓名和店铺号，且与原密码不同；原因见 reason',
      'At least 12 characters, 5 of them different, without your name or the shop’s number, and not the present one; see reason',
    ],
  ),
  CURRENT_PASSWORD_WRONG: kind(
    422,
    false,
    ['原密码不正确', 'The present password is wrong'],
    ['请重新输入原密码', 'Enter the present password again'],
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
    [
      '每个密钥每秒 50 次，突发 100 次；请按 Retry-After 重试',
      'A key has 50 requests a second and bursts of 100; repeat after Retry-After',
    ],
  ),
  SIGN_IN_LOCKED: kind(
    429,
    true,
    ['登录暂时锁定', 'Signing in is locked for a while'],
    ['密码错误次数过多；请按 Retry-After 稍后再试', 'Too many wrong passwords; try again after Retry-After'],
  ),
  NOTICE_CHANNEL_TESTED: kind(
    429,
    true,
    ['刚刚发送过测试', 'A test was sent a moment ago'],
    ['群机器人限制发送频率；请按 Retry-After 稍后再试', 'Group robots take few messages a minute; try again after Retry-After'],
  ),
  TOO_MANY_STREAMS: kind(
    429,
    true,
    ['打开的页面过多', 'Too many open pages'],
    [
      '每个账号最多同时接收 {limit} 路实时更新；请关闭不用的页面',
      'An account has at most {limit} live streams; close pages that are not used',
    ],
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
