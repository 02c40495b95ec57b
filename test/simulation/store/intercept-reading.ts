import type * as real from '../../../store/intercept-reading.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

function read(db: unknown, which: (record: InterceptRecord) => boolean): Promise<InterceptRecord[]> {
  return sessionOf(db).statement(({ intercepts }) =>
    [...intercepts.values()]
      .filter(which)
      .sort((a, b) => a.state.input.initiatedAt - b.state.input.initiatedAt || (a.interceptId < b.interceptId ? -1 : 1))
      .map((record) => ({ ...record })),
  );
}

const byAttempt = (a: InterceptRecord, b: InterceptRecord) => b.state.input.attempt - a.state.input.attempt;

export const findIntercept: Real['findIntercept'] = async (db, shopId, interceptId) =>
  (await read(db, (record) => record.shopId === shopId && record.interceptId === interceptId))[0] ?? null;

export const findAnyIntercept: Real['findAnyIntercept'] = async (db, interceptId) =>
  (await read(db, (record) => record.interceptId === interceptId))[0] ?? null;

export const findByRefund: Real['findByRefund'] = async (db, refundId) =>
  (await read(db, ({ state }) => state.input.refundId === refundId)).sort(byAttempt)[0] ?? null;

export const findByRefunds: Real['findByRefunds'] = async (db, shopId, refundIds) => {
  const records = await read(
    db,
    ({ shopId: owner, state }) => (shopId === null || owner === shopId) && refundIds.includes(state.input.refundId),
  );
  return new Map(
    records
      .sort(byAttempt)
      .toReversed()
      .map((record) => [record.state.input.refundId, record]),
  );
};

export const interceptsOf: Real['interceptsOf'] = (db, waybills) =>
  read(db, ({ state: { input } }) => waybills.some(({ carrier, waybillNo }) => input.carrier === carrier && input.waybillNo === waybillNo));

export const openInterceptsOf: Real['openInterceptsOf'] = async (db, carrier, waybillNo) =>
  (await interceptsOf(db, [{ carrier, waybillNo }])).filter(({ phase }) => phase !== 'ENDED');
