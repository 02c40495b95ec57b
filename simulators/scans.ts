import type { Station } from './parties.ts';
import type { ScanEvent } from './state.ts';

/** The sentence a carrier prints for a scan (走件记录), zh-CN. */
export function describeScan(event: ScanEvent, station: Station): string {
  const place = `【${station.city}】`;
  switch (event) {
    case 'PICKED_UP':
      return `${place}【${station.name}】已揽收，快递员正在安排发往下一站`;
    case 'DEPARTED':
      return `${place}快件离开【${station.name}】，正发往下一站`;
    case 'ARRIVED':
      return `${place}快件已经到达【${station.name}】`;
    case 'OUT_FOR_DELIVERY':
      return `${place}【${station.name}】的快递员正在派件，请保持电话畅通`;
    case 'AWAITING_PICKUP':
      return `${place}快件已到达【${station.name}】合作驿站，请凭取件码取件`;
    case 'SIGNED':
      return `${place}快件已签收，签收人：本人，感谢使用`;
    case 'DELIVERY_FAILED':
      return `${place}快件派送不成功：客户不在，将再次派送`;
    case 'PROBLEM':
      return `${place}快件在【${station.name}】登记为问题件，正在处理`;
    case 'RETURNING':
      return `${place}快件已拦截，由【${station.name}】退回寄件方`;
    case 'REDIRECTED':
      return `${place}快件在【${station.name}】更改地址，转寄新地址`;
    case 'RETURN_SIGNED':
      return `${place}退回件已由寄件方签收，【${station.name}】`;
    case 'LOST':
      return `${place}【${station.name}】登记问题件：快件遗失`;
    case 'DAMAGED':
      return `${place}【${station.name}】登记问题件：快件破损`;
    case 'OTHER':
      return `${place}【${station.name}】已登记拦截件`;
  }
}

/** What a carrier prints when the outlet keeps a returned parcel until the sender fetches it. */
export function describeReturnToOutlet(station: Station): string {
  return `【${station.city}】退回件已由【${station.name}】签收，请寄件方到网点取件`;
}

/** The keyword a problem scan carries beside its sentence; null for a scan that is no problem. */
export function problemWord(event: ScanEvent): string | null {
  switch (event) {
    case 'LOST':
      return '遗失';
    case 'DAMAGED':
      return '破损';
    case 'PROBLEM':
      return '其他问题';
    case 'DELIVERY_FAILED':
      return '客户不在';
    default:
      return null;
  }
}
