import { DAY_MS, toRfc3339 } from '../../../domain/time.ts';
import { now } from '../../../store/db.ts';
import { interceptStatistics } from '../../../store/statistics.ts';
import { instantOf } from '../../http/instant.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import { viewFigures, viewGroup } from '../../settlement/view-statistics.ts';
import type { V1Routes } from '../v1-routes.ts';
import { ref } from '../schemas.ts';
import { statisticsQuery } from './schemas.ts';

const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;

/** What intercepts came to (R42–R45). */
export const statisticsRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/statistics',
    schema: { tags: ['settlement'], summary: '拦截统计', querystring: statisticsQuery, response: { 200: ref('Statistics') } },
    config: { operation: 'getStatistics', scope: 'intercepts:read' },
    handler: async (request) => {
      const { groupBy = 'carrier' } = request.query;
      const to = instantOf(request.query.to) ?? (await now(deps.db));
      const from = instantOf(request.query.from) ?? to - DEFAULT_DAYS * DAY_MS;
      if (from >= to || to - from > MAX_DAYS * DAY_MS) {
        throw problem('VALIDATION_FAILED', {
          errors: [{ pointer: '/query/from', message: `must be before "to", by ${MAX_DAYS} days at most` }],
        });
      }
      const { groups, total } = await interceptStatistics(deps.db, callerOfRequest(request).shopId, { from, to }, groupBy);
      return { from: toRfc3339(from), to: toRfc3339(to), groupBy, items: groups.map(viewGroup), total: viewFigures(total) };
    },
  });
};
