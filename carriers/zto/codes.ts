import { type AnswerCodes, answerCodes } from '../answer-codes.ts';

/** ZTO's tables of gateway and data-permission codes, as an integrator copied them: github.com/YangLiCon/docs, zto.md (2025-11). */
const GATEWAY = '公共错误码对照表 (YangLiCon/docs zto.md, 2025-11)';
const DATA_RIGHTS = '公共数据鉴权错误码对照表 (YangLiCon/docs zto.md, 2025-11)';
/** The codes of thirdcenter.createIntercept with ZTO's advice, as quoted in one client: ruoyi-vue-new, ZtoExpressManagerImpl (2025). */
const INTERCEPT = 'createIntercept 错误码 (ruoyi-vue-new ZtoExpressManagerImpl, 2025)';

const KEY = 'compare ZTO_APP_KEY and ZTO_APP_SECRET with the application at open.zto.com';
const RIGHT = 'have the interface granted to the application at open.zto.com (服务关系)';
const CALL = 'the call itself is not what ZTO expects any more: report it with its document';

/** Every documented code of ZTO. Without phone digits ZTO tells a track only where the e-waybill account or outlet is bound. */
export const ZTO_CODES: AnswerCodes = answerCodes([
  ['S200', 'PASSING', '请求超时', GATEWAY],
  ['S202', 'PASSING', '发生错误', GATEWAY],
  ['S203', 'PASSING', '服务暂不可用', GATEWAY],
  ['S206', 'TURNED_AWAY', 'API调用次数达到每分钟/小时限制', GATEWAY],
  ['S207', 'ACCESS', 'API不存在', GATEWAY, CALL],
  ['S208', 'ACCESS', '没有传必须参数', GATEWAY, CALL],
  ['S210', 'ACCESS', '无权限访问', GATEWAY, RIGHT],
  ['S211', 'ACCESS', '签名错误', GATEWAY, KEY],
  ['S212', 'ACCESS', 'IP黑白名单限制', GATEWAY, 'put the addresses of all API and worker machines on the list at open.zto.com'],
  ['S214', 'ACCESS', '时间戳非法', GATEWAY, 'set the clocks of these machines'],
  ['S221', 'TURNED_AWAY', 'API流控限制', GATEWAY],
  [
    'E404',
    'ACCESS',
    '鉴权失败,未绑定电子面单账号',
    DATA_RIGHTS,
    'bind the shop’s e-waybill account (电子面单账号) to the application at open.zto.com',
  ],
  ['E409', 'ACCESS', '鉴权失败,收寄人电话号码校验不一致', DATA_RIGHTS, 'bind the e-waybill account, then no phone digits are asked for'],
  [
    'E413',
    'ACCESS',
    '鉴权失败,请输入收寄人任一方电话号码后4位',
    DATA_RIGHTS,
    'bind the e-waybill account, then no phone digits are asked for',
  ],
  ['E416', 'PARCEL', '不符合中通运单号规则校验', DATA_RIGHTS],
  ['E418', 'ACCESS', '鉴权失败,不存在对应的网点授权', DATA_RIGHTS, 'have the outlet authorise the application at open.zto.com'],
  ['E23101', 'PARCEL', '快件已签收', INTERCEPT],
  ['E23102', 'PARCEL', '订单信息不存在', INTERCEPT],
  ['E23108', 'PARCEL', '无效的拦截、退改方式', INTERCEPT],
  ['E23110', 'PARCEL', '无揽收与面单使用网点', INTERCEPT],
  ['E23111', 'PARCEL', '时效件，无法拦截', INTERCEPT],
  ['E23112', 'PARCEL', '已第三方进站不允许拦截', INTERCEPT],
  ['E23113', 'PARCEL', '有转单信息不允许拦截', INTERCEPT],
  ['E23114', 'PARCEL', '派件网点不支持到付业务', INTERCEPT],
  ['E23115', 'PARCEL', '派件网点不支持代收业务', INTERCEPT],
  ['E23116', 'PERHAPS_OURS', '渠道不一致，不允许重复发起拦截/超过最大拦截次数', INTERCEPT],
  ['E23118', 'PARCEL', '订购渠道不存在/该渠道不允许拦截', INTERCEPT],
  ['E23119', 'PARCEL', '无任何轨迹不允许发起拦截', INTERCEPT],
  ['E23120', 'PARCEL', '有派件扫描不允许拦截', INTERCEPT],
  ['E23121', 'EXISTS', '存在相同渠道的拦截件,不允许再次发起', INTERCEPT],
  ['E23122', 'PARCEL', '目的地停发不允许拦截', INTERCEPT],
  ['E23123', 'PERHAPS_OURS', '存在退改件信息不允许拦截', INTERCEPT],
  ['E23124', 'PARCEL', '轨迹异常不允许拦截', INTERCEPT],
  ['E23127', 'EXISTS', '已经有相同诉求,不允许再次发起', INTERCEPT],
  ['E23130', 'PARCEL', '非拦截中拦截件,不能取消', INTERCEPT],
  ['E23131', 'PARCEL', '取消网点与订购网点或原单揽收网点不一致,不能取消', INTERCEPT],
  ['E23135', 'PARCEL', '同拦截发起方不一致,无权取消', INTERCEPT],
  ['E23136', 'PARCEL', '已发往港澳台，暂不允许拦截', INTERCEPT],
  ['E23137', 'PARCEL', '有派件网点到件不允许拦截', INTERCEPT],
  ['E23138', 'PARCEL', '国际件不允许发起拦截', INTERCEPT],
  ['E23139', 'PARCEL', '不满足拦截发起业务规则', INTERCEPT],
  ['E23140', 'PARCEL', '包裹已确认遗失', INTERCEPT],
  ['E23141', 'PARCEL', '包裹已确认弃件', INTERCEPT],
  ['E23144', 'PARCEL', 'CRM无权限', INTERCEPT],
  ['E23146', 'PARCEL', '跨境客户，不允许发起改地址/退回指定地址', INTERCEPT],
  ['E23148', 'PARCEL', '联系方式格式错误，请检查后提交或不填写', INTERCEPT],
  ['E23149', 'PARCEL', '联系方式是虚拟号，请补全分机号或不填写', INTERCEPT],
  ['E23150', 'PARCEL', '联系方式超过16位，请删减', INTERCEPT],
  ['E23151', 'EXISTS', '已经有相同诉求,不允许再次发起', INTERCEPT],
  ['E23153', 'PARCEL', '发起人不属于发起网点', INTERCEPT],
  ['E23154', 'PARCEL', '单号不属于当前网点，不允许发起', INTERCEPT],
  ['E23157', 'EXISTS', '该渠道不支持重复发起拦截', INTERCEPT],
  ['E23160', 'PARCEL', '已存在外部平台发起的拦截，不允许发起', INTERCEPT],
]);
