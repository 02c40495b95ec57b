import { wordTable } from '../words.ts';

/** `state` (节点编码) of a trace, whose `category` is the coarser stage. JD's names, from its list 267/54128 and 442/55086 as OLTS read it. */
export const JD_WORDS = wordTable([
  { words: ['200001'], zh: '揽收', event: 'PICKED_UP', sources: ['JD_STATES', 'JD_LOG'] },
  { words: ['10054'], zh: '分拣中心发货', event: 'DEPARTED', sources: ['JD_STATES'] },
  { words: ['200076'], zh: '封车', event: 'DEPARTED', sources: ['JD_STATES', 'JD_LOG'] },
  { words: ['200006'], zh: '铁路出发', event: 'DEPARTED', sources: ['JD_STATES'] },
  { words: ['200012'], zh: '公路发货', event: 'DEPARTED', sources: ['JD_STATES'] },
  { words: ['200019'], zh: '站点装箱发货', event: 'DEPARTED', sources: ['JD_STATES'] },
  { words: ['200055'], zh: '已交付高铁', event: 'DEPARTED', sources: ['JD_STATES'] },
  { words: ['10032'], zh: '分拣验收', event: 'ARRIVED', sources: ['JD_STATES', 'JD_LOG'] },
  { words: ['10033'], zh: '站点验货', event: 'ARRIVED', sources: ['JD_STATES'] },
  { words: ['200004'], zh: '铁路收货交接', event: 'ARRIVED', sources: ['JD_STATES'] },
  { words: ['200007'], zh: '铁路到达', event: 'ARRIVED', sources: ['JD_STATES'] },
  { words: ['200017'], zh: '分拣中心收货', event: 'ARRIVED', sources: ['JD_STATES'] },
  { words: ['200050'], zh: '订单入站', event: 'ARRIVED', sources: ['JD_STATES'] },
  { words: ['200056'], zh: '高铁提货', event: 'ARRIVED', sources: ['JD_STATES'] },
  { words: ['200075'], zh: '站点收货', event: 'ARRIVED', sources: ['JD_STATES', 'JD_LOG'] },
  { words: ['11000'], zh: '派件', event: 'OUT_FOR_DELIVERY', sources: ['JD_STATES', 'JD_LOG', 'JD_CLIENTS'] },
  { words: ['200051'], zh: '自提上架', event: 'AWAITING_PICKUP', sources: ['JD_STATES'] },
  { words: ['10034'], zh: '妥投', event: 'SIGNED', decidedBy: 'SIGNER', sources: ['JD_STATES', 'JD_LOG', 'JD_CLIENTS'] },
  // The courier comes again.
  { words: ['200003'], zh: '站点再投', event: 'DELIVERY_FAILED', sources: ['JD_STATES', 'JD_CLIENTS'] },
  { words: ['200023'], zh: '协商再投', event: 'DELIVERY_FAILED', sources: ['JD_STATES', 'JD_CLIENTS'] },
  { words: ['200031'], zh: '待再投', event: 'DELIVERY_FAILED', sources: ['JD_STATES'] },
  // Refused at the door: whether it goes back, and under which number, the next state tells.
  { words: ['10035'], zh: '拒收', event: 'PROBLEM', sources: ['JD_STATES', 'JD_CLIENTS'] },
  { words: ['200069'], zh: '待拒收', event: 'PROBLEM', sources: ['JD_STATES'] },
  { words: ['200032'], zh: '再投后报废', event: 'PROBLEM', sources: ['JD_STATES'] },
  { words: ['200070'], zh: '弃货', event: 'PROBLEM', sources: ['JD_STATES'] },
  // The new label of the way back; `reverse.ts` says what else it may be.
  { words: ['200020'], zh: '换单打印', event: 'RETURNING', sources: ['JD_CLIENTS', 'JD_STATES'] },
  { words: ['200054'], zh: '上门接货退货完成', event: 'RETURN_SIGNED', sources: ['JD_STATES', 'JD_ENDINGS'] },
]);
