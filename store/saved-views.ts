import type { Selectable } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Db, holdLock, inTransaction } from './db.ts';
import type { SavedViewPage, Tables } from './tables.ts';
import { newId } from './values.ts';

/** A list of the console as a person wants to see it again. */
export interface SavedView {
  viewId: string;
  page: SavedViewPage;
  /** The person's own within the page. */
  name: string;
  /** The query of the page's address, without `?`. */
  query: string;
  createdAt: EpochMs;
}

type NewView = Pick<SavedView, 'page' | 'name' | 'query'>;
export type ViewSaved = { kind: 'SAVED'; view: SavedView } | { kind: 'NAME_TAKEN' } | { kind: 'TOO_MANY' };
export type ViewRenamed = Extract<ViewSaved, { kind: 'SAVED' | 'NAME_TAKEN' }> | { kind: 'NOT_FOUND' };

/** All views of a person, in the order they were saved in. */
export async function listViews(db: Db, staffId: string): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_views')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('created_at')
    .orderBy('view_id')
    .execute();
  return rows.map(viewOf);
}

/** Saves a view of a person's; at most so many of one page, also of two saved at once. */
export function saveView(db: Db, staffId: string, { page, name, query }: NewView, mostOfPage: number): Promise<ViewSaved> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `views:${staffId}`);
    const present = await trx.selectFrom('saved_views').select('name').where('staff_id', '=', staffId).where('page', '=', page).execute();
    if (present.some((view) => view.name === name)) return { kind: 'NAME_TAKEN' };
    if (present.length >= mostOfPage) return { kind: 'TOO_MANY' };
    const row = await trx
      .insertInto('saved_views')
      .values({ view_id: newId('view'), staff_id: staffId, page, name, query })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { kind: 'SAVED', view: viewOf(row) };
  });
}

/** Gives a view of the person's another name. */
export function renameView(db: Db, staffId: string, viewId: string, name: string): Promise<ViewRenamed> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `views:${staffId}`);
    const views = await trx.selectFrom('saved_views').select(['view_id', 'page', 'name']).where('staff_id', '=', staffId).execute();
    const view = views.find(({ view_id: id }) => id === viewId);
    if (view === undefined) return { kind: 'NOT_FOUND' };
    if (views.some((other) => other.view_id !== viewId && other.page === view.page && other.name === name)) return { kind: 'NAME_TAKEN' };
    const row = await trx.updateTable('saved_views').set({ name }).where('view_id', '=', viewId).returningAll().executeTakeFirstOrThrow();
    return { kind: 'SAVED', view: viewOf(row) };
  });
}

/** Forgets a view of the person's; false when they have none of that id. */
export async function deleteView(db: Db, staffId: string, viewId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_views')
    .where('staff_id', '=', staffId)
    .where('view_id', '=', viewId)
    .executeTakeFirst();
  return numDeletedRows > 0;
}

function viewOf({ view_id, page, name, query, created_at }: Selectable<Tables['saved_views']>): SavedView {
  return { viewId: view_id, page, name, query, createdAt: created_at };
}
