import type { CarrierCode } from '../../domain/carrier.ts';
import type { InterceptStatus, RefundStatus, ReturnStatus } from '../../domain/intercept/state.ts';
import { viewIntercept } from '../../domain/intercept/view.ts';
import { maskSentences } from '../../domain/masking.ts';
import { toRfc3339 } from '../../domain/time.ts';
import type { Page, PageRequest } from '../../store/cursor.ts';
import { now } from '../../store/db.ts';
import { listIntercepts } from '../../store/intercept-list.ts';
import { listLog } from '../../store/intercept-log.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { listTrack } from '../../store/track.ts';
import type { WorkList } from '../../store/work-list.ts';
import { advise } from '../decisions/advise.ts';
import type { AppDeps } from '../deps.ts';
import { instantOf } from '../http/instant.ts';
import { pageOfAll } from '../http/page.ts';
import { readIntercept, type ShownIntercept } from './read-intercept.ts';

/** Filters as a query gives them; times in RFC 3339. */
export interface ListQuery {
  interceptStatus?: InterceptStatus;
  refundStatus?: RefundStatus;
  returnStatus?: ReturnStatus;
  carrier?: CarrierCode;
  outletCode?: string;
  waybillNo?: string;
  refundId?: string;
  orderId?: string;
  initiatedFrom?: string;
  initiatedTo?: string;
  updatedFrom?: string;
  autoRefundBefore?: string;
  phoneTail?: string;
  workList?: WorkList;
}

/** The shop's records, newest first, each judged at PostgreSQL's present time. Throws `BadCursor`. */
export async function listShown(deps: AppDeps, shopId: string, query: ListQuery, page: PageRequest): Promise<Page<ShownIntercept>> {
  const { interceptStatus, refundStatus, returnStatus, carrier, outletCode, waybillNo, refundId, orderId, phoneTail, workList } = query;
  const equal = { interceptStatus, refundStatus, returnStatus, carrier, outletCode, waybillNo, refundId, orderId, phoneTail, workList };
  const times = {
    initiatedFrom: instantOf(query.initiatedFrom),
    initiatedTo: instantOf(query.initiatedTo),
    updatedFrom: instantOf(query.updatedFrom),
    autoRefundBefore: instantOf(query.autoRefundBefore),
  };
  const [{ items, nextCursor }, at] = await Promise.all([listIntercepts(deps.db, { shopId, ...equal, ...times }, page), now(deps.db)]);
  const cases = items.map(({ state }) => ({ state, shown: { ...viewIntercept(state, at), source: 'record' as const } }));
  return { items: await advise(deps, shopId, cases, at), nextCursor };
}

/** One intercept, fresh from its run where there is one, with what is proposed for it. */
export async function readShown(deps: AppDeps, record: InterceptRecord): Promise<ShownIntercept> {
  const shown = await readIntercept(deps, record);
  const [advised = shown] = await advise(deps, record.shopId, [{ state: record.state, shown }], await now(deps.db));
  return advised;
}

/** Every scan of the intercept's parcel, oldest first, with the carrier's own record. */
export async function readTrack(deps: AppDeps, { state }: InterceptRecord) {
  const scans = await listTrack(deps.db, state.input.carrier, state.input.waybillNo);
  return {
    items: scans.map(({ event, occurredAt, receivedAt, outletCode, outletName, text, source, raw }) => ({
      event,
      occurredAt: toRfc3339(occurredAt),
      receivedAt: toRfc3339(receivedAt),
      outletCode,
      outletName,
      text,
      source,
      raw,
    })),
  };
}

/** The audit log of an intercept in the order things happened. Throws `BadCursor`. */
export async function readEvents(deps: AppDeps, { interceptId }: InterceptRecord, page: PageRequest) {
  const lines = await listLog(deps.db, interceptId);
  const shown = lines.map(({ at, actorKind, actor, what, before, after, reference }) => ({
    at: toRfc3339(at),
    actorKind,
    actor,
    what,
    before: maskSentences(before),
    after: maskSentences(after),
    reference,
  }));
  return pageOfAll(shown, page, { list: 'events', interceptId });
}
