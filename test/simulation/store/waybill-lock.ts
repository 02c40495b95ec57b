import type * as real from '../../../store/waybill-lock.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

const WAIT_LIMIT_MS = 5_000;

export const shareWaybills: Real['shareWaybills'] = async (trx, carrier, waybillNos) => {
  for (const waybillNo of waybillNos.toSorted()) await sessionOf(trx).lock(`waybill:${carrier}:${waybillNo}`, 'SHARED');
};

export const holdWaybill: Real['holdWaybill'] = (trx, carrier, waybillNo) =>
  sessionOf(trx).lock(`waybill:${carrier}:${waybillNo}`, 'ALONE', WAIT_LIMIT_MS);
