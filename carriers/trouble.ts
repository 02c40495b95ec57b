/**
 * What a sentence of a problem scan (问题件) says of the parcel. Read whole: each of its clauses has to be made of known
 * words alone, one of them has to state the loss or damage, and the others may only tell what is done about it. A denial,
 * a doubt, a condition, a fear or a recovery is no known word here, so it never counts, and neither does what nobody
 * foresaw: a loss that is missed is told by the next scan, one that is invented ends a case.
 */
export function troubleIn(sentence: string): 'LOST' | 'DAMAGED' | null {
  const clauses = clausesOf(sentence);
  const readings = clauses.map(readClause);
  if (readings.includes(null)) return null;
  if (readings.includes('LOST')) return 'LOST';
  return readings.includes('DAMAGED') ? 'DAMAGED' : null;
}

type Reading = 'LOST' | 'DAMAGED' | 'NEUTRAL' | null;

/** Longer than any clause made of these words; it also bounds the work. */
const LONGEST_CLAUSE = 40;
const LONGEST_SENTENCE = 500;

function readClause(clause: string): Reading {
  if (clause.length > LONGEST_CLAUSE) return null;
  if (LOSS.test(clause)) return 'LOST';
  if (DAMAGE.test(clause)) return 'DAMAGED';
  return NEUTRAL.test(clause) || THANKS.test(clause) ? 'NEUTRAL' : null;
}

/** 【…】 holds places, which are dropped; anything else in it is a clause like what stands in (…). */
const PLACE = /^[^遗丢破损坏找寻追误撤疑已未没]{1,30}(?:[省市区县旗州盟镇乡村部站店点厂园]|中心|网点|公司|街道)$/;

function clausesOf(sentence: string): string[] {
  const text = sentence.normalize('NFKC').replaceAll(/\s/g, '');
  if (text.length > LONGEST_SENTENCE) return [text];
  return text
    .replaceAll(/【([^【】]*)】/g, (_whole, inside: string) => (PLACE.test(inside) ? '' : `,${inside},`))
    .split(/[,;:。!、()~…-]|并且|而且|且|并(?![未没无非不])/);
}

const words = (list: string) => `(?:${list.trim().split(/\s+/).join('|')})*`;

/** Whose parcel, where and how it is known: what may stand before the statement. */
const BEFORE = `您的 您 该 此 本 整 该票 此票 整票 本票 的 快件 包裹 货物 邮件 快递 件 问题 异常 原因 类型
  已 经核实 经核查 经查实 经查 经排查 经确认 经多方查找 确认 确定 确实 判定 认定 登记 为 是 被 现
  不慎 意外 因车辆事故 因事故 将快件 将包裹 将此件 将该件 在 于 由 中 网点 中心 仓库 运输 转运 中转 派送 配送 分拨 途 过程 环节
  快递员 业务员 寄件 收件 到件 派件 经`;
const LOSS = new RegExp(`^${words(BEFORE)}(?:遗失|丢失|丢件|灭失)[件了]?$`);
/** 发现 stands here alone: a lost parcel that is 发现 is found. */
const DAMAGE = new RegExp(
  `^${words(`${BEFORE} 发现 到达时 到件时 派件前 物品 外包装 包装 外箱 纸箱 箱体 袋 箱 内件 内物 轻微 严重 部分 多处 局部 有 存在 出现`)}` +
    '(?:破损|损坏|损毁|破裂|碎裂|破烂|[压摔][坏破])(?:严重|问题件|[件了])?$',
);

/** What is done about it, and the politeness around it. No movement of the parcel: one that moves is not lost. */
const NEUTRAL = new RegExp(
  `^${words(`正在处理 正在为您处理 处理中 理赔中 为您 您 我司 公司 总部 客服 网点 中心 寄件网点 发件网点 派件网点 寄件人 发件人 收件人 寄件方 发件方
  按 遗失件 丢失件 破损件 已 将 会 正在 安排 申请 启动 进行 办理 进入 提交 上报 联系 协商 沟通 通知 理赔 赔付 赔偿 仲裁 流程 请 及时 尽快
  拍照 留存 取证 登记 问题 异常 原因 类型 件 该 此 经排查 经核实 经核查 经查实 经查 经确认 因事故 因车辆事故 无法派送 无法继续派送 未能找回 无法找回
  很 非常 深表 抱歉 歉意 给 带来 造成 不便 敬请 谅解 见谅 如有疑问 如有问题 详情 咨询 电联 电话 致电 \\d+`)}$`,
);
const THANKS = /^(?:感谢您?(?:使用|选择)(?:中通|圆通|申通|极兔)?(?:快递|速递|速运)?|期待再次为您服务)$/;
