import type { InterceptState } from '../domain/intercept/state.ts';
import type { Db } from './db.ts';
import { openIntercept, type InterceptDraft } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { firstRecord, laterRecord, newDraft } from './test-cases.ts';

/** An intercept that succeeded, with its fee due at `feeDueAt` (its initiation unless named). */
export async function succeededIntercept(
  db: Db,
  draft: Partial<InterceptDraft> = {},
  over: Partial<InterceptState> = {},
  feeDueAt?: number,
): Promise<InterceptState> {
  const opening = await openIntercept(db, newDraft(draft), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`expected a new intercept, got ${opening.kind}`);
  const at = opening.input.initiatedAt;
  const result: Partial<InterceptState> = {
    interceptStatus: 'SUCCEEDED',
    returnStatus: 'WAITING_RETURN',
    acceptedAt: at,
    resultAt: at,
    succeededAt: at,
  };
  const write = laterRecord(opening.state, 2, { ...result, ...over }, { feeDueAt: feeDueAt ?? at });
  await saveRecord(db, write);
  return write.state;
}
