import { sql } from 'kysely';
import { type RecordWrite, toldKey, toldSequence, versionKey } from '../domain/intercept/record.ts';
import type { Notice } from '../domain/intercept/state.ts';
import { noticeDetail } from '../domain/notice.ts';
import type { Db } from './db.ts';
import { addLogLines } from './intercept-log.ts';
import { insertNotices, type NewShopNotice } from './notices.ts';
import { insertOutboxEvents } from './outbox.ts';

/** Channel told of every written case; the message is a `CaseChange` in JSON. */
export const CASE_CHANGED = 'case_changed';
export interface CaseChange {
  interceptId: string;
  shopId: string;
  version: number;
}

/**
 * Log lines, outbox events and the shop's notices of one version, each insert-once: the same write may come twice and late. `isFirst`
 * when nothing of this version can have been written yet: then nobody has to look what stands there.
 */
export async function addNews(trx: Db, write: RecordWrite, newNotices: readonly Notice[], isFirst: boolean): Promise<void> {
  const { state } = write;
  const { interceptId, shopId, initiatedAt } = state.input;
  const key = versionKey(state);
  await addLogLines(trx, { interceptId, initiatedAt, version: state.version, firstN: 0 }, write.lines, isFirst);
  await insertOutboxEvents(
    trx,
    write.told.map(({ event, at }, n) => ({
      eventKey: toldKey(write, n),
      shopId,
      interceptId,
      sequence: toldSequence(state.version, n),
      type: event,
      payload: write.view,
      occurredAt: at,
    })),
  );
  const detail = noticeDetail(write.view);
  const noticed = newNotices.map(
    (code): NewShopNotice => ({ eventKey: `${key}:${code}`, shopId, interceptId, at: state.updatedAt, kind: 'NOTICE', code, detail }),
  );
  await insertNotices(trx, noticed);
}

/** Tells listeners of `case_changed` when the transaction commits. */
export async function announceChange(trx: Db, change: CaseChange): Promise<void> {
  await sql`select pg_notify(${CASE_CHANGED}, ${JSON.stringify(change)})`.execute(trx);
}
