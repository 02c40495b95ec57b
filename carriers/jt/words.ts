import { wordTable } from '../words.ts';

/**
 * `scanType` in pushes and query answers. On the wire it is the Chinese name; the numbers are positions in J&T's list and
 * are read too. A registration (登记) may be revoked (撤销), so it decides nothing: the scan (扫描) follows.
 */
export const JT_WORDS = wordTable([
  { words: ['快件揽收', '1'], event: 'PICKED_UP', sources: ['JT_PUSH', 'OLTS', 'JT_TEMPLATES'] },
  { words: ['入仓扫描', '2'], event: 'ARRIVED', sources: ['JT_PUSH', 'OLTS', 'JT_TEMPLATES'] },
  { words: ['发件扫描', '3'], event: 'DEPARTED', sources: ['JT_PUSH', 'OLTS', 'JT_TEMPLATES'] },
  { words: ['到件扫描', '4'], event: 'ARRIVED', sources: ['JT_PUSH', 'OLTS', 'JT_TEMPLATES'] },
  { words: ['中心到件', '集货到件', '航空到件', '卸车到件'], event: 'ARRIVED', sources: ['JT_TEMPLATES'] },
  { words: ['航空发件', '装车发件'], event: 'DEPARTED', sources: ['JT_TEMPLATES'] },
  // Its sentence is 正在派件: out for delivery, not out of a hub.
  { words: ['出仓扫描', '5'], event: 'OUT_FOR_DELIVERY', sources: ['JT_TEMPLATES', 'JT_ABROAD'] },
  { words: ['派件扫描'], event: 'OUT_FOR_DELIVERY', sources: ['JT_ABROAD'] },
  { words: ['入库扫描', '6'], event: 'AWAITING_PICKUP', sources: ['JT_TEMPLATES', 'OLTS'] },
  { words: ['代理点收入扫描', '7'], event: 'AWAITING_PICKUP', sources: ['JT_TEMPLATES', 'OLTS'] },
  // Its sentence is 重新取出，将继续为您派件.
  { words: ['快件取出扫描', '8'], event: 'OUT_FOR_DELIVERY', sources: ['JT_TEMPLATES', 'OLTS'] },
  // Its readers disagree: out again, or signed. J&T's own sentence 签收人凭取件码签收 is the fetch.
  { words: ['出库扫描', '9'], event: 'OTHER', decidedBy: 'FETCH', sources: ['JT_TEMPLATES', 'OLTS'] },
  { words: ['快件签收', '10'], event: 'SIGNED', decidedBy: 'SIGNER', sources: ['JT_PUSH', 'OLTS', 'JT_TEMPLATES', 'JT_CLIENTS'] },
  { words: ['问题件扫描', '11'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS', 'JT_TEMPLATES'] },
  { words: ['安检扫描', '安检', '12'], event: 'OTHER', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['其他扫描', '其他', '13'], event: 'OTHER', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['退件扫描', '14'], event: 'RETURNING', sources: ['OLTS', 'JT_TEMPLATES', 'JT_ABROAD'] },
  { words: ['退件登记'], event: 'OTHER', sources: ['JT_TEMPLATES'] },
  { words: ['退件撤销'], event: 'PROBLEM', sources: ['JT_TEMPLATES'] },
  { words: ['退件签收'], event: 'RETURN_SIGNED', sources: ['JT_ABROAD'] },
  { words: ['拦截件登记', '拦截件扫描'], event: 'OTHER', sources: ['JT_TEMPLATES'] },
  { words: ['拦截件撤销'], event: 'PROBLEM', sources: ['JT_TEMPLATES'] },
  { words: ['转寄登记', '转寄撤销'], event: 'OTHER', sources: ['JT_TEMPLATES'] },
  { words: ['转寄扫描'], event: 'REDIRECTED', sources: ['JT_TEMPLATES'] },
  { words: ['留仓件入仓'], event: 'OTHER', sources: ['JT_TEMPLATES', 'JT_ABROAD'] },
  {
    words: ['建包扫描', '拆包扫描', '装车扫描', '卸车扫描', '封发车扫描', '到解车扫描', '航空运输'],
    event: 'OTHER',
    sources: ['JT_TEMPLATES'],
  },
  // Its sentence is 订单异常，请联系寄件网点.
  { words: ['完结'], event: 'PROBLEM', sources: ['JT_TEMPLATES'] },
]);

/** `problemType` of a problem scan: code and name stand for each other. None of the list means a loss or damage. */
export const JT_PROBLEMS = wordTable([
  { words: ['A1', '客户取消寄件-网点'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A2', 'A14', '客户拒收'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS', 'JT_CLIENTS'] },
  { words: ['A3', '更改派送地址'], event: 'REDIRECTED', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A4', '退回件-网点'], event: 'RETURNING', sources: ['JT_PUSH', 'OLTS', 'JT_CLIENTS'] },
  // Of the epidemic (疫情退回, 疫情延迟), no longer in J&T's list.
  { words: ['A5', '疫情退回-网点'], event: 'PROBLEM', sources: ['JT_CLIENTS'] },
  { words: ['A6', '疫情延迟'], event: 'PROBLEM', sources: ['JT_CLIENTS'] },
  { words: ['A7', '异常件提醒'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  // One client counts these three as lost; J&T's words do not say so.
  { words: ['A8', '包裹异常-网点'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS', 'JT_CLIENTS'] },
  { words: ['A20', '包裹异常'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS', 'JT_CLIENTS'] },
  { words: ['A24', '包裹异常-中心'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS', 'JT_CLIENTS'] },
  { words: ['A9', 'A10', '收件人联系不上'], event: 'DELIVERY_FAILED', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A11', '多次派件失败'], event: 'DELIVERY_FAILED', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A12', '收件人信息错误'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A13', '更改派送时间'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A15', '收件地址不详'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A16', '收件地址错误'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A17', 'A18', '包裹存放至网点'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A19', '收件地址禁止'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A21', '包裹暂存网点'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A22', '疫情退回-中心'], event: 'PROBLEM', sources: ['JT_CLIENTS'] },
  { words: ['A23', '包裹延迟-节假日'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A25', '退回件-中心'], event: 'RETURNING', sources: ['JT_PUSH', 'OLTS', 'JT_CLIENTS'] },
  { words: ['A26', '客户取消寄件-中心'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A27', '异常天气'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A28', '自然灾害'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A29', '代收/到付结算异议拒付'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A30', '货未到齐'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A31', '作废件'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A32', '未录进仓编码'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A33', '政府管制'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A34', '乡镇件'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
  { words: ['A35', '发票问题客户拒收'], event: 'PROBLEM', sources: ['JT_PUSH', 'OLTS'] },
]);
