import type { FastifyRequest } from 'fastify';
import type { ClaimRecord } from '../../../store/claims.ts';
import { notePersonalData } from '../../../store/personal-data-log.ts';
import { findShop } from '../../../store/shops.ts';
import { requireClaim } from '../../claims/claim-run.ts';
import { claimSheetColumns, claimSheetHtml, SHEET_POLICY } from '../../claims/claim-sheet.ts';
import { readEvidence } from '../../claims/read-evidence.ts';
import type { AppDeps } from '../../deps.ts';
import { csvStream } from '../../export/csv.ts';
import { attachment } from '../../http/attachment.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { fileAnswer } from '../schemas.ts';
import { claimParams } from './schemas.ts';

const tags = ['claims'];

/** The claim for its sheet, which shows the phone whole: who asked is on record before the answer. */
async function claimToShow(deps: AppDeps, request: FastifyRequest, claimId: string): Promise<ClaimRecord> {
  const { shopId, actor } = callerOfRequest(request);
  const record = await requireClaim(deps, shopId, claimId);
  const { interceptId } = record.details;
  await notePersonalData(deps.db, { shopId, actor, what: 'PHONE_SHOWN', about: claimId, detail: { interceptId } });
  return record;
}

async function nameOf({ db }: AppDeps, shopId: string): Promise<string> {
  return (await findShop(db, shopId))?.name ?? shopId;
}

/** The claim as a sheet for the outlet, where the carrier takes no work orders (R35, R36). */
export const claimSheetRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/claims/:claimId/sheet',
    schema: { tags, summary: '索赔单（供打印的网页）', params: claimParams, response: { 200: fileAnswer('text/html', '索赔单') } },
    config: { operation: 'getClaimSheet', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request, reply) => {
      const record = await claimToShow(deps, request, request.params.claimId);
      const { shopId } = record.details;
      const html = claimSheetHtml(record, await nameOf(deps, shopId), await readEvidence(deps, record.details));
      return reply.type('text/html; charset=utf-8').header('content-security-policy', SHEET_POLICY).send(html);
    },
  });

  app.route({
    method: 'GET',
    url: '/claims/:claimId/sheet.csv',
    schema: { tags, summary: '索赔单（CSV，每种物品一行）', params: claimParams, response: { 200: fileAnswer('text/csv', '索赔单') } },
    config: { operation: 'getClaimSheetCsv', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request, reply) => {
      const record = await claimToShow(deps, request, request.params.claimId);
      const { shopId } = record.details;
      async function* goods() {
        yield* record.details.goods;
      }
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(`索赔单-${record.details.claimId}.csv`))
        .send(csvStream(claimSheetColumns(record, await nameOf(deps, shopId)), goods(), () => []));
    },
  });
};
