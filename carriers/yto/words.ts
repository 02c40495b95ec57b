import { type ScanWord, wordTable } from '../words.ts';

/** Words of both channels. */
const SHARED: readonly ScanWord[] = [
  { words: ['GOT'], zh: '已揽收', event: 'PICKED_UP', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['DEPARTURE'], zh: '已发出', event: 'DEPARTED', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['AIRSEND'], zh: '航空发货', event: 'DEPARTED', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['ARRIVAL'], zh: '已收入', event: 'ARRIVED', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['AIRPICK'], zh: '航空提货', event: 'ARRIVED', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['SENT_SCAN'], zh: '派件', event: 'OUT_FOR_DELIVERY', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['INBOUND'], zh: '自提柜入柜', event: 'AWAITING_PICKUP', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['SIGNED'], zh: '签收成功', event: 'SIGNED', decidedBy: 'SIGNER', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['FAILED'], zh: '签收失败', event: 'DELIVERY_FAILED', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['TMS_RETURN'], zh: '退回', event: 'RETURNING', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['FORWARDING'], zh: '转寄', event: 'REDIRECTED', sources: ['YTO_EVENTS', 'YTO_QUERY', 'OLTS'] },
  { words: ['ACCEPT'], zh: '接单', event: 'OTHER', sources: ['YTO_EVENTS'] },
  { words: ['ORDER_BOOKING'], zh: '修改预约取件时间', event: 'OTHER', sources: ['YTO_EVENTS'] },
  { words: ['NOT_SEND'], zh: '揽收失败', event: 'OTHER', sources: ['YTO_EVENTS'] },
];

/** `infoContent` of the track push. */
export const YTO_PUSH_WORDS = wordTable(SHARED);

/** `infoContent` of the track query: the push's words and one of its own. */
export const YTO_QUERY_WORDS = wordTable([...SHARED, { words: ['PACKAGE'], zh: '已打包', event: 'OTHER', sources: ['YTO_QUERY'] }]);
