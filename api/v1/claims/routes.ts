import { viewClaim } from '../../../domain/claim/view.ts';
import { maskSentences } from '../../../domain/masking.ts';
import { toRfc3339 } from '../../../domain/time.ts';
import { type ClaimRecord, listClaimLines, listClaims } from '../../../store/claims.ts';
import { enterProgress, requireClaim, withdrawClaim } from '../../claims/claim-run.ts';
import { openClaim } from '../../claims/open-claim.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { instantOf } from '../../http/instant.ts';
import { pageOfAll } from '../../http/page.ts';
import { languageOf } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { closed, listOf, pageOf, pageQuery, ref } from '../schemas.ts';
import { claimSheetRoutes } from './sheet-routes.ts';
import {
  claimEventsSchema,
  claimParams,
  claimProgressBody,
  claimsQuery,
  interceptClaimParams,
  openClaimBody,
  withdrawClaimBody,
} from './schemas.ts';

const tags = ['claims'];
const response = { 200: ref('Claim') };
const view = ({ details, state }: ClaimRecord) => viewClaim(details, state);

/** Claims against outlets (R34–R38, Q32). */
export const claimRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'POST',
    url: '/intercepts/:interceptId/claims',
    schema: { tags, summary: '发起索赔', params: interceptClaimParams, body: openClaimBody, response: { 201: ref('Claim') } },
    config: {
      operation: 'openClaim',
      scope: 'settlement:write',
      acts: true,
      problems: ['NOT_FOUND', 'ACTION_NOT_ALLOWED', 'CLAIM_NOT_ALLOWED', 'CLAIM_ALREADY_OPEN'],
    },
    handler: async (request, reply) => {
      const stated = { ...request.body, evidence: request.body.evidence ?? [] };
      const record = await openClaim(deps, callerOfRequest(request), request.params.interceptId, stated, languageOf(request));
      return reply.code(201).header('location', `/v1/claims/${record.details.claimId}`).send(view(record));
    },
  });

  app.route({
    method: 'GET',
    url: '/claims',
    schema: { tags, summary: '索赔列表，最新在前', querystring: claimsQuery, response: { 200: listOf(ref('Claim')) } },
    config: { operation: 'listClaims', scope: 'intercepts:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { limit: _limit, after: _after, createdFrom, createdTo, ...filter } = request.query;
      const times = { createdFrom: instantOf(createdFrom), createdTo: instantOf(createdTo) };
      const { items, nextCursor } = await listClaims(
        deps.db,
        { ...filter, ...times, shopId: callerOfRequest(request).shopId },
        pageOf(request.query),
      );
      return { items: items.map(view), nextCursor };
    },
  });

  app.route({
    method: 'GET',
    url: '/claims/:claimId',
    schema: { tags, summary: '一次索赔', params: claimParams, response },
    config: { operation: 'getClaim', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request) => view(await requireClaim(deps, callerOfRequest(request).shopId, request.params.claimId)),
  });

  app.route({
    method: 'GET',
    url: '/claims/:claimId/events',
    schema: { tags, summary: '索赔的经过', params: claimParams, querystring: closed(pageQuery), response: { 200: claimEventsSchema } },
    config: { operation: 'listClaimEvents', scope: 'intercepts:read', problems: ['NOT_FOUND', 'INVALID_CURSOR'] },
    handler: async (request) => {
      const { claimId } = (await requireClaim(deps, callerOfRequest(request).shopId, request.params.claimId)).details;
      const lines = (await listClaimLines(deps.db, claimId)).map((line) => ({
        ...line,
        detail: maskSentences(line.detail),
        at: toRfc3339(line.at),
      }));
      return pageOfAll(lines, pageOf(request.query), { list: 'claim-events', claimId });
    },
  });

  const config = { scope: 'settlement:write', acts: true } as const;
  app.route({
    method: 'POST',
    url: '/claims/:claimId/progress',
    schema: { tags, summary: '录入网点或快递的答复', params: claimParams, body: claimProgressBody, response },
    config: {
      ...config,
      operation: 'enterClaimProgress',
      problems: ['NOT_FOUND', 'CLAIM_STEP_NOT_ALLOWED', 'CLAIM_AWARD_REFUSED', 'ENGINE_UNAVAILABLE'],
    },
    handler: async (request) => {
      const { status, upheldFen = null, note = null } = request.body;
      return view(await enterProgress(deps, callerOfRequest(request), request.params.claimId, { status, upheldFen, note }));
    },
  });

  app.route({
    method: 'POST',
    url: '/claims/:claimId/withdraw',
    schema: { tags, summary: '撤回索赔（快递已受理的工单请自行联系快递撤销）', params: claimParams, body: withdrawClaimBody, response },
    config: { ...config, operation: 'withdrawClaim', problems: ['NOT_FOUND', 'CLAIM_STEP_NOT_ALLOWED', 'ENGINE_UNAVAILABLE'] },
    handler: async (request) =>
      view(await withdrawClaim(deps, callerOfRequest(request), request.params.claimId, request.body.reason ?? '商家撤回')),
  });

  await app.register(claimSheetRoutes, { deps });
};
