import { toRfc3339 } from '../../../domain/time.ts';
import { type ListedEntry, listPersonalDataLog } from '../../../store/personal-data-log.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { closed, listOf, pageOf, pageQuery, ref } from '../schemas.ts';
import type { V1Routes } from '../v1-routes.ts';

function viewEntry({ entryId, at, actor, what, about, detail }: ListedEntry) {
  return { entryId: String(entryId), at: toRfc3339(at), actor, what, about, detail };
}

/** Who was shown a phone number or a photo, and what was erased or given out: for the owner. */
export const personalDataRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/personal-data-log',
    schema: {
      tags: ['personal-data'],
      summary: '个人信息的查看、清除与导出记录，最新在前',
      querystring: closed(pageQuery),
      response: { 200: listOf(ref('PersonalDataEntry')) },
    },
    config: { operation: 'listPersonalDataLog', scope: 'personal-data:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { items, nextCursor } = await listPersonalDataLog(deps.db, callerOfRequest(request).shopId, pageOf(request.query));
      return { items: items.map(viewEntry), nextCursor };
    },
  });
};
