import { shanghaiDay, toRfc3339 } from '../../../domain/time.ts';
import type { StatisticsGrouping } from '../../../store/statistics.ts';
import { csvStream } from '../../export/csv.ts';
import { xlsxFile } from '../../export/xlsx.ts';
import { attachment } from '../../http/attachment.ts';
import { instantOf } from '../../http/instant.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { readDeadlines, readStatistics } from '../../settlement/read-statistics.ts';
import { statisticsColumns, statisticsTotals } from '../../settlement/statistics-table.ts';
import type { V1Routes } from '../v1-routes.ts';
import { fileAnswer, ref, XLSX } from '../schemas.ts';
import { statisticsQuery } from './schemas.ts';

const tags = ['settlement'];
const scope = 'intercepts:read';

/** What intercepts came to (R42–R45), and what the next days bring. */
export const statisticsRoutes: V1Routes = async (app, { deps }) => {
  const read = (shopId: string, { from, to, groupBy = 'carrier' }: { from?: string; to?: string; groupBy?: StatisticsGrouping }) =>
    readStatistics(deps.db, shopId, { from: instantOf(from), to: instantOf(to), groupBy });

  app.route({
    method: 'GET',
    url: '/statistics',
    schema: { tags, summary: '拦截统计', querystring: statisticsQuery, response: { 200: ref('Statistics') } },
    config: { operation: 'getStatistics', scope },
    handler: async (request) => {
      const { from, to, ...figures } = await read(callerOfRequest(request).shopId, request.query);
      return { from: toRfc3339(from), to: toRfc3339(to), ...figures };
    },
  });

  app.route({
    method: 'GET',
    url: '/statistics.csv',
    schema: { tags, summary: '拦截统计（CSV）', querystring: statisticsQuery, response: { 200: fileAnswer('text/csv', '拦截统计') } },
    config: { operation: 'getStatisticsCsv', scope },
    handler: async (request, reply) => {
      const { groupBy, items, total, before, to } = await read(callerOfRequest(request).shopId, request.query);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(`拦截统计-${shanghaiDay(to - 1)}.csv`))
        .send(csvStream(statisticsColumns(groupBy), items, () => statisticsTotals(groupBy, total, before)));
    },
  });

  app.route({
    method: 'GET',
    url: '/statistics.xlsx',
    schema: { tags, summary: '拦截统计（Excel）', querystring: statisticsQuery, response: { 200: fileAnswer(XLSX, '拦截统计') } },
    config: { operation: 'getStatisticsXlsx', scope },
    handler: async (request, reply) => {
      const { groupBy, items, total, before, to } = await read(callerOfRequest(request).shopId, request.query);
      return reply
        .type(XLSX)
        .header('content-disposition', attachment(`拦截统计-${shanghaiDay(to - 1)}.xlsx`))
        .send(await xlsxFile('拦截统计', statisticsColumns(groupBy), items, statisticsTotals(groupBy, total, before)));
    },
  });

  app.route({
    method: 'GET',
    url: '/statistics/deadlines',
    schema: { tags, summary: '今天及之后 7 天的到期预计', response: { 200: ref('Deadlines') } },
    config: { operation: 'getDeadlines', scope },
    handler: async (request) => ({ items: await readDeadlines(deps.db, callerOfRequest(request).shopId) }),
  });
};
