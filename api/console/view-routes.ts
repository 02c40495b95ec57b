import { Type } from 'typebox';
import { toRfc3339 } from '../../domain/time.ts';
import { deleteView, listViews, renameView, type SavedView, saveView } from '../../store/saved-views.ts';
import type { SavedViewPage } from '../../store/tables.ts';
import { problem } from '../problems/problem.ts';
import { closed } from '../v1/schemas.ts';
import { signedInOf } from './access.ts';
import type { ConsoleRoutes } from './console-routes.ts';
import { keptName } from './kept-name.ts';
import { typedName } from './typed-name.ts';

/** More would be a list to search in, not a choice. */
const MOST_OF_PAGE = 20;
const MOST_NAME = 40;
/** Twenty numbers and every filter come to half of it. */
const MOST_QUERY = 2_000;

const PAGES: Record<SavedViewPage, true> = { WORKBENCH: true, INTERCEPTS: true, CLAIMS: true };
const name = typedName(MOST_NAME);
const newViewBody = closed({
  page: Type.Unsafe<SavedViewPage>({ type: 'string', enum: Object.keys(PAGES) }),
  name,
  /** As browsers write it (`URLSearchParams`): nothing that ends the address or leads to another. */
  query: Type.String({ minLength: 1, maxLength: MOST_QUERY, pattern: '^[A-Za-z0-9*._+%=&-]*$' }),
});
const renameBody = closed({ name });
const viewPath = closed({ viewId: Type.String({ pattern: '^[a-z0-9_]{1,64}$' }) });

/** A person's own views of the console's lists: nobody else sees them. */
export const viewRoutes: ConsoleRoutes = async (app, { deps: { db } }) => {
  app.route({
    method: 'GET',
    url: '/views',
    config: { operation: 'listViews', scope: 'intercepts:read' },
    handler: async (request) => ({ items: (await listViews(db, signedInOf(request).staffId)).map(shown) }),
  });

  app.route({
    method: 'POST',
    url: '/views',
    schema: { body: newViewBody },
    config: { operation: 'saveView', scope: 'intercepts:read' },
    handler: async (request, reply) => {
      const view = { ...request.body, name: keptName(request.body.name) };
      const saved = await saveView(db, signedInOf(request).staffId, view, MOST_OF_PAGE);
      if (saved.kind === 'NAME_TAKEN') throw problem('VIEW_NAME_TAKEN', { params: { name: view.name } });
      if (saved.kind === 'TOO_MANY') throw problem('TOO_MANY_VIEWS', { params: { most: String(MOST_OF_PAGE) } });
      return reply.code(201).send(shown(saved.view));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/views/:viewId',
    schema: { params: viewPath, body: renameBody },
    config: { operation: 'renameView', scope: 'intercepts:read' },
    handler: async (request) => {
      const wanted = keptName(request.body.name);
      const renamed = await renameView(db, signedInOf(request).staffId, request.params.viewId, wanted);
      if (renamed.kind === 'NOT_FOUND') throw problem('NOT_FOUND');
      if (renamed.kind === 'NAME_TAKEN') throw problem('VIEW_NAME_TAKEN', { params: { name: wanted } });
      return shown(renamed.view);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/views/:viewId',
    schema: { params: viewPath },
    config: { operation: 'deleteView', scope: 'intercepts:read' },
    handler: async (request, reply) => {
      if (!(await deleteView(db, signedInOf(request).staffId, request.params.viewId))) throw problem('NOT_FOUND');
      return reply.code(204).send();
    },
  });
};

function shown({ createdAt, ...view }: SavedView) {
  return { ...view, createdAt: toRfc3339(createdAt) };
}
