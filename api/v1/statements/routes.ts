import { csvStream } from '../../export/csv.ts';
import { xlsxFile } from '../../export/xlsx.ts';
import { attachment } from '../../http/attachment.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { readPeriod, readStatement, streamStatement, viewStatement } from '../../settlement/read-statement.ts';
import { statementColumns, totalRows } from '../../settlement/statement-table.ts';
import type { V1Routes } from '../v1-routes.ts';
import { fileAnswer, ref, XLSX } from '../schemas.ts';
import { statementQuery } from './schemas.ts';

const tags = ['settlement'];

/** Statements of outlets by Shanghai month (R39, R40). */
export const statementRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/statements',
    schema: { tags, summary: '月度对账单', querystring: statementQuery, response: { 200: ref('Statement') } },
    config: { operation: 'getStatement', scope: 'intercepts:read', problems: ['STATEMENT_TOO_LONG'] },
    handler: async (request) => {
      const { month, ...filter } = request.query;
      const period = await readPeriod(deps, month);
      return viewStatement(await readStatement(deps, { ...filter, shopId: callerOfRequest(request).shopId }, period));
    },
  });

  app.route({
    method: 'GET',
    url: '/statements.csv',
    schema: {
      tags,
      summary: '月度对账单（CSV，不限行数）',
      querystring: statementQuery,
      response: { 200: fileAnswer('text/csv', '对账单') },
    },
    config: { operation: 'getStatementCsv', scope: 'intercepts:read' },
    handler: async (request, reply) => {
      const { month, ...filter } = request.query;
      const period = await readPeriod(deps, month);
      const { lines, totals } = streamStatement(deps, { ...filter, shopId: callerOfRequest(request).shopId }, period);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(`拦截对账单-${month}.csv`))
        .send(csvStream(statementColumns(period), lines, () => totalRows(totals())));
    },
  });

  app.route({
    method: 'GET',
    url: '/statements.xlsx',
    schema: {
      tags,
      summary: '月度对账单（Excel，最多 50000 行）',
      querystring: statementQuery,
      response: { 200: fileAnswer(XLSX, '对账单') },
    },
    config: { operation: 'getStatementXlsx', scope: 'intercepts:read', problems: ['STATEMENT_TOO_LONG'] },
    handler: async (request, reply) => {
      const { month, ...filter } = request.query;
      const period = await readPeriod(deps, month);
      const { outlets, totals } = await readStatement(deps, { ...filter, shopId: callerOfRequest(request).shopId }, period);
      const lines = outlets.flatMap((outlet) => outlet.lines);
      return reply
        .type(XLSX)
        .header('content-disposition', attachment(`拦截对账单-${month}.xlsx`))
        .send(await xlsxFile(month, statementColumns(period), lines, totalRows(totals)));
    },
  });
};
