import { firstRecord } from '../domain/intercept/record.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { viewIntercept } from '../domain/intercept/view.ts';
import type { Db } from '../store/db.ts';
import { type InterceptDraft, markStarted, openIntercept } from '../store/intercept-opening.ts';
import { saveRecord } from '../store/intercept-record.ts';
import { upsertShop } from '../store/shops.ts';
import { newInput } from './test-cases.ts';

/** Puts a case on record as a create does, its run taken for started unless `starting`; returns its state. */
export async function openCase(db: Db, over: Partial<InterceptDraft> = {}, starting = false): Promise<InterceptState> {
  const { interceptId: _id, attempt: _attempt, initiatedAt: _at, follows: _follows, ...draft } = { ...newInput(), ...over };
  await upsertShop(db, { shopId: draft.shopId, platform: 'KUAISHOU', name: '测试店铺' });
  const opening = await openIntercept(db, draft, firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(`no new case: ${opening.kind}`);
  if (!starting) await markStarted(db, opening.input.interceptId);
  return opening.state;
}

/** Writes the next version of a case's record. */
export async function recordCase(db: Db, before: InterceptState, change: Partial<InterceptState>, ended = false): Promise<InterceptState> {
  const state: InterceptState = { ...before, ...change, version: before.version + 1 };
  const view = viewIntercept(state, state.updatedAt);
  await saveRecord(db, { state, view, lines: [], told: [], feeDueAt: null, ended, answer: null });
  return state;
}
