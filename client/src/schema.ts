/** Made from openapi.json by console/generate.ts; not edited by hand. */
export interface paths {
  '/v1/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 本接口的 OpenAPI 3.1 文档 */
    get: operations['getOpenApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/refunds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 待处理的仅退款申请，最新在前 */
    get: operations['listRefunds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 预检：能否拦截，一次给出全部原因 */
    post: operations['previewIntercept'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 拦截列表，最新在前 */
    get: operations['listIntercepts'];
    put?: never;
    /**
     * 发起拦截
     * @description 201 快递已答复（含拒绝）；202 尚未答复；200 该退款已有未被拒绝的拦截。重复请求是安全的。
     */
    post: operations['createIntercept'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/batch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 批量发起拦截（1–20 单，互不影响） */
    post: operations['createInterceptBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 一次拦截的实时状态 */
    get: operations['getIntercept'];
    put?: never;
    post?: never;
    /** 拦截不能撤销：总是 409 */
    delete: operations['deleteIntercept'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/track': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 物流轨迹（统一事件与快递原文） */
    get: operations['getInterceptTrack'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 操作与状态变化的记录 */
    get: operations['listInterceptEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/approve-refund': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 同意退款 */
    post: operations['approveRefund'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/reject-refund': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 拒绝退款 */
    post: operations['rejectRefund'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/batch/approve-refund': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 批量同意退款（1–20 单，互不影响） */
    post: operations['approveRefundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/batch/reject-refund': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 批量拒绝退款（1–20 单，同一原因，互不影响） */
    post: operations['rejectRefundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/request-arbitration': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 申请平台介入 */
    post: operations['requestArbitration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/reject-reasons': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 平台允许的拒绝原因 */
    get: operations['listRejectReasons'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 自动拦截规则，及当日已用的预算 */
    get: operations['getRules'];
    /** 保存为新版本（保存即确认其中的自动拦截，以金额和费用上限为界） */
    put: operations['putRules'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/rules/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 全部暂停或恢复 */
    post: operations['pauseRules'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/rules/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 最近 50 个版本，最新在前 */
    get: operations['listRuleVersions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/rules/dry-run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 试运行：这些规则对近日的退款会怎样做
     * @description 按各次判定时留下的事实，以同一函数判定；不发起任何拦截。
     */
    post: operations['dryRunRules'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/rules/judgements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 规则的判定，最新在前 */
    get: operations['listJudgements'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/refunds/{refundId}/judgements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 为什么（没有）自动拦截这笔退款：每次判定，最新在前 */
    get: operations['listRefundJudgements'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/decision-settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 处理建议、提醒时间与上报人 */
    get: operations['getDecisionSettings'];
    /** 保存处理建议、提醒时间与上报人 */
    put: operations['putDecisionSettings'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/return-address': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 店铺的退货地址 */
    get: operations['getReturnAddress'];
    /** 保存退货地址（此前发起的拦截不变） */
    put: operations['putReturnAddress'];
    post?: never;
    /** 删除退货地址，连同以前的 */
    delete: operations['deleteReturnAddress'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 拦截服务的开通情况 */
    get: operations['getService'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/open': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 签署协议并开通拦截服务 */
    post: operations['openService'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 关闭拦截服务（所有网点订购随之关闭，进行中的拦截不受影响） */
    post: operations['closeService'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/outlets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 电子面单合作网点及其订购 */
    get: operations['listOutlets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/outlet-subscriptions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 网点订购列表，最新在前 */
    get: operations['listOutletSubscriptions'];
    put?: never;
    /** 订购一个网点的拦截服务 */
    post: operations['subscribeOutlet'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/outlet-subscriptions/{subscriptionId}/remind': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 记录一次催办（请自行联系网点） */
    post: operations['remindOutletSubscription'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/outlet-subscriptions/{subscriptionId}/review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 网点审核订购 */
    post: operations['reviewOutletSubscription'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/outlet-subscriptions/{subscriptionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** 退订 */
    delete: operations['closeOutletSubscription'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/waybills': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 登记运单由哪个网点开出 */
    post: operations['registerWaybills'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/outlet-prices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 网点价格，每个网点最新在前 */
    get: operations['listOutletPrices'];
    /** 设定网点价格（同一生效时刻再设即替换） */
    put: operations['putOutletPrice'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 推送地址，最新在前 */
    get: operations['listWebhookEndpoints'];
    put?: never;
    /** 登记推送地址（密钥只显示一次） */
    post: operations['createWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 一个推送地址 */
    get: operations['getWebhookEndpoint'];
    put?: never;
    post?: never;
    /** 删除推送地址（未送达的不再投递） */
    delete: operations['deleteWebhookEndpoint'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 更换密钥（旧密钥在 24 小时内与新密钥同时签名） */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/enable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 重新启用（停用期间的事件用 replay 补投） */
    post: operations['enableWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 立即发送一条测试消息，返回投递结果 */
    post: operations['testWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 投递记录，最新在前 */
    get: operations['listWebhookDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 立即再投递一次（webhook-id 不变），返回投递结果 */
    post: operations['redeliverWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 补投一段时间内未送达的事件 */
    post: operations['replayWebhookEvents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 店铺消息，最新在前 */
    get: operations['listNotices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notices/{noticeId}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 标为已读 */
    post: operations['markNoticeRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notices/read-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 全部标为已读（给出 upTo 时，至该条为止） */
    post: operations['markAllNoticesRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notice-channels': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 通知渠道，最新在前 */
    get: operations['listNoticeChannels'];
    put?: never;
    /** 新建通知渠道 */
    post: operations['createNoticeChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notice-channels/{channelId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 一个通知渠道 */
    get: operations['getNoticeChannel'];
    /** 修改、启用或停用通知渠道（url、secret、address 都不填则地址不变） */
    put: operations['putNoticeChannel'];
    post?: never;
    /** 删除通知渠道（尚未发出的不再发送） */
    delete: operations['deleteNoticeChannel'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notice-channels/{channelId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 立即发送一条测试消息，返回是否送达 */
    post: operations['testNoticeChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 上传索赔证据 */
    post: operations['uploadFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/files/{fileId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 下载索赔证据 */
    get: operations['downloadFile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/intercepts/{interceptId}/claims': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 发起索赔 */
    post: operations['openClaim'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 索赔列表，最新在前 */
    get: operations['listClaims'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims/{claimId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 一次索赔 */
    get: operations['getClaim'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims/{claimId}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 索赔的经过 */
    get: operations['listClaimEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims/{claimId}/progress': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 录入网点或快递的答复 */
    post: operations['enterClaimProgress'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims/{claimId}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 撤回索赔（快递已受理的工单请自行联系快递撤销） */
    post: operations['withdrawClaim'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims/{claimId}/sheet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 索赔单（供打印的网页） */
    get: operations['getClaimSheet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/claims/{claimId}/sheet.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 索赔单（CSV，每种物品一行） */
    get: operations['getClaimSheetCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 台账条目，最新在前 */
    get: operations['listLedgerLines'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines/{lineId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 一个台账条目 */
    get: operations['getLedgerLine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines/{lineId}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 确认条目 */
    post: operations['confirmLedgerLine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines/{lineId}/dispute': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 对条目提出争议 */
    post: operations['disputeLedgerLine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines/{lineId}/waive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 免除条目（以一条更正冲抵） */
    post: operations['waiveLedgerLine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines/{lineId}/settle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 结清已确认的条目 */
    post: operations['settleLedgerLine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/ledger-lines/{lineId}/price': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** 议定条目金额（缺少价格或有争议时；差额记为一条更正） */
    post: operations['priceLedgerLine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 月度对账单 */
    get: operations['getStatement'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statements.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 月度对账单（CSV，不限行数） */
    get: operations['getStatementCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statements.xlsx': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 月度对账单（Excel，最多 50000 行） */
    get: operations['getStatementXlsx'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statistics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 拦截统计 */
    get: operations['getStatistics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statistics.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 拦截统计（CSV） */
    get: operations['getStatisticsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statistics.xlsx': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 拦截统计（Excel） */
    get: operations['getStatisticsXlsx'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statistics/deadlines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 今天及之后 7 天的到期预计 */
    get: operations['getDeadlines'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/personal-data-log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** 个人信息的查看、清除与导出记录，最新在前 */
    get: operations['listPersonalDataLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface webhooks {
  'intercept.requested': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 已发起拦截
     * @description 发起之时，快递尚未答复；每次拦截一次。
     */
    post: operations['onInterceptRequested'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'intercept.accepted': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 快递已受理
     * @description 快递受理了请求；受理不等于拦截成功。结果先到时没有这个事件。
     */
    post: operations['onInterceptAccepted'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'intercept.refused': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 快递拒绝拦截
     * @description 快递拒绝了请求：这次拦截结束，退款恢复普通售后处理，可再次发起。
     */
    post: operations['onInterceptRefused'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'intercept.succeeded': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 拦截成功
     * @description 快递报告拦截成功，或有退回扫描；也可能在失败之后更正。
     */
    post: operations['onInterceptSucceeded'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'intercept.failed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 拦截失败
     * @description 快递报告失败，或买家已签收，或包裹遗失；从此刻起可以拒绝退款。
     */
    post: operations['onInterceptFailed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'refund.reject_unlocked': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 可拒绝退款
     * @description 满 72 小时没有结果，可以拒绝退款；失败时不另发。
     */
    post: operations['onRefundRejectUnlocked'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'refund.deadline_near': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 临近自动退款（24 小时、2 小时前，或按店铺设定）
     * @description 未处理的退款在 24 小时、2 小时（或店铺设定的小时数）内将自动退款，各一次。
     */
    post: operations['onRefundDeadlineNear'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'refund.refunded': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 已退款
     * @description 平台显示已退款，原因见 refundCause。
     */
    post: operations['onRefundRefunded'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'refund.rejected': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 已拒绝退款
     * @description 平台接受了拒绝，或在平台后台被拒绝。
     */
    post: operations['onRefundRejected'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'refund.arbitration_requested': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 平台介入
     * @description 平台已介入，由商家或买家申请；自动退款暂停。
     */
    post: operations['onRefundArbitrationRequested'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'refund.closed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 退款关闭
     * @description 退款关闭而未退款，原因见 refundCause（如买家撤销）。
     */
    post: operations['onRefundClosed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'return.returning': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 退回途中
     * @description 拦截成功后的第一个退回途中扫描。
     */
    post: operations['onReturnReturning'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'return.signed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 退回签收
     * @description 退回件已由商家或网点签收。
     */
    post: operations['onReturnSigned'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'return.failed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 退回异常
     * @description 退回异常，见 returnFailure；每种各一次，之后仍可能签收。
     */
    post: operations['onReturnFailed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'subscription.reviewed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 网点审核了订购
     * @description 网点通过或驳回了订购。
     */
    post: operations['onSubscriptionReviewed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'claim.updated': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 索赔有进展
     * @description 索赔单已提交，或状态变化；按 version 排序。
     */
    post: operations['onClaimUpdated'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'webhook.test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 测试消息
     * @description 调用 POST …/test 时；不必在 types 中登记。
     */
    post: operations['onWebhookTest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    /** @description RFC 9457；其余字段见各错误说明 */
    Problem: {
      /** @example urn:problem:intercept-not-eligible */
      type: string;
      /** @example 不符合拦截条件 */
      title: string;
      /** @example 422 */
      status: number;
      /** @example 全部原因见 reasons */
      detail: string;
      /** @example urn:request:5f0c9a52-9a0e-4a53-9d1c-2f6f9a1f3c11 */
      instance: string;
      /** @example INTERCEPT_NOT_ELIGIBLE */
      code: string;
      retryable: boolean;
      errors?: {
        pointer: string;
        message: string;
      }[];
    };
    /** @description 一次拦截及其退款、退回 */
    Intercept: {
      /**
       * @description 拦截单号：退款单号-次数
       * @example 2260718200000012-1
       */
      interceptId: string;
      /**
       * @description 平台退款单号
       * @example 2260718200000012
       */
      refundId: string;
      /** @example 2260718200000099 */
      orderId: string;
      /** @example 2788410001 */
      shopId: string;
      /** @example 75312345678901 */
      waybillNo: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName: string;
      /** @description 第几次拦截 */
      attempt: number;
      /**
       * @description 金额（分）
       * @example 12900
       */
      refundFeeFen: number;
      feeFen: number | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      initiatedAt: string;
      initiatedBy: string;
      /**
       * Format: date-time
       * @description 无结果时从此刻起可拒绝退款
       * @example 2026-11-20T08:30:00.000Z
       */
      rejectUnlockAt: string;
      /**
       * Format: date-time
       * @description 未处理时在此刻自动退款
       * @example 2026-11-20T08:30:00.000Z
       */
      autoRefundAt: string;
      /**
       * @description ARMED 到期自动退款；SUSPENDED 仲裁中暂停；DISARMED 只由商家决定
       * @enum {string}
       */
      automaticRefund: 'ARMED' | 'SUSPENDED' | 'DISARMED';
      platformExpireAt: string | null;
      /**
       * @description REQUESTED 已发起，等待快递受理；INTERCEPTING 物流拦截中；SUCCEEDED 拦截成功；FAILED 拦截失败；REJECTED_BY_CARRIER 快递拒绝拦截
       * @enum {string}
       */
      interceptStatus: 'REQUESTED' | 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED' | 'REJECTED_BY_CARRIER';
      /**
       * @description OPEN 待处理；REFUNDING 退款执行中；REFUNDED 已退款；REJECTED 已拒绝退款；UNDER_ARBITRATION 平台介入中；CLOSED 退款已关闭；RELEASED 恢复普通售后处理
       * @enum {string}
       */
      refundStatus: 'OPEN' | 'REFUNDING' | 'REFUNDED' | 'REJECTED' | 'UNDER_ARBITRATION' | 'CLOSED' | 'RELEASED';
      refundCause:
        | ('MANUAL_APPROVAL' | 'INTERCEPT_SUCCEEDED' | 'DEADLINE_PASSED' | 'ARBITRATION' | 'BUYER_WITHDREW' | 'SETTLED_ELSEWHERE')
        | null;
      /**
       * @description SENDER 退回寄件人地址；OUTLET 退回收件网点，到网点自取；ADDRESS 退回店铺保存的退货地址。向快递要求的；快递称已有拦截时，以那一次为准
       * @enum {string}
       */
      returnTo?: 'SENDER' | 'OUTLET' | 'ADDRESS';
      /** @description 退回指定地址时：发起时店铺退货地址的版本 */
      returnAddressVersion?: number;
      returnStatus: ('WAITING_RETURN' | 'RETURNING' | 'RETURN_SIGNED' | 'RETURN_FAILED') | null;
      returnFailure: ('LOST' | 'DAMAGED' | 'DELIVERED_TO_BUYER' | 'STALLED' | 'OVERDUE') | null;
      carrierReference: string | null;
      carrierRefusal: {
        code: string | null;
        message: string;
      } | null;
      failure: {
        code: string | null;
        message: string;
      } | null;
      /** @description 平台为何没有执行上一次操作，原文 */
      platformRefusal: {
        code: string | null;
        message: string;
      } | null;
      allowedActions: {
        /**
         * @description APPROVE_REFUND 同意退款；REJECT_REFUND 拒绝退款；REQUEST_ARBITRATION 申请平台介入；OPEN_CLAIM 发起索赔
         * @enum {string}
         */
        action: 'APPROVE_REFUND' | 'REJECT_REFUND' | 'REQUEST_ARBITRATION' | 'OPEN_CLAIM';
        allowed: boolean;
        reason: ('REJECT_LOCKED' | 'REFUND_NOT_OPEN' | 'UNDER_ARBITRATION' | 'NOT_SUCCEEDED') | null;
        availableAt: string | null;
      }[];
      notices: (
        | 'REFUND_PAYMENT_FAILED'
        | 'REFUND_UNCONFIRMED'
        | 'REFUND_REOPENED'
        | 'REFUND_AMOUNT_RAISED'
        | 'REFUND_TYPE_CHANGED'
        | 'LATE_SUCCESS_AFTER_REJECTION'
        | 'PARCEL_RETURNS_AFTER_WITHDRAWAL'
        | 'PARCEL_RETURNS_AFTER_REFUSAL'
        | 'ACTION_REFUSED_BY_PLATFORM'
        | 'PLATFORM_DEADLINE_EARLIER'
        | 'PLATFORM_AUTHORISATION_EXPIRING'
        | 'CARRIER_ACCESS_BROKEN'
        | 'WAYBILL_CHANGED'
        | 'REJECTION_UNCONFIRMED'
      )[];
      version: number;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      updatedAt: string;
      /**
       * @description workflow 实时；record 最近一次记录
       * @enum {string}
       */
      source: 'workflow' | 'record';
      /** @description 按店铺设置的建议，只供人参考；查询与列表中给出 */
      proposal?: {
        /** @example signed */
        proposalId: string;
        name: string;
        /**
         * @description APPROVE 同意退款；REJECT 拒绝退款
         * @enum {string}
         */
        action: 'APPROVE' | 'REJECT';
        /**
         * @description SIGNED 拦截失败，买家已签收；LOST 拦截失败，包裹遗失；CARRIER_FAILED 快递告知拦截失败；NO_RESULT 满 72 小时没有结果
         * @enum {string}
         */
        situation: 'SIGNED' | 'LOST' | 'CARRIER_FAILED' | 'NO_RESULT';
        conditions: {
          /** @enum {string} */
          condition:
            | 'carriers'
            | 'outletCodes'
            | 'refundFeeFen'
            | 'expectedFeeFen'
            | 'trackStandings'
            | 'lastScanHours'
            | 'titleWords'
            | 'categories'
            | 'provinces'
            | 'refundReasons'
            | 'earlierRefunds';
          wanted:
            | string[]
            | {
                atLeast?: number;
                atMost?: number;
              };
          found: string | number | null;
          holds: boolean;
        }[];
        rejection: {
          /**
           * @description 平台的拒绝原因代码
           * @example 1002
           */
          reason: string;
          /** @description 随拒绝提交的说明 */
          description: string;
        } | null;
      } | null;
      /** @description 因无人处理已上报给谁；查询与列表中给出 */
      escalation?: {
        staffName: string;
        /**
         * Format: date-time
         * @example 2026-11-20T08:30:00.000Z
         */
        at: string;
      } | null;
    };
    /** @description 能否拦截，以及全部原因 */
    InterceptPreview: {
      eligible: boolean;
      reasons: {
        /**
         * @description CROSS_BORDER_SHOP 跨境店铺的订单不支持拦截物流；CARRIER_NOT_SUPPORTED 该快递公司暂不支持拦截物流；SHOP_NOT_OPERATING 店铺未处于正常经营状态；AGREEMENT_NOT_SIGNED 请先签署拦截物流服务协议；CATEGORY_NOT_SUPPORTED 生鲜、虚拟、整车类商品不支持拦截；MULTI_PARCEL_ORDER 一单多包裹不支持拦截；REFUND_AMOUNT_NOT_BELOW_500 退款金额需低于500元；EBILL_NOT_OPENED 请先开通该快递公司的快手电子面单；WAYBILL_NOT_EBILL 无法确认该运单由快手电子面单开出；NOT_REFUND_ONLY 仅支持仅退款的售后单；REFUND_NOT_OPEN 该退款单当前不是待商家处理状态；NOT_SHIPPED 订单尚未发货，无法拦截；ORDER_SIGNED 订单已签收，无法拦截；NO_TRACK 暂无物流轨迹，无法拦截，请在揽收后重试；OUT_FOR_DELIVERY 包裹已派件，无法拦截；SIGNED 包裹已签收，无法拦截；AWAITING_PICKUP 包裹待取件，无法拦截；STALLED 包裹停滞超过3天，无法拦截；RETURN_ADDRESS_UNREACHABLE 退回地址快递不配送，无法拦截；ALREADY_RETURNING 包裹已在退回途中，无需拦截；OUTLET_NOT_SUBSCRIBED 该网点未订购拦截服务；OUTLET_PENDING_REVIEW 网点审核中，请联系网点尽快审核；OUTLET_REJECTED 网点未通过拦截服务的订购申请；SERVICE_NOT_OPEN 拦截服务已关闭，请重新开通；TRACK_UNAVAILABLE 暂时无法查询物流轨迹，请稍后重试；CARRIER_REFUSED 快递公司多次拒绝拦截，不能再次发起
         * @enum {string}
         */
        code:
          | 'CROSS_BORDER_SHOP'
          | 'CARRIER_NOT_SUPPORTED'
          | 'SHOP_NOT_OPERATING'
          | 'AGREEMENT_NOT_SIGNED'
          | 'CATEGORY_NOT_SUPPORTED'
          | 'MULTI_PARCEL_ORDER'
          | 'REFUND_AMOUNT_NOT_BELOW_500'
          | 'EBILL_NOT_OPENED'
          | 'WAYBILL_NOT_EBILL'
          | 'NOT_REFUND_ONLY'
          | 'REFUND_NOT_OPEN'
          | 'NOT_SHIPPED'
          | 'ORDER_SIGNED'
          | 'NO_TRACK'
          | 'OUT_FOR_DELIVERY'
          | 'SIGNED'
          | 'AWAITING_PICKUP'
          | 'STALLED'
          | 'RETURN_ADDRESS_UNREACHABLE'
          | 'ALREADY_RETURNING'
          | 'OUTLET_NOT_SUBSCRIBED'
          | 'OUTLET_PENDING_REVIEW'
          | 'OUTLET_REJECTED'
          | 'SERVICE_NOT_OPEN'
          | 'TRACK_UNAVAILABLE'
          | 'CARRIER_REFUSED';
        message: string;
        /** @description 快递的原始代码 */
        carrierCode?: string;
      }[];
      warnings: {
        /**
         * @description PARTIAL_REFUND 该退款为部分退款，拦截成功后仍会退回整个包裹；EARLIER_DISPATCH 包裹曾派件，快递公司可能拒绝拦截；OTHER_GOODS_IN_PARCEL 包裹内还有其他商品，拦截后会一并退回；SHARED_PARCEL 该包裹已有进行中的拦截，本单将共用其结果
         * @enum {string}
         */
        code: 'PARTIAL_REFUND' | 'EARLIER_DISPATCH' | 'OTHER_GOODS_IN_PARCEL' | 'SHARED_PARCEL';
        message: string;
        /** @description 快递的原始代码 */
        carrierCode?: string;
      }[];
      expectedFeeFen: number | null;
      refund: {
        /**
         * @description 平台退款单号
         * @example 2260718200000012
         */
        refundId: string;
        orderId: string;
        refundFeeFen: number;
        platformExpireAt: string | null;
      };
      parcel: {
        waybillNo: string | null;
        carrier: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD') | null;
        outletCode: string | null;
        outletName: string | null;
      };
      /** @description 可选的退回方式；快递不支持时为空 */
      returnsTo: ('SENDER' | 'OUTLET' | 'ADDRESS')[];
      lastTrackEvent: {
        /** @enum {string} */
        event:
          | 'PICKED_UP'
          | 'DEPARTED'
          | 'ARRIVED'
          | 'OUT_FOR_DELIVERY'
          | 'AWAITING_PICKUP'
          | 'SIGNED'
          | 'DELIVERY_FAILED'
          | 'PROBLEM'
          | 'RETURNING'
          | 'REDIRECTED'
          | 'RETURN_SIGNED'
          | 'LOST'
          | 'DAMAGED'
          | 'OTHER';
        /**
         * Format: date-time
         * @example 2026-11-20T08:30:00.000Z
         */
        occurredAt: string;
        outletCode: string | null;
        outletName: string | null;
        text: string;
      } | null;
    };
    /** @description 平台上待处理的仅退款申请 */
    Refund: {
      /**
       * @description 平台退款单号
       * @example 2260718200000012
       */
      refundId: string;
      /** @example 2260718200000099 */
      orderId: string;
      /** @example 12900 */
      refundFeeFen: number;
      /** @example 加绒卫衣 男款 */
      itemTitle: string;
      /** @example 不想要了 */
      reason: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
      expireAt: string | null;
      waybillNo: string | null;
      carrier: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD') | null;
      interceptId: string | null;
      interceptStatus: ('REQUESTED' | 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED' | 'REJECTED_BY_CARRIER') | null;
    };
    /** @description 拦截服务 */
    Service: {
      /**
       * @description NOT_OPENED 未开通；OPEN 已开通；CLOSED 已关闭
       * @enum {string}
       */
      status: 'NOT_OPENED' | 'OPEN' | 'CLOSED';
      /**
       * @description 现行协议版本
       * @example 2026-01
       */
      agreementVersion: string;
      signedVersion: string | null;
      signedAt: string | null;
      closeReason: string | null;
      /** @description 沙箱店铺：只与模拟的快递和平台往来，不发生真实拦截和退款 */
      sandbox: boolean;
    };
    /** @description 电子面单合作网点及其订购 */
    Outlet: {
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName: string;
      subscription: {
        subscriptionId: string | null;
        /**
         * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
         * @enum {string}
         */
        carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /** @example 75500 */
        outletCode: string;
        /** @example 深圳宝安福永网点 */
        outletName: string;
        /**
         * @description PENDING 审核中；ACTIVE 已生效；REJECTED 已驳回；CLOSED 已关闭
         * @enum {string}
         */
        status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'CLOSED';
        /**
         * @description MERCHANT 商家订购；DEFAULT 默认开通
         * @enum {string}
         */
        source: 'MERCHANT' | 'DEFAULT';
        reason: string | null;
        createdAt: string | null;
        remindedAt: string | null;
      } | null;
      feeFen: number | null;
      /**
       * @description 该快递支持的退回方式
       * @example [
       *       "SENDER"
       *     ]
       */
      returnsTo: ('SENDER' | 'OUTLET' | 'ADDRESS')[];
      /**
       * @description 现在可以做的操作
       * @example [
       *       "SUBSCRIBE"
       *     ]
       */
      allowedActions: ('SUBSCRIBE' | 'REMIND' | 'UNSUBSCRIBE')[];
    };
    /** @description 网点订购 */
    OutletSubscription: {
      /** @example sub_3f2a… */
      subscriptionId: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName: string;
      /**
       * @description PENDING 审核中；ACTIVE 已生效；REJECTED 已驳回；CLOSED 已关闭
       * @enum {string}
       */
      status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'CLOSED';
      /**
       * @description MERCHANT 商家订购；DEFAULT 默认开通
       * @enum {string}
       */
      source: 'MERCHANT' | 'DEFAULT';
      reason: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
      remindedAt: string | null;
    };
    /** @description 与网点约定的拦截费，自生效时刻起 */
    OutletPrice: {
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /**
       * @description 网点代码
       * @example 75500
       */
      outletCode: string;
      /**
       * @description 拦截费（分）
       * @example 350
       */
      feeFen: number;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      effectiveFrom: string;
    };
    /**
     * @description 接收事件推送的地址
     * @example {
     *       "endpointId": "whe_3f2a9c",
     *       "url": "https://erp.example.com/hooks/refund-intercept",
     *       "types": [
     *         "intercept.succeeded",
     *         "intercept.failed",
     *         "refund.refunded"
     *       ],
     *       "enabled": true,
     *       "disabledReason": null,
     *       "failingSince": null,
     *       "createdAt": "2026-11-20T08:30:00.000Z"
     *     }
     */
    WebhookEndpoint: {
      /** @example whe_3f2a9c */
      endpointId: string;
      /** @example https://erp.example.com/hooks/refund-intercept */
      url: string;
      types: (
        | 'intercept.requested'
        | 'intercept.accepted'
        | 'intercept.refused'
        | 'intercept.succeeded'
        | 'intercept.failed'
        | 'refund.reject_unlocked'
        | 'refund.deadline_near'
        | 'refund.refunded'
        | 'refund.rejected'
        | 'refund.arbitration_requested'
        | 'refund.closed'
        | 'return.returning'
        | 'return.signed'
        | 'return.failed'
        | 'subscription.reviewed'
        | 'claim.updated'
      )[];
      enabled: boolean;
      disabledReason: ('GONE' | 'FAILING') | null;
      failingSince: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
    };
    /**
     * @description 推送地址及其密钥
     * @example {
     *       "endpointId": "whe_3f2a9c",
     *       "url": "https://erp.example.com/hooks/refund-intercept",
     *       "types": [
     *         "intercept.succeeded",
     *         "intercept.failed",
     *         "refund.refunded"
     *       ],
     *       "enabled": true,
     *       "disabledReason": null,
     *       "failingSince": null,
     *       "createdAt": "2026-11-20T08:30:00.000Z",
     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
     *     }
     */
    NewWebhookEndpoint: {
      /** @example whe_3f2a9c */
      endpointId: string;
      /** @example https://erp.example.com/hooks/refund-intercept */
      url: string;
      types: (
        | 'intercept.requested'
        | 'intercept.accepted'
        | 'intercept.refused'
        | 'intercept.succeeded'
        | 'intercept.failed'
        | 'refund.reject_unlocked'
        | 'refund.deadline_near'
        | 'refund.refunded'
        | 'refund.rejected'
        | 'refund.arbitration_requested'
        | 'refund.closed'
        | 'return.returning'
        | 'return.signed'
        | 'return.failed'
        | 'subscription.reviewed'
        | 'claim.updated'
      )[];
      enabled: boolean;
      disabledReason: ('GONE' | 'FAILING') | null;
      failingSince: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
      /**
       * @description Standard Webhooks 签名密钥；只显示这一次，请妥善保存
       * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
       */
      secret: string;
    };
    /** @description 一个事件对一个地址的投递 */
    WebhookDelivery: {
      /** @example dlv_77ab01 */
      deliveryId: string;
      /** @example whe_3f2a9c */
      endpointId: string;
      /**
       * @description 每次投递的 webhook-id，请据此去重
       * @example msg_5c0d
       */
      messageId: string;
      /**
       * @description intercept.requested 已发起拦截；intercept.accepted 快递已受理；intercept.refused 快递拒绝拦截；intercept.succeeded 拦截成功；intercept.failed 拦截失败；refund.reject_unlocked 可拒绝退款；refund.deadline_near 临近自动退款（24 小时、2 小时前，或按店铺设定）；refund.refunded 已退款；refund.rejected 已拒绝退款；refund.arbitration_requested 平台介入；refund.closed 退款关闭；return.returning 退回途中；return.signed 退回签收；return.failed 退回异常；subscription.reviewed 网点审核了订购；claim.updated 索赔有进展；webhook.test 测试消息
       * @enum {string}
       */
      type:
        | 'intercept.requested'
        | 'intercept.accepted'
        | 'intercept.refused'
        | 'intercept.succeeded'
        | 'intercept.failed'
        | 'refund.reject_unlocked'
        | 'refund.deadline_near'
        | 'refund.refunded'
        | 'refund.rejected'
        | 'refund.arbitration_requested'
        | 'refund.closed'
        | 'return.returning'
        | 'return.signed'
        | 'return.failed'
        | 'subscription.reviewed'
        | 'claim.updated'
        | 'webhook.test';
      /**
       * @description PENDING 投递中；DELIVERED 已送达；FAILED 未送达
       * @enum {string}
       */
      status: 'PENDING' | 'DELIVERED' | 'FAILED';
      failure: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
      nextAttemptAt: string | null;
      settledAt: string | null;
      /** @description 请求体原文 */
      body: string;
      attempts: {
        attempt: number;
        /**
         * Format: date-time
         * @example 2026-11-20T08:30:00.000Z
         */
        at: string;
        durationMs: number;
        responseStatus: number | null;
        error: string | null;
      }[];
    };
    /**
     * @description 店铺消息
     * @example {
     *       "noticeId": "1042",
     *       "kind": "EVENT",
     *       "code": "return.signed",
     *       "title": "退回包裹已签收",
     *       "interceptId": "2260718200000012-1",
     *       "reference": null,
     *       "detail": {
     *         "waybillNo": "75312345678901",
     *         "carrier": "ZTO"
     *       },
     *       "at": "2026-11-20T08:30:00.000Z",
     *       "read": false
     *     }
     */
    Notice: {
      /**
       * @description 消息编号，越新越大
       * @example 1042
       */
      noticeId: string;
      /**
       * @description NOTICE 需要处理；EVENT 进展
       * @enum {string}
       */
      kind: 'NOTICE' | 'EVENT';
      /**
       * @description 提醒代码，或与推送相同的事件名；以后会增加
       * @example return.signed
       * @example REFUND_PAYMENT_FAILED
       */
      code: string;
      /** @example 退回包裹已签收 */
      title: string;
      interceptId: string | null;
      reference: string | null;
      /** @description 所涉的几项事实，如运单号、金额 */
      detail: {
        [key: string]: string | number | null;
      };
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      at: string;
      read: boolean;
    };
    /**
     * @description 店铺消息的通知渠道
     * @example {
     *       "channelId": "chn_3f2a9c",
     *       "kind": "DINGTALK",
     *       "name": "售后群",
     *       "target": "oapi.dingtalk.com/robot/send?access_token=…9f3c",
     *       "codes": [
     *         "refund.deadline_near",
     *         "REFUND_UNCONFIRMED"
     *       ],
     *       "language": "zh-CN",
     *       "quietHours": {
     *         "from": "22:00",
     *         "to": "08:00"
     *       },
     *       "digest": "HOURLY",
     *       "digestAt": "09:05",
     *       "enabled": true,
     *       "disabledReason": null,
     *       "failingSince": null,
     *       "lastError": null,
     *       "lastErrorAt": null,
     *       "lastSentAt": "2026-11-20T08:30:00.000Z",
     *       "createdAt": "2026-11-18T08:30:00.000Z"
     *     }
     */
    NoticeChannel: {
      /** @example chn_3f2a9c */
      channelId: string;
      /**
       * @description WECOM 企业微信群机器人；DINGTALK 钉钉群机器人；FEISHU 飞书群机器人；EMAIL 电子邮件
       * @enum {string}
       */
      kind: 'WECOM' | 'DINGTALK' | 'FEISHU' | 'EMAIL';
      name: string;
      /** @description 地址，不完整显示 */
      target: string;
      /** @description 要通知的消息；新建时不填则为所有需要人处理的 */
      codes: (
        | 'intercept.refused'
        | 'intercept.succeeded'
        | 'intercept.failed'
        | 'refund.reject_unlocked'
        | 'refund.deadline_near'
        | 'refund.refunded'
        | 'refund.rejected'
        | 'refund.arbitration_requested'
        | 'refund.closed'
        | 'return.returning'
        | 'return.signed'
        | 'return.failed'
        | 'subscription.reviewed'
        | 'claim.updated'
        | 'REFUND_PAYMENT_FAILED'
        | 'REFUND_UNCONFIRMED'
        | 'REFUND_REOPENED'
        | 'REFUND_AMOUNT_RAISED'
        | 'REFUND_TYPE_CHANGED'
        | 'LATE_SUCCESS_AFTER_REJECTION'
        | 'PARCEL_RETURNS_AFTER_WITHDRAWAL'
        | 'PARCEL_RETURNS_AFTER_REFUSAL'
        | 'ACTION_REFUSED_BY_PLATFORM'
        | 'PLATFORM_DEADLINE_EARLIER'
        | 'PLATFORM_AUTHORISATION_EXPIRING'
        | 'CARRIER_ACCESS_BROKEN'
        | 'WAYBILL_CHANGED'
        | 'REJECTION_UNCONFIRMED'
        | 'WEBHOOK_ENDPOINT_DISABLED'
        | 'QUARANTINE_GREW'
        | 'CLAIM_QUIET'
        | 'CLAIM_VERDICT_MISSING'
        | 'CLAIM_REFUSED_BY_CARRIER'
        | 'NOTICE_CHANNEL_DISABLED'
        | 'DECISION_ESCALATED'
      )[];
      /**
       * @description zh-CN 中文；en-US 英文
       * @enum {string}
       */
      language: 'zh-CN' | 'en-US';
      quietHours: {
        /**
         * @description 开始，北京时间
         * @example 22:00
         */
        from: string;
        /**
         * @description 结束；早于开始则为次日
         * @example 22:00
         */
        to: string;
      } | null;
      /**
       * @description NONE 随时；HOURLY 每小时汇总（05 分）；DAILY 每日汇总（digestAt）
       * @enum {string}
       */
      digest: 'NONE' | 'HOURLY' | 'DAILY';
      /**
       * @description 每日汇总的时间，北京时间
       * @example 22:00
       */
      digestAt: string;
      enabled: boolean;
      disabledReason: 'FAILING' | null;
      failingSince: string | null;
      lastError: string | null;
      lastErrorAt: string | null;
      lastSentAt: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
    };
    /** @description 事件发生时的拦截、退款与退回 */
    InterceptSnapshot: {
      /**
       * @description 拦截单号：退款单号-次数
       * @example 2260718200000012-1
       */
      interceptId: string;
      /**
       * @description 平台退款单号
       * @example 2260718200000012
       */
      refundId: string;
      /** @example 2260718200000099 */
      orderId: string;
      /** @example 2788410001 */
      shopId: string;
      /** @example 75312345678901 */
      waybillNo: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName?: string;
      /** @description 第几次拦截 */
      attempt: number;
      /**
       * @description 金额（分）
       * @example 12900
       */
      refundFeeFen: number;
      feeFen: number | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      initiatedAt: string;
      initiatedBy?: string;
      /**
       * Format: date-time
       * @description 无结果时从此刻起可拒绝退款
       * @example 2026-11-20T08:30:00.000Z
       */
      rejectUnlockAt: string;
      /**
       * Format: date-time
       * @description 未处理时在此刻自动退款
       * @example 2026-11-20T08:30:00.000Z
       */
      autoRefundAt: string;
      /**
       * @description ARMED 到期自动退款；SUSPENDED 仲裁中暂停；DISARMED 只由商家决定
       * @enum {string}
       */
      automaticRefund: 'ARMED' | 'SUSPENDED' | 'DISARMED';
      platformExpireAt: string | null;
      /**
       * @description REQUESTED 已发起，等待快递受理；INTERCEPTING 物流拦截中；SUCCEEDED 拦截成功；FAILED 拦截失败；REJECTED_BY_CARRIER 快递拒绝拦截
       * @enum {string}
       */
      interceptStatus: 'REQUESTED' | 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED' | 'REJECTED_BY_CARRIER';
      /**
       * @description OPEN 待处理；REFUNDING 退款执行中；REFUNDED 已退款；REJECTED 已拒绝退款；UNDER_ARBITRATION 平台介入中；CLOSED 退款已关闭；RELEASED 恢复普通售后处理
       * @enum {string}
       */
      refundStatus: 'OPEN' | 'REFUNDING' | 'REFUNDED' | 'REJECTED' | 'UNDER_ARBITRATION' | 'CLOSED' | 'RELEASED';
      refundCause:
        | ('MANUAL_APPROVAL' | 'INTERCEPT_SUCCEEDED' | 'DEADLINE_PASSED' | 'ARBITRATION' | 'BUYER_WITHDREW' | 'SETTLED_ELSEWHERE')
        | null;
      /**
       * @description SENDER 退回寄件人地址；OUTLET 退回收件网点，到网点自取；ADDRESS 退回店铺保存的退货地址。向快递要求的；快递称已有拦截时，以那一次为准
       * @enum {string}
       */
      returnTo?: 'SENDER' | 'OUTLET' | 'ADDRESS';
      /** @description 退回指定地址时：发起时店铺退货地址的版本 */
      returnAddressVersion?: number;
      returnStatus: ('WAITING_RETURN' | 'RETURNING' | 'RETURN_SIGNED' | 'RETURN_FAILED') | null;
      returnFailure: ('LOST' | 'DAMAGED' | 'DELIVERED_TO_BUYER' | 'STALLED' | 'OVERDUE') | null;
      carrierReference?: string | null;
      carrierRefusal?: {
        code: string | null;
        message: string;
      } | null;
      failure?: {
        code: string | null;
        message: string;
      } | null;
      /** @description 平台为何没有执行上一次操作，原文 */
      platformRefusal?: {
        code: string | null;
        message: string;
      } | null;
      allowedActions?: {
        /**
         * @description APPROVE_REFUND 同意退款；REJECT_REFUND 拒绝退款；REQUEST_ARBITRATION 申请平台介入；OPEN_CLAIM 发起索赔
         * @enum {string}
         */
        action: 'APPROVE_REFUND' | 'REJECT_REFUND' | 'REQUEST_ARBITRATION' | 'OPEN_CLAIM';
        allowed: boolean;
        reason: ('REJECT_LOCKED' | 'REFUND_NOT_OPEN' | 'UNDER_ARBITRATION' | 'NOT_SUCCEEDED') | null;
        availableAt: string | null;
      }[];
      notices?: (
        | 'REFUND_PAYMENT_FAILED'
        | 'REFUND_UNCONFIRMED'
        | 'REFUND_REOPENED'
        | 'REFUND_AMOUNT_RAISED'
        | 'REFUND_TYPE_CHANGED'
        | 'LATE_SUCCESS_AFTER_REJECTION'
        | 'PARCEL_RETURNS_AFTER_WITHDRAWAL'
        | 'PARCEL_RETURNS_AFTER_REFUSAL'
        | 'ACTION_REFUSED_BY_PLATFORM'
        | 'PLATFORM_DEADLINE_EARLIER'
        | 'PLATFORM_AUTHORISATION_EXPIRING'
        | 'CARRIER_ACCESS_BROKEN'
        | 'WAYBILL_CHANGED'
        | 'REJECTION_UNCONFIRMED'
      )[];
      version: number;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      updatedAt: string;
      /**
       * @description 正文过长，只保留了简短的字段，其余请按编号查询；完整时没有这个字段
       * @enum {boolean}
       */
      partial?: true;
      /** @description 同一拦截单的事件按它排序，忽略比已有更小的 */
      sequence: number;
      /**
       * @description data 的版本
       * @enum {string}
       */
      apiVersion: 'v1';
    };
    /** @description 网点审核后的订购 */
    OutletReview: {
      /** @example sub_3f2a… */
      subscriptionId: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName?: string;
      /**
       * @description PENDING 审核中；ACTIVE 已生效；REJECTED 已驳回；CLOSED 已关闭
       * @enum {string}
       */
      status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'CLOSED';
      /**
       * @description MERCHANT 商家订购；DEFAULT 默认开通
       * @enum {string}
       */
      source: 'MERCHANT' | 'DEFAULT';
      reason?: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
      remindedAt: string | null;
      /**
       * @description 正文过长，只保留了简短的字段，其余请按编号查询；完整时没有这个字段
       * @enum {boolean}
       */
      partial?: true;
      /** @description 不属于某个拦截单的时间线，恒为 null */
      sequence: null;
      /**
       * @description data 的版本
       * @enum {string}
       */
      apiVersion: 'v1';
    };
    /** @description 索赔的进展 */
    ClaimSnapshot: {
      /**
       * @description 索赔单号
       * @example claim_0f8fad5bd9cb469fa16570867728950e
       */
      claimId: string;
      /**
       * @description 拦截单号：退款单号-次数
       * @example 2260718200000012-1
       */
      interceptId: string;
      /** @example 2788410001 */
      shopId: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName?: string;
      /** @example 75312345678901 */
      waybillNo: string;
      /**
       * @description DAMAGE 破损；LOSS 遗失
       * @enum {string}
       */
      kind: 'DAMAGE' | 'LOSS';
      /**
       * @description SUBMITTED 已提交；ACCEPTED 已受理；ARBITRATING 仲裁中；UPHELD 已同意赔付；DISMISSED 已驳回；WITHDRAWN 已撤回
       * @enum {string}
       */
      status: 'SUBMITTED' | 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED' | 'WITHDRAWN';
      /**
       * @description 索赔金额（分），不高于货值合计
       * @example 12900
       */
      claimedFen: number;
      awardedFen: number | null;
      carrierReference?: string | null;
      /** @description 同一索赔单的事件按它排序 */
      version: number;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      updatedAt: string;
      /**
       * @description 正文过长，只保留了简短的字段，其余请按编号查询；完整时没有这个字段
       * @enum {boolean}
       */
      partial?: true;
      /** @description 不属于某个拦截单的时间线，恒为 null */
      sequence: null;
      /**
       * @description data 的版本
       * @enum {string}
       */
      apiVersion: 'v1';
    };
    /** @description 测试消息 */
    WebhookTest: {
      /** @example whe_3f2a9c */
      endpointId: string;
      /**
       * @description 正文过长，只保留了简短的字段，其余请按编号查询；完整时没有这个字段
       * @enum {boolean}
       */
      partial?: true;
      /** @description 不属于某个拦截单的时间线，恒为 null */
      sequence: null;
      /**
       * @description data 的版本
       * @enum {string}
       */
      apiVersion: 'v1';
    };
    /** @description 店铺的自动拦截规则 */
    Rules: {
      /** @description 0：从未保存 */
      version: number;
      /** @description 预算、工作时间、暂停；null 不作限制 */
      limits: {
        paused: boolean;
        dailyFeeFen: number | null;
        dailyCount: number | null;
        hours: {
          days: number[];
          /** @example 09:00 */
          from: string;
          /** @example 21:00 */
          to: string;
        } | null;
      };
      /** @description 从上到下，第一条符合的规则决定 */
      rules: {
        /**
         * @description 各版本不变
         * @example small-parcels
         */
        ruleId: string;
        /** @example 小额快拦 */
        name: string;
        /**
         * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
         * @enum {string}
         */
        action: 'INTERCEPT' | 'ASK' | 'LEAVE';
        /** @description 须全部符合；未写的不作要求；不知道的事实不符合任何要求 */
        conditions: {
          carriers?: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD')[];
          outletCodes?: string[];
          /** @description 退款金额（分），含两端 */
          refundFeeFen?: {
            atLeast?: number;
            atMost?: number;
          };
          expectedFeeFen?: {
            /** @description 拦截费上限（分）；没有约定价格的网点不符合 */
            atMost: number;
          };
          trackStandings?: (
            | 'NO_TRACK'
            | 'UNAVAILABLE'
            | 'UNKNOWN'
            | 'MOVING'
            | 'OUT_FOR_DELIVERY'
            | 'AWAITING_PICKUP'
            | 'SIGNED'
            | 'RETURNING'
            | 'RETURN_SIGNED'
          )[];
          /** @description 最近一次轨迹距今的整小时数 */
          lastScanHours?: {
            atLeast?: number;
            atMost?: number;
          };
          /** @description 商品标题含其中任一 */
          titleWords?: string[];
          /** @description 类目编号，或类目名称的一部分 */
          categories?: string[];
          /** @description 收货省份 */
          provinces?: string[];
          /** @description 退款原因含其中任一 */
          refundReasons?: string[];
          /** @description 该买家此前经本店规则判定过的其他退款数 */
          earlierRefunds?: {
            atLeast?: number;
            atMost?: number;
          };
        };
        /** @description 视为已知悉的提醒；有其他提醒时交给人决定 */
        acknowledge: ('PARTIAL_REFUND' | 'EARLIER_DISPATCH' | 'OTHER_GOODS_IN_PARCEL' | 'SHARED_PARCEL')[];
        /** @description 预算、工作时间、暂停；null 不作限制 */
        limits: {
          paused: boolean;
          dailyFeeFen: number | null;
          dailyCount: number | null;
          hours: {
            days: number[];
            /** @example 09:00 */
            from: string;
            /** @example 21:00 */
            to: string;
          } | null;
        };
      }[];
      savedBy: string | null;
      savedAt: string | null;
    };
    /** @description 规则对一笔退款的一次判定，及其全部依据 */
    Judgement: {
      judgementId: string;
      version: number;
      /**
       * @description 平台退款单号
       * @example 2260718200000012
       */
      refundId: string;
      orderId: string;
      /**
       * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
       * @enum {string}
       */
      decision: 'INTERCEPT' | 'ASK' | 'LEAVE';
      /**
       * @description RULE 按规则；NO_RULE_MATCHED 没有规则符合；RULES_PAUSED 规则已暂停；NOT_ELIGIBLE 不符合拦截条件；OUTSIDE_HOURS 不在工作时间；WARNINGS_NOT_ACKNOWLEDGED 有提醒须由人确认；RULE_BUDGET_SPENT 该规则的当日预算已用完；SHOP_BUDGET_SPENT 店铺的当日预算已用完
       * @enum {string}
       */
      cause:
        | 'RULE'
        | 'NO_RULE_MATCHED'
        | 'RULES_PAUSED'
        | 'NOT_ELIGIBLE'
        | 'OUTSIDE_HOURS'
        | 'WARNINGS_NOT_ACKNOWLEDGED'
        | 'RULE_BUDGET_SPENT'
        | 'SHOP_BUDGET_SPENT';
      ruleId: string | null;
      refundFeeFen: number;
      expectedFeeFen: number | null;
      itemTitle: string;
      carrier: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD') | null;
      outletName: string | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      at: string;
      /** @description 逐条判定，到决定的那条为止 */
      rules: {
        ruleId: string;
        name: string;
        /**
         * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
         * @enum {string}
         */
        action: 'INTERCEPT' | 'ASK' | 'LEAVE';
        /**
         * @description MATCHED 符合；NOT_MATCHED 不符合；PAUSED 已暂停，跳过
         * @enum {string}
         */
        verdict: 'MATCHED' | 'NOT_MATCHED' | 'PAUSED';
        conditions: {
          /** @enum {string} */
          condition:
            | 'carriers'
            | 'outletCodes'
            | 'refundFeeFen'
            | 'expectedFeeFen'
            | 'trackStandings'
            | 'lastScanHours'
            | 'titleWords'
            | 'categories'
            | 'provinces'
            | 'refundReasons'
            | 'earlierRefunds';
          wanted:
            | string[]
            | {
                atLeast?: number;
                atMost?: number;
              };
          found: string | number | null;
          holds: boolean;
        }[];
      }[];
      reasons: {
        code: string;
        message: string;
        carrierCode?: string;
      }[];
      warnings: {
        code: string;
        message: string;
        carrierCode?: string;
      }[];
      /**
       * @description NO_TRACK 暂无轨迹；UNAVAILABLE 查询不到；UNKNOWN 状态不明；MOVING 运输中；OUT_FOR_DELIVERY 派件中；AWAITING_PICKUP 待取件；SIGNED 已签收；RETURNING 退回中；RETURN_SIGNED 退回已签收
       * @enum {string}
       */
      trackStanding:
        | 'NO_TRACK'
        | 'UNAVAILABLE'
        | 'UNKNOWN'
        | 'MOVING'
        | 'OUT_FOR_DELIVERY'
        | 'AWAITING_PICKUP'
        | 'SIGNED'
        | 'RETURNING'
        | 'RETURN_SIGNED';
      lastScanAt: string | null;
      province: string | null;
      reason: string;
      earlierRefunds: number | null;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      seenAt: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      judgedAt: string;
    };
    /** @description 拦截失败或没有结果时：建议、提醒与上报。都只供人参考，不会自动执行 */
    DecisionSettings: {
      /** @description 0：从未保存 */
      version: number;
      /** @description 从上到下，第一条符合的成为建议 */
      proposals: {
        /** @example signed */
        proposalId: string;
        /** @example 已签收拒绝 */
        name: string;
        /**
         * @description APPROVE 同意退款；REJECT 拒绝退款
         * @enum {string}
         */
        action: 'APPROVE' | 'REJECT';
        /** @description 其中任一 */
        situations: ('SIGNED' | 'LOST' | 'CARRIER_FAILED' | 'NO_RESULT')[];
        /** @description 须全部符合；未写的不作要求；expectedFeeFen 为拦截发起时约定的费用 */
        conditions: {
          carriers?: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD')[];
          outletCodes?: string[];
          /** @description 退款金额（分），含两端 */
          refundFeeFen?: {
            atLeast?: number;
            atMost?: number;
          };
          expectedFeeFen?: {
            /** @description 拦截费上限（分）；没有约定价格的网点不符合 */
            atMost: number;
          };
        };
        rejection: {
          /**
           * @description 平台的拒绝原因代码
           * @example 1002
           */
          reason: string;
          /** @description 随拒绝提交的说明 */
          description: string;
        } | null;
      }[];
      /** @description 自动退款前何时提醒 */
      remindHoursBefore: number[];
      escalation: {
        /** @description 员工编号 */
        staffId: string;
        staffName: string;
        /** @description 自动退款前的小时数 */
        hoursBefore: number;
      } | null;
      savedBy: string | null;
      savedAt: string | null;
    };
    /** @description 店铺的退货地址：退回指定地址时，拦截下的包裹寄到这里 */
    ReturnAddress: {
      /** @description 0：从未保存；每次保存或删除加一 */
      version: number;
      address: {
        /** @description 收件人，只显示第一个字 */
        name: string;
        /** @description 只显示前三位和后四位 */
        phone: string;
        /**
         * @description 省
         * @example 浙江省
         */
        province: string;
        /**
         * @description 市
         * @example 金华市
         */
        city: string;
        /**
         * @description 区县
         * @example 义乌市
         */
        district: string;
        /**
         * @description 街道与门牌
         * @example 福田街道诚信大道1号仓
         */
        address: string;
      } | null;
      savedBy: string | null;
      savedAt: string | null;
    };
    /** @description 索赔证据文件 */
    File: {
      /**
       * @description 文件编号
       * @example file_0f8fad5bd9cb469fa16570867728950e
       */
      fileId: string;
      /**
       * @description 上传时的文件名
       * @example 破损照片.jpg
       */
      name: string;
      /**
       * @description image/jpeg JPEG 图片；image/png PNG 图片；application/pdf PDF 文档
       * @enum {string}
       */
      contentType: 'image/jpeg' | 'image/png' | 'application/pdf';
      /** @example 482113 */
      byteCount: number;
      /** @description 所存内容的 SHA-256 */
      sha256: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
    };
    /** @description 索赔 */
    Claim: {
      /**
       * @description 索赔单号
       * @example claim_0f8fad5bd9cb469fa16570867728950e
       */
      claimId: string;
      /**
       * @description 拦截单号：退款单号-次数
       * @example 2260718200000012-1
       */
      interceptId: string;
      /** @example 2788410001 */
      shopId: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName: string;
      /** @example 75312345678901 */
      waybillNo: string;
      /**
       * @description DAMAGE 破损；LOSS 遗失
       * @enum {string}
       */
      kind: 'DAMAGE' | 'LOSS';
      /**
       * @description SUBMITTED 已提交；ACCEPTED 已受理；ARBITRATING 仲裁中；UPHELD 已同意赔付；DISMISSED 已驳回；WITHDRAWN 已撤回
       * @enum {string}
       */
      status: 'SUBMITTED' | 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED' | 'WITHDRAWN';
      /**
       * @description 现在可以变为的状态；含 WITHDRAWN 时可以撤回，其余可以录入
       * @example [
       *       "ACCEPTED",
       *       "ARBITRATING",
       *       "UPHELD",
       *       "DISMISSED",
       *       "WITHDRAWN"
       *     ]
       */
      nextStatuses: ('SUBMITTED' | 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED' | 'WITHDRAWN')[];
      /**
       * @description CARRIER_API 快递工单接口；CLAIM_SHEET 索赔单
       * @enum {string}
       */
      channel: 'CARRIER_API' | 'CLAIM_SHEET';
      /**
       * @description 联系电话，只显示首尾几位；索赔单上是完整的；清除后为空
       * @example 138****1234
       */
      contactPhone: string;
      goods: {
        /**
         * @description 物品名称
         * @example 连衣裙
         */
        name: string;
        /** @example 1 */
        quantity: number;
        /**
         * @description 规格
         * @example 红色 M
         */
        specification: string;
        /**
         * @description 该物品货值合计（分）
         * @example 12900
         */
        valueFen: number;
      }[];
      /**
       * @description 金额（分）
       * @example 12900
       */
      goodsValueFen: number;
      /**
       * @description 索赔金额（分），不高于货值合计
       * @example 12900
       */
      claimedFen: number;
      awardedFen: number | null;
      description: string;
      evidence: string[];
      carrierReference: string | null;
      carrierRefusal: {
        code: string | null;
        message: string;
      } | null;
      /** @description 快递已完结工单但未写明结果，请录入 */
      verdictMissing: boolean;
      note: string | null;
      openedBy: string;
      version: number;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      updatedAt: string;
    };
    /** @description 台账条目：只增不改，更正为新条目 */
    LedgerLine: {
      /** @example 2260718200000012-1-fee */
      lineId: string;
      /**
       * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
       * @enum {string}
       */
      carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      /** @example 75500 */
      outletCode: string;
      /** @example 深圳宝安福永网点 */
      outletName: string;
      /**
       * @description 拦截单号：退款单号-次数
       * @example 2260718200000012-1
       */
      interceptId: string;
      /** @example 75312345678901 */
      waybillNo: string;
      claimId: string | null;
      correctsLineId: string | null;
      /**
       * @description FEE 拦截费；CLAIM 赔付；ADJUSTMENT 更正
       * @enum {string}
       */
      kind: 'FEE' | 'CLAIM' | 'ADJUSTMENT';
      amountFen: number | null;
      /**
       * @description PRICE_MISSING 缺少价格；DUE 待确认；CONFIRMED 已确认；DISPUTED 有争议；WAIVED 已免除；SETTLED 已结清
       * @enum {string}
       */
      status: 'PRICE_MISSING' | 'DUE' | 'CONFIRMED' | 'DISPUTED' | 'WAIVED' | 'SETTLED';
      lastAction: {
        /**
         * @description CONFIRM 确认；DISPUTE 提出争议；WAIVE 免除；SETTLE 结清；PRICE 议定金额
         * @enum {string}
         */
        action: 'CONFIRM' | 'DISPUTE' | 'WAIVE' | 'SETTLE' | 'PRICE';
        amountFen: number | null;
        reason: string | null;
        actor: string;
        /**
         * Format: date-time
         * @example 2026-11-20T08:30:00.000Z
         */
        at: string;
      } | null;
      /**
       * @description 现在可以做的操作；更正条目为空
       * @example [
       *       "CONFIRM",
       *       "DISPUTE",
       *       "WAIVE",
       *       "PRICE"
       *     ]
       */
      allowedActions: ('CONFIRM' | 'DISPUTE' | 'WAIVE' | 'SETTLE' | 'PRICE')[];
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      occurredAt: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      recordedAt: string;
      note: string | null;
    };
    /** @description 网点月度对账单；已结账月份的条目状态为月末时的状态 */
    Statement: {
      /** @example 2026-11 */
      month: string;
      /**
       * Format: date-time
       * @description 北京时间月初（含）
       * @example 2026-10-31T16:00:00.000Z
       */
      from: string;
      /**
       * Format: date-time
       * @description 北京时间下月初（不含）
       * @example 2026-11-30T16:00:00.000Z
       */
      to: string;
      /** @description 已结账：再次生成一字不差，以后记账的条目归入其记账月份 */
      closed: boolean;
      totals: {
        lineCount: number;
        /**
         * @description 本期拦截费
         * @example 350
         */
        feeFen: number;
        /**
         * @description 本期赔付（负数）
         * @example 350
         */
        claimFen: number;
        /**
         * @description 本期更正
         * @example 350
         */
        adjustmentFen: number;
        /**
         * @description 上期补记
         * @example 350
         */
        lateFen: number;
        lateCount: number;
        priceMissingCount: number;
        /**
         * @description 合计 = 全部条目金额之和
         * @example 350
         */
        totalFen: number;
      };
      outlets: {
        /**
         * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
         * @enum {string}
         */
        carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /** @example 75500 */
        outletCode: string;
        /** @example 深圳宝安福永网点 */
        outletName: string;
        totals: {
          lineCount: number;
          /**
           * @description 本期拦截费
           * @example 350
           */
          feeFen: number;
          /**
           * @description 本期赔付（负数）
           * @example 350
           */
          claimFen: number;
          /**
           * @description 本期更正
           * @example 350
           */
          adjustmentFen: number;
          /**
           * @description 上期补记
           * @example 350
           */
          lateFen: number;
          lateCount: number;
          priceMissingCount: number;
          /**
           * @description 合计 = 全部条目金额之和
           * @example 350
           */
          totalFen: number;
        };
        lines: {
          /** @example 2260718200000012-1-fee */
          lineId: string;
          /** @example 2260718200000012-1 */
          interceptId: string;
          /** @example 75312345678901 */
          waybillNo: string;
          claimId: string | null;
          correctsLineId: string | null;
          /**
           * @description FEE 拦截费；CLAIM 赔付；ADJUSTMENT 更正
           * @enum {string}
           */
          kind: 'FEE' | 'CLAIM' | 'ADJUSTMENT';
          amountFen: number | null;
          /**
           * @description PRICE_MISSING 缺少价格；DUE 待确认；CONFIRMED 已确认；DISPUTED 有争议；WAIVED 已免除；SETTLED 已结清
           * @enum {string}
           */
          status: 'PRICE_MISSING' | 'DUE' | 'CONFIRMED' | 'DISPUTED' | 'WAIVED' | 'SETTLED';
          /** @description 发生在以前月份，本月才记账 */
          late: boolean;
          /**
           * Format: date-time
           * @example 2026-11-20T08:30:00.000Z
           */
          occurredAt: string;
          /**
           * Format: date-time
           * @example 2026-11-20T08:30:00.000Z
           */
          recordedAt: string;
          note: string | null;
        }[];
      }[];
    };
    /** @description 拦截统计；一次拦截计入其发起时间 */
    Statistics: {
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      from: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      to: string;
      /**
       * @description carrier 按快递；outlet 按网点；day 按发起日（北京时间）；rule 按自动拦截规则
       * @enum {string}
       */
      groupBy: 'carrier' | 'outlet' | 'day' | 'rule';
      items: {
        carrier: string | null;
        outletCode: string | null;
        outletName: string | null;
        day: string | null;
        ruleId: string | null;
        ruleName: string | null;
        /** @description 发起 */
        total: number;
        /** @description 快递受理 */
        accepted: number;
        /** @description 拦截成功 */
        succeeded: number;
        /** @description 拦截失败 */
        failed: number;
        /** @description 快递拒绝 */
        refused: number;
        /** @description 尚无结果 */
        noResult: number;
        medianTimeToResultMs: number | null;
        p90TimeToResultMs: number | null;
        /** @description 已退款 */
        refunded: number;
        medianRefundDurationMs: number | null;
        p90RefundDurationMs: number | null;
        /** @description 商家拒绝退款 */
        rejected: number;
        /** @description 平台介入 */
        arbitrated: number;
        /** @description 退回已签收 */
        returnSigned: number;
        /** @description 追回货值：退回已签收且未破损的拦截的退款金额合计（分） */
        recoveredFen: number;
        medianReturnDurationMs: number | null;
        /** @description 退回异常 */
        returnFailed: number;
        /** @description 其中破损 */
        damaged: number;
        /**
         * @description 拦截费合计（含更正）
         * @example 350
         */
        feeFen: number;
        /**
         * @description 网点赔付合计
         * @example 350
         */
        awardedFen: number;
        acceptRate: number | null;
        successRate: number | null;
        disputeRate: number | null;
        returnFailureRate: number | null;
        feePerRecoveredYuan: number | null;
        feePerParcelFen: number | null;
      }[];
      total: {
        /** @description 发起 */
        total: number;
        /** @description 快递受理 */
        accepted: number;
        /** @description 拦截成功 */
        succeeded: number;
        /** @description 拦截失败 */
        failed: number;
        /** @description 快递拒绝 */
        refused: number;
        /** @description 尚无结果 */
        noResult: number;
        medianTimeToResultMs: number | null;
        p90TimeToResultMs: number | null;
        /** @description 已退款 */
        refunded: number;
        medianRefundDurationMs: number | null;
        p90RefundDurationMs: number | null;
        /** @description 商家拒绝退款 */
        rejected: number;
        /** @description 平台介入 */
        arbitrated: number;
        /** @description 退回已签收 */
        returnSigned: number;
        /** @description 追回货值：退回已签收且未破损的拦截的退款金额合计（分） */
        recoveredFen: number;
        medianReturnDurationMs: number | null;
        /** @description 退回异常 */
        returnFailed: number;
        /** @description 其中破损 */
        damaged: number;
        /**
         * @description 拦截费合计（含更正）
         * @example 350
         */
        feeFen: number;
        /**
         * @description 网点赔付合计
         * @example 350
         */
        awardedFen: number;
        acceptRate: number | null;
        successRate: number | null;
        disputeRate: number | null;
        returnFailureRate: number | null;
        feePerRecoveredYuan: number | null;
        feePerParcelFen: number | null;
      };
      /** @description 紧接在前、同样长的一段时间的合计 */
      before: {
        /** @description 发起 */
        total: number;
        /** @description 快递受理 */
        accepted: number;
        /** @description 拦截成功 */
        succeeded: number;
        /** @description 拦截失败 */
        failed: number;
        /** @description 快递拒绝 */
        refused: number;
        /** @description 尚无结果 */
        noResult: number;
        medianTimeToResultMs: number | null;
        p90TimeToResultMs: number | null;
        /** @description 已退款 */
        refunded: number;
        medianRefundDurationMs: number | null;
        p90RefundDurationMs: number | null;
        /** @description 商家拒绝退款 */
        rejected: number;
        /** @description 平台介入 */
        arbitrated: number;
        /** @description 退回已签收 */
        returnSigned: number;
        /** @description 追回货值：退回已签收且未破损的拦截的退款金额合计（分） */
        recoveredFen: number;
        medianReturnDurationMs: number | null;
        /** @description 退回异常 */
        returnFailed: number;
        /** @description 其中破损 */
        damaged: number;
        /**
         * @description 拦截费合计（含更正）
         * @example 350
         */
        feeFen: number;
        /**
         * @description 网点赔付合计
         * @example 350
         */
        awardedFen: number;
        acceptRate: number | null;
        successRate: number | null;
        disputeRate: number | null;
        returnFailureRate: number | null;
        feePerRecoveredYuan: number | null;
        feePerParcelFen: number | null;
      };
    };
    /** @description 按当前状态预计的到期，今天（自现在起）及之后 7 天；没有到期的日子也列出 */
    Deadlines: {
      items: {
        /**
         * @description 北京时间的日期
         * @example 2026-11-20
         */
        day: string;
        /** @description 到期自动退款的拦截 */
        due: number;
        /** @description 其退款金额合计（分） */
        dueFen: number;
        /** @description 其中拦截失败，待商家决定 */
        failed: number;
        /** @description 其中尚无结果 */
        noResult: number;
        /** @description 当天起尚无结果也可拒绝退款的拦截 */
        unlocking: number;
      }[];
    };
    /**
     * @description 谁看了、清除了或导出了个人信息
     * @example {
     *       "entryId": "42",
     *       "at": "2026-11-20T08:30:00.000Z",
     *       "actor": "店主",
     *       "what": "PHONE_SHOWN",
     *       "about": "claim_0f8fad5bd9cb469fa16570867728950e",
     *       "detail": {
     *         "interceptId": "2260718200000012-1"
     *       }
     *     }
     */
    PersonalDataEntry: {
      /**
       * @description 记录编号，越新越大
       * @example 42
       */
      entryId: string;
      /**
       * Format: date-time
       * @example 2026-11-20T08:30:00.000Z
       */
      at: string;
      /**
       * @description 查看者：员工姓名或访问密钥；清除与导出为服务方的命令
       * @example 店主
       * @example npm run erase
       */
      actor: string;
      /**
       * @description PHONE_SHOWN 在索赔单上显示了完整电话；FILE_SHOWN 下载了证据文件；ORDER_ERASED 清除了一个订单的个人信息；SHOP_ERASED 清除了店铺的个人信息；SHOP_EXPORTED 导出了店铺的全部数据
       * @enum {string}
       */
      what: 'PHONE_SHOWN' | 'FILE_SHOWN' | 'ORDER_ERASED' | 'SHOP_ERASED' | 'SHOP_EXPORTED';
      /**
       * @description 索赔单号、文件编号、订单号或店铺编号
       * @example claim_0f8fad5bd9cb469fa16570867728950e
       */
      about: string;
      /** @description 所涉拦截，或清除、导出的条数 */
      detail: {
        [key: string]: string | number;
      };
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  getOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OpenAPI 3.1 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRefunds: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description OPEN 待处理 */
        status?: 'OPEN';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Refund'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  previewIntercept: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "refundId": "2260718200000012"
         *     }
         */
        'application/json': {
          /**
           * @description 平台退款单号
           * @example 2260718200000012
           */
          refundId: string;
        };
      };
    };
    responses: {
      /** @description 能否拦截，以及全部原因 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InterceptPreview'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `REFUND_NOT_FOUND` 没有找到退款单 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listIntercepts: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description REQUESTED 已发起，等待快递受理；INTERCEPTING 物流拦截中；SUCCEEDED 拦截成功；FAILED 拦截失败；REJECTED_BY_CARRIER 快递拒绝拦截 */
        interceptStatus?: 'REQUESTED' | 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED' | 'REJECTED_BY_CARRIER';
        /** @description OPEN 待处理；REFUNDING 退款执行中；REFUNDED 已退款；REJECTED 已拒绝退款；UNDER_ARBITRATION 平台介入中；CLOSED 退款已关闭；RELEASED 恢复普通售后处理 */
        refundStatus?: 'OPEN' | 'REFUNDING' | 'REFUNDED' | 'REJECTED' | 'UNDER_ARBITRATION' | 'CLOSED' | 'RELEASED';
        /** @description WAITING_RETURN 等待退回；RETURNING 退回途中；RETURN_SIGNED 退回已签收；RETURN_FAILED 退回异常 */
        returnStatus?: 'WAITING_RETURN' | 'RETURNING' | 'RETURN_SIGNED' | 'RETURN_FAILED';
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
        /**
         * @description 运单号
         * @example 75312345678901
         */
        waybillNo?: string;
        /**
         * @description 平台退款单号
         * @example 2260718200000012
         */
        refundId?: string;
        /** @description 平台订单号 */
        orderId?: string;
        /** @description 买家电话后四位：只查未结束的拦截，且平台须显示过 */
        phoneTail?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        initiatedFrom?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        initiatedTo?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        updatedFrom?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        autoRefundBefore?: string;
        /** @description TO_HANDLE 待处理：可以拒绝，或自动退款已停用；DUE_WITHIN_24H 24 小时内自动退款；INTERCEPTING 拦截中：等待快递应答或结果；FAILED_TO_HANDLE 拦截失败，退款未决定；REJECTABLE 现在可以拒绝退款；RETURN_TROUBLE 退回异常（近 90 天发起的） */
        workList?: 'TO_HANDLE' | 'DUE_WITHIN_24H' | 'INTERCEPTING' | 'FAILED_TO_HANDLE' | 'REJECTABLE' | 'RETURN_TROUBLE';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Intercept'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createIntercept: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "refundId": "2260718200000012",
         *       "confirm": true
         *     }
         */
        'application/json': {
          /**
           * @description 平台退款单号
           * @example 2260718200000012
           */
          refundId: string;
          /**
           * @description 商家已确认；必须为 true
           * @example true
           */
          confirm?: boolean;
          /** @description 已知悉的提醒 */
          acknowledge?: ('PARTIAL_REFUND' | 'EARLIER_DISPATCH' | 'OTHER_GOODS_IN_PARCEL' | 'SHARED_PARCEL')[];
          /**
           * @description SENDER 退回寄件人地址；OUTLET 退回收件网点，到网点自取；ADDRESS 退回店铺保存的退货地址。预检的 returnsTo 之一；不写时退回寄件人，同一包裹已有拦截时与其相同
           * @enum {string}
           */
          returnTo?: 'SENDER' | 'OUTLET' | 'ADDRESS';
        };
      };
    };
    responses: {
      /** @description 一次拦截及其退款、退回 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description 一次拦截及其退款、退回 */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description 一次拦截及其退款、退回 */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `REFUND_NOT_FOUND` 没有找到退款单 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`CONFIRMATION_REQUIRED` 需要确认；`WARNINGS_NOT_ACKNOWLEDGED` 有提醒尚未知悉 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`INTERCEPT_NOT_ELIGIBLE` 不符合拦截条件；`RETURN_NOT_OFFERED` 不支持这种退回方式；`CARRIER_REFUSED` 快递多次拒绝拦截 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台；`ENGINE_UNAVAILABLE` 流程引擎暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createInterceptBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "items": [
         *         {
         *           "refundId": "2260718200000012"
         *         }
         *       ],
         *       "confirm": true
         *     }
         */
        'application/json': {
          items: {
            /**
             * @description 平台退款单号
             * @example 2260718200000012
             */
            refundId: string;
            /** @description 已知悉的提醒 */
            acknowledge?: ('PARTIAL_REFUND' | 'EARLIER_DISPATCH' | 'OTHER_GOODS_IN_PARCEL' | 'SHARED_PARCEL')[];
            /**
             * @description SENDER 退回寄件人地址；OUTLET 退回收件网点，到网点自取；ADDRESS 退回店铺保存的退货地址。预检的 returnsTo 之一；不写时退回寄件人，同一包裹已有拦截时与其相同
             * @enum {string}
             */
            returnTo?: 'SENDER' | 'OUTLET' | 'ADDRESS';
          }[];
          /**
           * @description 商家已确认；必须为 true
           * @example true
           */
          confirm?: boolean;
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            results: {
              /**
               * @description 平台退款单号
               * @example 2260718200000012
               */
              refundId: string;
              /**
               * @description CREATED 已发起；EXISTING 已有；INELIGIBLE 不符合条件；FAILED 未成功，可重试或按 problem 处理
               * @enum {string}
               */
              outcome: 'CREATED' | 'EXISTING' | 'INELIGIBLE' | 'FAILED';
              intercept?: components['schemas']['Intercept'];
              problem?: components['schemas']['Problem'];
            }[];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`CONFIRMATION_REQUIRED` 需要确认 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getIntercept: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 一次拦截及其退款、退回 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteIntercept: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERCEPT_IRREVOCABLE` 拦截不能撤销 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getInterceptTrack: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @enum {string} */
              event:
                | 'PICKED_UP'
                | 'DEPARTED'
                | 'ARRIVED'
                | 'OUT_FOR_DELIVERY'
                | 'AWAITING_PICKUP'
                | 'SIGNED'
                | 'DELIVERY_FAILED'
                | 'PROBLEM'
                | 'RETURNING'
                | 'REDIRECTED'
                | 'RETURN_SIGNED'
                | 'LOST'
                | 'DAMAGED'
                | 'OTHER';
              /**
               * Format: date-time
               * @example 2026-11-20T08:30:00.000Z
               */
              occurredAt: string;
              /**
               * Format: date-time
               * @example 2026-11-20T08:30:00.000Z
               */
              receivedAt: string;
              outletCode: string | null;
              outletName: string | null;
              /** @description 快递原文，其中的电话与姓名已隐去 */
              text: string;
              /**
               * @description PUSH 快递推送；QUERY 主动查询；RESULT 结果推送
               * @enum {string}
               */
              source: 'PUSH' | 'QUERY' | 'RESULT';
              /** @description 快递的原始记录；案件结束并过了保存期后为 null */
              raw: unknown;
            }[];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listInterceptEvents: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
      };
      header?: never;
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /**
               * Format: date-time
               * @example 2026-11-20T08:30:00.000Z
               */
              at: string;
              /**
               * @description MERCHANT 商家；CARRIER 快递；PLATFORM 平台；CLOCK 时限；SYSTEM 系统
               * @enum {string}
               */
              actorKind: 'MERCHANT' | 'CARRIER' | 'PLATFORM' | 'CLOCK' | 'SYSTEM';
              actor: string;
              /** @example INTERCEPT_INITIATED */
              what: string;
              before: {
                [key: string]: string | number | null;
              };
              after: {
                [key: string]: string | number | null;
              };
              reference: string | null;
            }[];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  approveRefund: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    /** @description 不写金额时，最多退拦截发起时的金额 */
    requestBody?: {
      content: {
        /**
         * @example {
         *       "refundFeeFen": 12900
         *     }
         */
        'application/json': {
          /**
           * @description 金额（分）
           * @example 12900
           */
          refundFeeFen?: number;
        };
      };
    };
    responses: {
      /** @description 一次拦截及其退款、退回 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description 一次拦截及其退款、退回 */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`ACTION_NOT_ALLOWED` 当前不能执行此操作；`COMMAND_IN_PROGRESS` 上一个操作尚未完成；`EVIDENCE_PENDING` 快递刚有新结果；`AMOUNT_CHANGED` 退款金额已变化；`WAYBILL_CHANGED` 退款单的运单已更换 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`ACTION_REFUSED_BY_PLATFORM` 平台拒绝了此操作 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`ENGINE_UNAVAILABLE` 流程引擎暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rejectRefund: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "101",
         *       "description": "包裹已由买家签收"
         *     }
         */
        'application/json': {
          /**
           * @description 平台的拒绝原因代码
           * @example 101
           */
          reason: string;
          /** @example 包裹已由买家签收 */
          description?: string;
          images?: string[];
        };
      };
    };
    responses: {
      /** @description 一次拦截及其退款、退回 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description 一次拦截及其退款、退回 */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`ACTION_NOT_ALLOWED` 当前不能执行此操作；`COMMAND_IN_PROGRESS` 上一个操作尚未完成；`EVIDENCE_PENDING` 快递刚有新结果；`AMOUNT_CHANGED` 退款金额已变化；`WAYBILL_CHANGED` 退款单的运单已更换 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`ACTION_REFUSED_BY_PLATFORM` 平台拒绝了此操作 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`ENGINE_UNAVAILABLE` 流程引擎暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  approveRefundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "items": [
         *         {
         *           "interceptId": "2260718200000012-1",
         *           "refundFeeFen": 12900
         *         }
         *       ]
         *     }
         */
        'application/json': {
          items: {
            /**
             * @description 拦截单号：退款单号-次数
             * @example 2260718200000012-1
             */
            interceptId: string;
            /**
             * @description 金额（分）
             * @example 12900
             */
            refundFeeFen: number;
          }[];
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            results: {
              /**
               * @description 拦截单号：退款单号-次数
               * @example 2260718200000012-1
               */
              interceptId: string;
              /**
               * @description DONE 已完成；TAKEN 已提交，平台尚未答复；FAILED 未成功，原因见 problem
               * @enum {string}
               */
              outcome: 'DONE' | 'TAKEN' | 'FAILED';
              intercept?: components['schemas']['Intercept'];
              problem?: components['schemas']['Problem'];
            }[];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rejectRefundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "interceptIds": [
         *         "2260718200000012-1"
         *       ],
         *       "reason": "101"
         *     }
         */
        'application/json': {
          interceptIds: string[];
          /**
           * @description 平台的拒绝原因代码
           * @example 101
           */
          reason: string;
          description?: string;
          images?: string[];
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            results: {
              /**
               * @description 拦截单号：退款单号-次数
               * @example 2260718200000012-1
               */
              interceptId: string;
              /**
               * @description DONE 已完成；TAKEN 已提交，平台尚未答复；FAILED 未成功，原因见 problem
               * @enum {string}
               */
              outcome: 'DONE' | 'TAKEN' | 'FAILED';
              intercept?: components['schemas']['Intercept'];
              problem?: components['schemas']['Problem'];
            }[];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  requestArbitration: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "description": "买家已签收但仍申请仅退款"
         *     }
         */
        'application/json': {
          /** @example 买家已签收但仍申请仅退款 */
          description: string;
          pictures?: string[];
        };
      };
    };
    responses: {
      /** @description 一次拦截及其退款、退回 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description 一次拦截及其退款、退回 */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Intercept'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`ACTION_NOT_ALLOWED` 当前不能执行此操作；`COMMAND_IN_PROGRESS` 上一个操作尚未完成；`EVIDENCE_PENDING` 快递刚有新结果；`AMOUNT_CHANGED` 退款金额已变化；`WAYBILL_CHANGED` 退款单的运单已更换 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`ACTION_REFUSED_BY_PLATFORM` 平台拒绝了此操作 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`ENGINE_UNAVAILABLE` 流程引擎暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRejectReasons: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @example 101 */
              reason: string;
              text: string;
              descriptionRequired: boolean;
              imageRequired: boolean;
            }[];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getRules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            rules: components['schemas']['Rules'];
            today: {
              shop: {
                feeFen: number;
                count: number;
              };
              byRule: {
                ruleId: string;
                feeFen: number;
                count: number;
              }[];
            };
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  putRules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "baseVersion": 0,
         *       "confirm": true,
         *       "limits": {
         *         "paused": false,
         *         "dailyFeeFen": 20000,
         *         "dailyCount": 50,
         *         "hours": null
         *       },
         *       "rules": [
         *         {
         *           "ruleId": "gifts",
         *           "name": "赠品不拦",
         *           "action": "LEAVE",
         *           "conditions": {
         *             "titleWords": [
         *               "赠品"
         *             ]
         *           },
         *           "acknowledge": [],
         *           "limits": {
         *             "paused": false,
         *             "dailyFeeFen": null,
         *             "dailyCount": null,
         *             "hours": null
         *           }
         *         },
         *         {
         *           "ruleId": "small-parcels",
         *           "name": "小额快拦",
         *           "action": "INTERCEPT",
         *           "conditions": {
         *             "carriers": [
         *               "ZTO"
         *             ],
         *             "refundFeeFen": {
         *               "atLeast": 2000,
         *               "atMost": 30000
         *             },
         *             "expectedFeeFen": {
         *               "atMost": 500
         *             },
         *             "trackStandings": [
         *               "MOVING"
         *             ]
         *           },
         *           "acknowledge": [],
         *           "limits": {
         *             "paused": false,
         *             "dailyFeeFen": null,
         *             "dailyCount": null,
         *             "hours": null
         *           }
         *         }
         *       ]
         *     }
         */
        'application/json': {
          /** @description 据以修改的版本；其间有人保存过则为 409 */
          baseVersion: number;
          /** @description 会自动发起拦截时必须为 true：一次确认，以金额和费用上限为界 */
          confirm?: boolean;
          /** @description 预算、工作时间、暂停；null 不作限制 */
          limits: {
            paused: boolean;
            dailyFeeFen: number | null;
            dailyCount: number | null;
            hours: {
              days: number[];
              /** @example 09:00 */
              from: string;
              /** @example 21:00 */
              to: string;
            } | null;
          };
          /** @description 从上到下，第一条符合的规则决定 */
          rules: {
            /**
             * @description 各版本不变
             * @example small-parcels
             */
            ruleId: string;
            /** @example 小额快拦 */
            name: string;
            /**
             * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
             * @enum {string}
             */
            action: 'INTERCEPT' | 'ASK' | 'LEAVE';
            /** @description 须全部符合；未写的不作要求；不知道的事实不符合任何要求 */
            conditions: {
              carriers?: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD')[];
              outletCodes?: string[];
              /** @description 退款金额（分），含两端 */
              refundFeeFen?: {
                atLeast?: number;
                atMost?: number;
              };
              expectedFeeFen?: {
                /** @description 拦截费上限（分）；没有约定价格的网点不符合 */
                atMost: number;
              };
              trackStandings?: (
                | 'NO_TRACK'
                | 'UNAVAILABLE'
                | 'UNKNOWN'
                | 'MOVING'
                | 'OUT_FOR_DELIVERY'
                | 'AWAITING_PICKUP'
                | 'SIGNED'
                | 'RETURNING'
                | 'RETURN_SIGNED'
              )[];
              /** @description 最近一次轨迹距今的整小时数 */
              lastScanHours?: {
                atLeast?: number;
                atMost?: number;
              };
              /** @description 商品标题含其中任一 */
              titleWords?: string[];
              /** @description 类目编号，或类目名称的一部分 */
              categories?: string[];
              /** @description 收货省份 */
              provinces?: string[];
              /** @description 退款原因含其中任一 */
              refundReasons?: string[];
              /** @description 该买家此前经本店规则判定过的其他退款数 */
              earlierRefunds?: {
                atLeast?: number;
                atMost?: number;
              };
            };
            /** @description 视为已知悉的提醒；有其他提醒时交给人决定 */
            acknowledge: ('PARTIAL_REFUND' | 'EARLIER_DISPATCH' | 'OTHER_GOODS_IN_PARCEL' | 'SHARED_PARCEL')[];
            /** @description 预算、工作时间、暂停；null 不作限制 */
            limits: {
              paused: boolean;
              dailyFeeFen: number | null;
              dailyCount: number | null;
              hours: {
                days: number[];
                /** @example 09:00 */
                from: string;
                /** @example 21:00 */
                to: string;
              } | null;
            };
          }[];
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            rules: components['schemas']['Rules'];
            today: {
              shop: {
                feeFen: number;
                count: number;
              };
              byRule: {
                ruleId: string;
                feeFen: number;
                count: number;
              }[];
            };
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `CONFIRMATION_REQUIRED` 需要确认；`RULES_CHANGED` 规则已被修改 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pauseRules: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "paused": true
         *     }
         */
        'application/json': {
          paused: boolean;
          /** @description 恢复自动拦截时必须为 true */
          confirm?: boolean;
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            rules: components['schemas']['Rules'];
            today: {
              shop: {
                feeFen: number;
                count: number;
              };
              byRule: {
                ruleId: string;
                feeFen: number;
                count: number;
              }[];
            };
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`CONFIRMATION_REQUIRED` 需要确认 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRuleVersions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Rules'][];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  dryRunRules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "days": 30,
         *       "limits": {
         *         "paused": false,
         *         "dailyFeeFen": 20000,
         *         "dailyCount": 50,
         *         "hours": null
         *       },
         *       "rules": [
         *         {
         *           "ruleId": "gifts",
         *           "name": "赠品不拦",
         *           "action": "LEAVE",
         *           "conditions": {
         *             "titleWords": [
         *               "赠品"
         *             ]
         *           },
         *           "acknowledge": [],
         *           "limits": {
         *             "paused": false,
         *             "dailyFeeFen": null,
         *             "dailyCount": null,
         *             "hours": null
         *           }
         *         },
         *         {
         *           "ruleId": "small-parcels",
         *           "name": "小额快拦",
         *           "action": "INTERCEPT",
         *           "conditions": {
         *             "carriers": [
         *               "ZTO"
         *             ],
         *             "refundFeeFen": {
         *               "atLeast": 2000,
         *               "atMost": 30000
         *             },
         *             "expectedFeeFen": {
         *               "atMost": 500
         *             },
         *             "trackStandings": [
         *               "MOVING"
         *             ]
         *           },
         *           "acknowledge": [],
         *           "limits": {
         *             "paused": false,
         *             "dailyFeeFen": null,
         *             "dailyCount": null,
         *             "hours": null
         *           }
         *         }
         *       ]
         *     }
         */
        'application/json': {
          days: number;
          /**
           * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
           * @enum {string}
           */
          decision?: 'INTERCEPT' | 'ASK' | 'LEAVE';
          /** @default 50 */
          limit?: number;
          /** @description 上一页的 next */
          skip?: number;
          /** @description 预算、工作时间、暂停；null 不作限制 */
          limits: {
            paused: boolean;
            dailyFeeFen: number | null;
            dailyCount: number | null;
            hours: {
              days: number[];
              /** @example 09:00 */
              from: string;
              /** @example 21:00 */
              to: string;
            } | null;
          };
          /** @description 从上到下，第一条符合的规则决定 */
          rules: {
            /**
             * @description 各版本不变
             * @example small-parcels
             */
            ruleId: string;
            /** @example 小额快拦 */
            name: string;
            /**
             * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
             * @enum {string}
             */
            action: 'INTERCEPT' | 'ASK' | 'LEAVE';
            /** @description 须全部符合；未写的不作要求；不知道的事实不符合任何要求 */
            conditions: {
              carriers?: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD')[];
              outletCodes?: string[];
              /** @description 退款金额（分），含两端 */
              refundFeeFen?: {
                atLeast?: number;
                atMost?: number;
              };
              expectedFeeFen?: {
                /** @description 拦截费上限（分）；没有约定价格的网点不符合 */
                atMost: number;
              };
              trackStandings?: (
                | 'NO_TRACK'
                | 'UNAVAILABLE'
                | 'UNKNOWN'
                | 'MOVING'
                | 'OUT_FOR_DELIVERY'
                | 'AWAITING_PICKUP'
                | 'SIGNED'
                | 'RETURNING'
                | 'RETURN_SIGNED'
              )[];
              /** @description 最近一次轨迹距今的整小时数 */
              lastScanHours?: {
                atLeast?: number;
                atMost?: number;
              };
              /** @description 商品标题含其中任一 */
              titleWords?: string[];
              /** @description 类目编号，或类目名称的一部分 */
              categories?: string[];
              /** @description 收货省份 */
              provinces?: string[];
              /** @description 退款原因含其中任一 */
              refundReasons?: string[];
              /** @description 该买家此前经本店规则判定过的其他退款数 */
              earlierRefunds?: {
                atLeast?: number;
                atMost?: number;
              };
            };
            /** @description 视为已知悉的提醒；有其他提醒时交给人决定 */
            acknowledge: ('PARTIAL_REFUND' | 'EARLIER_DISPATCH' | 'OTHER_GOODS_IN_PARCEL' | 'SHARED_PARCEL')[];
            /** @description 预算、工作时间、暂停；null 不作限制 */
            limits: {
              paused: boolean;
              dailyFeeFen: number | null;
              dailyCount: number | null;
              hours: {
                days: number[];
                /** @example 09:00 */
                from: string;
                /** @example 21:00 */
                to: string;
              } | null;
            };
          }[];
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * Format: date-time
             * @example 2026-11-20T08:30:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @example 2026-11-20T08:30:00.000Z
             */
            to: string;
            /** @description 这段时间内判定过的退款 */
            refunds: number;
            totals: {
              /**
               * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
               * @enum {string}
               */
              decision: 'INTERCEPT' | 'ASK' | 'LEAVE';
              /**
               * @description RULE 按规则；NO_RULE_MATCHED 没有规则符合；RULES_PAUSED 规则已暂停；NOT_ELIGIBLE 不符合拦截条件；OUTSIDE_HOURS 不在工作时间；WARNINGS_NOT_ACKNOWLEDGED 有提醒须由人确认；RULE_BUDGET_SPENT 该规则的当日预算已用完；SHOP_BUDGET_SPENT 店铺的当日预算已用完
               * @enum {string}
               */
              cause:
                | 'RULE'
                | 'NO_RULE_MATCHED'
                | 'RULES_PAUSED'
                | 'NOT_ELIGIBLE'
                | 'OUTSIDE_HOURS'
                | 'WARNINGS_NOT_ACKNOWLEDGED'
                | 'RULE_BUDGET_SPENT'
                | 'SHOP_BUDGET_SPENT';
              ruleId: string | null;
              refunds: number;
              refundFeeFen: number;
              /** @description 拦截全部成功时的费用 */
              feeFen: number;
            }[];
            busiestDay: {
              feeFen: number;
              count: number;
            };
            items: {
              /**
               * @description 平台退款单号
               * @example 2260718200000012
               */
              refundId: string;
              orderId: string;
              /**
               * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
               * @enum {string}
               */
              decision: 'INTERCEPT' | 'ASK' | 'LEAVE';
              /**
               * @description RULE 按规则；NO_RULE_MATCHED 没有规则符合；RULES_PAUSED 规则已暂停；NOT_ELIGIBLE 不符合拦截条件；OUTSIDE_HOURS 不在工作时间；WARNINGS_NOT_ACKNOWLEDGED 有提醒须由人确认；RULE_BUDGET_SPENT 该规则的当日预算已用完；SHOP_BUDGET_SPENT 店铺的当日预算已用完
               * @enum {string}
               */
              cause:
                | 'RULE'
                | 'NO_RULE_MATCHED'
                | 'RULES_PAUSED'
                | 'NOT_ELIGIBLE'
                | 'OUTSIDE_HOURS'
                | 'WARNINGS_NOT_ACKNOWLEDGED'
                | 'RULE_BUDGET_SPENT'
                | 'SHOP_BUDGET_SPENT';
              ruleId: string | null;
              refundFeeFen: number;
              expectedFeeFen: number | null;
              itemTitle: string;
              carrier: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD') | null;
              outletName: string | null;
              /**
               * Format: date-time
               * @example 2026-11-20T08:30:00.000Z
               */
              at: string;
              /** @description 逐条判定，到决定的那条为止 */
              rules: {
                ruleId: string;
                name: string;
                /**
                 * @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截
                 * @enum {string}
                 */
                action: 'INTERCEPT' | 'ASK' | 'LEAVE';
                /**
                 * @description MATCHED 符合；NOT_MATCHED 不符合；PAUSED 已暂停，跳过
                 * @enum {string}
                 */
                verdict: 'MATCHED' | 'NOT_MATCHED' | 'PAUSED';
                conditions: {
                  /** @enum {string} */
                  condition:
                    | 'carriers'
                    | 'outletCodes'
                    | 'refundFeeFen'
                    | 'expectedFeeFen'
                    | 'trackStandings'
                    | 'lastScanHours'
                    | 'titleWords'
                    | 'categories'
                    | 'provinces'
                    | 'refundReasons'
                    | 'earlierRefunds';
                  wanted:
                    | string[]
                    | {
                        atLeast?: number;
                        atMost?: number;
                      };
                  found: string | number | null;
                  holds: boolean;
                }[];
              }[];
              reasons: {
                code: string;
                message: string;
                carrierCode?: string;
              }[];
              warnings: {
                code: string;
                message: string;
                carrierCode?: string;
              }[];
            }[];
            next: number | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listJudgements: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description INTERCEPT 自动拦截；ASK 交给人决定；LEAVE 不拦截 */
        decision?: 'INTERCEPT' | 'ASK' | 'LEAVE';
        /**
         * @description 平台退款单号
         * @example 2260718200000012
         */
        refundId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Judgement'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRefundJudgements: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 平台退款单号
         * @example 2260718200000012
         */
        refundId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Judgement'][];
            /** @description 还会再判定 */
            waiting: boolean;
            interceptId: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getDecisionSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 拦截失败或没有结果时：建议、提醒与上报。都只供人参考，不会自动执行 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DecisionSettings'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  putDecisionSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "baseVersion": 0,
         *       "proposals": [
         *         {
         *           "proposalId": "signed",
         *           "name": "已签收拒绝",
         *           "action": "REJECT",
         *           "situations": [
         *             "SIGNED"
         *           ],
         *           "conditions": {},
         *           "rejection": {
         *             "reason": "1002",
         *             "description": "包裹已派送给买家"
         *           }
         *         },
         *         {
         *           "proposalId": "small",
         *           "name": "小额同意",
         *           "action": "APPROVE",
         *           "situations": [
         *             "LOST",
         *             "CARRIER_FAILED",
         *             "NO_RESULT"
         *           ],
         *           "conditions": {
         *             "refundFeeFen": {
         *               "atMost": 3000
         *             }
         *           },
         *           "rejection": null
         *         }
         *       ],
         *       "remindHoursBefore": [
         *         24,
         *         4,
         *         1
         *       ],
         *       "escalation": {
         *         "staffId": "staff_5f0c9a529a0e4a539d1c2f6f9a1f3c11",
         *         "hoursBefore": 4
         *       }
         *     }
         */
        'application/json': {
          /** @description 据以修改的版本；其间有人保存过则为 409 */
          baseVersion: number;
          /** @description 从上到下，第一条符合的成为建议 */
          proposals: {
            /** @example signed */
            proposalId: string;
            /** @example 已签收拒绝 */
            name: string;
            /**
             * @description APPROVE 同意退款；REJECT 拒绝退款
             * @enum {string}
             */
            action: 'APPROVE' | 'REJECT';
            /** @description 其中任一 */
            situations: ('SIGNED' | 'LOST' | 'CARRIER_FAILED' | 'NO_RESULT')[];
            /** @description 须全部符合；未写的不作要求；expectedFeeFen 为拦截发起时约定的费用 */
            conditions: {
              carriers?: ('ZTO' | 'YTO' | 'STO' | 'JT' | 'JD')[];
              outletCodes?: string[];
              /** @description 退款金额（分），含两端 */
              refundFeeFen?: {
                atLeast?: number;
                atMost?: number;
              };
              expectedFeeFen?: {
                /** @description 拦截费上限（分）；没有约定价格的网点不符合 */
                atMost: number;
              };
            };
            rejection: {
              /**
               * @description 平台的拒绝原因代码
               * @example 1002
               */
              reason: string;
              /** @description 随拒绝提交的说明 */
              description: string;
            } | null;
          }[];
          /** @description 自动退款前何时提醒 */
          remindHoursBefore: number[];
          escalation: {
            /** @description 员工编号 */
            staffId: string;
            /** @description 自动退款前的小时数 */
            hoursBefore: number;
          } | null;
        };
      };
    };
    responses: {
      /** @description 拦截失败或没有结果时：建议、提醒与上报。都只供人参考，不会自动执行 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DecisionSettings'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RULES_CHANGED` 规则已被修改 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReturnAddress: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 店铺的退货地址：退回指定地址时，拦截下的包裹寄到这里 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReturnAddress'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  putReturnAddress: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "禾木家居售后",
         *       "phone": "0579-85000000",
         *       "province": "浙江省",
         *       "city": "金华市",
         *       "district": "义乌市",
         *       "address": "福田街道诚信大道1号仓"
         *     }
         */
        'application/json': {
          /**
           * @description 收件人
           * @example 禾木家居售后
           */
          name: string;
          /**
           * @description 手机或固话，分机号前加“-”；虚拟号需带分机号
           * @example 0579-85000000
           */
          phone: string;
          /**
           * @description 省
           * @example 浙江省
           */
          province: string;
          /**
           * @description 市
           * @example 金华市
           */
          city: string;
          /**
           * @description 区县
           * @example 义乌市
           */
          district: string;
          /**
           * @description 街道与门牌
           * @example 福田街道诚信大道1号仓
           */
          address: string;
        };
      };
    };
    responses: {
      /** @description 店铺的退货地址：退回指定地址时，拦截下的包裹寄到这里 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReturnAddress'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteReturnAddress: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 已删除 */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getService: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 拦截服务 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Service'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  openService: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "agreementVersion": "2026-01",
         *       "agree": true,
         *       "signedBy": "张三"
         *     }
         */
        'application/json': {
          /**
           * @description 所签协议的版本
           * @example 2026-01
           */
          agreementVersion: string;
          /**
           * @description 同意拦截物流服务协议
           * @enum {boolean}
           */
          agree: true;
          /**
           * @description 签署人
           * @example 张三
           */
          signedBy: string;
        };
      };
    };
    responses: {
      /** @description 拦截服务 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Service'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`EBILL_NOT_OPENED` 尚未开通电子面单；`AGREEMENT_VERSION_OUTDATED` 协议版本已更新 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  closeService: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "暂不需要拦截服务"
         *     }
         */
        'application/json': {
          /**
           * @description 关闭原因
           * @example 暂不需要拦截服务
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description 拦截服务 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Service'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listOutlets: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Outlet'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listOutletSubscriptions: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /** @description PENDING 审核中；ACTIVE 已生效；REJECTED 已驳回；CLOSED 已关闭 */
        status?: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'CLOSED';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['OutletSubscription'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  subscribeOutlet: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "carrier": "ZTO",
         *       "outletCode": "75500"
         *     }
         */
        'application/json': {
          /**
           * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
           * @enum {string}
           */
          carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
          /**
           * @description 网点代码
           * @example 75500
           */
          outletCode: string;
        };
      };
    };
    responses: {
      /** @description 网点订购 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutletSubscription'];
        };
      };
      /** @description 网点订购 */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutletSubscription'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`SERVICE_NOT_OPEN` 拦截服务未开通；`EBILL_NOT_OPENED` 尚未开通电子面单 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`OUTLET_NOT_COOPERATING` 网点不在电子面单合作网点中 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  remindOutletSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        subscriptionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 网点订购 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutletSubscription'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`SUBSCRIPTION_NOT_PENDING` 该订购不在审核中 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  reviewOutletSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        subscriptionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "decision": "REJECT",
         *       "reason": "网点暂不提供拦截服务"
         *     }
         */
        'application/json': {
          /**
           * @description APPROVE 通过；REJECT 驳回
           * @enum {string}
           */
          decision: 'APPROVE' | 'REJECT';
          /**
           * @description 驳回的原因
           * @example 网点暂不提供拦截服务
           */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description 网点订购 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutletSubscription'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`SUBSCRIPTION_NOT_PENDING` 该订购不在审核中 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  closeOutletSubscription: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        subscriptionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 网点订购 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutletSubscription'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `SUBSCRIPTION_BY_DEFAULT` 该网点默认开通 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  registerWaybills: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "items": [
         *         {
         *           "waybillNo": "75312345678901",
         *           "carrier": "ZTO",
         *           "outletCode": "75500"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          items: {
            /**
             * @description 运单号
             * @example 75312345678901
             */
            waybillNo: string;
            /**
             * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
             * @enum {string}
             */
            carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
            /**
             * @description 网点代码
             * @example 75500
             */
            outletCode: string;
          }[];
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /**
               * @description 运单号
               * @example 75312345678901
               */
              waybillNo: string;
              /**
               * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
               * @enum {string}
               */
              carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
              /**
               * @description 网点代码
               * @example 75500
               */
              outletCode: string;
              outletName: string;
            }[];
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`OUTLET_NOT_COOPERATING` 网点不在电子面单合作网点中 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`PLATFORM_UNAVAILABLE` 暂时连不上店铺平台 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listOutletPrices: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['OutletPrice'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  putOutletPrice: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "carrier": "ZTO",
         *       "outletCode": "75500",
         *       "feeFen": 350,
         *       "effectiveFrom": "2026-12-01T00:00:00.000+08:00"
         *     }
         */
        'application/json': {
          /**
           * @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入）
           * @enum {string}
           */
          carrier: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
          /**
           * @description 网点代码
           * @example 75500
           */
          outletCode: string;
          /**
           * @description 拦截费（分）
           * @example 350
           */
          feeFen: number;
          /**
           * Format: date-time
           * @example 2026-11-20T08:30:00.000Z
           */
          effectiveFrom: string;
        };
      };
    };
    responses: {
      /** @description 与网点约定的拦截费，自生效时刻起 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutletPrice'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listWebhookEndpoints: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['WebhookEndpoint'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://erp.example.com/hooks/refund-intercept",
         *       "types": [
         *         "intercept.succeeded",
         *         "intercept.failed",
         *         "refund.refunded"
         *       ]
         *     }
         */
        'application/json': {
          /** @description 公网 https 地址，443 端口，不跟随重定向 */
          url: string;
          /** @description 要接收的事件 */
          types: (
            | 'intercept.requested'
            | 'intercept.accepted'
            | 'intercept.refused'
            | 'intercept.succeeded'
            | 'intercept.failed'
            | 'refund.reject_unlocked'
            | 'refund.deadline_near'
            | 'refund.refunded'
            | 'refund.rejected'
            | 'refund.arbitration_requested'
            | 'refund.closed'
            | 'return.returning'
            | 'return.signed'
            | 'return.failed'
            | 'subscription.reviewed'
            | 'claim.updated'
          )[];
        };
      };
    };
    responses: {
      /** @description 推送地址及其密钥 */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewWebhookEndpoint'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`WEBHOOK_ENDPOINT_LIMIT` 推送地址已达上限 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`WEBHOOK_URL_REFUSED` 推送地址不可用 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 接收事件推送的地址 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 已删除 */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 推送地址及其密钥 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewWebhookEndpoint'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  enableWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 接收事件推送的地址 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 一个事件对一个地址的投递 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description PENDING 投递中；DELIVERED 已送达；FAILED 未送达 */
        status?: 'PENDING' | 'DELIVERED' | 'FAILED';
        /** @description intercept.requested 已发起拦截；intercept.accepted 快递已受理；intercept.refused 快递拒绝拦截；intercept.succeeded 拦截成功；intercept.failed 拦截失败；refund.reject_unlocked 可拒绝退款；refund.deadline_near 临近自动退款（24 小时、2 小时前，或按店铺设定）；refund.refunded 已退款；refund.rejected 已拒绝退款；refund.arbitration_requested 平台介入；refund.closed 退款关闭；return.returning 退回途中；return.signed 退回签收；return.failed 退回异常；subscription.reviewed 网点审核了订购；claim.updated 索赔有进展；webhook.test 测试消息 */
        type?:
          | 'intercept.requested'
          | 'intercept.accepted'
          | 'intercept.refused'
          | 'intercept.succeeded'
          | 'intercept.failed'
          | 'refund.reject_unlocked'
          | 'refund.deadline_near'
          | 'refund.refunded'
          | 'refund.rejected'
          | 'refund.arbitration_requested'
          | 'refund.closed'
          | 'return.returning'
          | 'return.signed'
          | 'return.failed'
          | 'subscription.reviewed'
          | 'claim.updated'
          | 'webhook.test';
      };
      header?: never;
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['WebhookDelivery'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  redeliverWebhook: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        endpointId: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 一个事件对一个地址的投递 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  replayWebhookEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "from": "2026-11-20T00:00:00.000Z",
         *       "to": "2026-11-21T00:00:00.000Z"
         *     }
         */
        'application/json': {
          /**
           * Format: date-time
           * @example 2026-11-20T08:30:00.000Z
           */
          from: string;
          /**
           * Format: date-time
           * @example 2026-11-20T08:30:00.000Z
           */
          to?: string;
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description 重新投递的事件数 */
            count: number;
            /** @description 为 true 时请以同样的范围再次调用 */
            more: boolean;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`WEBHOOK_ENDPOINT_DISABLED` 推送地址已停用 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listNotices: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description true 只看未读；false 只看已读 */
        unread?: 'true' | 'false';
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Notice'][];
            nextCursor: string | null;
            /** @description 未读条数，至多数到 1000 */
            unreadCount: number;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  markNoticeRead: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 消息编号，越新越大
         * @example 1042
         */
        noticeId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 店铺消息 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Notice'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  markAllNoticesRead: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "upTo": "1042"
         *     }
         */
        'application/json': {
          /**
           * @description 消息编号，越新越大
           * @example 1042
           */
          upTo?: string;
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description 由未读变为已读的条数 */
            count: number;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listNoticeChannels: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['NoticeChannel'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createNoticeChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "DINGTALK",
         *       "name": "售后群",
         *       "url": "https://oapi.dingtalk.com/robot/send?access_token=5d41402abc4b2a76b9719d911017c592",
         *       "secret": "SEC7d793037a0763331"
         *     }
         */
        'application/json': {
          /**
           * @description WECOM 企业微信群机器人；DINGTALK 钉钉群机器人；FEISHU 飞书群机器人；EMAIL 电子邮件
           * @enum {string}
           */
          kind: 'WECOM' | 'DINGTALK' | 'FEISHU' | 'EMAIL';
          /**
           * @description 渠道名称
           * @example 售后群
           */
          name: string;
          /**
           * @description 机器人的 Webhook 地址，原样填写；不再完整显示
           * @example https://oapi.dingtalk.com/robot/send?access_token=5d41402abc4b2a76b9719d911017c592
           */
          url?: string;
          /**
           * @description 签名密钥：钉钉“加签”、飞书“签名校验”，必填；企业微信没有
           * @example SEC7d793037a0763331
           */
          secret?: string;
          /**
           * @description 收件地址；不再完整显示
           * @example aftersales@shop.example
           */
          address?: string;
          /** @description 要通知的消息；新建时不填则为所有需要人处理的 */
          codes?: (
            | 'intercept.refused'
            | 'intercept.succeeded'
            | 'intercept.failed'
            | 'refund.reject_unlocked'
            | 'refund.deadline_near'
            | 'refund.refunded'
            | 'refund.rejected'
            | 'refund.arbitration_requested'
            | 'refund.closed'
            | 'return.returning'
            | 'return.signed'
            | 'return.failed'
            | 'subscription.reviewed'
            | 'claim.updated'
            | 'REFUND_PAYMENT_FAILED'
            | 'REFUND_UNCONFIRMED'
            | 'REFUND_REOPENED'
            | 'REFUND_AMOUNT_RAISED'
            | 'REFUND_TYPE_CHANGED'
            | 'LATE_SUCCESS_AFTER_REJECTION'
            | 'PARCEL_RETURNS_AFTER_WITHDRAWAL'
            | 'PARCEL_RETURNS_AFTER_REFUSAL'
            | 'ACTION_REFUSED_BY_PLATFORM'
            | 'PLATFORM_DEADLINE_EARLIER'
            | 'PLATFORM_AUTHORISATION_EXPIRING'
            | 'CARRIER_ACCESS_BROKEN'
            | 'WAYBILL_CHANGED'
            | 'REJECTION_UNCONFIRMED'
            | 'WEBHOOK_ENDPOINT_DISABLED'
            | 'QUARANTINE_GREW'
            | 'CLAIM_QUIET'
            | 'CLAIM_VERDICT_MISSING'
            | 'CLAIM_REFUSED_BY_CARRIER'
            | 'NOTICE_CHANNEL_DISABLED'
            | 'DECISION_ESCALATED'
          )[];
          /**
           * @description zh-CN 中文；en-US 英文
           * @enum {string}
           */
          language?: 'zh-CN' | 'en-US';
          quietHours?: {
            /**
             * @description 开始，北京时间
             * @example 22:00
             */
            from: string;
            /**
             * @description 结束；早于开始则为次日
             * @example 22:00
             */
            to: string;
          } | null;
          /**
           * @description NONE 随时；HOURLY 每小时汇总（05 分）；DAILY 每日汇总（digestAt）
           * @enum {string}
           */
          digest?: 'NONE' | 'HOURLY' | 'DAILY';
          /**
           * @description 每日汇总的时间，北京时间
           * @example 22:00
           */
          digestAt?: string;
        };
      };
    };
    responses: {
      /** @description 店铺消息的通知渠道 */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NoticeChannel'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`NOTICE_CHANNEL_LIMIT` 通知渠道已达上限；`MAIL_NOT_CONFIGURED` 未开通邮件通知 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`NOTICE_CHANNEL_URL_REFUSED` 机器人地址不可用 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getNoticeChannel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 店铺消息的通知渠道 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NoticeChannel'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  putNoticeChannel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        channelId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "售后群",
         *       "codes": [
         *         "refund.deadline_near",
         *         "REFUND_UNCONFIRMED"
         *       ],
         *       "enabled": true
         *     }
         */
        'application/json': {
          /**
           * @description 渠道名称
           * @example 售后群
           */
          name: string;
          /** @description 要通知的消息；新建时不填则为所有需要人处理的 */
          codes: (
            | 'intercept.refused'
            | 'intercept.succeeded'
            | 'intercept.failed'
            | 'refund.reject_unlocked'
            | 'refund.deadline_near'
            | 'refund.refunded'
            | 'refund.rejected'
            | 'refund.arbitration_requested'
            | 'refund.closed'
            | 'return.returning'
            | 'return.signed'
            | 'return.failed'
            | 'subscription.reviewed'
            | 'claim.updated'
            | 'REFUND_PAYMENT_FAILED'
            | 'REFUND_UNCONFIRMED'
            | 'REFUND_REOPENED'
            | 'REFUND_AMOUNT_RAISED'
            | 'REFUND_TYPE_CHANGED'
            | 'LATE_SUCCESS_AFTER_REJECTION'
            | 'PARCEL_RETURNS_AFTER_WITHDRAWAL'
            | 'PARCEL_RETURNS_AFTER_REFUSAL'
            | 'ACTION_REFUSED_BY_PLATFORM'
            | 'PLATFORM_DEADLINE_EARLIER'
            | 'PLATFORM_AUTHORISATION_EXPIRING'
            | 'CARRIER_ACCESS_BROKEN'
            | 'WAYBILL_CHANGED'
            | 'REJECTION_UNCONFIRMED'
            | 'WEBHOOK_ENDPOINT_DISABLED'
            | 'QUARANTINE_GREW'
            | 'CLAIM_QUIET'
            | 'CLAIM_VERDICT_MISSING'
            | 'CLAIM_REFUSED_BY_CARRIER'
            | 'NOTICE_CHANNEL_DISABLED'
            | 'DECISION_ESCALATED'
          )[];
          /**
           * @description zh-CN 中文；en-US 英文
           * @enum {string}
           */
          language?: 'zh-CN' | 'en-US';
          quietHours?: {
            /**
             * @description 开始，北京时间
             * @example 22:00
             */
            from: string;
            /**
             * @description 结束；早于开始则为次日
             * @example 22:00
             */
            to: string;
          } | null;
          /**
           * @description NONE 随时；HOURLY 每小时汇总（05 分）；DAILY 每日汇总（digestAt）
           * @enum {string}
           */
          digest?: 'NONE' | 'HOURLY' | 'DAILY';
          /**
           * @description 每日汇总的时间，北京时间
           * @example 22:00
           */
          digestAt?: string;
          /** @description 停用时，尚未发出的不再发送 */
          enabled: boolean;
          /**
           * @description 机器人的 Webhook 地址，原样填写；不再完整显示
           * @example https://oapi.dingtalk.com/robot/send?access_token=5d41402abc4b2a76b9719d911017c592
           */
          url?: string;
          /**
           * @description 签名密钥：钉钉“加签”、飞书“签名校验”，必填；企业微信没有
           * @example SEC7d793037a0763331
           */
          secret?: string;
          /**
           * @description 收件地址；不再完整显示
           * @example aftersales@shop.example
           */
          address?: string;
        };
      };
    };
    responses: {
      /** @description 店铺消息的通知渠道 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NoticeChannel'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `MAIL_NOT_CONFIGURED` 未开通邮件通知 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOTICE_CHANNEL_URL_REFUSED` 机器人地址不可用 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteNoticeChannel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 已删除 */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testNoticeChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            delivered: boolean;
            error: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁；`NOTICE_CHANNEL_TESTED` 刚刚发送过测试 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  uploadFile: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "file": "@破损照片.jpg"
         *     }
         */
        'multipart/form-data': {
          /** @description JPEG、PNG 或 PDF，最大 5 MB；按内容识别类型；图片中的拍摄地点、时间、设备等信息不保留 */
          file: string;
        };
      };
    };
    responses: {
      /** @description 索赔证据文件 */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['File'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`FILE_QUOTA_EXCEEDED` 文件空间已用完 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型；`MULTIPART_REQUIRED` 须以表单上传文件 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`FILE_NOT_ACCEPTED` 文件不可用 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  downloadFile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        fileId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 文件内容，总是作为附件 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
          'image/png': string;
          'application/pdf': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  openClaim: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "DAMAGE",
         *       "contactPhone": "13800001234",
         *       "goods": [
         *         {
         *           "name": "连衣裙",
         *           "quantity": 1,
         *           "specification": "红色 M",
         *           "valueFen": 12900
         *         }
         *       ],
         *       "claimedFen": 12900,
         *       "description": "退回时外包装破损，衣物污损无法再售",
         *       "evidence": [
         *         "file_0f8fad5bd9cb469fa16570867728950e"
         *       ]
         *     }
         */
        'application/json': {
          /**
           * @description DAMAGE 破损；LOSS 遗失
           * @enum {string}
           */
          kind: 'DAMAGE' | 'LOSS';
          /**
           * @description 联系电话，须保持畅通
           * @example 13800001234
           */
          contactPhone: string;
          goods: {
            /**
             * @description 物品名称
             * @example 连衣裙
             */
            name: string;
            /** @example 1 */
            quantity: number;
            /**
             * @description 规格
             * @example 红色 M
             */
            specification: string;
            /**
             * @description 该物品货值合计（分）
             * @example 12900
             */
            valueFen: number;
          }[];
          /**
           * @description 索赔金额（分），不高于货值合计
           * @example 12900
           */
          claimedFen: number;
          /** @example 退回时外包装破损，衣物污损无法再售 */
          description: string;
          /** @description 证据文件；破损索赔至少一个 */
          evidence?: string[];
        };
      };
    };
    responses: {
      /** @description 索赔 */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Claim'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`ACTION_NOT_ALLOWED` 当前不能执行此操作；`CLAIM_ALREADY_OPEN` 已有进行中的同类索赔 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`CLAIM_NOT_ALLOWED` 不符合索赔条件 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listClaims: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId?: string;
        /** @description SUBMITTED 已提交；ACCEPTED 已受理；ARBITRATING 仲裁中；UPHELD 已同意赔付；DISMISSED 已驳回；WITHDRAWN 已撤回 */
        status?: 'SUBMITTED' | 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED' | 'WITHDRAWN';
        /** @description DAMAGE 破损；LOSS 遗失 */
        kind?: 'DAMAGE' | 'LOSS';
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
        /**
         * @description 运单号
         * @example 75312345678901
         */
        waybillNo?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        createdFrom?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        createdTo?: string;
        /** @description CLAIMING 索赔中：尚无结果 */
        workList?: 'CLAIMING';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Claim'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getClaim: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 索赔单号
         * @example claim_0f8fad5bd9cb469fa16570867728950e
         */
        claimId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 索赔 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Claim'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listClaimEvents: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
      };
      header?: never;
      path: {
        /**
         * @description 索赔单号
         * @example claim_0f8fad5bd9cb469fa16570867728950e
         */
        claimId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /**
               * Format: date-time
               * @example 2026-11-20T08:30:00.000Z
               */
              at: string;
              /**
               * @description MERCHANT 商家；CARRIER 快递；CLOCK 时限；SYSTEM 系统
               * @enum {string}
               */
              actorKind: 'MERCHANT' | 'CARRIER' | 'CLOCK' | 'SYSTEM';
              actor: string;
              /** @example CLAIM_SUBMITTED */
              what: string;
              detail: {
                [key: string]: string | number | null;
              };
            }[];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  enterClaimProgress: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 索赔单号
         * @example claim_0f8fad5bd9cb469fa16570867728950e
         */
        claimId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "status": "UPHELD",
         *       "upheldFen": 10000,
         *       "note": "网点来电同意赔付"
         *     }
         */
        'application/json': {
          /**
           * @description ACCEPTED 已受理；ARBITRATING 仲裁中；UPHELD 同意赔付；DISMISSED 驳回
           * @enum {string}
           */
          status: 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED';
          /**
           * @description 赔付金额（分）；仅当 UPHELD，且不高于索赔金额
           * @example 12900
           */
          upheldFen?: number;
          /**
           * @description 网点或快递的答复
           * @example 网点来电同意赔付
           */
          note?: string;
        };
      };
    };
    responses: {
      /** @description 索赔 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Claim'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`CLAIM_STEP_NOT_ALLOWED` 索赔当前状态不能这样变更 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求；`CLAIM_AWARD_REFUSED` 赔付金额不可用 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`ENGINE_UNAVAILABLE` 流程引擎暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  withdrawClaim: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 索赔单号
         * @example claim_0f8fad5bd9cb469fa16570867728950e
         */
        claimId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "reason": "已与网点协商解决"
         *     }
         */
        'application/json': {
          /**
           * @description 撤回原因
           * @example 已与网点协商解决
           */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description 索赔 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Claim'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`CLAIM_STEP_NOT_ALLOWED` 索赔当前状态不能这样变更 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用；`ENGINE_UNAVAILABLE` 流程引擎暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getClaimSheet: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 索赔单号
         * @example claim_0f8fad5bd9cb469fa16570867728950e
         */
        claimId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 索赔单 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getClaimSheetCsv: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 索赔单号
         * @example claim_0f8fad5bd9cb469fa16570867728950e
         */
        claimId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 索赔单 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listLedgerLines: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
        /** @description FEE 拦截费；CLAIM 赔付；ADJUSTMENT 更正 */
        kind?: 'FEE' | 'CLAIM' | 'ADJUSTMENT';
        /** @description PRICE_MISSING 缺少价格；DUE 待确认；CONFIRMED 已确认；DISPUTED 有争议；WAIVED 已免除；SETTLED 已结清 */
        status?: 'PRICE_MISSING' | 'DUE' | 'CONFIRMED' | 'DISPUTED' | 'WAIVED' | 'SETTLED';
        /**
         * @description 拦截单号：退款单号-次数
         * @example 2260718200000012-1
         */
        interceptId?: string;
        claimId?: string;
        /**
         * @description 运单号
         * @example 75312345678901
         */
        waybillNo?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        occurredFrom?: string;
        /** @example 2026-11-20T08:30:00.000Z */
        occurredTo?: string;
        /**
         * @description 对账单所属的北京时间月份
         * @example 2026-11
         */
        statementMonth?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['LedgerLine'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getLedgerLine: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description 条目编号
         * @example 2260718200000012-1-fee
         */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 台账条目：只增不改，更正为新条目 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LedgerLine'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  confirmLedgerLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 条目编号
         * @example 2260718200000012-1-fee
         */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': {
          /**
           * @description 原因
           * @example 网点实际未拦截成功
           */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description 台账条目：只增不改，更正为新条目 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LedgerLine'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`LINE_ACTION_NOT_ALLOWED` 台账条目当前不能执行此操作 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  disputeLedgerLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 条目编号
         * @example 2260718200000012-1-fee
         */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "网点实际未拦截成功"
         *     }
         */
        'application/json': {
          /**
           * @description 原因
           * @example 网点实际未拦截成功
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description 台账条目：只增不改，更正为新条目 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LedgerLine'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`LINE_ACTION_NOT_ALLOWED` 台账条目当前不能执行此操作 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  waiveLedgerLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 条目编号
         * @example 2260718200000012-1-fee
         */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "网点实际未拦截成功"
         *     }
         */
        'application/json': {
          /**
           * @description 原因
           * @example 网点实际未拦截成功
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description 台账条目：只增不改，更正为新条目 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LedgerLine'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`LINE_ACTION_NOT_ALLOWED` 台账条目当前不能执行此操作 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  settleLedgerLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 条目编号
         * @example 2260718200000012-1-fee
         */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': {
          /**
           * @description 原因
           * @example 网点实际未拦截成功
           */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description 台账条目：只增不改，更正为新条目 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LedgerLine'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`LINE_ACTION_NOT_ALLOWED` 台账条目当前不能执行此操作 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  priceLedgerLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 到 255 个可见 ASCII 字符 */
        'idempotency-key'?: string;
      };
      path: {
        /**
         * @description 条目编号
         * @example 2260718200000012-1-fee
         */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "amountFen": 350,
         *       "reason": "补签价格"
         *     }
         */
        'application/json': {
          /**
           * @description 金额（分）：正数为商家应付网点，负数为网点应付商家
           * @example 350
           */
          amountFen: number;
          /**
           * @description 原因
           * @example 网点实际未拦截成功
           */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description 台账条目：只增不改，更正为新条目 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LedgerLine'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`MALFORMED_JSON` 请求体不是合规的 JSON */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `NOT_FOUND` 没有找到 */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_IN_PROGRESS` 同一请求仍在处理；`LINE_ACTION_NOT_ALLOWED` 台账条目当前不能执行此操作 */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `BODY_TOO_LARGE` 请求体过大 */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE` 不支持的请求体类型 */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `IDEMPOTENCY_KEY_REUSED` Idempotency-Key 已用于其他请求 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatement: {
    parameters: {
      query: {
        /**
         * @description 对账单所属的北京时间月份
         * @example 2026-11
         */
        month: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 网点月度对账单；已结账月份的条目状态为月末时的状态 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Statement'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `STATEMENT_TOO_LONG` 对账单行数过多 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatementCsv: {
    parameters: {
      query: {
        /**
         * @description 对账单所属的北京时间月份
         * @example 2026-11
         */
        month: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 对账单 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatementXlsx: {
    parameters: {
      query: {
        /**
         * @description 对账单所属的北京时间月份
         * @example 2026-11
         */
        month: string;
        /** @description ZTO 中通快递；YTO 圆通速递；STO 申通快递；JT 极兔速递；JD 京东物流（默认不接入） */
        carrier?: 'ZTO' | 'YTO' | 'STO' | 'JT' | 'JD';
        /**
         * @description 网点代码
         * @example 75500
         */
        outletCode?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 对账单 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `STATEMENT_TOO_LONG` 对账单行数过多 */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatistics: {
    parameters: {
      query?: {
        /**
         * @description 发起时间起（含），缺省为 to 之前 30 天
         * @example 2026-11-20T08:30:00.000Z
         */
        from?: string;
        /**
         * @description 发起时间止（不含），缺省为现在
         * @example 2026-11-20T08:30:00.000Z
         */
        to?: string;
        /** @description carrier 按快递；outlet 按网点；day 按发起日（北京时间）；rule 按自动拦截规则 */
        groupBy?: 'carrier' | 'outlet' | 'day' | 'rule';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 拦截统计；一次拦截计入其发起时间 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Statistics'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatisticsCsv: {
    parameters: {
      query?: {
        /**
         * @description 发起时间起（含），缺省为 to 之前 30 天
         * @example 2026-11-20T08:30:00.000Z
         */
        from?: string;
        /**
         * @description 发起时间止（不含），缺省为现在
         * @example 2026-11-20T08:30:00.000Z
         */
        to?: string;
        /** @description carrier 按快递；outlet 按网点；day 按发起日（北京时间）；rule 按自动拦截规则 */
        groupBy?: 'carrier' | 'outlet' | 'day' | 'rule';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 拦截统计 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatisticsXlsx: {
    parameters: {
      query?: {
        /**
         * @description 发起时间起（含），缺省为 to 之前 30 天
         * @example 2026-11-20T08:30:00.000Z
         */
        from?: string;
        /**
         * @description 发起时间止（不含），缺省为现在
         * @example 2026-11-20T08:30:00.000Z
         */
        to?: string;
        /** @description carrier 按快递；outlet 按网点；day 按发起日（北京时间）；rule 按自动拦截规则 */
        groupBy?: 'carrier' | 'outlet' | 'day' | 'rule';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 拦截统计 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getDeadlines: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description 按当前状态预计的到期，今天（自现在起）及之后 7 天；没有到期的日子也列出 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Deadlines'];
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listPersonalDataLog: {
    parameters: {
      query?: {
        /** @description 每页条数 */
        limit?: number;
        /** @description 上一页的 nextCursor */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PersonalDataEntry'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description `VALIDATION_FAILED` 请求内容不符合接口要求；`INVALID_CURSOR` 翻页游标无效 */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `UNAUTHENTICATED` 缺少有效的访问密钥 */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `FORBIDDEN` 没有此操作的权限 */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `RATE_LIMITED` 请求过于频繁 */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `INTERNAL_ERROR` 服务内部错误 */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `OVERLOADED` 服务繁忙；`DATABASE_UNAVAILABLE` 数据库暂时不可用 */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  onInterceptRequested: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "intercept.requested",
         *       "timestamp": "2026-11-01T04:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "REQUESTED",
         *         "refundStatus": "OPEN",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": null,
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REJECT_LOCKED",
         *             "availableAt": "2026-11-04T04:00:00.000Z"
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 1,
         *         "updatedAt": "2026-11-01T04:00:00.000Z",
         *         "sequence": 1000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'intercept.requested';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onInterceptAccepted: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "intercept.accepted",
         *       "timestamp": "2026-11-01T04:00:00.800Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "INTERCEPTING",
         *         "refundStatus": "OPEN",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REJECT_LOCKED",
         *             "availableAt": "2026-11-04T04:00:00.000Z"
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 2,
         *         "updatedAt": "2026-11-01T04:00:00.800Z",
         *         "sequence": 2000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'intercept.accepted';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onInterceptRefused: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "intercept.refused",
         *       "timestamp": "2026-11-01T04:00:00.800Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "DISARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "REJECTED_BY_CARRIER",
         *         "refundStatus": "RELEASED",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": null,
         *         "carrierRefusal": {
         *           "code": "E23120",
         *           "message": "运单已有派件扫描，不能拦截"
         *         },
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 2,
         *         "updatedAt": "2026-11-01T04:00:00.800Z",
         *         "sequence": 2000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'intercept.refused';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onInterceptSucceeded: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "intercept.succeeded",
         *       "timestamp": "2026-11-01T10:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "SUCCEEDED",
         *         "refundStatus": "REFUNDING",
         *         "refundCause": "INTERCEPT_SUCCEEDED",
         *         "returnTo": "SENDER",
         *         "returnStatus": "RETURNING",
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 3,
         *         "updatedAt": "2026-11-01T10:00:00.000Z",
         *         "sequence": 3000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'intercept.succeeded';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onInterceptFailed: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "intercept.failed",
         *       "timestamp": "2026-11-01T10:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "FAILED",
         *         "refundStatus": "OPEN",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": {
         *           "code": "SIGNED",
         *           "message": "快件已由本人签收"
         *         },
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 3,
         *         "updatedAt": "2026-11-01T10:00:00.000Z",
         *         "sequence": 3000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'intercept.failed';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRefundRejectUnlocked: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "refund.reject_unlocked",
         *       "timestamp": "2026-11-04T04:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "INTERCEPTING",
         *         "refundStatus": "OPEN",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 3,
         *         "updatedAt": "2026-11-04T04:00:00.000Z",
         *         "sequence": 3000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'refund.reject_unlocked';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRefundDeadlineNear: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "refund.deadline_near",
         *       "timestamp": "2026-11-05T04:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "INTERCEPTING",
         *         "refundStatus": "OPEN",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 3,
         *         "updatedAt": "2026-11-05T04:00:00.000Z",
         *         "sequence": 3990,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'refund.deadline_near';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRefundRefunded: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "refund.refunded",
         *       "timestamp": "2026-11-01T10:00:00.900Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "DISARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "SUCCEEDED",
         *         "refundStatus": "REFUNDED",
         *         "refundCause": "INTERCEPT_SUCCEEDED",
         *         "returnTo": "SENDER",
         *         "returnStatus": "WAITING_RETURN",
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 4,
         *         "updatedAt": "2026-11-01T10:00:00.900Z",
         *         "sequence": 4000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'refund.refunded';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRefundRejected: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "refund.rejected",
         *       "timestamp": "2026-11-01T11:00:00.900Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "DISARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "FAILED",
         *         "refundStatus": "REJECTED",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": {
         *           "code": "SIGNED",
         *           "message": "买家已签收"
         *         },
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 5,
         *         "updatedAt": "2026-11-01T11:00:00.900Z",
         *         "sequence": 5000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'refund.rejected';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRefundArbitrationRequested: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "refund.arbitration_requested",
         *       "timestamp": "2026-11-01T10:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "SUSPENDED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "INTERCEPTING",
         *         "refundStatus": "UNDER_ARBITRATION",
         *         "refundCause": null,
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "UNDER_ARBITRATION",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "UNDER_ARBITRATION",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "UNDER_ARBITRATION",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 3,
         *         "updatedAt": "2026-11-01T10:00:00.000Z",
         *         "sequence": 3000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'refund.arbitration_requested';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRefundClosed: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "refund.closed",
         *       "timestamp": "2026-11-01T10:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "DISARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "INTERCEPTING",
         *         "refundStatus": "CLOSED",
         *         "refundCause": "BUYER_WITHDREW",
         *         "returnTo": "SENDER",
         *         "returnStatus": null,
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": false,
         *             "reason": "NOT_SUCCEEDED",
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [
         *           "PARCEL_RETURNS_AFTER_WITHDRAWAL"
         *         ],
         *         "version": 3,
         *         "updatedAt": "2026-11-01T10:00:00.000Z",
         *         "sequence": 3000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'refund.closed';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onReturnReturning: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "return.returning",
         *       "timestamp": "2026-11-01T11:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "SUCCEEDED",
         *         "refundStatus": "REFUNDING",
         *         "refundCause": "INTERCEPT_SUCCEEDED",
         *         "returnTo": "SENDER",
         *         "returnStatus": "RETURNING",
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 4,
         *         "updatedAt": "2026-11-01T11:00:00.000Z",
         *         "sequence": 4000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'return.returning';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onReturnSigned: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "return.signed",
         *       "timestamp": "2026-11-03T02:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "SUCCEEDED",
         *         "refundStatus": "REFUNDING",
         *         "refundCause": "INTERCEPT_SUCCEEDED",
         *         "returnTo": "SENDER",
         *         "returnStatus": "RETURN_SIGNED",
         *         "returnFailure": null,
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 4,
         *         "updatedAt": "2026-11-03T02:00:00.000Z",
         *         "sequence": 4000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'return.signed';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onReturnFailed: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "return.failed",
         *       "timestamp": "2026-11-03T02:00:00.000Z",
         *       "data": {
         *         "interceptId": "9007199254740993001-1",
         *         "refundId": "9007199254740993001",
         *         "orderId": "9007199254740993002",
         *         "shopId": "2788410001",
         *         "waybillNo": "73100000000001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "attempt": 1,
         *         "refundFeeFen": 9900,
         *         "feeFen": 350,
         *         "initiatedAt": "2026-11-01T04:00:00.000Z",
         *         "initiatedBy": "key:sample",
         *         "rejectUnlockAt": "2026-11-04T04:00:00.000Z",
         *         "autoRefundAt": "2026-11-06T04:00:00.000Z",
         *         "automaticRefund": "ARMED",
         *         "platformExpireAt": null,
         *         "interceptStatus": "SUCCEEDED",
         *         "refundStatus": "REFUNDING",
         *         "refundCause": "INTERCEPT_SUCCEEDED",
         *         "returnTo": "SENDER",
         *         "returnStatus": "RETURN_FAILED",
         *         "returnFailure": "LOST",
         *         "carrierReference": "ZTO-20261101-0001",
         *         "carrierRefusal": null,
         *         "failure": null,
         *         "platformRefusal": null,
         *         "allowedActions": [
         *           {
         *             "action": "APPROVE_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REJECT_REFUND",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "REQUEST_ARBITRATION",
         *             "allowed": false,
         *             "reason": "REFUND_NOT_OPEN",
         *             "availableAt": null
         *           },
         *           {
         *             "action": "OPEN_CLAIM",
         *             "allowed": true,
         *             "reason": null,
         *             "availableAt": null
         *           }
         *         ],
         *         "notices": [],
         *         "version": 4,
         *         "updatedAt": "2026-11-03T02:00:00.000Z",
         *         "sequence": 4000,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'return.failed';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['InterceptSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onSubscriptionReviewed: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "subscription.reviewed",
         *       "timestamp": "2026-11-01T04:00:00.000Z",
         *       "data": {
         *         "subscriptionId": "sub_3f2a9c",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "status": "REJECTED",
         *         "source": "MERCHANT",
         *         "reason": "网点暂不提供拦截服务",
         *         "createdAt": "2026-11-01T03:00:00.000Z",
         *         "remindedAt": null,
         *         "sequence": null,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'subscription.reviewed';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['OutletReview'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onClaimUpdated: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "claim.updated",
         *       "timestamp": "2026-11-08T04:00:00.000Z",
         *       "data": {
         *         "claimId": "claim_0f8fad5bd9cb469fa16570867728950e",
         *         "interceptId": "9007199254740993001-1",
         *         "shopId": "2788410001",
         *         "carrier": "ZTO",
         *         "outletCode": "02100",
         *         "outletName": "上海示例",
         *         "waybillNo": "73100000000001",
         *         "kind": "DAMAGE",
         *         "status": "SUBMITTED",
         *         "claimedFen": 18000,
         *         "awardedFen": null,
         *         "carrierReference": null,
         *         "version": 1,
         *         "updatedAt": "2026-11-08T04:00:00.000Z",
         *         "sequence": null,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'claim.updated';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['ClaimSnapshot'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onWebhookTest: {
    parameters: {
      query?: never;
      header: {
        /** @description 每个事件固定不变，重复投递也相同；请据此去重 */
        'webhook-id': string;
        /** @description 签名时的 Unix 秒 */
        'webhook-timestamp': string;
        /** @description v1,Base64(HMAC-SHA256)；更换密钥的 24 小时内有两个，以空格分开 */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "webhook.test",
         *       "timestamp": "2026-11-01T04:00:00.000Z",
         *       "data": {
         *         "endpointId": "whe_3f2a9c",
         *         "sequence": null,
         *         "apiVersion": "v1"
         *       }
         *     }
         */
        'application/json': {
          /** @constant */
          type: 'webhook.test';
          /**
           * Format: date-time
           * @description 事件发生的时刻
           * @example 2026-11-20T08:30:00.000Z
           */
          timestamp: string;
          data: components['schemas']['WebhookTest'];
        };
      };
    };
    responses: {
      /** @description 不再接收：地址立即停用 */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 已收下，不再投递 */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description 其余答复、重定向或 15 秒内没有答复：按计划重试三天多 */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
