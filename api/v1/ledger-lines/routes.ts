import type { LineActionName, LineWish } from '../../../domain/settlement/line.ts';
import { shanghaiMonth, toRfc3339 } from '../../../domain/time.ts';
import { actOnLine, findLine, type ListedLine, listLines } from '../../../store/ledger.ts';
import type { AppDeps } from '../../deps.ts';
import { instantOf } from '../../http/instant.ts';
import type { Caller } from '../../http/request.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, ref } from '../schemas.ts';
import { lineParams, linesQuery, optionalReasonBody, priceBody, reasonBody } from './schemas.ts';

const tags = ['settlement'];
const response = { 200: ref('LedgerLine') };

function viewLine({ lastAction, occurredAt, recordedAt, ...line }: ListedLine) {
  return {
    ...line,
    lastAction: lastAction && { ...lastAction, at: toRfc3339(lastAction.at) },
    occurredAt: toRfc3339(occurredAt),
    recordedAt: toRfc3339(recordedAt),
  };
}

/** Does something about a line, or throws why it may not be done now. */
async function act({ db }: AppDeps, { shopId, actor }: Caller, lineId: string, action: LineActionName, rest: Partial<LineWish>) {
  const acted = await actOnLine(db, { shopId, lineId, actor }, { action, reason: null, amountFen: null, ...rest });
  if (acted === null) throw problem('NOT_FOUND');
  if (acted.kind === 'DONE') return viewLine(acted.line);
  throw problem('LINE_ACTION_NOT_ALLOWED', { extensions: { reason: acted.refusal, lineStatus: acted.status } });
}

/** The ledger between shop and outlets (R39, R40): what is owed, and what was agreed about it. */
export const ledgerLineRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/ledger-lines',
    schema: { tags, summary: '台账条目，最新在前', querystring: linesQuery, response: { 200: listOf(ref('LedgerLine')) } },
    config: { operation: 'listLedgerLines', scope: 'intercepts:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { limit: _limit, after: _after, occurredFrom, occurredTo, statementMonth, ...filter } = request.query;
      const month = statementMonth === undefined ? null : shanghaiMonth(statementMonth);
      const times = {
        occurredFrom: instantOf(occurredFrom),
        occurredTo: instantOf(occurredTo),
        monthStart: month?.start,
      };
      const { items, nextCursor } = await listLines(
        deps.db,
        { ...filter, ...times, shopId: callerOfRequest(request).shopId },
        pageOf(request.query),
      );
      return { items: items.map(viewLine), nextCursor };
    },
  });

  app.route({
    method: 'GET',
    url: '/ledger-lines/:lineId',
    schema: { tags, summary: '一个台账条目', params: lineParams, response },
    config: { operation: 'getLedgerLine', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request) => {
      const line = await findLine(deps.db, callerOfRequest(request).shopId, request.params.lineId);
      if (line === null) throw problem('NOT_FOUND');
      return viewLine(line);
    },
  });

  const config = { scope: 'settlement:write', acts: true, problems: ['NOT_FOUND', 'LINE_ACTION_NOT_ALLOWED'] } as const;
  const steps = [
    { action: 'CONFIRM', path: 'confirm', operation: 'confirmLedgerLine', summary: '确认条目', body: optionalReasonBody },
    { action: 'DISPUTE', path: 'dispute', operation: 'disputeLedgerLine', summary: '对条目提出争议', body: reasonBody },
    { action: 'WAIVE', path: 'waive', operation: 'waiveLedgerLine', summary: '免除条目（以一条更正冲抵）', body: reasonBody },
    { action: 'SETTLE', path: 'settle', operation: 'settleLedgerLine', summary: '结清已确认的条目', body: optionalReasonBody },
  ] as const;
  for (const { action, path, operation, summary, body } of steps) {
    app.route({
      method: 'POST',
      url: `/ledger-lines/:lineId/${path}`,
      schema: { tags, summary, params: lineParams, body, response },
      config: { ...config, operation },
      handler: async (request) =>
        act(deps, callerOfRequest(request), request.params.lineId, action, { reason: request.body.reason ?? null }),
    });
  }

  app.route({
    method: 'POST',
    url: '/ledger-lines/:lineId/price',
    schema: { tags, summary: '议定条目金额（缺少价格或有争议时；差额记为一条更正）', params: lineParams, body: priceBody, response },
    config: { ...config, operation: 'priceLedgerLine' },
    handler: async (request) => {
      const { amountFen, reason = null } = request.body;
      return act(deps, callerOfRequest(request), request.params.lineId, 'PRICE', { amountFen, reason });
    },
  });
};
