import type { CarrierReply } from './http.ts';
import type { InterceptAnswer, NoAnswer, TrackReading } from './port.ts';

/** What a request learns from a call without an answer. */
export function noAnswer(failed: CarrierReply & { kind: 'FAILED' }): NoAnswer {
  return { kind: 'UNKNOWN', sent: failed.sent, reason: failed.reason, accessFault: failed.accessFault };
}

/** What a track query learns from a call without an answer. */
export function noTrackAnswer(failed: CarrierReply & { kind: 'FAILED' }): TrackReading {
  return { kind: 'UNAVAILABLE', reason: failed.reason, accessFault: failed.accessFault };
}

/**
 * A refusal of a carrier that has words instead of a code for "there already is one" (YTO, STO, J&T).
 * Words that merely say 重复 (请勿重复提交) do not tell of what: perhaps ours.
 */
export function refusalInWords(code: string | null, message: string): InterceptAnswer {
  if (saysAlreadyThere(message)) return { kind: 'EXISTS', code, message };
  const perhapsOurs = /重复/.test(message) && !tellsOtherwise(message);
  return { kind: 'REFUSED', code, message, perhapsOurs: perhapsOurs ? true : undefined };
}

/**
 * Whether a refusal says that an intercept, a return or a work order for it is in force. Any word of a signature, a dispatch, a
 * problem, an end, a doubt or somebody else's order makes it a plain refusal: a parcel wrongly believed to come back is paid for.
 */
export function saysAlreadyThere(message: string): boolean {
  const text = plain(message);
  return !tellsOtherwise(message) && IN_FORCE.test(text);
}

/** Whether a refused subscription of a waybill's track says that there is one already. */
export function saysSubscribed(message: string): boolean {
  return /已(?:经)?订阅|重复订阅|订阅(?:已存在|重复)|already subscribed/i.test(message) && !/上限|超过|超出|失效|取消|是否/.test(message);
}

/** The sentence without spaces, without "your request failed:" before it and without the 如需 of advice that follows. */
function plain(message: string): string {
  return message
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(?:操作|请求|提交|登记|下单|新增|创建|发起)(?:拦截|退回)?(?:件|单|申请)?(?:失败|不成功)[::,。-]?/, '')
    .replace(/^(?:拦截|退回)(?:发起|登记|申请|提交|下单)(?:失败|不成功)[::,。-]?/, '')
    .replace(/(?:如|若)(?:需|要|有疑问)/g, '')
    .replace(/(?:尚|还)?未(?:完结|完成|结束|关闭|处理完?)的?|待处理的?/g, '有效');
}

/** Words that take the meaning "in force" away, whatever else the sentence says. */
const OTHERWISE = new RegExp(
  [
    // signed, out for delivery, waiting for the receiver
    '签收|签字|妥投|投递|派送|派件|派签|配送|送达|送货|交付|出仓|出库|入柜|柜|驿站|自提|代收|待取|取件码|取走|上门|收货',
    // problems, losses
    '问题件|异常|遗失|丢失|丢件|破损|弃件|弃货|停滞|滞留|扣件|无轨迹|查无',
    // ended
    '取消|撤销|撤回|失效|无效|作废|完结|完成|结束|关闭|解除|终止|中止|放行|恢复|过期|失败|未成|不成功|驳回|拒|停用|停止|废弃',
    '(?:申请|请求|工单|登记|指令)(?:已被|已|被)退回',
    // earlier
    '曾|历史|此前|先前|之前|以前|上次|过去|原有',
    // negated
    '不存在|不是|并非|并无|并未|没|暂无|尚无|未|无(?!需|须|法)|不属于|不算|不在|误',
    // doubtful
    '是否|疑似|可能|也许|或许|大概|似乎|好像|如[有果已]|若|假如|倘|万一|待|核实|确认|不确定|不明|[??]|吗',
    // somebody else's, or another order
    '外部|其他|其它|他人|别的|第三方|不一致|不同|改址|改地址|改寄|改派|改约|退改|转寄|转单|转址|转运',
    '投诉|催|理赔|索赔|仲裁|客诉|查件|(?:咨询|查询)(?:工单|件|单)|售后|退款|货款|运费',
    // limits and rights
    '超过|超出|上限|最大|次数|权限|资格|范围',
    "\\b(?:no|not|never|without|cannot|can't|isn't|signed|deliver\\w*|dispatch\\w*|cancel\\w*|fail\\w*|problem|lost|expired|closed|ended|maybe|may|might|if|other)\\b",
  ].join('|'),
  'i',
);

function tellsOtherwise(message: string): boolean {
  // English needs its spaces, Chinese must not have them.
  return OTHERWISE.test(plain(message)) || OTHERWISE.test(message.normalize('NFKC').replace(/[一-鿿]+/g, ' '));
}

const ORDER = '(?:(?:拦截|退回|退件)(?:工单|件|单|登记|申请|任务|指令|记录|信息|请求|诉求|流程){0,2}|工单)';
/** Between "already" and what is there: 有效, 相同的, 进行中的, never a new clause. */
const OF = '[^,。;:!不无]{0,10}?';
/** The order ends here: nothing that turns it into another noun (拦截权限, 退回款). */
const END = '(?=$|[,。;!、)]|中|请|勿|无需|无须|(?:不(?:能|可|可以|允许|得|支持|予|要|用|必)|无法)(?:再|多|二|重))';
const IN_FORCE = new RegExp(
  [
    `(?:已有|已经有|存在|已登记|已发起|已申请|已提交|已创建|已生成|已下发|已受理|已建立)${OF}${ORDER}${END}`,
    `${ORDER}(?:已存在|已经存在|已登记|已发起|已受理|已生效|已下发|已创建|已生成|已建立|正在处理|处理中|进行中|执行中|生效中|有效)${END}`,
    `(?:已拦截|已被拦截|已经拦截|拦截成功|正在拦截|正在退回|正在退件)(?:状态)?${END}`,
    `(?:在|处于|正)(?:拦截|退回|退件)(?:中|状态|流程)|(?:拦截|退回|退件)(?:途中|中${END})`,
    `(?:勿|不能|不可|不可以|不允许|不得|不支持|不要|无需|无须|无法|禁止)重复(?:发起|提交|登记|申请|下发|创建)?${ORDER}`,
    'intercept(?:ion)? ?(?:order|request)? ?already ?(?:exists|registered|submitted)',
    'already ?(?:has|have|exists) ?(?:an?|the same|a valid|an active)? ?(?:valid|active|same)? ?(?:intercept|return ?order)',
  ].join('|'),
  'i',
);
